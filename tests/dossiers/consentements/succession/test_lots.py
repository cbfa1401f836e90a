"""The work of a merger: in batches, on its day, while people change their minds, on sleeping dossiers too."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dossiers.consentements import succession
from dossiers.consentements.actions import (
    enregistrer_consentement,
    ouvrir_dossier,
    retirer_consentement,
    texte_en_vigueur,
)
from dossiers.consentements.models import Consentement
from dossiers.consentements.soutiens import reveiller
from dossiers.partages.models import Dossier
from dossierunique.notifications.sortie import vider
from dossierunique.securite.identite import systeme
from partners.models import Organisme, Succession
from partners.successions import actions
from tests import fabriques
from tests.dossiers.consentements.succession.aides import AUJOURDHUI, dire, fusionner, lit, ouvrir

pytestmark = pytest.mark.django_db


def test_in_batches_and_again_from_where_it_stopped(admin, nouvelle, monkeypatch):
    monkeypatch.setattr(actions, "LOT", 2)
    dossiers = [ouvrir({"uneo": "accorde"}) for _ in range(5)]
    actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, AUJOURDHUI())
    vider()
    vider()
    moitie = Succession.objects.get()
    assert (moitie.etat, moitie.partages, moitie.partages_traites) == ("en_cours", 5, 2)
    # The same job twice does nothing more than the next step.
    actions.avancer({"succession": moitie.pk})
    while vider():
        pass
    moitie.refresh_from_db()
    assert (moitie.etat, moitie.partages_traites, moitie.partages_repris) == ("terminee", 5, 5)
    assert all(lit(d, nouvelle) for d in dossiers)
    actions.avancer({"succession": moitie.pk})
    assert Consentement.objects.filter(canal="succession").count() == 5


def test_the_dossiers_are_locked_in_their_order(admin, nouvelle, monkeypatch):
    """A withdrawal at the counter locks those of one person in this order: crossed, one of the two would fail."""
    premier, second = ouvrir({"mspp": "refuse"}), ouvrir({"uneo": "accorde"})
    dire(premier, fabriques.organisme("uneo"), "accorde")
    verrous = []
    monkeypatch.setattr(succession, "_un_dossier", lambda _, dossier, __: verrous.append(dossier) or True)
    succession.reprendre(
        Succession(ancien=fabriques.organisme("uneo"), successeur=nouvelle), apres=0, taille=10
    )
    assert verrous == [premier.pk, second.pk]


@pytest.mark.parametrize(
    ("uneo", "nova", "lira"), [("accorde", None, True), ("refuse", None, False), ("accorde", "refuse", False)]
)
def test_her_word_passes_while_the_dossier_sleeps_and_takes_effect_at_its_waking(
    admin, nouvelle, correspondant, uneo, nova, lira
):
    """Nobody reads it yet: there is no share to pass on, only what she signed before leaving."""
    Organisme.objects.filter(pk=nouvelle.pk).update(programmes=["DU", "OPEX"])
    fabriques.organismes()
    dossier = ouvrir_dossier(correspondant, fabriques.assure(par=correspondant), "OPEX", endormi=True)
    for organisme, mot in ((fabriques.organisme("uneo"), uneo), (nouvelle, nova)):
        if mot:
            enregistrer_consentement(
                correspondant, dossier, texte=texte_en_vigueur("OPEX"), signe_le=AUJOURDHUI(),
                decisions={organisme.pk: mot},
            )  # fmt: skip
    [faite] = fusionner(admin, nouvelle, "uneo")
    assert faite.etat == "terminee"
    assert not lit(dossier, nouvelle)
    with systeme("essai"):
        reveiller(Dossier.objects.get(pk=dossier.pk))
    assert lit(dossier, nouvelle) is lira
    assert not lit(dossier, fabriques.organisme("uneo"))
    # What had already passed is left alone when the job runs again.
    actions.avancer({"succession": faite.pk})
    assert dossier.consentements.filter(canal="succession").count() == int(lira)


def test_sleeping_dossiers_pass_in_batches_too(admin, nouvelle, correspondant, monkeypatch):
    monkeypatch.setattr(actions, "LOT", 2)
    Organisme.objects.filter(pk=nouvelle.pk).update(programmes=["DU", "OPEX"])
    fabriques.organismes()
    for _ in range(5):
        dossier = ouvrir_dossier(correspondant, fabriques.assure(par=correspondant), "OPEX", endormi=True)
        enregistrer_consentement(
            correspondant, dossier, texte=texte_en_vigueur("OPEX"), signe_le=AUJOURDHUI(),
            decisions={fabriques.organisme("uneo").pk: "accorde"},
        )  # fmt: skip
    eveille = ouvrir({"uneo": "accorde"})
    [faite] = fusionner(admin, nouvelle, "uneo")
    assert (faite.etat, faite.partages_traites, faite.partages_repris) == ("terminee", 1, 1)
    assert Consentement.objects.filter(canal="succession").count() == 6
    assert lit(eveille, nouvelle)


def test_woken_up_once_the_shares_were_gone_through(admin, nouvelle, correspondant, monkeypatch):
    """The old organisme has ceased: it receives no share, and the successor must not be forgotten for that."""
    Organisme.objects.filter(pk=nouvelle.pk).update(programmes=["DU", "OPEX"])
    fabriques.organismes()
    dossier = ouvrir_dossier(correspondant, fabriques.assure(par=correspondant), "OPEX", endormi=True)
    uneo = fabriques.organisme("uneo")
    enregistrer_consentement(
        correspondant,
        dossier,
        texte=texte_en_vigueur("OPEX"),
        signe_le=AUJOURDHUI(),
        decisions={uneo.pk: "accorde"},
    )
    endormis = succession._endormis

    def blesse_entre_temps(*args):
        frais = Dossier.objects.get(pk=dossier.pk)
        if frais.endormi:
            reveiller(frais)
            assert not lit(dossier, uneo)
        return endormis(*args)

    monkeypatch.setattr(succession, "_endormis", blesse_entre_temps)
    [faite] = fusionner(admin, nouvelle, "uneo")
    assert faite.etat == "terminee"
    assert lit(dossier, nouvelle) and not lit(dossier, uneo)


def test_withdrawn_while_it_runs(admin, nouvelle, monkeypatch):
    dossier = ouvrir({"uneo": "accorde"})
    actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, AUJOURDHUI())
    vider()
    retirer_consentement(dossier.ouvert_par, dossier, [fabriques.organisme("uneo")], signe_le=AUJOURDHUI())
    while vider():
        pass
    assert not lit(dossier, nouvelle)


def test_not_before_its_day(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    demain = AUJOURDHUI() + timedelta(days=1)
    actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, demain)
    vider()
    assert lit(dossier, fabriques.organisme("uneo"))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        while vider():
            pass
    assert lit(dossier, nouvelle)
    assert Organisme.objects.get(code="uneo").jusque == demain - timedelta(days=1)
