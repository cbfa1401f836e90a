"""The tables as they are published: counted, then hidden as `suppression.py` says, for the page and for the exports."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from dossierunique.ui.formats import euros, nombre
from opex.recensement.comptage import ANNEE, LIEES, SUJETS, Comptes, Dimension, Mesure, Sujet, compter, vides
from opex.recensement.liens import masquer_ensemble
from opex.recensement.suppression import Grille, Ligne, croiser, masquer

T = TypeVar("T")
MASQUE = "n. p."
RIEN = "–"


@dataclass(frozen=True)
class Cellule:
    """One number, or that it is not published. `mesure` None: hidden."""

    mesure: Mesure | None

    @property
    def personnes(self) -> int | None:
        return self.mesure.personnes if self.mesure else None

    @property
    def montant(self) -> Decimal | None:
        return self.mesure.montant if self.mesure else None

    @property
    def personnes_dites(self) -> str:
        return (
            MASQUE
            if self.mesure is None
            else nombre(self.mesure.personnes)
            if self.mesure.personnes
            else RIEN
        )

    @property
    def montant_dit(self) -> str:
        return MASQUE if self.mesure is None else euros(self.mesure.montant) if self.mesure.montant else RIEN


@dataclass(frozen=True)
class LigneTableau:
    """A heading, the cells of its columns when there are two dimensions, and its total."""

    libelle: str
    cellules: tuple[Cellule, ...]
    total: Cellule
    colonnes: tuple[str, ...] = ()

    @property
    def fermee(self) -> bool:
        """Whether its total alone is given."""
        return bool(self.cellules) and all(cellule.mesure is None for cellule in self.cellules)

    @property
    def nommees(self) -> list[tuple[str, Cellule]]:
        """Each cell with the heading of its column."""
        return list(zip(self.colonnes, self.cellules, strict=True))


@dataclass(frozen=True)
class Tableau:
    """A table ready to be shown: of one exercice, or of all of them (`annee` None), one a row.

    Not `publie`: too few people, nothing of it leaves.
    """

    sujet: Sujet
    dimensions: tuple[Dimension, ...]
    annee: int | None
    publie: bool
    colonnes: tuple[str, ...] = ()
    lignes: tuple[LigneTableau, ...] = ()
    total: LigneTableau | None = None

    @property
    def code(self) -> str:
        return code_de(self.dimensions)

    @property
    def titre(self) -> str:
        titre = f"{self.sujet.titre} par {libelle_de(self.dimensions)}"
        return titre if self.annee is None else f"{titre}, {self.annee}"

    @property
    def reference(self) -> str:
        """How the journal and the file names call it: `2025/aides/armee`, `aides/annee`."""
        return "/".join(filter(None, [str(self.annee or ""), self.sujet.code, self.code]))

    @property
    def masque(self) -> bool:
        """Whether something of it is hidden."""
        lignes = (*self.lignes, *filter(None, [self.total]))
        return any(cellule.mesure is None for ligne in lignes for cellule in (*ligne.cellules, ligne.total))


def code_de(dimensions: Iterable[Dimension]) -> str:
    """The name of a table in addresses and in the journal: `annee`, `annee-armee`."""
    return "-".join(dimension.code for dimension in dimensions)


def libelle_de(dimensions: Iterable[Dimension]) -> str:
    """« année de la blessure et armée ou service »."""
    mots = [dimension.libelle for dimension in dimensions]
    return " et ".join(mot[0].lower() + mot[1:] for mot in mots)


def trouver(sujet: str, code: str) -> tuple[Sujet, tuple[Dimension, ...]] | None:
    """The subject and the dimensions of an address; None when there is no such table."""
    if sujet not in SUJETS:
        return None
    tables = {code_de(dimensions): dimensions for dimensions in SUJETS[sujet].tableaux}
    return (SUJETS[sujet], tables[code]) if code in tables else None


def tableau(sujet: Sujet, dimensions: tuple[Dimension, ...], annee: int) -> Tableau:
    """One table of an exercice, as it may be published."""
    comptes = compter(sujet, dimensions if len(dimensions) == 2 else (), annee).get(annee) or vides(sujet)
    vues = _vues(sujet, comptes)
    if vues is None:
        return Tableau(sujet, dimensions, annee, publie=False)
    dessiner = _simple if len(dimensions) == 1 else _croise
    return dessiner(Tableau(sujet, dimensions, annee, publie=True), comptes, vues)


def par_annee(sujet: Sujet, annees: Iterable[int]) -> Tableau:
    """The whole of each exercice, the last one first. No total: somebody helped for ten years is in ten of them."""
    comptes = compter(sujet)
    lignes = tuple(
        LigneTableau(str(annee), (), _ensemble(sujet, comptes.get(annee) or vides(sujet)))
        for annee in sorted(annees, reverse=True)
    )
    return Tableau(sujet, (ANNEE,), None, publie=True, lignes=lignes)


def _ensemble(sujet: Sujet, comptes: Comptes) -> Cellule:
    """The whole of a subject, hidden when one of its tables could not stand that it is known."""
    return Cellule(comptes.total if _vues(sujet, comptes) is not None else None)


def _vues(sujet: Sujet, comptes: Comptes) -> dict[str, Ligne] | None:
    """What each dimension may show; None when one may show nothing: the total that the others show would tell of it."""
    total = comptes.total.personnes
    nombres = {code: _personnes(mesures) for code, mesures in comptes.marges.items()}
    vues = {dimension.code: masquer(nombres[dimension.code], total) for dimension in sujet.dimensions}
    if set(LIEES) <= set(sujet.dimensions):
        payes = {cle: mesure.personnes for cle, mesure in comptes.postes.items() if mesure.montant}
        genre, partenaire = (dimension.code for dimension in LIEES)
        vues[genre], vues[partenaire] = masquer_ensemble(payes, nombres[genre], nombres[partenaire], total)
    return vues if all(vue.publiee for vue in vues.values()) else None


def _personnes(mesures: dict[T, Mesure]) -> dict[T, int]:
    return {cle: mesure.personnes for cle, mesure in mesures.items()}


def _simple(vide: Tableau, comptes: Comptes, vues: dict[str, Ligne]) -> Tableau:
    code = vide.dimensions[0].code
    marge = comptes.marges[code]
    lignes = tuple(
        LigneTableau(cle, (), _cellule(marge[cle], vues[code].montre(cle))) for cle in sorted(marge)
    )
    return replace(vide, lignes=lignes, total=LigneTableau("Total", (), Cellule(comptes.total)))


def _croise(vide: Tableau, comptes: Comptes, vues: dict[str, Ligne]) -> Tableau:
    en_lignes, en_colonnes = (comptes.marges[dimension.code] for dimension in vide.dimensions)
    grille = _grille(comptes, vide.dimensions, vues)
    colonnes = tuple(sorted(en_colonnes))
    lignes = tuple(_rangee(comptes, grille, cle, colonnes, en_lignes[cle]) for cle in sorted(en_lignes))
    pied = tuple(_cellule(en_colonnes[c], grille.colonnes.montre(c)) for c in colonnes)
    total = LigneTableau("Total", pied, Cellule(comptes.total), colonnes)
    return replace(vide, colonnes=colonnes, lignes=lignes, total=total)


def _grille(comptes: Comptes, dimensions: tuple[Dimension, ...], vues: dict[str, Ligne]) -> Grille:
    """What a crossing may show. That of the kinds and that of the partners close the same rows (liens.py)."""
    lignes, colonnes = (vues[dimension.code] for dimension in dimensions)
    if dimensions[1] not in LIEES:
        return croiser(_personnes(comptes.croisement), lignes, colonnes)
    genre, partenaire = (vues[dimension.code] for dimension in LIEES)
    postes = {(x, f"{g}\x00{p}"): mesure.personnes for (x, g, p), mesure in comptes.postes_croises.items()}
    caches = {f"{g}\x00{p}" for g, p in comptes.postes if not (genre.montre(g) and partenaire.montre(p))}
    colonnes_fines = Ligne(genre.publiee and partenaire.publiee, frozenset(caches))
    fermees = croiser(postes, lignes, colonnes_fines, chacune=True).fermees
    return Grille(lignes, colonnes, fermees)


def _rangee(
    comptes: Comptes, grille: Grille, cle: str, colonnes: tuple[str, ...], marge: Mesure
) -> LigneTableau:
    cellules = tuple(
        _cellule(comptes.croisement.get((cle, c), Mesure()), grille.montre(cle, c)) for c in colonnes
    )
    return LigneTableau(cle, cellules, _cellule(marge, grille.lignes.montre(cle)), colonnes)


def _cellule(mesure: Mesure, montree: bool) -> Cellule:
    return Cellule(mesure if montree else None)
