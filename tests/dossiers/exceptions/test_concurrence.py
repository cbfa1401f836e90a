"""Two gestures at the same instant leave one access and one review."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.exceptions import actions
from dossiers.exceptions.actions import preter
from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.exceptions.urgence import Cible, Constat, briser_la_glace, examiner
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossierunique.erreurs import ActionRefusee
from tests import fabriques
from tests.dossiers.exceptions.conftest import MOTIF

pytestmark = pytest.mark.django_db(transaction=True)


def ensemble(*gestes: Callable[[], Any]) -> list[Any]:
    """Run each in its own thread and connection, started together; a refusal is given back as a result."""
    depart = Barrier(len(gestes))

    def courir(geste: Callable[[], Any]) -> Any:
        depart.wait()
        try:
            return geste()
        except ActionRefusee as refus:
            return refus
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(courir, gestes))


@pytest.fixture
def secours(db):
    return fabriques.habilitation("assistant_social")


def test_a_double_click_breaks_the_glass_once(ferme, secours):
    geste = lambda: briser_la_glace(secours, Cible(ferme.numero), genre="danger", motif=MOTIF)  # noqa: E731
    constats = sorted(r.constat for r in ensemble(geste, geste))
    assert constats == sorted([Constat.OUVERT, Constat.DEJA_LU])
    assert BrisDeGlace.objects.count() == ExceptionUtilisateur.objects.count() == 1


def test_two_gestionnaires_lend_once(ferme):
    a = fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])
    par = [fabriques.habilitation("gestionnaire") for _ in range(2)]
    jusque = timezone.localdate() + timedelta(days=3)
    resultats = ensemble(*(lambda p=p: preter(p, ferme, a, jusque=jusque, motif="Relève.") for p in par))
    assert sum(isinstance(r, ActionRefusee) for r in resultats) == 1
    assert Pret.objects.count() == ExceptionUtilisateur.objects.count() == 1


def test_two_reviews_are_one(ferme, secours):
    bris = fabriques.bris_de_glace(ferme, secours)
    dpo = [fabriques.habilitation("dpo") for _ in range(2)]
    resultats = ensemble(
        *(
            lambda d=d, e=e: examiner(d, bris, etat=e, commentaire="Vu.")
            for d, e in zip(dpo, ("justifie", "injustifie"), strict=True)
        )
    )
    assert sum(isinstance(r, ActionRefusee) for r in resultats) == 1
    gagnant = next(r for r in resultats if not isinstance(r, ActionRefusee))
    assert BrisDeGlace.objects.get().etat == gagnant.etat


def test_a_withdrawal_that_crosses_a_loan_leaves_none(monkeypatch):
    """The loan was allowed by a share that closes before it is written: it must not outlive the person's choice."""
    dossier, uneo = fabriques.dossier(), fabriques.habilitation("partenaire", organisme="uneo")
    gestionnaire, ouvrir = fabriques.habilitation("gestionnaire"), actions._ouvrir
    jusque = timezone.localdate() + timedelta(days=3)

    def retirer() -> None:
        try:
            retirer_consentement(gestionnaire, dossier, [uneo.organisme], signe_le=timezone.localdate())
        finally:
            connections.close_all()

    retrait = Thread(target=retirer)

    def pendant_ce_temps(*args: Any, **k: Any) -> Any:
        retrait.start()
        retrait.join(2)  # it waits for the loan, or is done before it
        return ouvrir(*args, **k)

    monkeypatch.setattr(actions, "_ouvrir", pendant_ce_temps)
    preter(gestionnaire, dossier, uneo, jusque=jusque, motif="Relève.")
    retrait.join()
    assert not Pret.objects.vivants().exists()
    assert not Dossier.objects.filter(pk=dossier.pk).visibles_par(uneo).exists()
