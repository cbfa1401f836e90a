"""The list of dossiers, its count and the exceptions of its reader, in one prepared statement.

It is `listes.lignes` without words: one walk of the index for each reader (a correspondant has one for each unit),
merged in the order that is shown. For two units PostgreSQL does not think of it, and sorts all their shares. The capped
count walks in that order too: asked for any 1 001 shares, PostgreSQL gathered all of the reader's before counting.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest

from dossiers.partages.listes import BORNE, CLES, COLONNES, Filtres, Ligne, confies, lignes, rediger
from dossiers.partages.models import Dossier, Situation
from dossiers.partages.visibilite import lecteur
from dossierunique.preparees import Preparee
from dossierunique.ui.pagination import Page, compte_borne, page_lue, page_par_cle
from partners.models import Habilitation
from partners.organismes.models import Programme

TYPES = {
    "lecteurs": "bigint[]", "programmes": "text[]", "habilitation": "bigint", "maintenant": "timestamptz",
    "combien": "int",
}  # fmt: skip
AU_DELA = {"": "", "<": "AND (p.ouvert_le, p.dossier_id) < ", ">": "AND (p.ouvert_le, p.dossier_id) > "}


@dataclass(frozen=True)
class Liste:
    """A page of the list, how many dossiers it holds (`au_dela` when there are more), those entrusted by name."""

    page: Page
    total: int
    au_dela: bool
    confies: list[Dossier]


@cache
def _requete(colonne: str, filtree: bool, sens: str) -> Preparee:
    """A shape of list: by organisme or by unit, of one situation or all, from the start or beyond a row."""
    du_lecteur = f"""
        p.{colonne} = lecteur AND p.retire_le IS NULL AND p.programme = ANY (%(programmes)s)
        {"AND p.situation = %(situation)s" if filtree else ""}
    """
    au_dela = f"{AU_DELA[sens]} (%(ouvert_le)s, %(dossier)s)" if sens else ""
    ordre = "ASC" if sens == ">" else "DESC"
    return Preparee(
        f"""
        SELECT (SELECT count(*) FROM (
                  SELECT 1 FROM unnest(%(lecteurs)s) lecteur CROSS JOIN LATERAL (
                    SELECT 1 FROM dossiers_partage p WHERE {du_lecteur}
                     ORDER BY p.ouvert_le DESC, p.dossier_id DESC LIMIT {BORNE + 1}) p
                   LIMIT {BORNE + 1}) bornees),
               EXISTS (SELECT 1 FROM dossiers_exception_utilisateur e
                        WHERE e.habilitation_id = %(habilitation)s AND e.depuis <= %(maintenant)s
                          AND e.jusque > %(maintenant)s),
               l.ouvert_le, l.dossier_id, l.situation, l.programme, d.*
          FROM (SELECT p.* FROM unnest(%(lecteurs)s) lecteur CROSS JOIN LATERAL (
                  SELECT p.ouvert_le, p.dossier_id, p.situation, p.programme
                    FROM dossiers_partage p WHERE {du_lecteur} {au_dela}
                   ORDER BY p.ouvert_le {ordre}, p.dossier_id {ordre} LIMIT %(combien)s) p
                 ORDER BY p.ouvert_le {ordre}, p.dossier_id {ordre} LIMIT %(combien)s) l
         CROSS JOIN LATERAL (
                SELECT d.numero, a.nom_usage, a.nom_naissance, a.prenoms, un.nom, un.ville
                  FROM dossiers_dossier d
                  JOIN dossiers_assure a ON a.id = d.assure_id
                  JOIN partners_unite un ON un.id = d.unite_id
                 WHERE d.id = l.dossier_id OFFSET 0) d
         ORDER BY l.ouvert_le {ordre}, l.dossier_id {ordre}
        """,  # noqa: S608
        {
            **TYPES,
            **({"situation": "text"} if filtree else {}),
            **({"ouvert_le": "timestamptz", "dossier": "bigint"} if sens else {}),
        },
    )


def lire(habilitation: Habilitation, filtres: Filtres, request: HttpRequest) -> Liste:
    """The page of the list that the request asks for."""
    qui = lecteur(habilitation)
    if qui is None or filtres.mots.strip():
        return _composee(habilitation, filtres, request)
    if filtres.programme in Programme.values:
        qui["programmes"] = [p for p in qui["programmes"] if p == filtres.programme]
    situation = filtres.situation if filtres.situation in Situation.values else ""
    constat: list[tuple[int, bool]] = []

    def tranche(repere: list[str] | None, a_rebours: bool, combien: int) -> list[Ligne]:
        lues = _lues(qui, situation, repere, a_rebours, combien)
        constat.extend(ligne[:2] for ligne in lues[:1])
        return rediger(ligne[2:] for ligne in lues)

    page = page_lue(tranche, request, cles=CLES)
    total, exceptions = constat[0] if constat else (0, True)
    seuls = bool(situation or filtres.programme) or "apres" in request.GET
    nommes = confies(habilitation) if exceptions and not seuls else []
    return Liste(page, min(total, BORNE), total > BORNE, nommes)


def _lues(
    qui: dict[str, Any], situation: str, repere: list[str] | None, a_rebours: bool, combien: int
) -> list[tuple[Any, ...]]:
    d_unite = qui["organisme"] is None
    sens = ">" if a_rebours else "<" if repere else ""
    valeurs = {nom: qui[nom] for nom in ("programmes", "habilitation", "maintenant")}
    valeurs |= {"lecteurs": qui["unites"] if d_unite else [qui["organisme"]], "combien": combien}
    valeurs |= {"situation": situation} if situation else {}
    valeurs |= dict(zip(("ouvert_le", "dossier"), repere, strict=True)) if repere else {}
    return _requete("unite_id" if d_unite else "organisme_id", bool(situation), sens).lignes(**valeurs)


def _composee(habilitation: Habilitation, filtres: Filtres, request: HttpRequest) -> Liste:
    """A list narrowed by words, too rare and of too many shapes to be prepared."""
    trouvees = lignes(habilitation, filtres)
    page = page_par_cle(trouvees.values(*COLONNES), request, cles=CLES)
    page.lignes = rediger(tuple(valeurs[nom] for nom in COLONNES) for valeurs in page)
    # What is shown whole needs no counting.
    suite = page.curseur_suivant or page.curseur_precedent
    total, au_dela = compte_borne(trouvees, BORNE) if suite else (len(page), False)
    return Liste(page, total, au_dela, [])
