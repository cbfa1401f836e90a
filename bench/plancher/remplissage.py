"""Fills the floor: `python -m bench.plancher.remplissage 100000`."""

import sys

import django
from django.db import connection

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402

SQL = """
INSERT INTO plancher_dossier (nir, nom, prenom, statut, organisme_id, cree, maj)
  SELECT lpad(g::text, 15, '0'), 'BENOIT' || md5(g::text), 'Éloïse', 'en cours',
         (SELECT min(id) FROM auth_group) + g %% 20, now() - (%(nombre)s - g) * interval '50 minutes', now()
  FROM generate_series(1, %(nombre)s) g
"""

if __name__ == "__main__":
    Group.objects.bulk_create(Group(name=f"Organisme {i}") for i in range(20))
    User.objects.create(username="agent", password="!")
    with connection.cursor() as curseur:
        curseur.execute(SQL, {"nombre": int(sys.argv[1])})
        curseur.execute("VACUUM ANALYZE")
