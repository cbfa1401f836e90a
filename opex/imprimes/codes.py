"""The code printed on a form, by which its signed scan finds the way back; it holds no personal data."""

import base64
import io
import re
from secrets import choice

import segno

from dossierunique.numeros import LETTRES, est_valide

REFERENCE_LONGUEUR = 8
FORME = re.compile(
    rf"DU:(?P<numero>[A-Z0-9-]{{17}}):(?P<reference>IM-[{LETTRES}]{{{REFERENCE_LONGUEUR}}}):(?P<rang>[1-9][0-9]{{0,3}})"
)


class CodeIllisible(ValueError):
    """What was read is not the code of one of our forms."""


def nouvelle_reference() -> str:
    """A reference without meaning, never guessed from another one."""
    return "IM-" + "".join(choice(LETTRES) for _ in range(REFERENCE_LONGUEUR))


def code(numero: str, reference: str, rang: int) -> str:
    """What the printed code says: the dossier, the form, its version."""
    return f"DU:{numero}:{reference}:{rang}"


def lire_code(texte: str) -> tuple[str, str, int]:
    """The dossier's number, the form's reference and its version. Raises CodeIllisible on anything else."""
    trouve = FORME.fullmatch(texte.strip())
    if trouve is None or not est_valide(trouve["numero"]):
        raise CodeIllisible("ce code n’est pas celui d’un imprimé")
    return trouve["numero"], trouve["reference"], int(trouve["rang"])


def dessin(texte: str) -> str:
    """The code as an image in an address (SVG), for the PDF."""
    sortie = io.BytesIO()
    segno.make(texte, error="m", micro=False).save(
        sortie, kind="svg", border=4, svgclass=None, lineclass=None
    )
    return "data:image/svg+xml;base64," + base64.b64encode(sortie.getvalue()).decode()
