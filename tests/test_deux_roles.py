"""The two roles of the database, as the tests themselves see them."""

import pytest
from django.contrib.auth import get_user_model
from django.db import ProgrammingError, connections, transaction

pytestmark = pytest.mark.django_db


def _un(sql: str) -> object:
    with connections["default"].cursor() as curseur:
        curseur.execute(sql)
        return curseur.fetchone()[0]


def test_the_code_runs_under_the_application_role():
    role = connections["default"].settings_dict["USER"]
    assert _un("SELECT current_user") == role
    assert role != connections["proprietaire"].settings_dict["USER"]
    assert _un("SELECT NOT rolsuper AND NOT rolcreaterole FROM pg_roles WHERE rolname = current_user")


@pytest.mark.parametrize(
    "ordre",
    [
        "TRUNCATE partners_utilisateur CASCADE",
        "ALTER TABLE partners_utilisateur DISABLE TRIGGER ALL",
        "DROP TABLE partners_utilisateur CASCADE",
        "CREATE TABLE intruse (a int)",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_role_owns_nothing(ordre):
    with pytest.raises(ProgrammingError, match=r"permission|must be owner"), transaction.atomic():
        _un(ordre)


@pytest.mark.parametrize(
    ("brut", "attendu"), [("ÉLOÏSE Lœuillet", "eloise loeuillet"), ("D’Ç", "d'c"), ("", "")]
)
def test_names_lose_case_and_accents(brut, attendu):
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT du_sans_accent(%s)", [brut])
        assert curseur.fetchone()[0] == attendu


@pytest.mark.django_db(transaction=True)
class TestCommit:
    """Run twice: the second finds the base as the first found it."""

    @pytest.mark.parametrize("fois", [1, 2])
    def test_what_commits_is_cleaned(self, fois):
        utilisateurs = get_user_model().objects
        assert not utilisateurs.filter(username="passant").exists()
        utilisateurs.create_user("passant", "passant@exemple.invalid", "x")


def test_a_plain_test_sees_no_remains_and_the_seeds():
    assert not get_user_model().objects.filter(username="passant").exists()
    assert _un("SELECT count(*) > 0 FROM auth_permission")
    assert _un("SELECT count(*) > 0 FROM courriers_modelecourrier")
