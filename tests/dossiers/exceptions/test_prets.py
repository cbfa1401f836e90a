"""A dossier lent to a named person: to whom, until when, what she may do, and how it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connections, transaction
from django.db.utils import Error
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.demandes.actions import creer_demande
from dossiers.demandes.models import TypeAide
from dossiers.exceptions.actions import CHOIX_DE_LA_PERSONNE, preter, prolonger, terminer_pret
from dossiers.exceptions.models import Pret
from dossiers.exceptions.tasks import purger
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


def lit(habilitation, dossier) -> bool:
    return Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists()


def dans(jours: int):
    return timezone.localdate() + timedelta(days=jours)


def confier(par, dossier, a, jours=7, motif="Congé du correspondant."):
    return preter(par, dossier, a, jusque=dans(jours), motif=motif)


class TestAQui:
    @pytest.mark.parametrize(
        "profil", ["correspondant", "numerisation", "medecin", "secretaire", "partenaire", "assistant_social"]
    )
    def test_correspondants_the_cnmss_and_organismes_that_read_it(self, profil, dossier, gestionnaire):
        options = {"unites": [fabriques.unite("2e-rep")]} if profil == "correspondant" else {}
        beneficiaire = fabriques.habilitation(profil, **options)
        confier(gestionnaire, dossier, beneficiaire)
        assert lit(beneficiaire, dossier)

    @pytest.mark.parametrize("code", ["mspp"])
    def test_never_around_the_choice_of_the_person(self, code, dossier, gestionnaire):
        ailleurs = fabriques.habilitation("partenaire", organisme=code)
        with pytest.raises(ActionRefusee, match=CHOIX_DE_LA_PERSONNE[:40]):
            confier(gestionnaire, dossier, ailleurs)
        assert not lit(ailleurs, dossier)

    @pytest.mark.parametrize("profil", ["administrateur", "superviseur", "membre", "president"])
    def test_no_profile_that_opens_no_dossier(self, profil, dossier, gestionnaire):
        with pytest.raises(ActionRefusee):
            confier(gestionnaire, dossier, fabriques.habilitation(profil))

    def test_neither_to_oneself_nor_to_somebody_out_of_force(self, dossier, gestionnaire, etranger):
        with pytest.raises(ActionRefusee):
            confier(gestionnaire, dossier, gestionnaire)
        etranger.etat = "suspendue"
        etranger.save()
        with pytest.raises(ActionRefusee):
            confier(gestionnaire, dossier, etranger)

    def test_it_holds_under_that_habilitation_only(self, dossier, gestionnaire, etranger):
        """A correspondant who also works for a mutuelle does not read it for the mutuelle."""
        mutuelle = fabriques.habilitation("partenaire", organisme="mspp", utilisateur=etranger.utilisateur)
        confier(gestionnaire, dossier, etranger)
        assert lit(etranger, dossier)
        assert not lit(mutuelle, dossier)


@pytest.mark.parametrize(
    "profil",
    ["correspondant", "medecin", "secretaire", "numerisation", "partenaire", "assistant_social", "dpo"],
)
def test_only_a_gestionnaire_lends(profil, dossier, correspondant, etranger):
    par = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    with pytest.raises(AccesRefuse):
        confier(par, dossier, etranger)
    assert not Pret.objects.exists()


@pytest.mark.parametrize("jours", [-1, 31])
def test_the_end_is_within_the_setting(jours, dossier, gestionnaire, etranger):
    with pytest.raises(ActionRefusee) as refus:
        confier(gestionnaire, dossier, etranger, jours)
    assert refus.value.champ == "jusque"


class TestEffets:
    def test_the_borrower_does_what_her_profile_may(self, ferme, gestionnaire, etranger):
        """She takes over: she files a demande as she would in her own unit, and still instructs nothing."""
        confier(gestionnaire, ferme, etranger)
        champs = {
            "type_aide": TypeAide.objects.get(code="aide-familiale"),
            "besoin": "Relais après un accident.",
        }
        assert creer_demande(etranger, ferme, champs).dossier == ferme
        with pytest.raises(AccesRefuse):
            confier(etranger, ferme, fabriques.habilitation("correspondant"))

    def test_one_row_of_the_journal_without_the_reason(self, dossier, gestionnaire, etranger):
        avant = LigneJournal.objects.count()
        confier(gestionnaire, dossier, etranger)
        assert LigneJournal.objects.count() == avant + 1
        ligne = LigneJournal.objects.latest("pk")
        assert (ligne.action, ligne.objet, ligne.details["geste"]) == ("modifier", dossier.numero, "confier")
        assert "Congé" not in f"{ligne.motif}{ligne.details}"

    def test_the_borrower_is_told_and_finds_it_in_her_list(self, dossier, gestionnaire, etranger, connexion):
        pret = confier(gestionnaire, dossier, etranger)
        vider()
        annonce = Notification.objects.get(destinataire=etranger.utilisateur, genre="pret")
        assert dossier.numero in annonce.texte
        page = connexion(etranger).get(reverse("dossiers:liste")).content.decode()
        assert dossier.numero in page
        assert f"jusqu’au {timezone.localtime(pret.jusque).day}" in page

    def test_it_shows_to_the_cnmss_and_to_the_borrower_only(
        self, dossier, gestionnaire, etranger, uneo, correspondant, connexion
    ):
        confier(gestionnaire, dossier, etranger)
        adresse, nom = reverse("dossiers:apercu", args=[dossier.numero]), str(etranger.utilisateur)
        assert nom in connexion(gestionnaire).get(adresse).content.decode()
        assert "Ce dossier vous est confié" in connexion(etranger).get(adresse).content.decode()
        for autre in (uneo, correspondant):
            page = connexion(autre).get(adresse).content.decode()
            assert nom not in page
            assert "confié" not in page

    def test_twice_is_once(self, dossier, gestionnaire, etranger):
        confier(gestionnaire, dossier, etranger)
        with pytest.raises(ActionRefusee, match="déjà confié"):
            confier(gestionnaire, dossier, etranger)
        assert Pret.objects.count() == ExceptionUtilisateur.objects.count() == 1


class TestFin:
    def test_by_time(self, dossier, gestionnaire, etranger):
        pret = confier(gestionnaire, dossier, etranger, jours=0)
        with time_machine.travel(pret.jusque - timedelta(seconds=1), tick=False):
            assert lit(etranger, dossier)
        with time_machine.travel(pret.jusque, tick=False):
            assert not lit(etranger, dossier)

    @pytest.mark.parametrize("qui", ["gestionnaire", "etranger"])
    def test_by_a_gesture(self, qui, dossier, gestionnaire, etranger, request):
        pret = confier(gestionnaire, dossier, etranger)
        terminer_pret(request.getfixturevalue(qui), pret)
        assert not lit(etranger, dossier)
        pret.refresh_from_db()
        assert pret.termine_par == request.getfixturevalue(qui)
        with pytest.raises(ActionRefusee, match="déjà pris fin"):
            terminer_pret(gestionnaire, pret)

    def test_not_by_others(self, dossier, gestionnaire, etranger, correspondant):
        pret = confier(gestionnaire, dossier, etranger)
        with pytest.raises(AccesRefuse):
            terminer_pret(correspondant, pret)

    def test_the_withdrawal_of_her_organisme_ends_it_at_once(self, dossier, gestionnaire, uneo, etranger):
        confier(gestionnaire, dossier, uneo)
        confier(gestionnaire, dossier, etranger)
        retirer_consentement(gestionnaire, dossier, [uneo.organisme], signe_le=timezone.localdate())
        assert not lit(uneo, dossier)
        assert lit(etranger, dossier)
        assert Pret.objects.get(habilitation=uneo).termine_le is not None
        assert not ExceptionUtilisateur.objects.filter(habilitation=uneo).exists()

    def test_an_habilitation_that_closes_ends_it(self, dossier, gestionnaire, etranger):
        confier(gestionnaire, dossier, etranger)
        etranger.etat = "close"
        etranger.save()
        assert not lit(etranger, dossier)

    def test_the_night_removes_what_is_over_and_keeps_the_history(self, dossier, gestionnaire, etranger, asd):
        pret = confier(gestionnaire, dossier, etranger, jours=1)
        confier(gestionnaire, dossier, asd, jours=9)
        with time_machine.travel(pret.jusque + timedelta(hours=3)):
            assert purger() == 1
        assert Pret.objects.count() == 2
        assert ExceptionUtilisateur.objects.get().habilitation == asd

    def test_lent_again_after_its_end(self, dossier, gestionnaire, etranger):
        pret = confier(gestionnaire, dossier, etranger, jours=1)
        with time_machine.travel(pret.jusque + timedelta(hours=3)):
            confier(gestionnaire, dossier, etranger)
            assert lit(etranger, dossier)


class TestProlonger:
    def test_another_row_follows(self, dossier, gestionnaire, etranger):
        pret = confier(gestionnaire, dossier, etranger, jours=3)
        suite = prolonger(gestionnaire, pret, jusque=dans(20), motif="Le congé se prolonge.")
        pret.refresh_from_db()
        assert (suite.precedent, pret.vivant, suite.vivant) == (pret, False, True)
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            assert lit(etranger, dossier)

    @pytest.mark.parametrize("jours", [2, 3, 31])
    def test_to_a_later_day_within_the_setting(self, jours, dossier, gestionnaire, etranger):
        pret = confier(gestionnaire, dossier, etranger, jours=3)
        with pytest.raises(ActionRefusee):
            prolonger(gestionnaire, pret, jusque=dans(jours), motif="Encore")


class TestGardes:
    """What the database refuses by itself, whoever writes."""

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE dossiers_pret SET jusque = jusque + interval '1 day'",
            "UPDATE dossiers_pret SET motif = 'autre'",
            "DELETE FROM dossiers_pret",
            "UPDATE dossiers_exception_utilisateur SET jusque = jusque + interval '1 day'",
            "INSERT INTO dossiers_exception_utilisateur (user_id, permission_id, content_object_id, habilitation_id,"
            " pret_id, motif, depuis, jusque) SELECT user_id, permission_id, content_object_id, habilitation_id + 1,"
            " pret_id, motif, depuis, jusque FROM dossiers_exception_utilisateur",
        ],
    )
    def test_nothing_is_rewritten(self, sql, dossier, gestionnaire, etranger):
        confier(gestionnaire, dossier, etranger)
        with (
            pytest.raises(Error),
            transaction.atomic(),
            connections["default"].cursor() as curseur,
        ):
            curseur.execute(sql)


class TestPages:
    def test_look_for_a_person_then_lend(self, dossier, gestionnaire, etranger, mspp, connexion):
        client, adresse = connexion(gestionnaire), reverse("prets:confier", args=[dossier.numero])
        page = client.get(adresse, {"q": etranger.utilisateur.last_name}).content.decode()
        assert f'value="{etranger.pk}"' in page
        assert "2E REP" in page
        assert (
            f'value="{mspp.pk}"'
            not in client.get(adresse, {"q": mspp.utilisateur.last_name}).content.decode()
        )
        saisie = {"beneficiaire": etranger.pk, "jusque": dans(5).isoformat(), "motif": "Congé."}
        reponse = client.post(adresse, saisie, follow=True)
        assert "Le dossier est confié à" in reponse.content.decode()
        assert lit(etranger, dossier)

    def test_the_names_as_one_types_are_no_page_of_the_dossier(
        self, dossier, gestionnaire, etranger, connexion
    ):
        avant = LigneJournal.objects.count()
        reponse = connexion(gestionnaire).get(
            reverse("prets:confier", args=[dossier.numero]), {"q": etranger.utilisateur.last_name},
            headers={"HX-Request": "true"},
        )  # fmt: skip
        page = reponse.content.decode()
        assert str(etranger.utilisateur) in page
        assert dossier.numero not in page
        assert dossier.assure.nom not in page
        assert LigneJournal.objects.filter(objet=dossier.numero, action="consulter").count() == 0
        assert LigneJournal.objects.count() == avant + 1  # the sign-in of the test

    @pytest.mark.parametrize(
        ("saisie", "erreur"),
        [
            ({"motif": ""}, "Dites pourquoi"),
            ({"motif": "Pour 2 84 05 88 321 025 32"}, "jamais de NIR|pas de NIR"),
            ({"beneficiaire": ""}, "Cherchez une personne"),
            ({"beneficiaire": "999999"}, "habilitation en vigueur"),
        ],
    )
    def test_what_is_missing_is_said_beside_its_field(
        self, saisie, erreur, dossier, gestionnaire, etranger, connexion
    ):
        valable = {"beneficiaire": etranger.pk, "jusque": dans(5).isoformat(), "motif": "Congé."}
        reponse = connexion(gestionnaire).post(
            reverse("prets:confier", args=[dossier.numero]), valable | saisie
        )
        assert reponse.status_code == 422
        assert any(mot in reponse.content.decode() for mot in erreur.split("|"))
        assert not Pret.objects.exists()

    def test_a_forged_choice_is_refused_in_words(self, dossier, gestionnaire, mspp, connexion):
        saisie = {"beneficiaire": mspp.pk, "jusque": dans(5).isoformat(), "motif": "Congé."}
        reponse = connexion(gestionnaire).post(reverse("prets:confier", args=[dossier.numero]), saisie)
        assert "Un prêt ne remplace pas" in reponse.content.decode()

    def test_extend_and_end_by_their_pages(self, dossier, gestionnaire, etranger, connexion):
        pret, client = confier(gestionnaire, dossier, etranger, jours=2), connexion(gestionnaire)
        client.post(
            reverse("prets:prolonger", args=[pret.reference]),
            {"jusque": dans(9).isoformat(), "motif": "Suite."},
        )
        suite = Pret.objects.get(precedent=pret)
        client.post(reverse("prets:terminer", args=[suite.reference]))
        assert not lit(etranger, dossier)

    def test_the_borrower_gives_it_back(self, dossier, gestionnaire, etranger, connexion):
        pret, client = confier(gestionnaire, dossier, etranger), connexion(etranger)
        adresse = reverse("prets:terminer", args=[pret.reference])
        assert client.post(adresse).url == reverse("dossiers:liste")
        assert client.get(reverse("dossiers:apercu", args=[dossier.numero])).status_code == 404
        assert "déjà pris fin" in client.post(adresse, follow=True).content.decode()

    def test_no_more_queries_with_more_loans(
        self, dossier, gestionnaire, connexion, django_assert_max_num_queries
    ):
        client, adresse = connexion(gestionnaire), reverse("prets:confier", args=[dossier.numero])
        client.get(adresse)
        with django_assert_max_num_queries(14) as peu:
            client.get(adresse)
        for _ in range(4):
            confier(gestionnaire, dossier, fabriques.habilitation("correspondant"))
        with django_assert_max_num_queries(len(peu)):
            client.get(adresse)
