"""The guided visit: offered once, led by real screens, resumed, put off; and pages that pay nothing for it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documentation.articles.fichiers_source import lire_tous
from documentation.models import VisiteGuidee
from documentation.visite.parcours import A_LIRE, PARCOURS, etapes_de
from partners.habilitations.models import Profil
from tests import fabriques

ACCUEIL, VISITE = reverse("accueil"), reverse("documentation:visite")
ALLER, TERMINER, ECARTER = (
    reverse(f"documentation:visite_{nom}") for nom in ("aller", "terminer", "ecarter")
)
OFFRE, BANDE, PAUSE = "Première visite", "Visite guidée, étape", "Visite guidée en pause"
pytestmark = pytest.mark.django_db


def page(client, adresse=ACCUEIL):
    return client.get(adresse).content.decode()


def etat(par):
    visite = VisiteGuidee.objects.get(utilisateur=par.utilisateur, profil=par.profil)
    return visite.etape, visite.en_cours, bool(visite.terminee_le), bool(visite.ecartee_le)


@pytest.fixture
def client(correspondant, connecter):
    return connecter(correspondant)


class TestTheSteps:
    @pytest.mark.parametrize("profil", Profil.values)
    def test_every_one_opens_for_its_profil(self, profil, connecter):
        par = fabriques.habilitation(profil)
        client, etapes = connecter(par), etapes_de(par)
        assert 5 <= len(etapes) <= 7
        assert len({etape.nom_url for etape in etapes}) == len(etapes)
        for rang, etape in enumerate(etapes, 1):
            reponse = client.post(ALLER, {"etape": rang}, follow=True)
            texte = reponse.content.decode()
            assert reponse.status_code == 200
            assert reponse.request["PATH_INFO"] == reverse(etape.nom_url)
            assert f"{BANDE} {rang} sur {len(etapes)}" in texte
            assert texte.index('id="visite"') < texte.index("<main")

    def test_there_are_some_for_every_profil_with_three_articles(self):
        assert set(PARCOURS) == set(A_LIRE) == set(Profil.values)

    def test_the_articles_named_are_for_those_who_are_sent_there(self):
        publics = {source.slug: source.valeurs["profils"] for source in lire_tous()}
        for profil, etapes in PARCOURS.items():
            for slug in [*(etape.article for etape in etapes), *A_LIRE[profil]]:
                assert not publics[slug] or profil in publics[slug], (profil, slug)

    def test_a_programme_that_one_does_not_work_on_is_left_out(self):
        par = fabriques.habilitation("correspondant")
        par.programmes = ["DU"]
        assert "imprimes:accueil" not in [etape.nom_url for etape in etapes_de(par)]


class TestTheOffer:
    def test_is_on_the_home_until_it_is_answered(self, client, correspondant, connecter):
        assert OFFRE in page(client)
        client.post(ECARTER, {"quand": "jamais"})
        assert OFFRE not in page(client)
        assert OFFRE not in page(connecter(correspondant))
        assert etat(correspondant) == (1, False, False, True)

    def test_later_is_the_next_sign_in(self, client, correspondant, connecter):
        client.post(ECARTER, {"quand": "plus-tard"})
        assert OFFRE not in page(client)
        assert OFFRE in page(connecter(correspondant))
        assert not VisiteGuidee.objects.exists()

    def test_is_made_to_each_habilitation(self, client, correspondant):
        client.post(ECARTER, {"quand": "jamais"})
        autre = fabriques.habilitation("partenaire", utilisateur=correspondant.utilisateur)
        client.post(reverse("habilitations:choisir"), {"habilitation": autre.pk})
        assert OFFRE in page(client)

    def test_is_not_made_to_a_session_older_than_the_visits(self, client):
        seance = client.session
        del seance["visites"]
        seance.save()
        assert OFFRE not in page(client)


class TestTheVisit:
    def test_pauses_elsewhere_and_is_resumed_at_the_next_sign_in(self, client, correspondant, connecter):
        client.post(ALLER, {"etape": 3})
        for lieu in (client, connecter(correspondant)):
            texte = page(lieu)
            assert PAUSE in texte
            assert f'href="{reverse("dossiers:liste")}#visite"' in texte
            assert OFFRE not in texte
            assert BANDE in page(lieu, reverse("dossiers:liste"))

    def test_a_step_sent_twice_or_made_up_is_harmless(self, client, correspondant):
        for etape in ("2", "2", "99", "-4", "x", ""):
            assert client.post(ALLER, {"etape": etape}).status_code == 302
        assert etat(correspondant) == (1, True, False, False)

    def test_ends_on_a_last_word_and_may_begin_again(self, client, correspondant):
        client.post(ALLER, {"etape": 6})
        for _ in range(2):
            assert (
                "Vous connaissez maintenant vos écrans" in client.post(TERMINER, follow=True).content.decode()
            )
        assert PAUSE not in page(client)
        client.post(ECARTER)
        assert etat(correspondant) == (6, False, True, False)
        client.post(ALLER)
        assert etat(correspondant) == (1, True, False, False)

    def test_left_stays_on_the_screen_and_keeps_its_step(self, client, correspondant):
        client.post(ALLER, {"etape": 3})
        reponse = client.post(ECARTER, follow=True)
        assert reponse.request["PATH_INFO"] == reverse("dossiers:liste")
        assert BANDE not in reponse.content.decode()
        assert etat(correspondant) == (3, False, False, True)
        assert "Reprendre à l’étape 3" in page(client, VISITE)

    def test_finishing_what_was_not_begun_changes_nothing(self, client, correspondant):
        client.post(TERMINER)
        assert etat(correspondant) == (1, False, False, False)

    def test_only_a_post_moves(self, client):
        assert {client.get(adresse).status_code for adresse in (ALLER, TERMINER, ECARTER)} == {405}

    def test_pages_ask_nothing_more(self, client):
        adresse = reverse("dossiers:liste")
        page(client, adresse)
        with CaptureQueriesContext(connection) as sans:
            page(client, adresse)
        client.post(ALLER, {"etape": 3})
        page(client, adresse)
        with CaptureQueriesContext(connection) as avec:
            assert BANDE in page(client, adresse)
        assert len(avec) == len(sans)


def test_the_database_holds_one_visit_a_profil_that_begins_before_it_ends(correspondant):
    sienne = {"utilisateur": correspondant.utilisateur, "profil": "correspondant"}
    VisiteGuidee.objects.create(**sienne)
    for champs in (sienne, {**sienne, "profil": "dpo", "terminee_le": "2026-01-01T00:00Z"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VisiteGuidee.objects.create(**champs)
