"""A merger decided for later is given up before its day."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from partners.models import Organisme, Succession
from partners.successions import actions
from tests import fabriques
from tests.dossiers.consentements.succession.aides import AUJOURDHUI, fusionner, lit, ouvrir

pytestmark = pytest.mark.django_db


class TestAnnuler:
    @pytest.fixture
    def demain(self, admin, nouvelle) -> Succession:
        jour = AUJOURDHUI() + timedelta(days=1)
        [decidee] = actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, jour)
        return decidee

    def test_nothing_moves_on_its_day(self, demain, admin, nouvelle):
        dossier, tenue = ouvrir({"uneo": "accorde"}), fabriques.habilitation("partenaire", organisme="uneo")
        actions.annuler(fabriques.habilitation("administrateur"), demain, "Report de la réforme")
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            while vider():
                pass
        demain.refresh_from_db()
        tenue.refresh_from_db()
        assert (demain.etat, tenue.etat) == ("annulee", "active")
        assert not Envoi.objects.filter(genre=actions.GENRE, etat="a_faire").exists()
        assert lit(dossier, fabriques.organisme("uneo"))
        assert Organisme.objects.get(code="uneo").jusque is None

    def test_it_is_journalled_with_its_reason(self, demain, admin):
        actions.annuler(admin, demain, "Report de la réforme")
        ligne = LigneJournal.objects.filter(objet="organisme uneo").latest("pk")
        assert (ligne.action, ligne.motif, ligne.habilitation_id) == (
            "modifier", "Report de la réforme", admin.pk,
        )  # fmt: skip
        assert ligne.details["geste"] == "succession annulée"

    def test_another_may_then_be_decided(self, demain, admin, nouvelle):
        actions.annuler(admin, demain, "Mauvais jour")
        [faite] = fusionner(admin, nouvelle, "uneo")
        assert faite.etat == "terminee"

    def test_the_successor_may_cease_itself_afterwards(self, demain, admin, nouvelle):
        actions.annuler(admin, demain, "Mauvais jour")
        [faite] = actions.decider(admin, [nouvelle], fabriques.organisme("uneo"), AUJOURDHUI())
        assert faite.etat == "prevue"

    def test_what_is_refused(self, demain, admin, nouvelle):
        with pytest.raises(ActionRefusee, match="Dites pourquoi"):
            actions.annuler(admin, demain, "  ")
        for profil in ("responsable", "dpo"):
            with pytest.raises(ActionRefusee):
                actions.annuler(fabriques.habilitation(profil), demain, "Non")
        actions.annuler(admin, demain, "Oui")
        with pytest.raises(ActionRefusee, match="annulée"):
            actions.annuler(admin, demain, "Encore")

    def test_what_has_begun_goes_to_its_end(self, admin, nouvelle):
        [faite] = fusionner(admin, nouvelle, "uneo")
        with pytest.raises(ActionRefusee, match="terminée"):
            actions.annuler(admin, faite, "Trop tard")
        with pytest.raises(IntegrityError, match="transition interdite"), transaction.atomic():
            Succession.objects.filter(pk=faite.pk).update(
                etat="annulee", annulee_par=admin, annulee_le=timezone.now()
            )

    def test_the_page(self, demain, admin, connexion):
        client, page = connexion(admin), reverse("administration:fusion_annuler", args=[demain.pk])
        assert page in client.get(reverse("administration:fusions")).content.decode()
        assert "champ--erreur" in client.post(page, {"motif": ""}).content.decode()
        assert client.post(page, {"motif": "Report"}).headers["Location"] == reverse("administration:fusions")
        liste = client.get(reverse("administration:fusions")).content.decode()
        assert "Report" in liste
        assert page not in liste
        assert "ne s’annule plus" in client.get(page).content.decode()
        client.post(page, {"motif": "Encore"})
        demain.refresh_from_db()
        assert demain.motif == "Report"
