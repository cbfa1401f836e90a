"""A published table as a spreadsheet: XLSX, ODS or CSV, with the same numbers hidden."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from odfdo import Document, Row, Table

from dossierunique import tableurs
from dossierunique.tableurs import Valeur, inerte
from opex.recensement.tableaux import MASQUE, RIEN, Cellule, LigneTableau, Tableau


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


def en_csv(tableau: Tableau) -> bytes:
    """As French spreadsheets read it."""
    return tableurs.en_csv(rangees(tableau))


def en_xlsx(tableau: Tableau) -> bytes:
    """Texts are written as texts, whatever they begin with."""
    tampon = BytesIO()
    with xlsxwriter.Workbook(tampon, {"in_memory": True, "strings_to_formulas": False}) as classeur:
        feuille = classeur.add_worksheet("Recensement")
        gras, montant = classeur.add_format({"bold": True}), classeur.add_format({"num_format": "#,##0.00"})
        for rang, rangee in enumerate(rangees(tableau)):
            for colonne, valeur in enumerate(rangee):
                if isinstance(valeur, str):
                    feuille.write_string(rang, colonne, valeur, gras if rang == 0 else None)
                else:
                    forme = montant if isinstance(valeur, Decimal) else None
                    feuille.write_number(rang, colonne, valeur, forme)
        feuille.freeze_panes(1, 1)
        feuille.autofit()
    return tampon.getvalue()


def en_ods(tableau: Tableau) -> bytes:
    """An open document, which every office suite reads."""
    document = Document("spreadsheet")
    document.body.clear()
    feuille = Table("Recensement")
    for valeurs in rangees(tableau):
        rangee = Row()
        rangee.set_values(valeurs)
        feuille.append_row(rangee)
    document.body.append(feuille)
    tampon = BytesIO()
    document.save(tampon)
    return tampon.getvalue()


FORMATS: dict[str, tuple[Callable[[Tableau], bytes], str]] = {
    "xlsx": (en_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (en_ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": (en_csv, "text/csv; charset=utf-8"),
}
