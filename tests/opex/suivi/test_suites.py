"""Evolutions and DAPIAS: who, which days, striking out, renewing, closing, and the step that moves with them."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.echanges.models import Evenement, Genre
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from opex.models import Dapias, Echeance, Evolution, Suivi
from opex.suivi.dates import plus_mois
from opex.suivi.suites import (
    ajouter_evolution,
    clore_dapias,
    ouvrir_dapias,
    rayer_evolution,
    renouveler_dapias,
)
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def le(jours: int) -> date:
    return timezone.localdate() - timedelta(days=jours)


@pytest.fixture
def ancienne(dormant):
    """A wound of last year, so that much may have followed it."""
    return opex.blessure(dormant, survenue_le=le(400), evacuee_le=le(399))


@pytest.fixture
def dapias(ancienne, referent):
    return ouvrir_dapias(referent, ancienne, reference="D-1", depuis=le(100))


def etape(dapias) -> Echeance:
    return Echeance.objects.get(dapias=dapias)


@pytest.mark.parametrize(
    ("debut", "mois", "fin"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 5), -24, date(2024, 1, 5)),
    ],
)
def test_months_end_on_a_day_that_exists(debut, mois, fin):
    assert plus_mois(debut, mois) == fin


class TestEvolution:
    def test_it_is_told_with_the_day_of_the_fact(self, ancienne, referent, journal):
        avant = journal()
        sortie = ajouter_evolution(referent, ancienne, genre="sortie", depuis=le(300), lieu="HIA Percy")
        assert Evenement.objects.get(genre=Genre.EVOLUTION).jour == le(300)
        assert sortie.dossier == ancienne.dossier
        assert journal() == avant + 1

    @pytest.mark.parametrize(
        ("jours", "champ"),
        [
            ({"depuis": date(2999, 1, 1)}, "depuis"),
            ({"depuis": date(2000, 1, 1)}, "depuis"),
        ],
    )
    def test_impossible_days(self, jours, champ, ancienne, referent):
        with pytest.raises(ActionRefusee) as refus:
            ajouter_evolution(referent, ancienne, genre="reprise", **jours)
        assert refus.value.champ == champ

    def test_it_does_not_end_before_it_begins(self, ancienne, referent):
        with pytest.raises(ActionRefusee) as refus:
            ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(9), jusque=le(10))
        assert refus.value.champ == "jusque"

    def test_the_same_sent_twice_is_one(self, ancienne, referent):
        ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(10))
        with pytest.raises(ActionRefusee, match="déjà enregistrée"):
            ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(10))

    def test_struck_out_with_a_reason_it_stays(self, ancienne, referent, connexion):
        evolution = ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(10))
        with pytest.raises(ActionRefusee, match="pourquoi"):
            rayer_evolution(referent, evolution, "  ")
        rayer_evolution(referent, evolution, "Saisie sur un autre dossier.")
        with pytest.raises(ActionRefusee, match="déjà rayée"):
            rayer_evolution(referent, evolution, "Encore.")
        vu = connexion(referent).get(reverse("suivi:page", args=[ancienne.dossier.numero])).content.decode()
        assert "Saisie sur un autre dossier." in vu
        # What was struck out may be told again.
        ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(10))

    def test_the_database_keeps_the_reason(self, ancienne, referent):
        evolution = ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(10))
        with pytest.raises(DatabaseError), transaction.atomic():
            Evolution.objects.filter(pk=evolution.pk).update(rayee_le=timezone.now(), rayee_motif="")

    def test_who_does_not_follow_does_not_write(self, ancienne, correspondant, ailleurs):
        for qui in (correspondant, ailleurs):
            with pytest.raises(AccesRefuse):
                ajouter_evolution(qui, ancienne, genre="reprise", depuis=le(10))

    def test_of_another_dossier_it_is_not_found(self, ancienne, referent, correspondant, connexion):
        evolution = ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(10))
        autre = opex.blesse(correspondant)
        adresse = reverse("suivi:rayer", args=[autre.numero, evolution.pk])
        assert connexion(referent).get(adresse).status_code == 404


class TestDapias:
    def test_it_lasts_six_months_and_its_end_is_a_step(self, dapias, settings):
        assert dapias.jusque == plus_mois(le(100), settings.DAPIAS_MOIS)
        prevue = etape(dapias)
        assert (prevue.genre, prevue.le, prevue.libelle) == ("dapias", dapias.jusque, "Renouveler la DAPIAS")

    def test_its_length_is_a_setting(self, ancienne, referent, settings):
        settings.DAPIAS_MOIS = 3
        assert ouvrir_dapias(referent, ancienne, reference="D", depuis=le(20)).jusque == plus_mois(le(20), 3)

    def test_one_runs_at_a_time_for_a_wound(self, ancienne, dapias, referent):
        with pytest.raises(ActionRefusee, match="renouvelez-la"):
            ouvrir_dapias(referent, ancienne, reference="D-2", depuis=le(10))

    def test_renewed_the_step_moves_and_will_be_recalled_anew(self, dapias, referent):
        prevue = etape(dapias)
        Echeance.objects.filter(pk=prevue.pk).update(prevenue_le=timezone.now())
        suivante = renouveler_dapias(referent, dapias, reference="D-2", depuis=dapias.jusque, version=1)
        dapias.refresh_from_db()
        assert (dapias.etat, suivante.precedente, suivante.etat) == ("renouvelee", dapias, "en_cours")
        [seule] = Echeance.objects.filter(dossier=dapias.dossier, genre="dapias")
        assert (seule.pk, seule.dapias, seule.le, seule.prevenue_le) == (
            prevue.pk,
            suivante,
            suivante.jusque,
            None,
        )

    def test_closed_with_a_reason_it_asks_for_nothing(self, dapias, referent):
        with pytest.raises(ActionRefusee) as refus:
            clore_dapias(referent, dapias, motif=" ", version=1)
        assert refus.value.champ == "motif"
        close = clore_dapias(referent, dapias, motif="Consolidée.", version=1)
        assert (close.etat, close.motif_fin) == ("close", "Consolidée.")
        assert etape(dapias).etat == "sans_objet"

    def test_ended_it_neither_ends_again_nor_is_renewed(self, dapias, referent, connexion):
        clore_dapias(referent, dapias, motif="Consolidée.", version=1)
        with pytest.raises(ActionRefusee, match="close"):
            clore_dapias(referent, dapias, motif="Encore.", version=2)
        with pytest.raises(ActionRefusee, match="close"):
            renouveler_dapias(referent, dapias, reference="D", depuis=le(1), version=2)
        adresse = reverse("suivi:renouveler", args=[dapias.dossier.numero, dapias.pk])
        assert connexion(referent).get(adresse).status_code == 404
        with pytest.raises(DatabaseError), transaction.atomic():
            Dapias.objects.filter(pk=dapias.pk).update(etat="en_cours")

    @pytest.mark.parametrize("depuis", [date(2000, 1, 1), date(2999, 1, 1)])
    def test_impossible_days(self, depuis, ancienne, dapias, referent):
        with pytest.raises(ActionRefusee) as refus:
            renouveler_dapias(referent, dapias, reference="D", depuis=depuis, version=1)
        assert refus.value.champ == "depuis"

    def test_nothing_begins_after_the_death(self, ancienne, dapias, referent):
        opex.deces(ancienne.dossier)
        Suivi.objects.filter(dossier=ancienne.dossier).update(decede_le=le(50))
        with pytest.raises(ActionRefusee, match="ne peut pas suivre"):
            renouveler_dapias(referent, dapias, reference="D", depuis=le(1), version=1)
        with pytest.raises(ActionRefusee, match="ne peut pas suivre"):
            ajouter_evolution(referent, ancienne, genre="reprise", depuis=le(1))

    def test_stale_versions_and_strangers(self, dapias, referent, correspondant, ailleurs):
        with pytest.raises(ModifieDepuis):
            renouveler_dapias(referent, dapias, reference="D", depuis=le(1), version=9)
        with pytest.raises(ModifieDepuis):
            clore_dapias(referent, dapias, motif="Non.", version=9)
        for qui in (correspondant, ailleurs):
            with pytest.raises(AccesRefuse):
                clore_dapias(qui, dapias, motif="Non.", version=1)

    def test_the_correspondant_knows_its_state_only(self, dapias, correspondant, connexion):
        vu = (
            connexion(correspondant).get(reverse("suivi:page", args=[dapias.dossier.numero])).content.decode()
        )
        assert "en cours" in vu
        assert "D-1" not in vu
        assert "Renouveler la DAPIAS" not in vu

    def test_through_the_screens(self, ancienne, referent, connexion):
        client, numero = connexion(referent), ancienne.dossier.numero
        client.post(
            reverse("suivi:dapias", args=[numero, 1]), {"reference": "D-7", "depuis": le(30).isoformat()}
        )
        ouverte = Dapias.objects.get()
        adresse = reverse("suivi:renouveler", args=[numero, ouverte.pk])
        envoi = {"reference": "D-8", "depuis": le(1).isoformat(), "version": ouverte.version}
        assert client.post(adresse, envoi).status_code == 302
        suivante = Dapias.objects.get(reference="D-8")
        clore = reverse("suivi:clore", args=[numero, suivante.pk])
        assert client.post(clore, {"motif": "", "version": 1}).status_code == 422
        assert client.post(clore, {"motif": "Consolidée.", "version": 1}).status_code == 302
        assert Dapias.objects.filter(etat="close").count() == 1
