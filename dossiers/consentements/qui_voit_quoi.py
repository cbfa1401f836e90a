"""« Qui voit quoi », for everybody: the page and the PDF that the person reads before she chooses."""

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossiers.consentements.actions import destinataires
from dossiers.partages.matrice import Matrice, matrice
from dossierunique.courriers.rendu import rendre_pdf
from partners.models import Organisme
from partners.organismes.models import Programme, TypeOrganisme

TITRE = "Qui voit quoi dans le dossier unique"
UN_JOUR = 24 * 3600
# Another drawing of the sheet is another sheet: what is kept must not outlive it.
DESSIN = 2
ORGANISMES_D_UNITE = (TypeOrganisme.ETAT_MAJOR, TypeOrganisme.SSA)


def matrice_du(programme: str) -> Matrice:
    """The table of one programme, with its recipients of today."""
    vivants = Organisme.objects.filter(jusque__isnull=True)
    return matrice(
        vivants.filter(type=TypeOrganisme.CNMSS).first(),
        vivants.filter(type__in=ORGANISMES_D_UNITE).order_by("pk").first(),
        destinataires(programme),
        programme,
    )


def _programme(request: HttpRequest) -> str:
    demande = request.GET.get("programme", "")
    return demande if demande in Programme.values else Programme.DU.value


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The table, open to anybody: it names organismes and kinds of data, and nobody's dossier."""
    programme = _programme(request)
    contexte = {
        "matrice": matrice_du(programme),
        "programme": programme,
        "programmes": Programme.choices,
        "titre": TITRE,
    }
    return render(request, "dossiers/consentements/qui_voit_quoi.html", contexte)


@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper, to hand over with the consent form. Rendered once for as long as it says the same."""
    programme = _programme(request)
    table = matrice_du(programme)
    cle = f"qui-voit-quoi:{sha256(f'{DESSIN};{programme};{table.empreinte}'.encode()).hexdigest()}"
    octets = cache.get_or_set(cle, lambda: _rendre(table, programme), UN_JOUR)
    reponse = HttpResponse(octets, content_type="application/pdf")
    reponse["Content-Disposition"] = 'inline; filename="qui-voit-quoi.pdf"'
    return reponse


def _rendre(table: Matrice, programme: str) -> bytes:
    contexte = {"matrice": table, "programme": Programme(programme).label}
    return rendre_pdf("courriers/qui_voit_quoi.html", contexte, titre=TITRE)
