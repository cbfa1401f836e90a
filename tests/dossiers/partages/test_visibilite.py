"""Rule 1: an organisme reads a dossier only while a live accordé line names it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dossiers.consentements.actions import partages_consentis, retirer_consentement
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee
from tests import fabriques

pytestmark = pytest.mark.django_db


def lit(habilitation, dossier) -> bool:
    """Whether the list and the fetch agree that it reads the dossier."""
    par_dossier = Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists()
    par_liste = Partage.objects.visibles_par(habilitation).filter(dossier=dossier).exists()
    assert par_dossier == par_liste
    return par_dossier


def test_the_consented_read_and_the_others_do_not(
    dossier, correspondant, gestionnaire, uneo, asd, mspp, etranger
):
    assert [lit(h, dossier) for h in (correspondant, gestionnaire, uneo, asd)] == [True] * 4
    assert not lit(mspp, dossier)
    assert not lit(etranger, dossier)


@pytest.mark.parametrize("profil", ["administrateur", "superviseur", "membre", "president"])
def test_profiles_without_dossiers_read_none(dossier, profil):
    assert not lit(fabriques.habilitation(profil), dossier)


def test_a_withdrawal_acts_at_once_and_spares_the_others(dossier, correspondant, uneo, asd):
    retirer_consentement(correspondant, dossier, [uneo.organisme], signe_le=timezone.localdate())
    assert not lit(uneo, dossier)
    assert lit(asd, dossier)
    assert [p.organisme.code for p in partages_consentis(dossier)] == ["asd"]


@pytest.mark.parametrize(
    "champs",
    [
        {"etat": "suspendue"},
        {"fin": timezone.localdate() - timedelta(days=1)},
        {"debut": timezone.localdate() + timedelta(days=1)},
    ],
)
def test_an_habilitation_out_of_force_reads_nothing(dossier, champs):
    assert not lit(fabriques.habilitation("partenaire", organisme="uneo", **champs), dossier)


def test_a_programme_one_is_not_habilitated_for_is_closed(dossier):
    assert not lit(fabriques.habilitation("partenaire", organisme="uneo", programmes=["OPEX"]), dossier)


class TestException:
    """A named exception, carried by django-guardian: one user, one dossier, until a moment."""

    def test_opens_one_dossier_to_one_user(self, dossier, etranger):
        fabriques.pret(dossier, etranger)
        assert Dossier.objects.filter(pk=dossier.pk).visibles_par(etranger).exists()
        etranger.utilisateur.habilitation_active = etranger
        assert etranger.utilisateur.has_perm("dossiers.consulter", dossier)

    def test_ends_by_itself(self, dossier, etranger):
        pret = fabriques.pret(dossier, etranger)
        with time_machine.travel(pret.jusque, tick=False):
            assert not Dossier.objects.filter(pk=dossier.pk).visibles_par(etranger).exists()

    def test_gives_no_other_right_than_the_profile(self, dossier):
        admin = fabriques.habilitation("administrateur")
        with pytest.raises(ActionRefusee):
            fabriques.pret(dossier, admin)
        assert not Dossier.objects.filter(pk=dossier.pk).visibles_par(admin).exists()

    def test_shows_in_the_list_of_its_user(self, dossier, etranger, connexion):
        fabriques.pret(dossier, etranger)
        page = connexion(etranger).get("/dossiers/").content.decode()
        assert "Dossiers qui vous sont confiés" in page
        assert dossier.numero in page
