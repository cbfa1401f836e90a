"""Reading a list that somebody files: CSV, XLSX or ODS, in memory, into rows of text. What cannot be read says why."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from dossierunique.ui.formats import nombre

LIGNES_MAX = 1000
OCTETS_MAX = 2 * 1024 * 1024
COLONNES_MAX = 60
CELLULE_MAX = 300
PARAGRAPHES_MAX = 4000
# A heading names at least the required columns; a title above it does not.
TITRES_MIN = 3
RANGS_DU_TITRE = 15
# What a small file may unfold into.
DEPLIE_MAX = 60 * 1024 * 1024
RANGS_MAX = 5000
SEPARATEURS = (";", "\t", ",")
LireCellule = Callable[[Any], str]


class ListeIllisible(ValueError):
    """The file is not a list that we can read; the message says what to do."""


@dataclass(frozen=True)
class Tableau:
    """Headings, and rows with the number that each bears in the file."""

    titres: list[str]
    lignes: list[tuple[int, list[str]]]


def lire_tableau(octets: bytes, exemple: str, cellule: LireCellule | None = None) -> Tableau:
    """The list of a file. Raises ListeIllisible.

    exemple: headings named to who gave none; cellule: how a cell is read, `en_texte` unless said.
    """
    if not octets:
        raise ListeIllisible("Ce fichier est vide.")
    if len(octets) > OCTETS_MAX:
        raise ListeIllisible(
            "Ce fichier dépasse 2\u00a0Mo\u00a0: retirez les images et les feuilles inutiles."
        )
    cellule = cellule or en_texte
    rangs = _du_classeur(octets, cellule) if octets.startswith(b"PK") else _du_texte(octets, cellule)
    return _tableau(rangs, exemple)


def _du_classeur(octets: bytes, cellule: LireCellule) -> list[list[str]]:
    """The first sheet that holds something."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            if sum(element.file_size for element in archive.infolist()) > DEPLIE_MAX:
                raise ListeIllisible(
                    "Ce classeur est trop gros une fois ouvert\u00a0: gardez la liste seule."
                )
        classeur = CalamineWorkbook.from_filelike(io.BytesIO(octets))
        for nom in classeur.sheet_names:
            feuille = classeur.get_sheet_by_name(nom)
            if feuille.total_height > RANGS_MAX or feuille.total_width > 16 * COLONNES_MAX:
                raise ListeIllisible("Cette feuille est trop grande\u00a0: gardez la liste seule.")
            rangs = [[cellule(v) for v in rang] for rang in feuille.to_python(skip_empty_area=False)]
            if any(any(rang) for rang in rangs):
                return rangs
    except (CalamineError, ZipError, zipfile.BadZipFile):
        raise ListeIllisible(
            "Ce classeur ne s’ouvre pas\u00a0: enregistrez-le en .xlsx, .ods ou .csv, sans mot de passe."
        ) from None
    raise ListeIllisible("Ce classeur est vide.")


def en_texte(valeur: Any) -> str:
    """A cell as a person would have typed it on one line: whole numbers without decimals, days as days."""
    return " ".join(_tape(valeur).split())[:CELLULE_MAX]


def en_paragraphes(valeur: Any) -> str:
    """The same, with its lines: addresses and sentences."""
    lignes = (" ".join(ligne.split()) for ligne in _tape(valeur).splitlines())
    return "\n".join(filter(None, lignes))[:PARAGRAPHES_MAX]


def _tape(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    if isinstance(valeur, datetime) and valeur.time() == time():
        valeur = valeur.date()
    if isinstance(valeur, date) and not isinstance(valeur, datetime):
        valeur = f"{valeur:%d/%m/%Y}"
    return str(valeur if valeur is not None else "").replace("\x00", "")


def _du_texte(octets: bytes, cellule: LireCellule) -> list[list[str]]:
    texte = _decoder(octets)
    separateur = max(SEPARATEURS, key=lambda s: _largeur(texte, s))
    try:
        return [
            [cellule(v) for v in rang]
            for rang in csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
        ]
    except csv.Error:
        raise ListeIllisible("Ce fichier CSV est abîmé\u00a0: un guillemet n’est pas refermé.") from None


def _decoder(octets: bytes) -> str:
    # With a mark of UTF-16, it is what Excel calls « texte Unicode ».
    codages = ["utf-16"] if octets.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for codage in codages:
        try:
            texte = octets.decode(codage)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", texte):
            return texte
    raise ListeIllisible("Ce fichier n’est pas une liste\u00a0: choisissez un fichier .csv, .xlsx ou .ods.")


def _largeur(texte: str, separateur: str) -> int:
    """The most cells that the first rows have, cut there."""
    debut = "\n".join(texte.splitlines()[:RANGS_DU_TITRE])
    try:
        return max((len(rang) for rang in csv.reader(io.StringIO(debut), delimiter=separateur)), default=0)
    except csv.Error:
        return 0


def _tableau(rangs: list[list[str]], exemple: str) -> Tableau:
    place = next(
        (i for i, rang in enumerate(rangs[:RANGS_DU_TITRE]) if sum(map(bool, rang)) >= TITRES_MIN), None
    )
    if place is None:
        raise ListeIllisible(f"La première ligne doit porter les titres des colonnes, par exemple {exemple}.")
    largeur = max(i for i, titre in enumerate(rangs[place]) if titre) + 1
    if largeur > COLONNES_MAX:
        raise ListeIllisible(
            f"Cette liste a plus de {COLONNES_MAX} colonnes\u00a0: gardez celles qui servent."
        )
    lignes = [
        (rang, (cellules + [""] * largeur)[:largeur])
        for rang, cellules in enumerate(rangs[place + 1 :], place + 2)
        if any(cellules)
    ]
    if not lignes:
        raise ListeIllisible("Cette liste n’a que des titres, et aucune ligne.")
    if len(lignes) > LIGNES_MAX:
        raise ListeIllisible(
            f"Cette liste compte {nombre(len(lignes))} lignes, le maximum est {nombre(LIGNES_MAX)}\u00a0: "
            "partagez-la en plusieurs."
        )
    return Tableau(rangs[place][:largeur], lignes)
