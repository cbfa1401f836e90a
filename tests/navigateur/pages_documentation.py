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
        "documentation_glossaire": f"{racine}articles/glossaire/#terme-partage", "visite": f"{racine}visite/",
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


def visiter(poste: Poste) -> None:
    """The first step of the visit, with a definition open."""
    page = poste.aller("/documentation/visite/")
    page.locator("main form button").first.click()
    page.locator(".visite .terme").first.click()
    page.locator(".terme__bulle:popover-open").wait_for()


def ailleurs(poste: Poste) -> None:
    """The line that the visit leaves on another page."""
    poste.aller("/contact/").locator(".visite--pause").wait_for()


def finir(poste: Poste) -> None:
    """The last word."""
    page = poste.aller("/documentation/visite/")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    while page.get_by_role("button", name="Suivant").count():
        gestes.continuer(page, "Suivant")
        page.wait_for_load_state()
    gestes.continuer(page, "Terminer la visite")
    page.get_by_text("Vous connaissez maintenant vos écrans").wait_for()


def abandonner(poste: Poste) -> None:
    """The change of a published article, about to be given up."""
    page = poste.aller("/documentation/redaction/articles/bonnes-pratiques/modifier/")
    gestes.saisie(page, "Titre").fill("Les bonnes pratiques, revues")
    gestes.continuer(page, "Enregistrer le brouillon")
    page.get_by_role("link", name="Abandonner ma modification").click()
    page.get_by_role("button", name="Abandonner la modification").wait_for()
