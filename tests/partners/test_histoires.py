"""The role of the application adds to the histories, by triggers, and rewrites none of them."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db
HISTOIRES = [
    m._meta.db_table
    for m in apps.get_models()
    if hasattr(m, "pgh_created_at") and m._meta.app_label in ("partners", "dossiers")
]


def test_il_y_a_des_histoires() -> None:
    assert len(HISTOIRES) >= 6


@pytest.mark.parametrize("table", HISTOIRES)
def test_une_histoire_ne_se_reecrit_pas(table) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT has_table_privilege(%(t)s, 'UPDATE'), has_table_privilege(%(t)s, 'DELETE'),"
            " has_table_privilege(%(t)s, 'INSERT'), has_table_privilege(%(t)s, 'SELECT')",
            {"t": table},
        )
        assert curseur.fetchone() == (False, False, True, True)
