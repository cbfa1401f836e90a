"""The consent form, printed for one person: its PDF carries the wording version and a reference without meaning."""

import nh3
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from dossiers.assures.models import Assure
from dossiers.consentements.actions import destinataires, imprimer_formulaire
from dossiers.consentements.models import FormulaireConsentement
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.notifications.courriels import adresse_absolue
from partners.models import Habilitation
from partners.organismes.models import Programme

BALISES = {"p", "ul", "ol", "li", "strong", "em", "br"}
_markdown = MarkdownIt("commonmark", {"html": False})


def corps_html(markdown: str) -> SafeString:
    """The wording as HTML: paragraphs, lists and emphasis only."""
    return mark_safe(nh3.clean(_markdown.render(markdown), tags=BALISES, attributes={}))  # noqa: S308


def rendre(formulaire: FormulaireConsentement) -> bytes:
    """The PDF of a printed form, one line for each possible recipient."""
    assure, texte = formulaire.assure, formulaire.texte
    contexte = {
        "personne": {
            "nom": assure.nom,
            "prenoms": assure.prenoms,
            "date_naissance": assure.date_naissance,
            "nir_masque": assure.nir_masque,
            "unite": assure.unite,
        },
        "texte": {"titre": texte.titre, "corps_html": corps_html(texte.corps), "version": texte.version},
        "organismes": [{"nom": o.nom, "sigle": o.sigle} for o in destinataires(texte.programme)],
        "reference": formulaire.reference,
        "adresse_matrice": adresse_absolue(reverse("qui_voit_quoi")),
    }
    return rendre_pdf("courriers/formulaire_consentement.html", contexte, titre="Recueil du consentement")


def reponse_formulaire(
    habilitation: Habilitation, assure: Assure, programme: str = Programme.DU
) -> HttpResponse:
    """Print a form for this person and show it in the browser."""
    formulaire = imprimer_formulaire(habilitation, assure, programme)
    reponse = HttpResponse(rendre(formulaire), content_type="application/pdf")
    reponse["Content-Disposition"] = content_disposition_header(
        False, f"consentement-{formulaire.reference}.pdf"
    )
    return reponse
