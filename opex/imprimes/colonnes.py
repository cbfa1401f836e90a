"""What a list may say of a person, column by column, and the guess made from the headings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierunique.mots import simplifier
from partners.models import Organisme

CONSENTEMENT = "consent:"
URGENCE, APPEL, RANG = r"(?:prevenir|urgence|contact)", r"(?:\btel|portable|mobile)", r"(?:numero|\bno?\b)"


@dataclass(frozen=True)
class Champ:
    """A field that a column may be joined to. motif: what its heading looks like, once unaccented."""

    code: str
    libelle: str
    motif: str
    requis: bool = False


# In the order of the guess: the most particular first.
CHAMPS = (
    Champ("prevenir_telephone", "Personne à prévenir : téléphone", rf"{URGENCE}.*{APPEL}|{APPEL}.*{URGENCE}"),
    Champ("prevenir_lien", "Personne à prévenir : lien", rf"\blien\b|\bparente\b|{URGENCE}.*(qualite|relation)"),
    Champ("prevenir_prenoms", "Personne à prévenir : prénoms", rf"prenom.*{URGENCE}|{URGENCE}.*prenom"),
    Champ("prevenir_nom", "Personne à prévenir : nom", URGENCE),
    Champ("mutuelle_numero", "Mutuelle : numéro d’adhérent", rf"adherent|{RANG}.*mutuelle|mutuelle.*{RANG}"),
    Champ("mutuelle", "Mutuelle : nom", r"mutuelle"),
    Champ("signe_le", "Consentement : date de signature", r"signature|\bsigne\b|date.*consentement"),
    Champ("nir", "NIR", r"\bnir\b|securite sociale|\bsecu\b|\bss\b|\binsee\b", requis=True),
    Champ("lieu_naissance", "Lieu de naissance", r"(lieu|commune|ville).*naiss|\bne ?e? a\b"),
    Champ("nom", "Nom de naissance", r"nom.*(naiss|patronym|famille)", requis=True),
    Champ("naissance", "Date de naissance", r"naiss|\bne ?e? le\b|\bddn\b", requis=True),
    Champ("prenoms", "Prénoms", r"prenom", requis=True),
    Champ("nom_usage", "Nom d’usage", r"usage|marital|epoux|epouse"),
    Champ("sexe", "Sexe", r"\bsexe\b|\bgenre\b|civilite"),
    Champ("grade", "Grade", r"\bgrade\b"),
    Champ("matricule", "Matricule", r"matricule|identifiant defense|\bnid\b"),
    Champ("telephone", "Téléphone", APPEL),
)  # fmt: skip
NOM_SEUL = re.compile(r"\bnom\b")
PAR_CODE = {champ.code: champ for champ in CHAMPS}
REQUIS = tuple(champ.code for champ in CHAMPS if champ.requis)
# As they are offered: a person first, then whom to warn, then the rest.
ORDRE = (
    "nir", "nom", "nom_usage", "prenoms", "naissance", "lieu_naissance", "sexe", "grade", "matricule", "telephone",
    "prevenir_nom", "prevenir_prenoms", "prevenir_lien", "prevenir_telephone", "mutuelle", "mutuelle_numero",
    "signe_le",
)  # fmt: skip


def cle_de(organisme: Organisme) -> str:
    """The field of a recipient's column."""
    return f"{CONSENTEMENT}{organisme.code}"


def libelles(destinataires: Iterable[Organisme]) -> dict[str, str]:
    """Every field that a column may be joined to, with its words, in the order in which it is offered."""
    choix = {code: PAR_CODE[code].libelle for code in ORDRE}
    return choix | {cle_de(o): f"Consentement : {o.sigle}" for o in destinataires}


def deviner(titres: list[str], destinataires: Iterable[Organisme]) -> dict[str, str]:
    """column → field, from the headings; a field is given once, a column that looks like nothing is left out."""
    restent = {str(rang): simplifier(titre) for rang, titre in enumerate(titres) if titre}
    trouves: dict[str, str] = {}
    for organisme in destinataires:
        noms = {simplifier(organisme.sigle), simplifier(organisme.nom), simplifier(organisme.code)}
        mots = "|".join(re.escape(nom) for nom in sorted(noms) if nom)
        # « Unéo », « Accord Unéo », and not « N° d’adhérent Unéo ».
        _donner(trouves, restent, cle_de(organisme), rf"^(.*(accord|consent|partage).*\b)?({mots})$")
    for champ in CHAMPS:
        _donner(trouves, restent, champ.code, champ.motif)
    if "nom" not in trouves.values():
        _donner(trouves, restent, "nom", NOM_SEUL.pattern)
    return trouves


def _donner(trouves: dict[str, str], restent: dict[str, str], code: str, motif: str) -> None:
    for colonne, titre in restent.items():
        if re.search(motif, titre):
            trouves[colonne] = code
            del restent[colonne]
            return


def defauts(colonnes: Mapping[str, str]) -> list[str]:
    """What is wrong with an association of columns, in words."""
    choisis = list(colonnes.values())
    manquent = [PAR_CODE[code].libelle for code in REQUIS if code not in choisis]
    phrases = [f"Aucune colonne n’est associée à «\u00a0{libelle}\u00a0»." for libelle in manquent]
    if len(set(choisis)) < len(choisis):
        phrases.append("Deux colonnes sont associées à la même information\u00a0: gardez-en une.")
    if any(code.startswith(CONSENTEMENT) for code in choisis) and "signe_le" not in choisis:
        phrases.append("Des choix de consentement demandent la colonne de leur date de signature.")
    return phrases
