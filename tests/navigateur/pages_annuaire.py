"""Pages of the directory: for who reads it, and for who keeps the entries of the army."""

from tests.navigateur import gestes
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import Poste

SERVICE = """
SELECT s.id FROM annuaire_service s JOIN partners_organisme o ON o.id = s.organisme_id WHERE o.code = %s
ORDER BY (SELECT count(*) FROM annuaire_competence c WHERE c.service_id = s.id) DESC, s.id LIMIT 1
"""
PERSONNE = """
SELECT c.id FROM annuaire_contact c JOIN partners_utilisateur u ON u.id = c.utilisateur_id WHERE u.username = %s
"""
LISTE = "Service;Nom;Prénom;Tél\r\nCorrespondants du Sud-Ouest;Neuf-Fictif;Ange;0536490099\r\nInconnu;Faux;;12\r\n"


def lecteur(demo: Demonstration) -> dict[str, str]:
    """The search and what it leads to."""
    service, absent = demo.une(SERVICE, "asd"), demo.une(PERSONNE, "uneo")
    return {
        "annuaire": "/annuaire/",
        "annuaire_trouve": "/annuaire/?q=bernard",
        "annuaire_approchant": "/annuaire/?q=antene",
        "annuaire_rien": "/annuaire/?q=zzzz",
        "annuaire_qui": "/annuaire/qui-s-occupe-de/?departement=83",
        "annuaire_qui_vide": "/annuaire/qui-s-occupe-de/",
        "annuaire_organisme": "/annuaire/organismes/asd/",
        "annuaire_service": f"/annuaire/services/{service}/",
        "annuaire_personne": f"/annuaire/personnes/{absent}/",
        "annuaire_ma_fiche": "/annuaire/ma-fiche/",
    }


def responsable(demo: Demonstration) -> dict[str, str]:
    """What a keeper fills."""
    service, personne = demo.une(SERVICE, "terre"), demo.une(PERSONNE, "correspondant")
    return {
        "annuaire_a_verifier": "/annuaire/a-verifier/",
        "annuaire_service_saisie": f"/annuaire/services/{service}/modifier/",
        "annuaire_personne_saisie": f"/annuaire/personnes/{personne}/modifier/",
        "annuaire_service_neuf": "/annuaire/organismes/terre/services/nouveau/", "annuaire_listes": "/annuaire/listes/",
        "annuaire_deposer": "/annuaire/listes/deposer/",
    }  # fmt: skip


def deposer(poste: Poste) -> None:
    """File a list of two lines, one of which is wrong."""
    page = poste.aller("/annuaire/listes/deposer/")
    page.get_by_role("radio", name="des personnes").check()
    fichier = {"name": "personnes.csv", "mimeType": "text/csv", "buffer": LISTE.encode()}
    page.locator("#id_fichier").set_input_files([fichier])
    gestes.continuer(page, "Lire la liste")
