"""Next steps: those of the rules, those of the referent, the list of all, and reminders that leave once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from opex.models import Echeance, Suivi
from opex.suivi.blessures import completer_blessure
from opex.suivi.echeances import ajouter_echeance, changer_echeance
from opex.suivi.forms import FormBlessure
from opex.suivi.rappels import GENRE
from opex.suivi.relais import choisir_referent
from opex.suivi.suites import ouvrir_dapias
from opex.suivi.tasks import rappeler
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def dans(jours: int) -> date:
    return timezone.localdate() + timedelta(days=jours)


def epfp(dossier) -> Echeance:
    return Echeance.objects.get(dossier=dossier, genre="epfp")


def lignes(client, voir: str) -> list[Echeance]:
    return list(client.get(reverse("suivi:echeances"), {"voir": voir}).context["page"])


class TestEPFP:
    def test_the_claim_is_due_before_the_end_of_the_fourth_year(self, dossier, blessure):
        assert epfp(dossier).le == date(blessure.survenue_le.year + 4, 12, 31)

    def test_a_setting_says_how_many_years(self, dormant, settings):
        settings.EPFP_ANNEES = 2
        blessure = opex.blessure(dormant)
        assert epfp(dormant).le == date(blessure.survenue_le.year + 2, 12, 31)

    def test_too_old_a_wound_asks_for_nothing(self, dormant):
        opex.blessure(dormant, survenue_le=date(2009, 8, 18), evacuee_le=None, evacuation="aucune")
        assert not Echeance.objects.filter(dossier=dormant).exists()

    def test_it_moves_with_the_day_of_the_wound(self, dossier, blessure, gestionnaire):
        champs = {nom: getattr(blessure, nom) for nom in FormBlessure.base_fields}
        champs |= {"evacuee_le": None, "evacuation": "aucune"}
        champs |= {"survenue_le": blessure.survenue_le - timedelta(days=366)}
        corrigee = completer_blessure(gestionnaire, blessure, champs, 1)
        assert epfp(dossier).le == date(corrigee.survenue_le.year + 4, 12, 31)


class TestGestes:
    def test_written_done_and_to_be_done_after_all(self, dossier, referent):
        etape = ajouter_echeance(referent, dossier, libelle="Rendez-vous", le=dans(20))
        for version, vers in enumerate(("faite", "a_faire", "sans_objet"), start=1):
            etape = changer_echeance(referent, etape, vers, version)
        assert (etape.etat, etape.version) == ("sans_objet", 4)

    def test_neither_in_the_past_nor_twice(self, dossier, referent):
        with pytest.raises(ActionRefusee) as refus:
            ajouter_echeance(referent, dossier, libelle="Rendez-vous", le=dans(-1))
        assert refus.value.champ == "le"
        ajouter_echeance(referent, dossier, libelle="Rendez-vous", le=dans(5))
        with pytest.raises(ActionRefusee, match="déjà inscrite"):
            ajouter_echeance(referent, dossier, libelle="rendez-vous ", le=dans(5))

    def test_that_of_a_dapias_follows_the_dapias(self, dossier, blessure, referent):
        dapias = ouvrir_dapias(referent, blessure, reference="D", depuis=blessure.survenue_le)
        with pytest.raises(ActionRefusee, match="suit la DAPIAS"):
            changer_echeance(referent, dapias.echeances.get(), "faite", 1)

    def test_refused_to_others_and_to_stale_pages(self, dossier, referent, correspondant, ailleurs):
        for qui in (correspondant, ailleurs, fabriques.habilitation("partenaire")):
            with pytest.raises(AccesRefuse):
                ajouter_echeance(qui, dossier, libelle="Rendez-vous", le=dans(5))
        with pytest.raises(ModifieDepuis):
            changer_echeance(referent, epfp(dossier), "faite", 7)
        with pytest.raises(ActionRefusee, match="déjà"):
            changer_echeance(referent, epfp(dossier), "a_faire", 1)

    def test_by_a_button(self, dossier, referent, connexion):
        client = connexion(referent)
        adresse = reverse("suivi:changer_echeance", args=[dossier.numero, epfp(dossier).pk])
        client.post(adresse, {"vers": "faite", "version": "9"})
        client.post(adresse, {"vers": "faite"})
        assert epfp(dossier).etat == "a_faire"
        assert (
            "à jour" in client.post(adresse, {"vers": "faite", "version": "1"}, follow=True).content.decode()
        )
        assert epfp(dossier).etat == "faite"


class TestListe:
    @pytest.fixture
    def deux(self, correspondant, referent):
        """A dossier of the referent, one that she reads, one that she does not."""
        mien, autre = opex.blesse(correspondant), opex.blesse(correspondant)
        opex.blesse(correspondant, accordes=("asd",))
        choisir_referent(referent, mien, referent, version=Suivi.objects.get(dossier=mien).version)
        return mien, autre

    def test_mine_and_all_that_i_read(self, deux, referent, connexion):
        client = connexion(referent)
        assert {e.dossier for e in lignes(client, "miennes")} == {deux[0]}
        assert {e.dossier for e in lignes(client, "toutes")} == set(deux)
        assert lignes(client, "inconnu") == lignes(client, "miennes")

    def test_a_gestionnaire_has_those_that_nobody_follows(self, deux, gestionnaire, connexion):
        vues = {e.dossier for e in lignes(connexion(gestionnaire), "miennes")}
        assert deux[1] in vues
        assert deux[0] not in vues

    def test_late_ones_apart_and_what_is_done_nowhere(self, deux, referent, connexion):
        Echeance.objects.filter(dossier=deux[1]).update(le=dans(-2))
        Echeance.objects.filter(dossier=deux[0]).update(etat="faite")
        client = connexion(referent)
        assert {e.dossier for e in lignes(client, "en-retard")} == {deux[1]}
        assert lignes(client, "miennes") == []
        assert "en retard" in client.get(reverse("suivi:echeances"), {"voir": "toutes"}).content.decode()

    def test_soonest_first_page_after_page_and_logged_as_shown(self, dossier, referent, connexion):
        for rang in range(30):
            ajouter_echeance(referent, dossier, libelle=f"Étape {rang}", le=dans(40 - rang))
        client = connexion(referent)
        premiere = client.get(reverse("suivi:echeances"), {"voir": "toutes"})
        page = premiere.context["page"]
        suite = client.get(
            reverse("suivi:echeances"), {"voir": "toutes", "apres": page.curseur_suivant}
        ).context["page"]
        toutes = [*page, *suite]
        assert [e.le for e in toutes] == sorted(e.le for e in toutes)
        assert len({e.pk for e in toutes}) == 31
        assert LigneJournal.objects.filter(action="lister").latest("pk").objets == [dossier.numero]

    def test_the_number_of_queries_does_not_grow(self, correspondant, referent, connexion):
        client, adresse = connexion(referent), reverse("suivi:echeances") + "?voir=toutes"
        opex.blesse(correspondant)
        client.get(adresse)
        with CaptureQueriesContext(connection) as peu:
            client.get(adresse)
        for _ in range(4):
            opex.blesse(correspondant)
        with CaptureQueriesContext(connection) as beaucoup:
            client.get(adresse)
        assert len(beaucoup) == len(peu)

    def test_not_for_who_follows_nobody(self, correspondant, connexion):
        assert connexion(correspondant).get(reverse("suivi:echeances")).status_code == 404


class TestRappels:
    @pytest.fixture
    def suivi(self, dossier, referent):
        """A dossier with its referent, whose only step is a free one in twenty days."""
        choisir_referent(referent, dossier, referent, version=Suivi.objects.get(dossier=dossier).version)
        Echeance.objects.filter(dossier=dossier).update(etat="faite")
        ajouter_echeance(referent, dossier, libelle="Rendez-vous à l’Institution", le=dans(20))
        vider()
        vider()
        mail.outbox.clear()
        return dossier

    def test_once_when_it_comes_near_once_when_it_is_late(self, suivi, referent, gestionnaire):
        assert rappeler() == 1
        assert rappeler() == 0
        with time_machine.travel(timezone.now() + timedelta(days=19)):
            assert rappeler() == 0
        with time_machine.travel(timezone.now() + timedelta(days=21)):
            assert rappeler() == 1
            assert rappeler() == 0
        recus = Notification.objects.filter(genre=GENRE)
        assert {n.destinataire_id for n in recus} == {referent.utilisateur_id}
        assert recus.count() == 2

    def test_it_holds_no_personal_data(self, suivi, referent):
        rappeler()
        vider()
        [courriel] = [m for m in mail.outbox if m.to == [referent.utilisateur.email]]
        assert suivi.numero in courriel.body
        for parole in ("Institution", "Sahel", suivi.assure.nom_naissance, suivi.assure.nir, "DAPIAS"):
            assert parole not in courriel.subject + courriel.body

    def test_not_before_its_time_and_not_what_is_done(self, suivi, settings):
        settings.ECHEANCE_RAPPEL_JOURS = 10
        assert rappeler() == 0
        settings.ECHEANCE_RAPPEL_JOURS = 20
        Echeance.objects.filter(dossier=suivi).update(etat="faite")
        assert rappeler() == 0

    def test_without_a_referent_who_reads_it_the_gestionnaires_are_told(self, suivi, referent, gestionnaire):
        referent.etat = "suspendue"
        referent.save()
        assert rappeler() == 1
        assert Notification.objects.get(genre=GENRE).destinataire_id == gestionnaire.utilisateur_id

    def test_a_dapias_has_its_own_delay(self, dossier, blessure, gestionnaire, settings):
        Echeance.objects.all().update(etat="faite")
        dapias = ouvrir_dapias(gestionnaire, blessure, reference="D-SECRETE", depuis=blessure.survenue_le)
        settings.ECHEANCE_RAPPEL_JOURS, settings.DAPIAS_ALERTE_JOURS = 5, 30
        veille = timezone.now() + (dapias.jusque - timezone.localdate()) - timedelta(days=31)
        with time_machine.travel(veille):
            assert rappeler() == 0
        with time_machine.travel(veille + timedelta(days=1)):
            assert rappeler() == 1
            assert rappeler() == 0
        texte = Notification.objects.get(genre=GENRE).texte
        assert "déclaration" in texte
        assert "D-SECRETE" not in texte
