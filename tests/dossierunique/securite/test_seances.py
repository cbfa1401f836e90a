"""Sessions read by a prepared statement, on a connection that may have died since the last request."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connections
from django.utils import timezone

from dossierunique.securite.seances import SessionStore


def ouverte() -> str:
    seance = SessionStore()
    seance["mot"] = "gardé"
    seance.save()
    return seance.session_key


@pytest.mark.django_db
def test_une_seance_se_retrouve_et_finit() -> None:
    cle = ouverte()
    assert SessionStore(cle)["mot"] == "gardé"
    assert dict(SessionStore("inconnue").items()) == {}
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        finie = SessionStore(cle)
        assert "mot" not in finie and finie.session_key is None


@pytest.mark.django_db(transaction=True)
def test_une_connexion_morte_est_rouverte_sans_erreur() -> None:
    cle = ouverte()
    pid, autre = connections["default"].connection.info.backend_pid, connections["default"].copy()
    with autre.cursor() as curseur:
        curseur.execute("SELECT pg_terminate_backend(%s)", [pid])
    autre.close()
    assert SessionStore(cle)["mot"] == "gardé"
    assert connections["default"].connection.info.backend_pid != pid


@pytest.mark.django_db
def test_dans_une_transaction_l_erreur_se_dit(monkeypatch) -> None:
    def mourir(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("dossierunique.securite.seances.LIRE.ligne", mourir)
    with pytest.raises(OperationalError):
        SessionStore("x").load()
