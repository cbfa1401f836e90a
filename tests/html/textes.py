"""What French asks of the words of a page, and what a forgotten English word or a wrong plural looks like."""

import re
from collections.abc import Iterator

from tests.html.lecture import PageServie

# U+00A0 and U+202F are the spaces that do not break.
TYPOGRAPHIE = (
    ("espace manquante ou sécable avant un signe double", re.compile(r"(?:\S |\w)[;:!?»](?=[\s…,.)]|$)")),
    ("espace manquante ou sécable après «", re.compile(r"«(?:[ \w]|$)")),
    ("espace avant un signe simple", re.compile(r"\w[ \u00a0\u202f][,.](?=\s|$)")),
    ("apostrophe droite", re.compile(r"\w'|'\w")),
    ("guillemet droit", re.compile(r'"')),
    ("points de suspension", re.compile(r"\.\.\.")),
    ("espace sécable dans un nombre ou avant son unité", re.compile(r"\d (?:\d{3} )*(?:€|%|[KMG]o\b)")),
    ("milliers collés", re.compile(r"\b\d{4,}(?:,\d+)?[ \u00a0\u202f](?:€|euros?\b|lignes\b)")),
    ("espace sécable après n°", re.compile(r"\b[nN]°[ \d]")),
    ("n° mal écrit", re.compile(r"\b[nN]º|\bno\.? \d")),
    ("œ", re.compile(r"\b(?:oeuvre|coeur|soeur|voeu|noeud|oeil|moeurs)s?\b", re.I)),
    ("capitale sans accent", re.compile(r"\bE(?:tat|tape|tude|quipe|cheance|venement|cole|glise|tranger|crire)s?\b")),
)  # fmt: skip
ANGLAIS = re.compile(
    r"\b(?:the|and|with|your|you|this|that|these|please|required|password|submit|sign|enter|field|is|are|was|were|has"
    r"|have|been|must|should|cannot|of|from|by|to|value|choose|select|invalid|delete|add|remove|save|cancel|back"
    r"|next|previous|search|home|login|logout|username|user|account|settings|loading|today|yesterday|hours?|days?|ago"
    r"|when|which|what|who|how|all|any|new|none|null|undefined|true|false|nan|unknown|yes|currently|clear)\b",
    re.IGNORECASE,
)
# What the portal counts.
NOMS = {
    nom: nom + "s"
    for nom in (
        "accord", "agent", "aide", "alerte", "anomalie", "antenne", "article", "autre", "blessure", "brouillon",
        "bénéficiaire", "caractère", "colonne", "compte", "contrat", "contribution", "correspondant", "courrier",
        "dapias", "demande", "département", "dossier", "décision", "entrée", "erreur", "essai", "fait", "fiche",
        "fichier", "fonction", "habilitation", "heure", "image", "jour", "lettre", "lien", "ligne", "membre", "message",
        "minute", "notification", "nouveauté", "octet", "organisme", "page", "partage", "partenaire", "personne",
        "pièce", "point", "preuve", "programme", "prêt", "question", "refus", "retrait", "réponse", "résultat",
        "rubrique", "seconde", "semaine", "service", "session", "texte", "unité", "utilisateur", "version", "étape",
    )
    if not nom.endswith("s")
} | {"sceau": "sceaux", "an": "ans", "année": "années", "euro": "euros", "mot": "mots"}  # fmt: skip
_SINGULIERS, _PLURIELS = "|".join(NOMS), "|".join(NOMS.values())
_SEUL = r"(?<![\w,.°/-])(?<!\d[ \u00a0\u202f])"
PLURIELS = (
    ("pluriel entre parenthèses", re.compile(r"\w\((?:s|x|e|es|nt|ent)\)")),
    ("pluriel après 0 ou 1", re.compile(rf"{_SEUL}[01](?:,\d+)?[ \u00a0\u202f](?:{_PLURIELS})\b", re.I)),
    (
        "singulier après 2 et plus",
        re.compile(
            rf"{_SEUL}(?:[2-9]|[1-9]\d{{1,2}}|\d{{1,3}}(?:[\u00a0\u202f]\d{{3}})+)[ \u00a0\u202f](?:{_SINGULIERS})\b",
            re.I,
        ),
    ),
)
TITRE = " – Dossier unique"


def defauts(phrase: str) -> Iterator[tuple[str, str]]:
    """Each fault of a phrase: which, and the words around it."""
    for regle, forme in (*TYPOGRAPHIE, ("mot anglais", ANGLAIS), *PLURIELS):
        for trouve in forme.finditer(phrase):
            yield regle, phrase[max(trouve.start() - 25, 0) : trouve.end() + 15]


def defauts_de_forme(page: PageServie) -> list[str]:
    """One heading of first rank, a title that names the portal, a language."""
    titres = len(page.arbre.findall(".//h1"))
    titre = page.arbre.findtext(".//title") or ""
    return [
        *([f"{titres} titres h1"] if titres != 1 else []),
        *([f"titre « {titre} »"] if not titre.endswith(TITRE) or titre == TITRE else []),
        *(["langue"] if page.arbre.get("lang") != "fr" else []),
    ]
