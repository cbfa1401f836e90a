"""The watch on a real journal: each sealed row once, one alert for each unusual access, one notification."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connections, transaction

from dossiers.controle import tasks
from dossiers.controle.models import Alerte, ExamenAlerte, RegleAlerte, RepereSurveillance
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.sceaux import sceller
from dossierunique.notifications.models import Notification
from tests import fabriques

pytestmark = pytest.mark.django_db
MATIN = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def matin():
    with time_machine.travel(MATIN, tick=True) as voyage:
        yield voyage


@pytest.fixture
def dpo():
    return fabriques.habilitation("dpo")


@pytest.fixture
def agent():
    return fabriques.habilitation("gestionnaire")


def regler(**codes):
    """Only these rules, with these thresholds."""
    RegleAlerte.objects.update(active=False)
    for code, seuil in codes.items():
        RegleAlerte.objects.filter(pk=code).update(active=True, seuil=seuil)


def lire(habilitation, *numeros, acte=Acte.CONSULTER):
    for numero in numeros:
        journaliser(habilitation, acte, numero, details={"page": "apercu"})


def passer():
    sceller()
    return tasks.surveiller()


def numeros(nombre, depart=0):
    return [f"DU-2026-{depart + rang:07d}-K" for rang in range(nombre)]


def test_the_rules_of_the_first_day():
    assert set(RegleAlerte.objects.filter(active=True).values_list("code", flat=True)) == {
        "rafale", "homonyme", "hors_perimetre", "refus", "nuit", "revelations", "sorties", "listes",
    }  # fmt: skip


class TestPassages:
    def test_many_dossiers_raise_one_alert_and_one_notification(self, agent, dpo):
        regler(rafale=5)
        lire(agent, *numeros(6))
        assert passer() == 1
        alerte = Alerte.objects.get()
        assert (alerte.regle_id, alerte.utilisateur, alerte.nombre, len(alerte.lignes)) == (
            "rafale", agent.utilisateur, 6, 6,
        )  # fmt: skip
        notification = Notification.objects.get(destinataire=dpo.utilisateur)
        assert (notification.genre, notification.url) == ("alerte_acces", "/controle/alertes/")

    def test_nothing_new_is_nothing_read(self, agent, django_assert_num_queries):
        regler(rafale=5)
        lire(agent, *numeros(6))
        passer()
        with django_assert_num_queries(8):  # identity and savepoints, the landmark, the seals
            assert tasks.surveiller() == 0

    def test_read_again_from_the_start_it_raises_nothing_twice(self, agent):
        regler(rafale=5, nuit=1)
        lire(agent, *numeros(6))
        passer()
        RepereSurveillance.objects.update(sceau=0)
        assert tasks.surveiller() == 0
        assert Alerte.objects.count() == 1

    def test_a_threshold_reached_over_two_passages(self, agent, matin):
        regler(rafale=5)
        lire(agent, *numeros(3))
        assert passer() == 0
        matin.shift(timedelta(minutes=30))
        lire(agent, *numeros(3, depart=10))
        assert passer() == 1
        matin.shift(timedelta(minutes=10))
        lire(agent, *numeros(2, depart=20))
        assert passer() == 0
        assert Alerte.objects.get().nombre == 8

    def test_what_is_under_review_is_left_alone(self, agent, dpo):
        regler(rafale=5)
        lire(agent, *numeros(6))
        passer()
        Alerte.objects.update(etat="en_examen")
        lire(agent, *numeros(4, depart=10))
        assert passer() == 0
        assert Alerte.objects.get().nombre == 6

    def test_hundreds_of_alerts_are_one_notification(self, dpo):
        regler(homonyme=1, refus=1)
        for _ in range(4):
            lire(fabriques.habilitation("gestionnaire"), "DU-2026-0000001-K", acte=Acte.REFUS)
            passer()
        assert Alerte.objects.count() == 4
        assert Notification.objects.filter(destinataire=dpo.utilisateur, genre="alerte_acces").count() == 1

    def test_two_agents_are_not_added_up(self, agent):
        regler(rafale=5)
        lire(agent, *numeros(3))
        lire(fabriques.habilitation("gestionnaire"), *numeros(3))
        assert passer() == 0

    def test_a_rule_put_off_says_nothing(self, agent):
        regler(nuit=1)
        lire(agent, *numeros(60))
        assert passer() == 0

    def test_the_cost_grows_with_agents_and_not_with_rows(self, agent, django_assert_num_queries):
        regler(rafale=1000, refus=1000, nuit=1000)
        lire(agent, *numeros(300))
        sceller()
        with django_assert_num_queries(12):
            tasks.surveiller()


class TestListes:
    """Walking the lists is a way of reading everybody without opening anybody."""

    def parcourir(self, habilitation, pages, acte=Acte.LISTER, montres=25):
        for page in range(pages):
            journaliser(habilitation, acte, objets=numeros(montres, depart=page * montres))

    @pytest.mark.parametrize("acte", [Acte.LISTER, Acte.RECHERCHER])
    def test_many_pages_raise_one_alert(self, agent, dpo, acte):
        regler(listes=5)
        self.parcourir(agent, 4, acte)
        assert passer() == 0
        self.parcourir(agent, 2, acte)
        assert passer() == 1
        alerte = Alerte.objects.get()
        assert (alerte.regle_id, alerte.utilisateur, alerte.nombre) == ("listes", agent.utilisateur, 6)

    def test_lists_and_searches_add_up_and_a_search_without_result_counts(self, agent):
        regler(listes=5)
        self.parcourir(agent, 3)
        self.parcourir(agent, 2, Acte.RECHERCHER, montres=0)
        assert passer() == 1

    def test_neither_empty_lists_nor_the_hours_before_count(self, agent, matin):
        regler(listes=5)
        self.parcourir(agent, 20, montres=0)
        self.parcourir(agent, 4)
        matin.shift(timedelta(minutes=61))
        self.parcourir(agent, 4)
        assert passer() == 0

    def test_they_are_not_dossiers_opened_nor_at_night(self, agent, matin):
        regler(rafale=5, nuit=1)
        matin.move_to(datetime(2026, 11, 20, 23, tzinfo=UTC))
        self.parcourir(agent, 20)
        assert passer() == 0

    def test_walking_the_real_list_is_seen(self, gestionnaire, dossier, connexion, dpo):
        regler(listes=5)
        client = connexion(gestionnaire)
        for _ in range(3):
            client.get("/dossiers/")
            client.get("/recherche/", {"q": "martin"})
        assert passer() == 1
        assert Alerte.objects.get().utilisateur == gestionnaire.utilisateur
        page = connexion(dpo).get(f"/controle/alertes/{Alerte.objects.get().pk}/").content.decode()
        assert "Listes parcourues ou recherches en nombre" in page
        assert "dossier montré" in page


class TestReglesDesPersonnes:
    def test_one_s_own_name_is_seen_without_its_accents(self, correspondant, dpo):
        regler(homonyme=1)
        dossier = fabriques.dossier(par=correspondant, nom_naissance="Lefèvre-Fictif", nom_usage="")
        parent = fabriques.habilitation(
            "gestionnaire", utilisateur=fabriques.utilisateur(last_name="LEFEVRE-FICTIF")
        )
        lire(fabriques.habilitation("gestionnaire"), dossier.numero)
        assert passer() == 0
        lire(parent, dossier.numero, dossier.numero)
        assert passer() == 1
        alerte = Alerte.objects.get()
        assert (alerte.regle_id, alerte.objet, alerte.nombre) == ("homonyme", dossier.numero, 2)

    def test_the_used_name_counts_too(self, correspondant):
        regler(homonyme=1)
        dossier = fabriques.dossier(par=correspondant, nom_usage="Durand-Fictif")
        agent = fabriques.habilitation(
            "gestionnaire", utilisateur=fabriques.utilisateur(last_name="durand-fictif")
        )
        lire(agent, dossier.numero)
        assert passer() == 1

    def test_the_ordinary_readers_are_in_their_perimeter(self, dossier, correspondant, gestionnaire, uneo):
        regler(hors_perimetre=1)
        for habilitation in (correspondant, gestionnaire, uneo, fabriques.habilitation("dpo")):
            lire(habilitation, dossier.numero)
        assert passer() == 0

    def test_a_reader_by_exception_is_out_of_it(self, dossier, etranger, mspp):
        regler(hors_perimetre=1)
        for habilitation in (etranger, mspp):
            lire(habilitation, dossier.numero)
        assert passer() == 2
        assert {a.utilisateur_id for a in Alerte.objects.all()} == {
            etranger.utilisateur_id,
            mspp.utilisateur_id,
        }

    def test_a_read_before_the_withdrawal_was_in_it(self, dossier, uneo, matin):
        regler(hors_perimetre=1)
        lire(uneo, dossier.numero)
        matin.shift(timedelta(hours=1))
        partage = dossier.partages.get(organisme=uneo.organisme)
        partage.retire_le, partage.motif = datetime.now(UTC), "retrait"
        partage.save()
        assert passer() == 0

    def test_the_night(self, agent, matin):
        regler(nuit=3)
        matin.move_to(datetime(2026, 11, 20, 23, tzinfo=UTC))
        lire(agent, *numeros(3))
        assert passer() == 1
        assert Alerte.objects.get().regle_id == "nuit"


class TestBase:
    def test_one_alert_a_rule_a_subject_and_a_moment(self, agent):
        alerte = fabriques.alerte(agent)
        with pytest.raises(IntegrityError, match="alerte_unique"), transaction.atomic():
            fabriques.alerte(agent, debut=alerte.debut)

    @pytest.mark.parametrize("vers", ["justifiee", "injustifiee", "sans_suite"])
    def test_no_conclusion_without_a_review(self, agent, vers):
        fabriques.alerte(agent)
        with pytest.raises(IntegrityError, match="transition interdite"), transaction.atomic():
            Alerte.objects.update(etat=vers)

    @pytest.mark.parametrize(
        "requete",
        ["UPDATE dossiers_examen_alerte SET commentaire = 'x'", "DELETE FROM dossiers_examen_alerte",
         "DELETE FROM dossiers_alerte", "DELETE FROM dossiers_regle_alerte"],
    )  # fmt: skip
    def test_the_application_rewrites_no_review(self, agent, dpo, requete):
        ExamenAlerte.objects.create(alerte=fabriques.alerte(agent), vers="en_examen", par=dpo)
        with pytest.raises(Exception, match="permission"), transaction.atomic():
            connections["default"].cursor().execute(requete)

    def test_a_conclusion_is_motivated(self, agent, dpo):
        with pytest.raises(IntegrityError, match="examen_alerte_motive"), transaction.atomic():
            ExamenAlerte.objects.create(alerte=fabriques.alerte(agent), vers="justifiee", par=dpo)
