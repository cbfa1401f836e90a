"""What a list may say of a service or of a person, column by column; the same headings are those of an export."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annuaire.echanges.models import Nature
from dossierunique.mots import simplifier


@dataclass(frozen=True)
class Champ:
    """A field that a column may be joined to. motif: what its heading looks like, once unaccented."""

    code: str
    libelle: str
    motif: str
    requis: bool = False


_IDENTIFIANT = Champ("identifiant", "Identifiant", r"^(identifiant|id)$")
_ORGANISME = Champ("organisme", "Organisme", r"organisme|partenaire|\bcaisse\b")
_TELEPHONE = Champ("telephone", "Téléphone", r"\btel|telephone|fixe|poste")
_COURRIEL = Champ("courriel", "Adresse électronique", r"mail|courriel|electronique")
# In the order of the export. The guess goes by the exact words first, then by what looks like them.
CHAMPS: dict[str, tuple[Champ, ...]] = {
    Nature.SERVICES: (
        _IDENTIFIANT,
        _ORGANISME,
        Champ("nom", "Service", r"service|bureau|libelle|\bnom\b", requis=True),
        Champ("unite", "Unité où il se trouve", r"^unite|antenne|site"),
        Champ("missions", "Ce qu’il fait", r"mission|fait|role|description"),
        _TELEPHONE,
        _COURRIEL,
        Champ("adresse", "Adresse", r"adresse|rue|postale"),
        Champ("horaires", "Horaires", r"horaire|ouverture|heures"),
        Champ("note_horaires", "Précision sur les horaires", r"precision|note|remarque"),
        Champ("departements", "Départements", r"departement|territoire|\bdept"),
        Champ("unites", "Unités suivies", r"unites|suivi|regiments|bases"),
        Champ("programmes", "Programmes", r"programme"),
        Champ("aides", "Aides", r"\baides?\b|prestation"),
    ),
    Nature.PERSONNES: (
        _IDENTIFIANT,
        _ORGANISME,
        Champ("service", "Service", r"service|bureau", requis=True),
        Champ("prenom", "Prénom", r"prenom"),
        Champ("nom", "Nom", r"\bnom\b", requis=True),
        Champ("fonction", "Fonction", r"fonction|metier|\bposte\b|emploi|titre"),
        Champ("portable", "Portable", r"portable|mobile|gsm"),
        _TELEPHONE,
        _COURRIEL,
        Champ("note_horaires", "Quand la joindre", r"joindre|horaire|disponib"),
    ),
}  # fmt: skip
# Shown by an export, and not taken back.
EN_PLUS = ("Vérifiée le",)


def champs(nature: str) -> tuple[Champ, ...]:
    """The fields of a kind of list."""
    return CHAMPS[nature]


def libelles(nature: str) -> dict[str, str]:
    """Every field that a column may be joined to, with its words."""
    return {champ.code: champ.libelle for champ in CHAMPS[nature]}


def exemple(nature: str) -> str:
    """A few headings, for who gave none."""
    return ", ".join(champ.libelle for champ in CHAMPS[nature][1:5])


def deviner(titres: list[str], nature: str) -> dict[str, str]:
    """column → field, from the headings; a field is given once, what an export adds is left out."""
    a_laisser = {simplifier(titre) for titre in EN_PLUS}
    restent = {
        str(rang): simplifier(t) for rang, t in enumerate(titres) if t and simplifier(t) not in a_laisser
    }
    trouves: dict[str, str] = {}
    for champ in CHAMPS[nature]:
        _donner(trouves, restent, champ.code, rf"^{re.escape(simplifier(champ.libelle))}$")
    for champ in CHAMPS[nature]:
        if champ.code not in trouves.values():
            _donner(trouves, restent, champ.code, champ.motif)
    return trouves


def _donner(trouves: dict[str, str], restent: dict[str, str], code: str, motif: str) -> None:
    for colonne, titre in restent.items():
        if re.search(motif, titre):
            trouves[colonne] = code
            del restent[colonne]
            return


def defauts(colonnes: Mapping[str, str], nature: str) -> list[str]:
    """What is wrong with an association of columns, in words."""
    choisis = list(colonnes.values())
    phrases = [
        f"Aucune colonne n’est associée à « {champ.libelle} »."
        for champ in CHAMPS[nature]
        if champ.requis and champ.code not in choisis
    ]
    if len(set(choisis)) < len(choisis):
        phrases.append("Deux colonnes sont associées à la même information : gardez-en une.")
    return phrases
