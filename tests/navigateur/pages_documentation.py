"""The page types of the documentation: without signing in, for a reader, for a writer."""

from tests.navigateur import gestes
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import Poste


def publiques(demo: Demonstration) -> dict[str, str]:
    """What anybody reads."""
    return {
        "documentation": "/documentation/",
        "documentation_article": "/documentation/articles/vos-droits/",
    }


def lecteur(demo: Demonstration) -> dict[str, str]:
    """Looking for, and reading."""
    racine = "/documentation/"
    return {
        "documentation": racine, "documentation_sommaire": f"{racine}sommaire/",
        "documentation_rubrique": f"{racine}rubriques/opex/",
        "documentation_actualites": f"{racine}rubriques/actualites/",
        "documentation_article": f"{racine}articles/ouvrir-un-dossier/",
        "documentation_texte": f"{racine}articles/decret-2013-1142/",
        "documentation_recherche": f"{racine}recherche/?q=retirer+un+consentment",
        "documentation_rien": f"{racine}recherche/?q=zzzzqqq",
        "documentation_nir": f"{racine}recherche/?q=284058832102532",
    }  # fmt: skip


def redacteur(demo: Demonstration) -> dict[str, str]:
    """Writing and reviewing."""
    racine = "/documentation/redaction/"
    suivi = f"{racine}articles/ouvrir-un-dossier/"
    return {
        "documentation": "/documentation/", "documentation_redaction": racine,
        "documentation_nouveau": f"{racine}nouveau/", "documentation_modifier": f"{suivi}modifier/",
        "documentation_suivre": suivi, "documentation_versions": f"{suivi}versions/",
        "documentation_reponses": f"{suivi}reponses/",
    }  # fmt: skip


def relectrice(demo: Demonstration) -> dict[str, str]:
    """Reading again what somebody else wrote."""
    racine = "/documentation/redaction/"
    return {
        "documentation_a_relire": f"{racine}?voir=a-relire",
        "documentation_relecture": f"{racine}articles/se-connecter/",
    }


def previsualiser(poste: Poste) -> None:
    """A text with a dead link, previewed by the plain button."""
    page = poste.aller("/documentation/redaction/nouveau/")
    gestes.saisie(page, "Titre").fill("Un essai")
    corps = "## Une partie\n\n[perdu](article:nulle-part)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    gestes.saisie(page, "Texte").fill(corps)
    gestes.continuer(page, "Aperçu")
    page.locator("#apercu .avis--attente").wait_for()
