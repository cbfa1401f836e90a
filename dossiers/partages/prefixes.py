"""Searching a name by its beginning, in operators that an index may serve under the second lock.

LIKE is not leakproof: under a row-level policy PostgreSQL would try the policy on every share first. The byte-wise
comparisons of text_pattern_ops are, and say the same thing with two bounds.
"""

from django.db import models
from django.db.models import Q
from django.db.models.lookups import BuiltinLookup

DERNIER_AVANT_RESERVE, PREMIER_APRES = "\ud7ff", "\ue000"  # UTF-8 has no surrogates


@models.TextField.register_lookup
class AuMoins(BuiltinLookup):
    lookup_name = "au_moins"

    def get_rhs_op(self, connection: object, rhs: str) -> str:
        return f"~>=~ {rhs}"


@models.TextField.register_lookup
class Avant(BuiltinLookup):
    lookup_name = "avant"

    def get_rhs_op(self, connection: object, rhs: str) -> str:
        return f"~<~ {rhs}"


def debute_par(colonne: str, debut: str) -> Q:
    """Rows whose column begins with these characters (at least one)."""
    return Q(**{f"{colonne}__au_moins": debut, f"{colonne}__avant": _suivant(debut)})


def _suivant(debut: str) -> str:
    """The first text after all those that begin so, in the order of bytes."""
    fin = debut[-1]
    return debut[:-1] + (PREMIER_APRES if fin == DERNIER_AVANT_RESERVE else chr(ord(fin) + 1))
