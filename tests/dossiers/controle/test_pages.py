"""The control space as its officer uses it."""

import pytest
from django.urls import reverse

from dossiers.controle import cartes
from dossiers.controle.cartes import Carte, enregistrer_carte
from dossiers.controle.models import Alerte, RegleAlerte
from dossierunique.journal import tasks
from dossierunique.journal.models import LigneJournal, VerificationJournal
from dossierunique.notifications.models import Envoi, Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo():
    return fabriques.habilitation("dpo")


@pytest.fixture
def client(dpo, connexion):
    return connexion(dpo)


@pytest.fixture
def alerte(gestionnaire):
    return fabriques.alerte(gestionnaire, objet="DU-2026-0000001-K")


class TestAccueil:
    def test_says_what_waits_and_that_nothing_was_verified(self, client, alerte):
        page = client.get(reverse("controle:accueil")).content.decode()
        assert "alerte à examiner" in page
        assert str(alerte.utilisateur) in page
        assert "jamais vérifié" in page
        assert "DU-2026-0000001-K" not in page

    def test_shows_the_cards_of_other_rooms(self, client, monkeypatch):
        monkeypatch.setattr(cartes, "_fournisseurs", [])
        enregistrer_carte(lambda h: Carte(3, "bris de glace à revoir", "/bris/", "alerte"))
        enregistrer_carte(lambda h: None)
        page = client.get(reverse("controle:accueil")).content.decode()
        assert 'href="/bris/"' in page
        assert "bris de glace à revoir" in page

    def test_costs_the_same_for_one_alert_and_for_many(self, client, gestionnaire, django_assert_num_queries):
        def requetes():
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as captees:
                client.get(reverse("controle:accueil"))
            return len(captees)

        fabriques.alerte(gestionnaire)
        client.get(reverse("controle:accueil"))
        avant = requetes()
        for _ in range(8):
            fabriques.alerte(fabriques.habilitation("gestionnaire"))
        assert requetes() == avant

    def test_the_menu_leads_there_and_no_longer_to_the_bare_journal(self, client):
        page = client.get("/").content.decode()
        assert "Contrôle des accès" in page
        assert client.get("/journal/").status_code == 404


class TestAlertes:
    def test_filters_by_state_and_rule(self, client, gestionnaire):
        une = fabriques.alerte(gestionnaire, regle="nuit")
        autre = fabriques.alerte(gestionnaire, regle="refus", etat="en_examen")
        adresse = reverse("controle:alertes")

        def trouvees(**demande):
            return [a.pk for a in client.get(adresse, demande).context["page"]]

        assert set(trouvees()) == {une.pk, autre.pk}
        assert trouvees(etat="en_examen") == [autre.pk]
        assert trouvees(regle="nuit") == [une.pk]
        assert trouvees(etat="en_examen", regle="nuit") == []
        assert set(trouvees(etat="inconnu")) == {une.pk, autre.pk}

    def test_goes_from_page_to_page(self, client, gestionnaire):
        for _ in range(30):
            fabriques.alerte(gestionnaire)
        vues, adresse = [], reverse("controle:alertes")
        while adresse:
            page = client.get(adresse).context["page"]
            vues += [a.pk for a in page]
            adresse = (
                f"{reverse('controle:alertes')}?apres={page.curseur_suivant}" if page.curseur_suivant else ""
            )
        assert len(vues) == len(set(vues)) == 30

    def test_the_numbers_shown_are_journalled(self, client, alerte):
        client.get(reverse("controle:alertes"))
        assert LigneJournal.objects.get(objet="alertes").objets == ["DU-2026-0000001-K"]

    def test_a_review_from_beginning_to_end(self, client, alerte):
        adresse = reverse("controle:alerte", args=[alerte.pk])
        assert "Prendre en examen" in client.get(adresse).content.decode()
        assert client.post(adresse, {"vers": "en_examen", "version": 1}).status_code == 302
        vide = client.post(adresse, {"vers": "justifiee", "commentaire": "", "version": 2})
        assert vide.status_code == 422
        assert (
            client.post(adresse, {"vers": "justifiee", "commentaire": "Vu.", "version": 2}).status_code == 302
        )
        page = client.get(adresse).content.decode()
        assert "Conclure l’examen" not in page
        assert "Vu." in page
        assert Alerte.objects.get().etat == "justifiee"
        assert LigneJournal.objects.filter(objet=str(alerte), action="consulter").count() == 2

    def test_what_another_did_meanwhile_is_told_and_what_was_typed_stays(self, client, alerte):
        Alerte.objects.update(etat="en_examen", version=2)
        reponse = client.post(
            reverse("controle:alerte", args=[alerte.pk]),
            {"vers": "justifiee", "commentaire": "Vu avec lui.", "version": 1},
        )
        assert reponse.status_code == 422
        assert "Vu avec lui." in reponse.content.decode()

    def test_a_nir_typed_in_the_comment_is_refused(self, client, alerte):
        saisie = {"vers": "en_examen", "commentaire": "voir 2 84 05 88 321 025 32", "version": 1}
        reponse = client.post(reverse("controle:alerte", args=[alerte.pk]), saisie)
        assert "N’écrivez pas de NIR" in reponse.content.decode()
        assert not alerte.examens.exists()

    def test_an_unknown_one_is_not_found(self, client):
        assert client.get(reverse("controle:alerte", args=[999999])).status_code == 404


class TestRegles:
    def test_each_rule_is_told_in_words(self, client):
        page = client.get(reverse("controle:regles")).content.decode()
        assert "dès 40\u00a0dossiers différents en 60\u00a0minutes" in page
        assert "entre 22 h 00 et 5 h 00" in page

    @pytest.mark.parametrize(
        ("code", "champs"),
        [("rafale", {"active", "seuil", "fenetre", "version"}), ("homonyme", {"active", "seuil", "version"}),
         ("nuit", {"active", "seuil", "debut_nuit", "fin_nuit", "version"})],
    )  # fmt: skip
    def test_only_the_fields_of_the_rule_are_asked(self, client, code, champs):
        assert set(client.get(reverse("controle:regle", args=[code])).context["form"].fields) == champs

    def test_saved_and_shown(self, client):
        saisie = {"seuil": 3, "debut_nuit": "21:30", "fin_nuit": "06:00", "version": 1}
        assert client.post(reverse("controle:regle", args=["nuit"]), saisie).status_code == 302
        regle = RegleAlerte.objects.get(pk="nuit")
        assert (regle.active, regle.seuil, f"{regle.debut_nuit:%H:%M}") == (False, 3, "21:30")

    @pytest.mark.parametrize(
        ("code", "saisie"),
        [("rafale", {"seuil": 0, "fenetre": 60}), ("rafale", {"seuil": 5, "fenetre": 2}), ("rafale", {"seuil": 5}),
         ("nuit", {"seuil": 5, "debut_nuit": "22 h 00", "fin_nuit": "22 h 00"}), ("nuit", {"seuil": 5})],
    )  # fmt: skip
    def test_nonsense_is_refused_beside_its_field(self, client, code, saisie):
        reponse = client.post(
            reverse("controle:regle", args=[code]), {"active": "on", "version": 1, **saisie}
        )
        assert reponse.status_code == 422
        assert reponse.context["form"].errors
        assert RegleAlerte.objects.get(pk=code).version == 1

    def test_two_officers_do_not_overwrite_each_other(self, client):
        saisie = {"active": "on", "seuil": 9, "fenetre": 30, "version": 1}
        client.post(reverse("controle:regle", args=["rafale"]), saisie)
        assert (
            client.post(reverse("controle:regle", args=["rafale"]), {**saisie, "seuil": 7}).status_code == 422
        )
        assert RegleAlerte.objects.get(pk="rafale").seuil == 9

    def test_an_unknown_rule_is_not_found(self, client):
        assert client.get(reverse("controle:regle", args=["autre"])).status_code == 404


class TestVerification:
    def test_asked_for_done_told_and_shown(self, client, dpo, monkeypatch):
        monkeypatch.setattr(tasks.verifier, "apply_async", lambda **_: tasks.verifier())
        assert client.post(reverse("controle:verifier")).status_code == 302
        assert Envoi.objects.filter(genre="journal.verifier").count() == 1
        vider()
        verification = VerificationJournal.objects.get()
        texte = Notification.objects.get(destinataire=dpo.utilisateur, genre="journal_verifie").texte
        assert "aucune anomalie" in texte
        assert f"Sceau {verification.tete}" in texte
        assert "sans anomalie" in client.get(reverse("controle:verification")).content.decode()

    def test_what_was_found_is_named(self, client, dpo):
        LigneJournal.objects.create(action="consulter", objet="DU-2026-0000001-K")
        tasks.verifier()
        LigneJournal.objects.create(action="consulter", objet="DU-2026-0000001-K")
        tasks.verifier()
        page = client.get(reverse("controle:verification")).content.decode()
        assert "écrite ou modifiée à la main" in page
        assert "ne s’accorde pas" in client.get(reverse("controle:accueil")).content.decode()
        assert Notification.objects.filter(
            destinataire=dpo.utilisateur, texte__contains="1\u00a0anomalie"
        ).exists()


def test_the_journal_is_one_of_the_tabs(client):
    page = client.get(reverse("journal")).content.decode()
    assert reverse("controle:alertes") in page
    assert "Chercher dans le journal" in page
