"""The outbox: jobs promised in a business transaction, done at least once after it commits.

`deposer` writes the row; the broker is told when the transaction commits, and if it does not
answer nothing is lost: the sweep finds the row. A handler runs with its row locked, inside the
transaction that marks it done: what it writes in the database is done exactly once; what leaves
the house (an e-mail) may leave twice if the process is killed between the sending and the commit.
"""

import logging
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dossierunique.contexte import requete_id
from dossierunique.notifications.models import Envoi, EtatEnvoi
from dossierunique.securite.identite import systeme

journal = logging.getLogger(__name__)

ESSAIS_MAX = 8
PREMIER_DELAI = timedelta(seconds=30)
SILENCE_APRES_PANNE = 15.0
LOT_PURGE = 5000

Traitement = Callable[[dict[str, Any]], None]
_traitements: dict[str, Traitement] = {}


class EnvoiImpossible(Exception):
    """A failure whose message is fit for the supervision page: no personal data in it."""


def traitement(genre: str) -> Callable[[Traitement], Traitement]:
    """Register the handler of a genre; it receives the data (ids) and raises when it fails."""

    def inscrire(fonction: Traitement) -> Traitement:
        _traitements[genre] = fonction
        return fonction

    return inscrire


def deposer(genre: str, donnees: dict[str, Any], cle: str, *, pas_avant: datetime | None = None) -> Envoi:
    """Promise a job in the current transaction. The same `cle` twice gives the same row."""
    return deposer_lot(genre, [(donnees, cle)], pas_avant=pas_avant)[0]


def deposer_lot(
    genre: str, lot: Iterable[tuple[dict[str, Any], str]], *, pas_avant: datetime | None = None
) -> list[Envoi]:
    """Promise several jobs of a genre, in two queries whatever their number."""
    quand = pas_avant or timezone.now()
    envois = [Envoi(genre=genre, donnees=donnees, cle=cle, pas_avant=quand) for donnees, cle in lot]
    Envoi.objects.bulk_create(envois, ignore_conflicts=True)
    inscrits = list(Envoi.objects.filter(cle__in=[e.cle for e in envois]).order_by("pk"))
    a_reveiller = [e.pk for e in inscrits if e.etat == EtatEnvoi.A_FAIRE and e.pas_avant <= timezone.now()]
    if a_reveiller:
        transaction.on_commit(lambda: reveiller(genre, a_reveiller), robust=True)
    return inscrits


def file_de(genre: str) -> str:
    """The Celery queue of a genre: PDFs have theirs, where memory is limited."""
    return "pdf" if genre.startswith("courrier.") else "celery"


_muet_jusqu_a = 0.0


def reveiller(genre: str, envois: Iterable[int], *, expire: int | None = None) -> bool:
    """Tell the broker that there is work. False when it did not answer: the sweep will come by.

    After a failure the broker is left alone for a while, or else each job of a request would wait
    for its own connection timeout.
    """
    from dossierunique.notifications.tasks import traiter_envoi

    global _muet_jusqu_a
    if time.monotonic() < _muet_jusqu_a:
        return False
    try:
        for pk in envois:
            traiter_envoi.apply_async(args=[pk], queue=file_de(genre), expires=expire, retry=False)
    except Exception:
        # Any failure of the transport, whichever library it comes from.
        _muet_jusqu_a = time.monotonic() + SILENCE_APRES_PANNE
        journal.warning("courtier injoignable, le balayage prendra le relais")
        return False
    return True


def traiter(envoi_id: int) -> bool:
    """Do one job if it is due and nobody else is at it; True when it was done."""
    with transaction.atomic():
        dus = Envoi.objects.dus().select_for_update(skip_locked=True)
        envoi = dus.filter(pk=envoi_id).first()
        if envoi is None:
            return False
        try:
            with transaction.atomic():
                _executer(envoi)
        except Exception as erreur:
            _noter_echec(envoi, erreur)
            return False
        envoi.etat, envoi.fait_le, envoi.erreur = EtatEnvoi.FAIT, timezone.now(), ""
        envoi.essais += 1
        envoi.save(update_fields=["etat", "fait_le", "erreur", "essais"])
        return True


def _executer(envoi: Envoi) -> None:
    fonction = _traitements.get(envoi.genre)
    if fonction is None:
        raise EnvoiImpossible(f"aucun traitement pour le genre « {envoi.genre} »")
    jeton = requete_id.set(f"envoi-{envoi.pk}")
    try:
        with systeme(f"envoi.{envoi.genre}"):
            fonction(envoi.donnees)
    finally:
        requete_id.reset(jeton)


def _noter_echec(envoi: Envoi, erreur: Exception) -> None:
    envoi.essais += 1
    envoi.erreur = decrire(erreur)
    envoi.pas_avant = timezone.now() + delai(envoi.essais)
    if envoi.essais >= ESSAIS_MAX:
        envoi.etat = EtatEnvoi.MORT
    envoi.save(update_fields=["etat", "essais", "erreur", "pas_avant"])
    journal.warning(
        "envoi %s (%s) en échec, essai %s : %s", envoi.pk, envoi.genre, envoi.essais, envoi.erreur
    )


def delai(essais: int) -> timedelta:
    """How long to wait after the n-th failure: 30 s, 1 min, 2 min… 32 min."""
    return PREMIER_DELAI * 2 ** (essais - 1)


def decrire(erreur: Exception) -> str:
    """The kind and place of an error. Its message may quote an address or a name: it is not kept."""
    if isinstance(erreur, EnvoiImpossible):
        return str(erreur)
    pile = traceback.extract_tb(erreur.__traceback__)
    lieu = f" ({pile[-1].filename.rpartition('/')[2]}, ligne {pile[-1].lineno})" if pile else ""
    return f"{type(erreur).__name__}{lieu}"


def balayer(limite: int = 500) -> int:
    """Tell the broker again about the jobs due. Its messages expire before the next sweep: no pile-up."""
    par_genre: dict[str, list[int]] = {}
    for pk, genre in Envoi.objects.dus().values_list("pk", "genre")[:limite]:
        par_genre.setdefault(genre, []).append(pk)
    for genre, envois in par_genre.items():
        reveiller(genre, envois, expire=30)
    return sum(map(len, par_genre.values()))


def vider(limite: int = 1000) -> int:
    """Do here and now every job due, without a broker (demo data, tests, repairs); how many were done."""
    return sum(traiter(pk) for pk in list(Envoi.objects.dus().values_list("pk", flat=True)[:limite]))


def renvoyer(envoi_id: int) -> bool:
    """Give a dead job its eight tries again; False when it was not dead."""
    with transaction.atomic():
        envoi = Envoi.objects.morts().select_for_update().filter(pk=envoi_id).first()
        if envoi is None:
            return False
        envoi.etat, envoi.essais, envoi.pas_avant = EtatEnvoi.A_FAIRE, 0, timezone.now()
        envoi.save(update_fields=["etat", "essais", "pas_avant"])
        transaction.on_commit(lambda: reveiller(envoi.genre, [envoi.pk]), robust=True)
        return True


def purger() -> int:
    """Forget the jobs done more than ENVOIS_GARDES_JOURS ago, a batch at a time; how many were forgotten.

    Kept so long because a row done is also what makes the same promise, made again, no second job.
    """
    limite, oublies = timezone.now() - timedelta(days=settings.ENVOIS_GARDES_JOURS), 0
    while True:
        lot = Envoi.objects.filter(etat=EtatEnvoi.FAIT, fait_le__lt=limite).order_by("pk")[:LOT_PURGE]
        nombre, _ = Envoi.objects.filter(pk__in=list(lot.values_list("pk", flat=True))).delete()
        oublies += nombre
        if nombre < LOT_PURGE:
            return oublies
