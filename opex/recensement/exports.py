"""A published table as a spreadsheet: XLSX, ODS or CSV, with the same numbers hidden."""

from collections.abc import Callable
from decimal import Decimal

from dossierunique import tableurs
from dossierunique.tableurs import Valeur, inerte
from opex.recensement.tableaux import MASQUE, RIEN, Cellule, LigneTableau, Tableau

FEUILLE = "Recensement"


def rangees(tableau: Tableau) -> list[list[Valeur]]:
    """The rows of the sheet, headings first."""
    lignes = [*tableau.lignes, *filter(None, [tableau.total])]
    return [_entetes(tableau), *(_rangee(tableau, ligne) for ligne in lignes)]


def _entetes(tableau: Tableau) -> list[Valeur]:
    mesures = ("personnes", "montants versés (€)") if tableau.sujet.avec_montants else ("personnes",)
    titres = [f"{colonne}, {mesure}" for colonne in tableau.colonnes for mesure in mesures]
    totaux = [f"Total, {mesure}" if tableau.colonnes else mesure.capitalize() for mesure in mesures]
    croisees = " × ".join(dimension.libelle for dimension in tableau.dimensions)
    return [inerte(titre) for titre in (croisees, *titres, *totaux)]


def _rangee(tableau: Tableau, ligne: LigneTableau) -> list[Valeur]:
    valeurs: list[Valeur] = [inerte(ligne.libelle)]
    for cellule in (*ligne.cellules, ligne.total):
        valeurs.append(_valeur(cellule, cellule.personnes))
        if tableau.sujet.avec_montants:
            valeurs.append(_valeur(cellule, cellule.montant))
    return valeurs


def _valeur(cellule: Cellule, nombre: int | Decimal | None) -> Valeur:
    return MASQUE if cellule.mesure is None else nombre or RIEN


FORMATS: dict[str, tuple[Callable[[Tableau], bytes], str]] = {
    "xlsx": (lambda tableau: tableurs.en_xlsx(rangees(tableau), FEUILLE), tableurs.XLSX),
    "ods": (lambda tableau: tableurs.en_ods(rangees(tableau), FEUILLE), tableurs.ODS),
    "csv": (lambda tableau: tableurs.en_csv(rangees(tableau)), tableurs.CSV),
}
