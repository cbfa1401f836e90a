"""The DPO's review of the bris de glace, and what the database keeps of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connections, transaction
from django.db.utils import Error
from django.urls import reverse
from django.utils import timezone

from dossiers.exceptions.models import BrisDeGlace
from dossiers.exceptions.tasks import purger, rappeler_examens
from dossiers.exceptions.urgence import examiner
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from partners.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def bris(ferme, asd):
    return fabriques.bris_de_glace(ferme, asd)


def juger(par, bris, etat="justifie"):
    return examiner(par, bris, etat=etat, commentaire="Vu avec le service social.")


class TestExaminer:
    def test_justified(self, bris, dpo):
        juger(dpo, bris)
        bris.refresh_from_db()
        assert (bris.etat, bris.examine_par) == ("justifie", dpo)
        ligne = LigneJournal.objects.latest("pk")
        assert (ligne.action, ligne.objet, ligne.details["avis"]) == (
            "modifier",
            bris.dossier.numero,
            "justifie",
        )

    @pytest.mark.parametrize(
        "profil", ["gestionnaire", "administrateur", "superviseur", "assistant_social", "medecin"]
    )
    def test_by_the_dpo_only(self, profil, bris):
        with pytest.raises(AccesRefuse):
            juger(fabriques.habilitation(profil), bris)

    def test_once(self, bris, dpo):
        juger(dpo, bris)
        with pytest.raises(ActionRefusee, match="déjà examiné"):
            juger(fabriques.habilitation("dpo"), bris, "injustifie")

    def test_not_by_its_author(self, bris, asd):
        """Two live habilitations of this kind are refused to one person; she may have changed posts since."""
        Habilitation.objects.filter(pk=asd.pk).update(etat="close")
        with pytest.raises(ActionRefusee, match="quelqu’un d’autre"):
            juger(fabriques.habilitation("dpo", utilisateur=asd.utilisateur), bris)

    def test_what_is_not_justified_is_cut_and_told(self, bris, dpo, asd):
        administrateur = fabriques.habilitation("administrateur")
        juger(dpo, bris, "injustifie")
        assert not Dossier.objects.filter(pk=bris.dossier_id).visibles_par(asd).exists()
        vider()
        annonces = Notification.objects.filter(cle=f"urgence-injustifiee-{bris.pk}")
        assert set(annonces.values_list("destinataire", flat=True)) == {
            asd.utilisateur_id, administrateur.utilisateur_id,
        }  # fmt: skip
        assert bris.dossier.numero not in annonces.get(destinataire=administrateur.utilisateur).texte


class TestPages:
    def test_the_oldest_waits_first(self, bris, dpo, asd, correspondant, connexion):
        recent = fabriques.bris_de_glace(fabriques.dossier(par=correspondant, accordes=(), refuses=()), asd)
        client, adresse = connexion(dpo), reverse("urgence:examens")
        page = client.get(adresse).content.decode()
        assert page.index(bris.dossier.numero) < page.index(recent.dossier.numero)
        juger(dpo, bris)
        assert bris.dossier.numero not in client.get(adresse).content.decode()
        assert bris.dossier.numero in client.get(adresse, {"voir": "justifies"}).content.decode()
        tous = client.get(adresse, {"voir": "tous"}).content.decode()
        assert tous.index(recent.dossier.numero) < tous.index(bris.dossier.numero)
        assert set(LigneJournal.objects.filter(action="lister").latest("pk").objets) == {
            bris.dossier.numero, recent.dossier.numero,
        }  # fmt: skip

    def test_the_detail_tells_what_was_read_meanwhile(self, ferme, asd, dpo, connexion):
        client = connexion(asd)
        bris = fabriques.bris_de_glace(ferme, asd)
        client.get(reverse("dossiers:histoire", args=[ferme.numero]))
        with time_machine.travel(bris.jusque + timedelta(minutes=5)):
            assert connexion(asd).get(reverse("dossiers:pieces", args=[ferme.numero])).status_code == 404
            page = connexion(dpo).get(reverse("urgence:examen", args=[bris.reference])).content.decode()
        assert bris.motif in page
        assert ">Histoire</td>" in page
        assert ">Pièces</td>" not in page

    def test_the_form_reviews(self, bris, dpo, connexion):
        client, adresse = connexion(dpo), reverse("urgence:examen", args=[bris.reference])
        assert client.post(adresse, {"etat": "justifie", "commentaire": ""}).status_code == 422
        assert client.post(adresse, {"etat": "justifie", "commentaire": "Confirmé."}).status_code == 302
        assert "Confirmé." in client.get(adresse).content.decode()
        assert client.post(adresse, {"etat": "injustifie", "commentaire": "Non."}).status_code == 422

    def test_its_author_reads_the_answer(self, bris, dpo, asd, connexion):
        juger(dpo, bris, "injustifie")
        assert (
            "Vu avec le service social." in connexion(asd).get(reverse("urgence:demander")).content.decode()
        )

    def test_constant_queries(self, bris, dpo, asd, correspondant, connexion, django_assert_max_num_queries):
        client = connexion(dpo)
        client.get(reverse("urgence:examens"))
        with django_assert_max_num_queries(13) as peu:
            client.get(reverse("urgence:examens"))
        for _ in range(3):
            fabriques.bris_de_glace(fabriques.dossier(par=correspondant, accordes=(), refuses=()), asd)
        with django_assert_max_num_queries(len(peu)):
            client.get(reverse("urgence:examens"))


def test_a_late_review_is_recalled_each_day(bris, dpo):
    assert rappeler_examens() == 0
    for jours in (8, 9):
        with time_machine.travel(timezone.now() + timedelta(days=jours)):
            assert rappeler_examens() == rappeler_examens() == 1
    assert (
        Notification.objects.filter(destinataire=dpo.utilisateur, texte__contains="attend un examen").count()
        == 2
    )
    juger(dpo, bris)
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert rappeler_examens() == 0


def test_the_night_keeps_the_history(bris):
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert purger() == 1
    assert BrisDeGlace.objects.count() == 1
    assert not ExceptionUtilisateur.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossiers_bris_de_glace SET jusque = jusque + interval '1 hour'",
        "UPDATE dossiers_bris_de_glace SET motif = 'Un autre motif, assez long pour passer.'",
        "UPDATE dossiers_bris_de_glace SET etat = 'justifie'",
        "UPDATE dossiers_bris_de_glace SET etat = 'justifie', commentaire = 'Bien.', examine_le = now(),"
        " examine_par_id = habilitation_id",
        "DELETE FROM dossiers_bris_de_glace",
        "INSERT INTO dossiers_bris_de_glace (reference, depuis, jusque, genre, motif, etat, commentaire, dossier_id,"
        " habilitation_id) SELECT gen_random_uuid(), depuis, jusque, genre, 'Trop court.', etat, '', dossier_id,"
        " habilitation_id FROM dossiers_bris_de_glace",
    ],
)
def test_the_database_refuses_to_rewrite_it(sql, bris):
    """The application's role has no right to delete; what it may update, the triggers and constraints refuse."""
    with pytest.raises(Error), transaction.atomic(), connections["default"].cursor() as curseur:
        curseur.execute(sql)


def test_reviewed_it_stays_as_it_is(bris, dpo):
    juger(dpo, bris)
    for sql in (
        "UPDATE dossiers_bris_de_glace SET etat = 'injustifie'",
        "UPDATE dossiers_bris_de_glace SET commentaire = 'Autre'",
    ):
        with pytest.raises(Error), transaction.atomic(), connections["default"].cursor() as curseur:
            curseur.execute(sql)
