"""The watch: reads each sealed row once, seal after seal, and keeps one alert for each unusual access.

Seals are the reading order because a row committed late bears an early date, and a late seal.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.controle.detection import (
    LECTURES,
    LIGNES_MAX,
    MESURES,
    PARCOURENT,
    TOUCHENT,
    Episode,
    Trace,
    nuit_de,
    nuits,
    par_jour,
    rafales,
)
from dossiers.controle.models import Alerte, CodeRegle, EtatAlerte, RegleAlerte, RepereSurveillance
from dossierunique.journal.actes import Acte
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from partners.habilitations.models import PROFILS_D_UNITE, Habilitation, Profil

SCEAUX_PAR_PASSAGE = 20
GENRE = "alerte_acces"
genres.declarer(GENRE, "Un accès inhabituel est à examiner")

ACTES = [str(acte) for acte in (*TOUCHENT, *PARCOURENT, Acte.REFUS)]
TRACES = (
    "SELECT id, quand, utilisateur_id, habilitation_id, organisme_id, action, objet, cardinality(objets) "
    "FROM journal_ligne"
)
# The dates of the seals choose the partitions and the part of the primary key to read.
NOUVELLES = f"""
WITH lot AS (SELECT min(id) AS premier, max(id) AS dernier, min(de) AS de, max(a) AS a
             FROM (SELECT * FROM journal_sceau WHERE id > %s ORDER BY id LIMIT %s) suivants WHERE nature <> 'purge')
{TRACES}, lot WHERE quand BETWEEN lot.de AND lot.a AND sceau BETWEEN lot.premier AND lot.dernier
  AND utilisateur_id IS NOT NULL AND action = ANY(%s) ORDER BY quand, id
"""  # noqa: S608
# Walks journal_ligne_utilisateur.
AUTOUR = f"{TRACES} WHERE utilisateur_id = %s AND quand BETWEEN %s AND %s AND action = ANY(%s)"
HOMONYMES = """
SELECT t.id FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS t(id, utilisateur, objet)
JOIN dossiers_dossier d ON d.numero = t.objet JOIN dossiers_assure a ON a.id = d.assure_id
JOIN partners_utilisateur u ON u.id = t.utilisateur
WHERE u.last_name <> ''
  AND du_sans_accent(u.last_name) IN (du_sans_accent(a.nom_naissance), du_sans_accent(a.nom_usage))
"""
# A minute either way: a share is opened or closed in the transaction of the act that the journal tells.
HORS_PERIMETRE = """
SELECT t.id FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[]) AS t(id, habilitation, objet, quand)
JOIN dossiers_dossier d ON d.numero = t.objet JOIN partners_habilitation h ON h.id = t.habilitation
WHERE NOT EXISTS (
  SELECT FROM dossiers_partage p WHERE p.dossier_id = d.id AND p.depuis <= t.quand + interval '1 minute'
    AND (p.retire_le IS NULL OR p.retire_le >= t.quand - interval '1 minute')
    AND CASE WHEN h.profil = ANY(%s) THEN p.unite_id IN
          (SELECT hu.unite_id FROM partners_habilitation_unites hu WHERE hu.habilitation_id = h.id)
        ELSE p.organisme_id = h.organisme_id END)
"""


def surveiller() -> int:
    """Read the seals made since the last time; how many new alerts were raised."""
    with transaction.atomic():
        repere = RepereSurveillance.objects.select_for_update().get()
        jusqu_a = _fin_du_passage(repere.sceau)
        if jusqu_a == repere.sceau:
            return 0
        traces = _lire(NOUVELLES, [repere.sceau, SCEAUX_PAR_PASSAGE, ACTES])
        nouvelles = sum(_retenir(episode) for episode in episodes(traces))
        repere.sceau = jusqu_a
        repere.save(update_fields=["sceau"])
        if nouvelles:
            _prevenir()
    return nouvelles


def _fin_du_passage(depuis: int) -> int:
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT max(id) FROM (SELECT id FROM journal_sceau WHERE id > %s ORDER BY id LIMIT %s) suivants",
            [depuis, SCEAUX_PAR_PASSAGE],
        )
        return curseur.fetchone()[0] or depuis


def _lire(sql: str, parametres: list[Any]) -> list[Trace]:
    with connections["default"].cursor() as curseur:
        curseur.execute(sql, parametres)
        return [Trace(*ligne) for ligne in curseur.fetchall()]


def episodes(nouvelles: list[Trace]) -> list[Episode]:
    """What the active rules say of new rows, read with those around them."""
    regles = {regle.code: regle for regle in RegleAlerte.objects.filter(active=True)}
    trouves: list[Episode] = []
    for lot in _par_sujet(nouvelles).values():
        for traces in _autour(lot, regles):
            for code in MESURES.keys() & regles.keys():
                trouves += rafales(regles[code], traces)
            if CodeRegle.NUIT in regles:
                trouves += nuits(regles[CodeRegle.NUIT], traces)
    lectures = [t for t in nouvelles if t.dossier and t.action in LECTURES]
    if lectures and CodeRegle.HOMONYME in regles:
        trouves += par_jour(regles[CodeRegle.HOMONYME], _homonymes(lectures))
    if lectures and CodeRegle.HORS_PERIMETRE in regles:
        trouves += par_jour(regles[CodeRegle.HORS_PERIMETRE], _hors_perimetre(lectures))
    return trouves


def _par_sujet(traces: Iterable[Trace]) -> dict[str, list[Trace]]:
    lots: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        lots[trace.sujet].append(trace)
    return lots


def _autour(lot: list[Trace], regles: dict[str, RegleAlerte]) -> Iterable[list[Trace]]:
    """All the rows of one subject in the windows that the new ones touch."""
    utilisateur, sujet = lot[0].utilisateur, lot[0].sujet
    for de, a in _periodes(lot, regles):
        lues = _lire(AUTOUR, [utilisateur, de, a, ACTES])
        yield [trace for trace in lues if trace.sujet == sujet]


def _periodes(lot: list[Trace], regles: dict[str, RegleAlerte]) -> list[tuple[datetime, datetime]]:
    largeur = timedelta(minutes=max((r.fenetre or 0 for r in regles.values()), default=0))
    nuit = regles.get(CodeRegle.NUIT)
    bornes = []
    for trace in lot:
        de, a = (nuit and nuit_de(nuit, trace.quand)) or (trace.quand, trace.quand)
        bornes.append((min(de, trace.quand - largeur), max(a, trace.quand + largeur)))
    reunies: list[tuple[datetime, datetime]] = []
    for de, a in sorted(bornes):
        if reunies and de <= reunies[-1][1]:
            reunies[-1] = (reunies[-1][0], max(a, reunies[-1][1]))
        else:
            reunies.append((de, a))
    return reunies


def _parmi(traces: list[Trace], sql: str, *listes: list[Any]) -> list[Trace]:
    with connections["default"].cursor() as curseur:
        curseur.execute(sql, [[t.id for t in traces], *listes])
        retenues = {numero for (numero,) in curseur.fetchall()}
    return [t for t in traces if t.id in retenues]


def _homonymes(traces: list[Trace]) -> list[Trace]:
    return _parmi(traces, HOMONYMES, [t.utilisateur for t in traces], [t.objet for t in traces])


def _hors_perimetre(traces: list[Trace]) -> list[Trace]:
    habilitations, objets = [t.habilitation for t in traces], [t.objet for t in traces]
    return _parmi(
        traces, HORS_PERIMETRE, habilitations, objets, [t.quand for t in traces], sorted(PROFILS_D_UNITE)
    )


def _retenir(episode: Episode) -> bool:
    """Keep an episode; True when it is a new alert. What prolongs a known one is added to it until its review."""
    connue = (
        Alerte.objects.filter(
            regle=episode.regle, sujet=episode.sujet, debut__lte=episode.fin, fin__gte=episode.debut
        )
        .order_by("-debut")
        .first()
    )
    if connue is None:
        premiere = episode.traces[0]
        Alerte.objects.create(
            regle_id=episode.regle, sujet=episode.sujet, utilisateur_id=premiere.utilisateur,
            habilitation_id=premiere.habilitation, organisme_id=premiere.organisme, objet=episode.objet,
            debut=episode.debut, fin=episode.fin, nombre=episode.nombre,
            lignes=[t.id for t in episode.traces][:LIGNES_MAX],
        )  # fmt: skip
        return True
    if connue.etat == EtatAlerte.A_EXAMINER:
        _prolonger(connue, episode)
    return False


def _prolonger(connue: Alerte, episode: Episode) -> None:
    connue.fin = max(connue.fin, episode.fin)
    connue.lignes = sorted({*connue.lignes, *(t.id for t in episode.traces)})[:LIGNES_MAX]
    par_lignes = episode.regle in (CodeRegle.HOMONYME, CodeRegle.HORS_PERIMETRE)
    connue.nombre = len(connue.lignes) if par_lignes else max(connue.nombre, episode.nombre)
    connue.save(update_fields=["fin", "lignes", "nombre"])


def delegues() -> list[Any]:
    """The users who are data protection officers today."""
    en_vigueur = Habilitation.objects.en_vigueur().filter(profil=Profil.DPO).select_related("utilisateur")
    return [habilitation.utilisateur for habilitation in en_vigueur]


def _prevenir() -> None:
    # One notification an hour at most, whatever the number of alerts.
    heure = timezone.localtime().strftime("%Y-%m-%d-%H")
    notifier(
        delegues(),
        genre=GENRE,
        texte="Des accès inhabituels sont à examiner.",
        url=reverse("controle:alertes"),
        cle=f"alertes-{heure}",
    )
