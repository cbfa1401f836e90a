"""The name under which a file is shown and downloaded."""

import re
import unicodedata

from dossierunique.securite.nir import masquer_les_nir

LONGUEUR_MAX = 150
INTERDITS = re.compile(r'[<>:"|?*]+')


def nom_affichable(nom: str, extension: str = "pdf") -> str:
    """A safe name ending with `extension`: no path, no control or bidirectional character, no NIR."""
    nom = unicodedata.normalize("NFC", nom).replace("\\", "/").rsplit("/", 1)[-1]
    nom = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in nom)
    racine = nom.rsplit(".", 1)[0] if re.search(r"\.[A-Za-z0-9]{1,5}$", nom) else nom
    racine = re.sub(r"\s+", " ", INTERDITS.sub(" ", racine))
    racine = masquer_les_nir(racine)[:LONGUEUR_MAX].strip(" .")
    return f"{racine or 'document'}.{extension}"
