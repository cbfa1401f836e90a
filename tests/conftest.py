"""One database for two roles: the owner makes and cleans it, the code under test runs as the application."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as hypotheses

from tests import identite, nettoyage

# A time is never asserted: on a busy machine an example may take long.
hypotheses.register_profile("portail", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypotheses.load_profile("portail")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start services for the session when the environment gives none; workers use their controller's."""
    if settings.SERVICES_A_DEMARRER and not hasattr(session.config, "workerinput"):
        from tests import services

        services.demarrer(session.config)


@contextmanager
def copie_du_modele() -> Iterator[None]:
    """On the session's own server, the test database is a copy of one migrated once for all the processes."""
    if not settings.SERVICES_A_DEMARRER:
        yield
        return
    from tests import modele

    with modele.a_copier() as reglages:
        connections["proprietaire"].settings_dict["TEST"].update(reglages)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_keepdb, django_db_modify_db_settings
) -> Iterator[None]:
    """Both aliases always: `default` mirrors the database that `proprietaire` makes and migrates."""
    with django_db_blocker.unblock():
        with copie_du_modele():
            bases = setup_databases(
                verbosity=0, interactive=False, aliases=list(connections), keepdb=django_db_keepdb
            )
        with connections["proprietaire"].cursor() as curseur:
            nettoyage.retenir(curseur)
        identite.installer()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connections.close_all()
            teardown_databases(bases, verbosity=0)


@pytest.fixture
def base_propre(django_db_setup, django_db_blocker) -> Iterator[None]:
    """After the test, every table is as the migrations left it (for tests that really commit)."""
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        nettoyage.remettre()


@pytest.fixture(autouse=True)
def glossaire_lu(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are known, as after the first page of a process: no count of queries sees their reading."""
    from tests.documentation.fabriques import mots_du_portail

    monkeypatch.setattr("documentation.glossaire._lues", lambda _moment: mots_du_portail())


# What takes long goes first: alone at the end, it would keep the other processes waiting.
LONGS = (
    "tests/navigateur/",
    "tests/test_secret.py",
    "tests/visibilite/",
    "tests/test_adresses",
    "tests/embarque/",
)


def _rang(item: pytest.Item) -> int:
    return next((rang for rang, debut in enumerate(LONGS) if item.nodeid.startswith(debut)), len(LONGS))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the cleaning to every test that commits: Django's own flush needs rights we do not give."""
    items.sort(key=_rang)
    for item in items:
        marque = item.get_closest_marker("django_db")
        engage = bool(marque and (marque.kwargs.get("transaction") or marque.args[:1] == (True,)))
        noms = item.fixturenames  # type: ignore[attr-defined]
        if engage or {"transactional_db", "live_server"} & set(noms):
            noms.insert(0, "base_propre")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep the tests of the browser on one worker."""
    from tests.repartition import Repartition

    return Repartition(config, log)  # type: ignore[arg-type]
