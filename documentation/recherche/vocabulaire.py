"""The list of known words, made again at each publication: some hundred texts, a few thousand words."""

import re
from collections import Counter

from django.db import connections, transaction

from documentation.articles.models import FRANCAIS, VersionArticle
from documentation.recherche.models import MotConnu

MOT = re.compile(r"[^\W\d_]{3,40}")
VERROU = "SELECT pg_advisory_xact_lock(hashtext('documentation_mot'))"
AJOUT = f"""
INSERT INTO documentation_mot (mot, forme, racine, nombre)
SELECT mot, du_sans_accent(mot), array_to_string(tsvector_to_array(to_tsvector('{FRANCAIS}', mot)), ' '), nombre
  FROM unnest(%s::text[], %s::int[]) AS lus (mot, nombre)
"""  # noqa: S608
# The nearest known word of each word whose stem nobody wrote; of two near ones, the one that more pages use.
CORRECTIONS = f"""
SELECT lu.mot, proche.mot FROM unnest(%s::text[]) AS lu (mot)
 CROSS JOIN LATERAL (
   SELECT k.mot FROM documentation_mot k
    WHERE k.forme %% du_sans_accent(lu.mot) AND similarity(k.forme, du_sans_accent(lu.mot)) >= %s
    ORDER BY similarity(k.forme, du_sans_accent(lu.mot)) * (1 + 0.15 * ln(k.nombre)) DESC, k.mot LIMIT 1) proche
 WHERE to_tsvector('{FRANCAIS}', lu.mot) <> ''::tsvector
   AND NOT EXISTS (SELECT 1 FROM documentation_mot k
     WHERE k.racine = array_to_string(tsvector_to_array(to_tsvector('{FRANCAIS}', lu.mot)), ' '))
"""  # noqa: S608
RESSEMBLANCE = 0.33
# Shorter than this, any word resembles any other.
LETTRES_MIN = 4


@transaction.atomic
def reconstruire() -> int:
    """Read again every published text; the number of words known."""
    with connections["default"].cursor() as curseur:
        curseur.execute(VERROU)
        comptes: Counter[str] = Counter()
        textes = VersionArticle.objects.filter(en_ligne__isnull=False)
        for ligne in textes.values_list("titre", "mots", "resume", "texte"):
            comptes.update({mot.lower() for mot in MOT.findall(" ".join(ligne))})
        MotConnu.objects.all().delete()
        curseur.execute(AJOUT, [list(comptes), list(comptes.values())])
    return len(comptes)


def corriger(mots: list[str]) -> dict[str, str]:
    """The mistyped words of a search, each with the known one that it resembles most."""
    longs = [mot for mot in mots if len(mot) >= LETTRES_MIN]
    if not longs:
        return {}
    with connections["default"].cursor() as curseur:
        curseur.execute(CORRECTIONS, [longs, RESSEMBLANCE])
        return dict(curseur.fetchall())
