"""Acts of consent that cross, or come out of order."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections
from django.utils import timezone

from dossiers.consentements.actions import (
    enregistrer_consentement,
    imprimer_formulaire,
    ouvrir_dossier,
    partages_consentis,
    retirer_consentement,
    texte_en_vigueur,
)
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.refus import AccesRefuse
from tests import fabriques


def enregistrer(dossier, organisme, decision, signe_le=None):
    return enregistrer_consentement(
        dossier.ouvert_par,
        dossier,
        texte=texte_en_vigueur(),
        signe_le=signe_le or timezone.localdate(),
        decisions={organisme.pk: decision},
    )


@pytest.mark.django_db
def test_an_older_paper_does_not_undo_a_withdrawal(dossier, uneo):
    retirer_consentement(dossier.ouvert_par, dossier, [uneo.organisme], signe_le=timezone.localdate())
    with pytest.raises(ActionRefusee, match="nouveau formulaire"):
        enregistrer(dossier, uneo.organisme, "accorde", timezone.localdate() - timedelta(days=30))
    enregistrer(dossier, uneo.organisme, "accorde")
    assert uneo.organisme in [p.organisme for p in partages_consentis(dossier)]


@pytest.mark.django_db
def test_another_unit_neither_opens_nor_prints(correspondant, etranger):
    assure = fabriques.assure(par=correspondant)
    for geste in (ouvrir_dossier, imprimer_formulaire):
        with pytest.raises(AccesRefuse):
            geste(etranger, assure)


@pytest.mark.django_db(transaction=True)
def test_two_acts_at_once_leave_the_share_as_the_last_line_says():
    dossier = fabriques.dossier(accordes=(), refuses=())
    uneo = fabriques.organisme("uneo")

    def agir(decision):
        try:
            enregistrer(dossier, uneo, decision)
        finally:
            connections["default"].close()

    fils = [Thread(target=agir, args=(decision,)) for decision in ("accorde", "refuse") * 3]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    derniere = dossier.lignes_consentement.order_by("-pk").first().decision
    assert bool(partages_consentis(dossier)) == (derniere == "accorde")
