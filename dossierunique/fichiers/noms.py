"""The name under which a file is shown and downloaded."""

import re
import unicodedata

LONGUEUR_MAX = 150
# Thirteen to fifteen digits, spaced or not, may be a NIR: it has no place in a file name.
NIR_POSSIBLE = re.compile(
    r"(?<!\d)[1-8](?:[ ._-]?\d){4}[ ._-]?(?:\d[ ._-]?[0-9ABab])(?:[ ._-]?\d){6,8}(?!\d)"
)
INTERDITS = re.compile(r'[<>:"|?*]+')


def nom_affichable(nom: str, extension: str = "pdf") -> str:
    """A safe name ending with `extension`: no path, no control or bidirectional character, no NIR."""
    nom = unicodedata.normalize("NFC", nom).replace("\\", "/").rsplit("/", 1)[-1]
    nom = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in nom)
    racine = nom.rsplit(".", 1)[0] if re.search(r"\.[A-Za-z0-9]{1,5}$", nom) else nom
    racine = NIR_POSSIBLE.sub("numéro masqué", racine)
    racine = INTERDITS.sub(" ", racine)
    racine = re.sub(r"\s+", " ", racine)[:LONGUEUR_MAX].strip(" .")
    return f"{racine or 'document'}.{extension}"
