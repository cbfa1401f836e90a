"""The strip of the visit: whole on the screen of the step, one line elsewhere."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template

from documentation.visite.parcours import etapes_de
from documentation.visite.seance import etape_en_cours
from dossierunique.ui.adresses import adresse
from dossierunique.ui.bandes import enregistrer


@enregistrer
def bande(request: HttpRequest) -> str:
    """What the visit under way says above this page; nothing costs a query."""
    rang = etape_en_cours(request)
    if not rang:
        return ""
    etapes = etapes_de(request.habilitation)
    rang = min(rang, len(etapes))
    etape = etapes[rang - 1]
    contexte = {
        "etape": etape,
        "rang": rang,
        "nombre": len(etapes),
        "url": adresse(etape.nom_url),
        "csrf_token": get_token(request),
        "request": request,
    }
    return get_template("documentation/visite/_bande.html").render(
        {**contexte, "ici": request.path == contexte["url"]}
    )
