"""Small workbooks written by hand: what the tests of the lists import."""

import io
import zipfile
from datetime import date
from html import escape

Cellule = str | int | date | None
JOUR_ZERO = date(1899, 12, 30)


def xlsx(rangs: list[list[Cellule]]) -> bytes:
    """An .xlsx: text inline, numbers as numbers, days as days (style 1)."""
    lignes = "".join(f"<row>{''.join(_xlsx(c) for c in rang)}</row>" for rang in rangs)
    principal = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    paquet = "http://schemas.openxmlformats.org/package/2006"
    return _archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{paquet}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{paquet}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{principal}" xmlns:r="{relations}"><sheets>'
            '<sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{paquet}/relationships">'
            f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{principal}"><cellXfs count="2"><xf numFmtId="0"/>'
            '<xf numFmtId="14"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{principal}"><sheetData>{lignes}</sheetData></worksheet>',
        }
    )


def _xlsx(cellule: Cellule) -> str:
    if cellule is None or cellule == "":
        return "<c/>"
    if isinstance(cellule, date):
        return f'<c s="1"><v>{(cellule - JOUR_ZERO).days}</v></c>'
    if isinstance(cellule, int):
        return f"<c><v>{cellule}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(cellule)}</t></is></c>'


def ods(rangs: list[list[Cellule]]) -> bytes:
    """An .ods."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    lignes = "".join(f"<table:table-row>{''.join(_ods(c) for c in rang)}</table:table-row>" for rang in rangs)
    type_ods = "application/vnd.oasis.opendocument.spreadsheet"
    return _archive(
        {
            "mimetype": type_ods,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{oasis}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{type_ods}"/></manifest:manifest>',
            "content.xml": f'<office:document-content xmlns:office="{oasis}:office:1.0" '
            f'xmlns:table="{oasis}:table:1.0" xmlns:text="{oasis}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Liste">{lignes}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


def _ods(cellule: Cellule) -> str:
    if cellule is None or cellule == "":
        return "<table:table-cell/>"
    if isinstance(cellule, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cellule.isoformat()}"/>'
    if isinstance(cellule, int):
        return f'<table:table-cell office:value-type="float" office:value="{cellule}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(cellule)}</text:p></table:table-cell>'
    )


def _archive(fichiers: dict[str, str]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in fichiers.items():
            archive.writestr(nom, contenu)
    return sortie.getvalue()
