"""What nobody uses: noted once a day, warned of, suspended after 90 days."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Notification
from partners.habilitations import inutilisees, tasks
from partners.habilitations.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db
DEBUT = date(2026, 3, 2)


def a(jours: int) -> time_machine.travel:
    quand = datetime(DEBUT.year, DEBUT.month, DEBUT.day, 10, tzinfo=UTC) + timedelta(days=jours)
    return time_machine.travel(quand, tick=False)


@pytest.fixture
def tenue(db) -> Habilitation:
    return fabriques.habilitation(
        "partenaire", organisme="uneo", derniere_utilisation=DEBUT, active_depuis=DEBUT, debut=DEBUT
    )


@pytest.mark.parametrize(("jours", "etat"), [(89, "active"), (90, "suspendue"), (200, "suspendue")])
def test_suspendue_au_terme(tenue, jours, etat) -> None:
    with a(jours):
        tasks.suspendre_inutilisees()
    tenue.refresh_from_db()
    assert tenue.etat == etat


def test_le_motif_la_cause_et_les_prevenus(tenue) -> None:
    responsable = fabriques.habilitation(
        "responsable", organisme="uneo", derniere_utilisation=date(2026, 5, 30)
    )
    with a(90):
        assert tasks.suspendre_inutilisees() == 1
        assert tasks.suspendre_inutilisees() == 0
    tenue.refresh_from_db()
    assert (tenue.cause, tenue.motif) == ("inutilisee", "inutilisée depuis le 2\u00a0mars\u00a02026")
    dits = Notification.objects.filter(texte__contains="est suspendue")
    assert set(dits.values_list("destinataire", flat=True)) == {
        tenue.utilisateur_id,
        responsable.utilisateur_id,
    }
    ligne = LigneJournal.objects.get(objet=tenue.reference)
    assert (ligne.utilisateur_id, ligne.details["vers"]) == (None, "suspendue")


def test_prevenue_une_fois_avant(tenue, settings) -> None:
    settings.HABILITATION_INUTILISEE_PREAVIS = 10
    with a(79):
        tasks.suspendre_inutilisees()
    assert not Notification.objects.exists()
    for jours in (80, 81, 85):
        with a(jours):
            tasks.suspendre_inutilisees()
    texte = Notification.objects.get(destinataire=tenue.utilisateur).texte
    assert "31\u00a0mai\u00a02026" in texte


def test_servir_une_fois_suffit(tenue) -> None:
    with a(85):
        inutilisees.noter_utilisation(tenue, date(2026, 5, 26))
    with a(120):
        assert tasks.suspendre_inutilisees() == 0


def test_une_reprise_fait_repartir_le_delai(tenue) -> None:
    from partners.habilitations.actions import reprendre

    admin = fabriques.habilitation("administrateur", derniere_utilisation=date(2026, 8, 1))
    with a(90):
        tasks.suspendre_inutilisees()
        reprendre(admin, tenue)
    with a(91):
        assert tasks.suspendre_inutilisees() == 0
    tenue.refresh_from_db()
    assert tenue.etat == "active"


def test_jamais_utilisee_se_compte_depuis_l_activation(db) -> None:
    jamais = fabriques.habilitation("dpo", derniere_utilisation=None, active_depuis=DEBUT, debut=DEBUT)
    with a(90):
        assert tasks.suspendre_inutilisees() == 1
    jamais.refresh_from_db()
    assert jamais.etat == "suspendue"


def test_le_dernier_administrateur_reste(db) -> None:
    seul = fabriques.habilitation(
        "administrateur", derniere_utilisation=DEBUT, active_depuis=DEBUT, debut=DEBUT
    )
    with a(400):
        assert tasks.suspendre_inutilisees() == 0
    seul.refresh_from_db()
    assert seul.etat == "active"


def test_le_reglage_compte(tenue, settings) -> None:
    settings.HABILITATION_INUTILISEE_JOURS = 30
    with a(30):
        assert tasks.suspendre_inutilisees() == 1


def test_une_ecriture_par_jour(connecter) -> None:
    tenue = fabriques.habilitation("dpo", derniere_utilisation=None)
    client, page = connecter(tenue), reverse("habilitations:choisir")
    ecritures = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as requetes:
            client.get(page)
        ecritures.append(sum('SET "derniere_utilisation"' in q["sql"] for q in requetes))
    assert ecritures == [1, 0, 0]
    tenue.refresh_from_db()
    assert tenue.derniere_utilisation is not None
