"""Telling of a wound, completing it, having it recognised: who may, which days, and what a second submit does."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.echanges.models import Evenement, Genre
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from opex.models import Blessure, Suivi
from opex.suivi.blessures import changer_reconnaissance, completer_blessure
from opex.suivi.forms import FormBlessure
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def hier(jours: int = 1) -> date:
    return timezone.localdate() - timedelta(days=jours)


def saisie(**k) -> dict:
    """What a form of wound sends."""
    return {
        "survenue_le": hier().isoformat(), "theatre": "Sahel", "circonstances": "combat", "gravite": "grave",
        "evacuation": "aucune", "recit": "Touché pendant une patrouille.", **k,
    }  # fmt: skip


def champs(blessure, **k) -> dict:
    return {nom: getattr(blessure, nom) for nom in FormBlessure.base_fields} | k


class TestJours:
    @pytest.mark.parametrize(
        ("ecart", "champ"),
        [
            ({"survenue_le": date(2999, 1, 1)}, "survenue_le"),
            ({"survenue_le": date(1960, 1, 1), "evacuee_le": None, "evacuation": "aucune"}, "survenue_le"),
            ({"evacuee_le": date(2999, 1, 1)}, "evacuee_le"),
            ({"evacuee_le": date(2000, 1, 1)}, "evacuee_le"),
            ({"evacuation": "aucune"}, "evacuation"),
        ],
    )
    def test_impossible_ones_are_refused_beside_their_field(self, ecart, champ, dormant):
        with pytest.raises(ActionRefusee) as refus:
            opex.blessure(dormant, **ecart)
        assert refus.value.champ == champ
        assert not Blessure.objects.filter(dossier=dormant).exists()

    def test_outside_the_operation(self, dormant):
        finie = opex.operation("licorne", nom="Licorne", debut=date(2002, 9, 22), fin=date(2015, 1, 21))
        with pytest.raises(ActionRefusee) as refus:
            opex.blessure(dormant, operation=finie)
        assert refus.value.champ == "operation"

    def test_after_the_death(self, dossier):
        opex.deces(dossier)
        Suivi.objects.filter(dossier=dossier).update(decede_le=hier(2))
        with pytest.raises(ActionRefusee, match="ne peut pas suivre"):
            opex.blessure(dossier, survenue_le=hier(), theatre="Liban")

    def test_found_out_after_the_death_it_joins_the_story_and_the_person_stays_dead(self, dossier):
        opex.deces(dossier)
        ancienne = opex.blessure(dossier, survenue_le=hier(400), theatre="Liban")
        assert ancienne.rang == 2
        assert Suivi.objects.get(dossier=dossier).etat == "decede"


class TestPlusieurs:
    @pytest.mark.parametrize("etat", ["en_suivi", "en_veille", "active"])
    def test_another_wound_brings_the_dossier_back_to_active(self, etat, dossier):
        Suivi.objects.filter(dossier=dossier).update(etat=etat)
        premiere = Suivi.objects.get(dossier=dossier).active_le
        seconde = opex.blessure(dossier, theatre="Liban")
        suivi = Suivi.objects.get(dossier=dossier)
        assert (seconde.rang, suivi.etat, suivi.active_le) == (2, "active", premiere)

    def test_the_same_sent_twice_is_one(self, dormant, connexion, correspondant):
        client, adresse = connexion(correspondant), reverse("suivi:signaler", args=[dormant.numero])
        assert client.post(adresse, saisie()).status_code == 302
        encore = client.post(adresse, saisie())
        assert encore.status_code == 422
        assert "déjà enregistrée" in encore.content.decode()
        assert Blessure.objects.filter(dossier=dormant).count() == 1

    def test_the_same_again_after_a_minute_or_by_somebody_else_is_another(self, dormant, gestionnaire):
        opex.blessure(dormant)
        opex.blessure(dormant, par=gestionnaire)
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            opex.blessure(dormant)
        assert Blessure.objects.filter(dossier=dormant).count() == 3


class TestQui:
    @pytest.mark.parametrize("profil", ["numerisation", "medecin", "secretaire", "dpo", "assistant_social"])
    def test_not_the_others_who_read_it(self, profil, dossier):
        with pytest.raises(AccesRefuse):
            opex.blessure(dossier, par=fabriques.habilitation(profil), theatre="Liban")

    def test_neither_another_unit_nor_a_partner_without_share(self, dossier, etranger, ailleurs, connexion):
        for habilitation in (etranger, ailleurs):
            with pytest.raises(AccesRefuse):
                opex.blessure(dossier, par=habilitation, theatre="Liban")
            client = connexion(habilitation)
            for nom in ("page", "signaler", "echeance", "referent", "relais", "deces"):
                assert client.get(reverse(f"suivi:{nom}", args=[dossier.numero])).status_code == 404

    def test_the_correspondant_reads_day_theatre_and_recognition_only(
        self, dossier, blessure, connexion, correspondant
    ):
        vu = connexion(correspondant).get(reverse("suivi:page", args=[dossier.numero])).content.decode()
        assert "Sahel" in vu
        assert "non demandée" in vu
        for cache in (blessure.recit, blessure.hopital, blessure.message, "engin explosif", "Percy"):
            assert cache not in vu.replace("Engin", "engin")

    def test_digitisation_does_not_know_that_there_is_a_wound(self, dossier, connexion):
        client = connexion(fabriques.habilitation("numerisation"))
        vu = client.get(reverse("suivi:page", args=[dossier.numero])).content.decode()
        assert "Sahel" not in vu
        assert "EPFP" not in vu

    def test_the_partner_accorded_reads_it_whole(self, dossier, blessure, connexion, referent):
        vu = connexion(referent).get(reverse("suivi:page", args=[dossier.numero])).content.decode()
        for lu in (blessure.recit, blessure.hopital, blessure.message):
            assert lu in vu


class TestFormulaire:
    def test_the_theatre_is_that_of_the_operation(self, dormant, connexion, correspondant):
        operation = opex.operation()
        client, adresse = connexion(correspondant), reverse("suivi:signaler", args=[dormant.numero])
        assert client.post(adresse, saisie(theatre="", operation=operation.pk)).status_code == 302
        assert Blessure.objects.get(dossier=dormant).theatre == operation.theatre

    def test_nothing_typed_is_lost(self, dormant, connexion, correspondant):
        client, adresse = connexion(correspondant), reverse("suivi:signaler", args=[dormant.numero])
        reponse = client.post(adresse, saisie(gravite="", theatre=""))
        page = reponse.content.decode()
        assert reponse.status_code == 422
        assert "Touché pendant une patrouille." in page
        assert "Choisissez la gravité." in page
        assert "Indiquez le théâtre" in page

    def test_one_row_of_journal_each(self, dormant, connexion, correspondant, journal):
        client, adresse = connexion(correspondant), reverse("suivi:signaler", args=[dormant.numero])
        avant = journal()
        client.get(adresse)
        client.post(adresse, saisie(gravite=""))
        client.post(adresse, saisie())
        assert journal() == avant + 3


class TestCompleter:
    def test_what_was_not_known_joins_it(self, blessure, gestionnaire):
        complete = completer_blessure(
            gestionnaire, blessure, champs(blessure, hopital="HIA Bégin"), blessure.version
        )
        assert (complete.hopital, complete.version) == ("HIA Bégin", 2)
        assert Evenement.objects.filter(
            genre=Genre.BLESSURE_COMPLETEE, donnees__blessure=blessure.pk
        ).exists()

    def test_a_stale_form_is_refused_keeps_what_was_typed_and_passes_once_read(
        self, blessure, gestionnaire, connexion
    ):
        client = connexion(gestionnaire)
        adresse = reverse("suivi:completer", args=[blessure.dossier.numero, blessure.rang])
        completer_blessure(gestionnaire, blessure, champs(blessure, hopital="HIA Bégin"), blessure.version)
        envoi = saisie(message="MSG-9", version=1)
        page = client.post(adresse, envoi)
        assert page.status_code == 422
        assert "HIA Bégin" in page.content.decode()
        assert "MSG-9" in page.content.decode()
        assert (
            client.post(adresse, envoi | {"version": page.context["form"]["version"].value()}).status_code
            == 302
        )
        with pytest.raises(ModifieDepuis):
            completer_blessure(gestionnaire, blessure, champs(blessure), 2)

    def test_a_correspondant_who_does_not_read_it_whole_cannot(self, blessure, correspondant, connexion):
        with pytest.raises(AccesRefuse):
            completer_blessure(correspondant, blessure, champs(blessure, hopital="HIA Bégin"), 1)
        adresse = reverse("suivi:completer", args=[blessure.dossier.numero, blessure.rang])
        assert connexion(correspondant).get(adresse).status_code == 404

    def test_nothing_changed_is_not_a_version(self, blessure, gestionnaire):
        with pytest.raises(ActionRefusee, match="Rien n’a changé"):
            completer_blessure(gestionnaire, blessure, champs(blessure), 1)


class TestReconnaissance:
    def test_asked_then_refused_asked_again_and_recognised(self, blessure, referent):
        for version, vers in enumerate(("demandee", "refusee", "demandee", "reconnue"), start=1):
            blessure = changer_reconnaissance(referent, blessure, vers, le=hier(), version=version)
        assert (blessure.reconnaissance, blessure.reconnue_le) == ("reconnue", hier())
        assert Evenement.objects.filter(genre=Genre.RECONNAISSANCE).count() == 4

    @pytest.mark.parametrize("vers", ["reconnue", "refusee", "non_demandee", "autre"])
    def test_nothing_is_decided_that_was_not_asked(self, vers, blessure, referent):
        with pytest.raises(ActionRefusee):
            changer_reconnaissance(referent, blessure, vers, le=hier(), version=1)

    @pytest.mark.parametrize("le", [date(2999, 1, 1), date(2000, 1, 1)])
    def test_its_day_is_possible(self, le, blessure, referent):
        with pytest.raises(ActionRefusee) as refus:
            changer_reconnaissance(referent, blessure, "demandee", le=le, version=1)
        assert refus.value.champ == "le"

    def test_stale_and_forbidden(self, blessure, referent, correspondant, ailleurs):
        changer_reconnaissance(referent, blessure, "demandee", le=hier(), version=1)
        with pytest.raises(ModifieDepuis):
            changer_reconnaissance(referent, blessure, "reconnue", le=hier(), version=1)
        for qui in (correspondant, ailleurs):
            with pytest.raises(AccesRefuse):
                changer_reconnaissance(qui, blessure, "reconnue", le=hier(), version=2)


def test_the_database_keeps_a_wound(blessure):
    with pytest.raises(DatabaseError), transaction.atomic():
        Blessure.objects.filter(pk=blessure.pk).delete()
