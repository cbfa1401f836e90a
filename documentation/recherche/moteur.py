"""Full-text search in French: rare words count more than common ones, a title more than a paragraph."""

import math
import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, Count, F, FloatField, Func, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils.html import escape
from django.utils.safestring import SafeString

from documentation.articles.models import FRANCAIS, VersionArticle
from documentation.recherche.vocabulaire import corriger

RESULTATS_MAX = 20
# What answers so much less than the first is noise.
PART_MIN = 0.25
MOTS_MAX = 10
MOT = re.compile(r"[^\W_]+")
# What a question is made of and no article is about.
CREUX = frozenset(
    """
    comment pourquoi quand quel quelle quels quelles qui que quoi est ce où ou puis peut peux dois doit faut faire fait
    faites avoir être etre combien un une des les lequel laquelle votre vos mon mes ma son ses leur leurs il elle on je
    nous vous ils elles si se sa cette ces cet pour par sur dans avec sans chez vers plus moins tout tous toute toutes
    autre autres besoin svp
    """.split()  # noqa: SIM905
)
# D, C, B, A: text, summary, other words, title.
POIDS = [0.08, 0.3, 0.55, 1.0]
# A heading or a cell, which no stop ends.
FIN_DE_BLOC = re.compile(r"(?<![.!?…:;,])\n")
DEBUT, FIN = "\ue000", "\ue001"
TITRE_SEMBLABLE, MOTS_SEMBLABLES, PRESENCE = 1.0, 0.4, 0.15


@dataclass(frozen=True)
class Resultat:
    """A page that answers, with its title and an extract where the words searched for are marked."""

    version: VersionArticle
    titre: SafeString
    extrait: SafeString


@dataclass
class Reponse:
    """What a search found. `corrigee` holds the words really searched for, when some were mistyped."""

    resultats: list[Resultat] = field(default_factory=list)
    corrigee: str = ""
    au_dela: bool = False


def chercher(versions: QuerySet[VersionArticle], saisie: str, *, exact: bool = False) -> Reponse:
    """Search among these versions. `exact` searches what was typed, mistakes included."""
    mots = mots_cherches(saisie)
    if not mots:
        return Reponse()
    if not exact and (corrections := corriger(mots)):
        justes = [corrections.get(mot, mot) for mot in mots]
        corrigee = _corriger_la_saisie(saisie, corrections)
        reponse = _chercher(versions, justes, corrigee)
        # Words of what she may not read correct nothing.
        if reponse.resultats:
            reponse.corrigee = corrigee
            return reponse
    return _chercher(versions, mots, saisie)


def mots_cherches(saisie: str) -> list[str]:
    """The words that say what is looked for; all of them when the question has no other."""
    lus = list(dict.fromkeys(mot.lower() for mot in MOT.findall(saisie)))
    pleins = [mot for mot in lus if len(mot) > 1 and mot not in CREUX]
    return (pleins or lus)[:MOTS_MAX]


def _corriger_la_saisie(saisie: str, corrections: dict[str, str]) -> str:
    return MOT.sub(lambda mot: corrections.get(mot[0].lower(), mot[0]), saisie)


def _chercher(versions: QuerySet[VersionArticle], mots: list[str], saisie: str) -> Reponse:
    termes = [SearchQuery(mot, config=FRANCAIS, search_type="plain") for mot in mots]
    un_des_termes = termes[0]
    for terme in termes[1:]:
        un_des_termes = un_des_termes | terme
    rarete = _rarete(versions, termes)
    trouvees = (
        versions.filter(recherche=un_des_termes)
        .annotate(
            note=_note(termes, rarete, saisie),
            titre_marque=_marquer("titre", un_des_termes, highlight_all=True),
            extrait=_marquer(
                "texte", un_des_termes, max_words=32, min_words=14, max_fragments=2, fragment_delimiter=" … "
            ),
        )
        .defer("corps", "texte", "recherche")
        .order_by("-note", "pk")
    )
    lues = list(trouvees[: RESULTATS_MAX + 1])
    lues = [v for v in lues if v.note >= PART_MIN * lues[0].note]
    return Reponse(
        [Resultat(v, en_evidence(v.titre_marque), en_evidence(v.extrait)) for v in lues[:RESULTATS_MAX]],
        au_dela=len(lues) > RESULTATS_MAX,
    )


def _rarete(versions: QuerySet[VersionArticle], termes: list[SearchQuery]) -> list[float]:
    """How much each word tells: a word of every page tells nothing."""
    comptes = {f"n{rang}": Count("pk", filter=Q(recherche=terme)) for rang, terme in enumerate(termes)}
    lus = versions.order_by().aggregate(total=Count("pk"), **comptes)
    return [math.log(1 + (lus["total"] + 1) / (lus[f"n{rang}"] + 0.5)) for rang in range(len(termes))]


def _note(termes: list[SearchQuery], rarete: list[float], saisie: str) -> Combinable:
    """What each word brings, where it stands and that it is there at all; then how near the whole question comes.

    The question is compared as it was typed, small words included: with the title, and with the other words that the
    writers thought of (« où en est » has no word of its own).
    """
    note: Combinable = Value(TITRE_SEMBLABLE) * _ressemblance("similarity", "titre", saisie)
    note = note + Value(MOTS_SEMBLABLES) * _ressemblance("word_similarity", "mots", saisie)
    for terme, poids in zip(termes, rarete, strict=True):
        present = Case(When(recherche=terme, then=Value(PRESENCE)), default=Value(0.0))
        note = note + Value(poids) * (SearchRank(F("recherche"), terme, weights=POIDS) + present)
    return note


def _ressemblance(fonction: str, champ: str, saisie: str) -> Func:
    sans_accent = [Func(valeur, function="du_sans_accent") for valeur in (Value(saisie), F(champ))]
    return Func(*sans_accent, function=fonction, output_field=FloatField())


def _marquer(champ: str, termes: SearchQuery, **options: Any) -> SearchHeadline:
    return SearchHeadline(champ, termes, config=FRANCAIS, start_sel=DEBUT, stop_sel=FIN, **options)


def en_evidence(texte: str) -> SafeString:
    """Escape everything, then mark the words that were found."""
    d_un_trait = FIN_DE_BLOC.sub(" · ", texte).replace("\n", " ")
    return SafeString(escape(d_un_trait).replace(DEBUT, "<mark>").replace(FIN, "</mark>"))
