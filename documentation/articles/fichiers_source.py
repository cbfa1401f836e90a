"""The articles that the portal brings: Markdown files with a heading of `key: value` lines."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from documentation.articles.contenu import GenreArticle
from partners.habilitations.models import Profil
from partners.organismes.models import Programme

CONTENUS = Path(__file__).resolve().parents[1] / "contenus"
DATES = ("valable_jusqu_au", "date_texte", "parait_le", "expire_le")
LISTES: dict[str, list[str] | None] = {
    "profils": list(Profil.values), "programmes": list(Programme.values), "voir": None,
}  # fmt: skip
TEXTES = ("titre", "resume", "mots", "reference", "source")
CONNUES = {*DATES, *LISTES, *TEXTES, "rubrique", "genre", "ordre", "public"}
LONGUEURS = {"titre": 150, "resume": 200, "mots": 500, "reference": 200, "source": 400}


class FichierIllisible(Exception):
    """A file that does not follow the rules; the message names it and says which."""


@dataclass(frozen=True)
class Source:
    """One file, read: its address, its rubrique, its values but the rubrique, and its fingerprint."""

    slug: str
    rubrique: str
    valeurs: dict[str, Any]
    empreinte: str


def lire_tous(racine: Path = CONTENUS) -> list[Source]:
    """Every article of the folder; raises FichierIllisible."""
    return [lire(chemin) for chemin in sorted(racine.glob("*/*.md"))]


def lire(chemin: Path) -> Source:
    """One article."""
    brut = chemin.read_text(encoding="utf-8")
    morceaux = brut.split("---\n", 2)
    if len(morceaux) != 3 or morceaux[0].strip():
        raise FichierIllisible(f"{chemin.name} : l’en-tête entre deux lignes « --- » manque")
    entete = _entete(chemin, morceaux[1])
    valeurs: dict[str, Any] = {cle: entete.get(cle, "") for cle in TEXTES}
    valeurs |= {cle: _date(chemin, entete.get(cle, "")) for cle in DATES}
    valeurs |= {cle: _liste(chemin, cle, entete.get(cle, "")) for cle in LISTES}
    valeurs |= {
        "genre": entete.get("genre", GenreArticle.ARTICLE.value),
        "ordre": int(entete.get("ordre") or 100),
        "public": entete.get("public", "") in ("oui", "true"),
        "organismes": [],
        "corps": morceaux[2].strip() + "\n",
    }
    _verifier(chemin, entete, valeurs)
    return Source(chemin.stem, chemin.parent.name, valeurs, hashlib.sha256(brut.encode()).hexdigest())


def _entete(chemin: Path, texte: str) -> dict[str, str]:
    lignes = [ligne.partition(":") for ligne in texte.splitlines() if ligne.strip()]
    entete = {cle.strip(): valeur.strip() for cle, _, valeur in lignes}
    if inconnues := set(entete) - CONNUES:
        raise FichierIllisible(f"{chemin.name} : clé inconnue « {sorted(inconnues)[0]} »")
    return entete


def _verifier(chemin: Path, entete: dict[str, str], valeurs: dict[str, Any]) -> None:
    if entete.get("rubrique", chemin.parent.name) != chemin.parent.name:
        raise FichierIllisible(f"{chemin.name} : la rubrique n’est pas celle du dossier")
    if valeurs["genre"] not in GenreArticle.values:
        raise FichierIllisible(f"{chemin.name} : genre inconnu « {valeurs['genre']} »")
    for cle, longueur in LONGUEURS.items():
        if len(valeurs[cle]) > longueur:
            raise FichierIllisible(f"{chemin.name} : « {cle} » dépasse {longueur} caractères")
    if valeurs["public"] and (valeurs["profils"] or valeurs["programmes"]):
        raise FichierIllisible(f"{chemin.name} : un article public l’est pour tous, sans profil ni programme")
    if not (valeurs["titre"] and valeurs["resume"] and valeurs["corps"].strip()):
        raise FichierIllisible(f"{chemin.name} : titre, résumé ou texte manque")


def _liste(chemin: Path, cle: str, valeur: str) -> list[str]:
    mots = [mot.strip() for mot in valeur.split(",") if mot.strip()]
    permis = LISTES[cle]
    if permis is not None and (inconnus := [mot for mot in mots if mot not in permis]):
        raise FichierIllisible(f"{chemin.name} : « {inconnus[0]} » n’est pas une valeur de {cle}")
    return mots


def _date(chemin: Path, valeur: str) -> date | None:
    try:
        return date.fromisoformat(valeur) if valeur else None
    except ValueError as erreur:
        raise FichierIllisible(f"{chemin.name} : date illisible « {valeur} »") from erreur
