"""The documents that test_pages gathered: valid, French, and leading somewhere."""

from urllib.parse import urlsplit

import pytest

from tests.html import liens, textes
from tests.html.validateur import valider
from tests.navigateur.pages import PROFILS
from tests.navigateur.postes import Poste

pytestmark = pytest.mark.navigateur


@pytest.fixture(autouse=True)
def tour_complet(recolte):
    """Nothing is proved of pages that nobody opened."""
    manquent = set(PROFILS) - set(recolte.sessions)
    assert not manquent, f"test_pages.py n’a pas fait le tour de {sorted(manquent)}"


def test_every_page_is_valid_html(recolte):
    defauts = valider(recolte.dossier)
    assert not defauts, "\n".join(defauts)


def test_every_page_is_in_good_french(recolte):
    """Spaces, apostrophes, plurals; no English; one heading of first rank, a title, a language."""
    defauts: dict[str, str] = {}
    for page in recolte.pages:
        for defaut in textes.defauts_de_forme(page):
            defauts[f"{page} : {defaut}"] = ""
        for phrase in page.phrases:
            for regle, extrait in textes.defauts(phrase):
                defauts.setdefault(f"{regle} : {extrait!r}", str(page))
    assert not defauts, "\n".join(f"{defaut} ({page})" for defaut, page in defauts.items())


def test_every_anchor_names_something(recolte):
    assert not (perdues := liens.ancres_perdues(recolte.pages)), "\n".join(perdues)


def manque_de(chez: Poste, lien: liens.Lien) -> str:
    """What is wrong with what the link leads to."""
    reponse = chez.contexte.request.get(f"{chez.adresse}{lien.chemin}")
    if reponse.status != 200:
        return f"{lien.chemin} répond {reponse.status}"
    if lien.page.compte and urlsplit(reponse.url).path == "/compte/login/":
        return f"{lien.chemin} demande de se connecter"
    if lien.ancre and f'id="{lien.ancre}"' not in reponse.text():
        return f"{lien.chemin} n’a pas de #{lien.ancre}"
    return ""


def test_every_link_leads_somewhere(recolte, poste):
    """Asked for with the session of the person who saw it; one address for all those that are made alike."""
    perdus = []
    demandes = liens.a_demander(recolte.pages)
    assert sum(map(len, demandes.values())) > 300
    for compte, siens in demandes.items():
        chez = poste(storage_state=recolte.sessions[compte])
        perdus += [f"{lien.page} : {manque}" for lien in siens if (manque := manque_de(chez, lien))]
    assert not perdus, "\n".join(perdus)
