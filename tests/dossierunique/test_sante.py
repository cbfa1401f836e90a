"""Liveness and readiness: the part that fails is named, nothing else is said, no right is needed."""

import time

import pytest
from django.core.cache import cache
from django.db import OperationalError

from dossierunique import sante


@pytest.fixture(autouse=True)
def _cache_vide():
    cache.clear()
    yield
    cache.clear()


def test_alive_needs_neither_database_nor_session(client):
    reponse = client.get("/sante/vivant")
    assert reponse.status_code == 200
    assert reponse.json() == {"etat": "vivant"}
    assert "no-store" in reponse["Cache-Control"]
    assert not reponse.cookies


@pytest.mark.django_db
def test_ready_when_every_part_answers(client):
    sante.noter_battement()
    reponse = client.get("/sante/pret")
    assert reponse.status_code == 200
    assert set(reponse.json()["parties"].values()) == {"prêt"}


@pytest.mark.django_db
@pytest.mark.parametrize("silence", [None, 61])
def test_a_silent_worker_is_named(client, silence):
    if silence is not None:
        cache.set(sante.BATTEMENT, time.time() - silence)
    reponse = client.get("/sante/pret")
    assert reponse.status_code == 503
    assert reponse.json()["parties"] == {
        "base": "prêt", "courtier": "prêt", "stockage": "prêt", "service": "en panne",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("nom", ["base", "courtier", "stockage"])
def test_the_failing_part_is_named_and_the_cause_stays_in_the_logs(client, monkeypatch, nom):
    def panne() -> None:
        raise OperationalError("connexion refusée à 10.0.0.3")

    sante.noter_battement()
    monkeypatch.setitem(sante.PARTIES, nom, panne)
    reponse = client.get("/sante/pret")
    assert reponse.status_code == 503
    assert [n for n, etat in reponse.json()["parties"].items() if etat != "prêt"] == [nom]
    assert "10.0.0.3" not in reponse.content.decode()


@pytest.mark.django_db
def test_the_probe_of_the_storage_leaves_nothing(client):
    from django.core.files.storage import storages

    client.get("/sante/pret")
    assert [n for n in storages["fichiers"].listdir("")[1] if n.startswith("sante-")] == []


def test_the_worker_beats(client):
    from dossierunique.tasks import battement

    battement()
    assert time.time() - cache.get(sante.BATTEMENT) < 5
