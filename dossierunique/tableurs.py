"""What spreadsheets are given: texts that they take for texts; a CSV that French ones open at once, XLSX, ODS."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from odfdo import Document, Row, Table

Valeur = str | int | Decimal
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n")


def inerte(texte: str) -> str:
    """A text that no spreadsheet takes for a formula: people type some of what is exported."""
    return f"'{texte}" if texte.startswith(FORMULES) else texte


def relire(texte: str) -> str:
    """What `inerte` was given: a list exported, then filed again, says the same."""
    return texte[1:] if texte.startswith("'") and texte[1:].startswith(FORMULES) else texte


def en_csv(rangees: Iterable[Sequence[Valeur]]) -> bytes:
    """Rows with semicolons, decimal commas, inert texts, and the mark that says UTF-8."""
    tampon = StringIO()
    csv.writer(tampon, delimiter=";").writerows([_cellule(valeur) for valeur in rangee] for rangee in rangees)
    return tampon.getvalue().encode("utf-8-sig")


def _cellule(valeur: Valeur) -> str:
    return inerte(valeur) if isinstance(valeur, str) else str(valeur).replace(".", ",")


def en_xlsx(rangees: Iterable[Sequence[Valeur]], feuille: str) -> bytes:
    """A workbook of one sheet, headings first. Texts are written as texts, whatever they begin with."""
    tampon = BytesIO()
    with xlsxwriter.Workbook(tampon, {"in_memory": True, "strings_to_formulas": False}) as classeur:
        page = classeur.add_worksheet(feuille)
        gras, montant = classeur.add_format({"bold": True}), classeur.add_format({"num_format": "#,##0.00"})
        for rang, rangee in enumerate(rangees):
            for colonne, valeur in enumerate(rangee):
                if isinstance(valeur, str):
                    page.write_string(rang, colonne, valeur, gras if rang == 0 else None)
                else:
                    page.write_number(rang, colonne, valeur, montant if isinstance(valeur, Decimal) else None)
        page.freeze_panes(1, 1)
        page.autofit()
    return tampon.getvalue()


def en_ods(rangees: Iterable[Sequence[Valeur]], feuille: str) -> bytes:
    """An open document of one sheet, which every office suite reads."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(feuille)
    for valeurs in rangees:
        rangee = Row()
        rangee.set_values(list(valeurs))
        table.append_row(rangee)
    document.body.append(table)
    tampon = BytesIO()
    document.save(tampon)
    return tampon.getvalue()
