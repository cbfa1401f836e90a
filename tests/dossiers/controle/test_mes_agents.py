"""A manager reads what his own people did, and nothing of the others."""

import pytest
from django.http import Http404
from django.urls import resolve, reverse
from django.utils import timezone

from dossiers.controle import views
from dossiers.controle.navigation import entrees
from dossiers.controle.policies import PROFIL_RESPONSABLE, est_responsable
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
ADRESSE = reverse("controle:mes_agents")


@pytest.fixture
def demander(rf, uneo):
    """Ask for the page as the manager of Unéo."""
    responsable = fabriques.habilitation("partenaire", organisme="uneo")
    responsable.profil = PROFIL_RESPONSABLE

    def _demander(habilitation=responsable, **demande):
        request = rf.get(ADRESSE, demande)
        request.user, request.habilitation, request.session = habilitation.utilisateur, habilitation, {}
        request.user.habilitation_active = habilitation
        request.habilitations_nombre, request.resolver_match = 1, resolve(ADRESSE)
        return views.mes_agents(request)

    return _demander


@pytest.fixture
def lectures(uneo, asd):
    journaliser(uneo, Acte.CONSULTER, "DU-2026-0000001-K", details={"page": "apercu"})
    journaliser(asd, Acte.CONSULTER, "DU-2026-0000002-L", details={"page": "apercu"})


def test_sees_his_people_and_no_other(demander, lectures, uneo):
    page = demander().content.decode()
    assert "DU-2026-0000001-K" in page
    assert str(uneo.utilisateur) in page
    assert "DU-2026-0000002-L" not in page


def test_filters(demander, lectures, uneo):
    assert "DU-2026-0000001-K" in demander(agent=uneo.utilisateur.last_name).content.decode()
    assert "DU-2026-0000001-K" not in demander(acte="imprimer").content.decode()
    assert (
        "DU-2026-0000002-L" not in demander(numero="DU-2026-0000002-L").content.decode().split("<section")[1]
    )


def test_reading_is_journalled(demander, lectures):
    demander(acte="consulter")
    ligne = LigneJournal.objects.get(objet="accès des agents")
    assert (ligne.action, ligne.details["acte"]) == (Acte.LISTER, "consulter")
    assert ligne.details["au"] == timezone.localdate().isoformat()


@pytest.mark.parametrize("profil", ["partenaire", "gestionnaire", "dpo", "administrateur"])
def test_nobody_else(profil, demander):
    autre = fabriques.habilitation(profil)
    with pytest.raises(Http404):
        demander(autre)
    assert not est_responsable(autre)


def test_his_menu(rf, demander):
    request = rf.get("/")
    request.habilitation = fabriques.habilitation("partenaire")
    assert entrees(request) == []
    request.habilitation.profil = PROFIL_RESPONSABLE
    assert [e.nom_url for e in entrees(request)] == ["controle:mes_agents"]
