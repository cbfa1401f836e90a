"""Keyset pagination: a page costs the same at the first row and at the millionth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import HttpRequest

SEL = "dossierunique.ui.pagination"
# What an address says of the place in a list.
REPERES = ("apres", "avant")
Lecture = Callable[[list[str] | None, bool, int], list[Any]]


@dataclass
class Page:
    """A slice of a list and the opaque cursors of its neighbours (empty at an end)."""

    lignes: list[Any]
    curseur_suivant: str = ""
    curseur_precedent: str = ""
    parametres: str = field(default="")

    def __iter__(self):
        return iter(self.lignes)

    def __len__(self) -> int:
        return len(self.lignes)

    def __bool__(self) -> bool:
        return bool(self.lignes)


def page_par_cle(
    queryset: QuerySet, request: HttpRequest, *, cles: Sequence[str] = ("-ouvert_le", "-pk"), taille: int = 25
) -> Page:
    """The page asked for by `?apres=` or `?avant=`; a cursor that is not ours gives the first page.

    `cles` are never-null fields, the last of which is unique; "-" sorts downwards.
    """

    def lire(repere: list[str] | None, a_rebours: bool, combien: int) -> list[Any]:
        ordre = _inverse(cles) if a_rebours else list(cles)
        lignes = queryset.order_by(*ordre)
        if repere:
            lignes = lignes.filter(_au_dela(ordre, _valeurs(queryset, cles, repere)))
        return list(lignes[:combien])

    return page_lue(lire, request, cles=cles, taille=taille)


def page_lue(lire: Lecture, request: HttpRequest, *, cles: Sequence[str], taille: int = 25) -> Page:
    """As `page_par_cle`, for rows that `lire` fetches.

    It is given the values of `cles` to go beyond (None at the start), whether to walk backwards (nearest first), and
    how many rows to fetch.
    """
    apres = _lire(request.GET.get("apres", ""), cles)
    avant = None if apres else _lire(request.GET.get("avant", ""), cles)
    trouvees = lire(apres or avant, bool(avant), taille + 1)
    reste, trouvees = len(trouvees) > taille, trouvees[:taille]
    if avant:
        trouvees.reverse()
    return _page(
        request,
        trouvees,
        cles,
        encore_apres=bool(avant) or reste,
        encore_avant=reste if avant else bool(apres),
    )


def compte_borne(queryset: QuerySet, borne: int = 1000) -> tuple[int, bool]:
    """How many rows, counted no further than `borne`; the boolean says that there are more."""
    try:
        sql, parametres = queryset.order_by().values("pk")[: borne + 1].query.sql_with_params()
    except EmptyResultSet:
        return 0, False
    with connections[queryset.db].cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM ({sql}) bornees", parametres)  # noqa: S608
        nombre = curseur.fetchone()[0]
    return min(nombre, borne), nombre > borne


def _page(
    request: HttpRequest, lignes: list[Any], cles: Sequence[str], *, encore_apres: bool, encore_avant: bool
) -> Page:
    autres = request.GET.copy()
    for repere in REPERES:
        autres.pop(repere, None)
    page = Page(lignes, parametres=autres.urlencode())
    if lignes:
        page.curseur_suivant = _ecrire(lignes[-1], cles) if encore_apres else ""
        page.curseur_precedent = _ecrire(lignes[0], cles) if encore_avant else ""
    return page


def _nom(cle: str) -> str:
    return cle.removeprefix("-")


def _inverse(cles: Sequence[str]) -> list[str]:
    return [_nom(cle) if cle.startswith("-") else f"-{cle}" for cle in cles]


def _au_dela(ordre: Sequence[str], valeurs: Sequence[Any]) -> Q:
    """Rows strictly beyond the values, in this order.

    When all the keys go the same way PostgreSQL compares whole rows and walks the index;
    otherwise the comparison is spelled out key by key.
    """
    if len({cle.startswith("-") for cle in ordre}) == 1:
        return _comparaison_de_lignes(ordre, valeurs)
    condition = Q()
    egaux = Q()
    for cle, valeur in zip(ordre, valeurs, strict=True):
        sens = "lt" if cle.startswith("-") else "gt"
        condition |= egaux & Q(**{f"{_nom(cle)}__{sens}": valeur})
        egaux &= Q(**{_nom(cle): valeur})
    return condition


def _comparaison_de_lignes(ordre: Sequence[str], valeurs: Sequence[Any]) -> Q:
    comparaison = TupleLessThan if ordre[0].startswith("-") else TupleGreaterThan
    colonnes = Tuple(*(models.F(_nom(cle)) for cle in ordre))
    return Q(comparaison(colonnes, tuple(valeurs)))


def _ecrire(ligne: Any, cles: Sequence[str]) -> str:
    valeurs = [_texte(_attribut(ligne, _nom(cle))) for cle in cles]
    return signing.dumps([",".join(cles), *valeurs], salt=SEL, compress=True)


def _attribut(ligne: Any, chemin: str) -> Any:
    for nom in chemin.split("__"):
        ligne = ligne[nom] if isinstance(ligne, dict) else getattr(ligne, nom)
    return ligne


def _texte(valeur: Any) -> Any:
    return valeur.isoformat() if isinstance(valeur, (date, datetime)) else str(valeur)


def _lire(curseur: str, cles: Sequence[str]) -> list[str] | None:
    if not curseur:
        return None
    try:
        forme, *valeurs = signing.loads(curseur, salt=SEL)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return valeurs if forme == ",".join(cles) and len(valeurs) == len(cles) else None


def _valeurs(queryset: QuerySet, cles: Sequence[str], textes: Sequence[str]) -> list[Any]:
    return [_champ(queryset, _nom(cle)).to_python(texte) for cle, texte in zip(cles, textes, strict=True)]


def _champ(queryset: QuerySet, chemin: str) -> models.Field:
    if chemin in queryset.query.annotations:
        return queryset.query.annotations[chemin].output_field
    modele, champ = queryset.model, None
    for nom in chemin.split("__"):
        champ = modele._meta.pk if nom == "pk" else modele._meta.get_field(nom)
        if champ.is_relation:
            modele = champ.related_model
    return champ.target_field if champ.is_relation else champ
