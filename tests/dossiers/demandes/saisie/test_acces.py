"""Who writes a demande, what its reading leaves in the journal, and what it costs."""

import pytest
from django.urls import reverse

from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.dossiers.demandes.saisie.aides import url

pytestmark = pytest.mark.django_db


def test_une_etape_d_une_demande_deposee_renvoie_a_sa_page(client, correspondant, dossier):
    demande = fabriques.demande(dossier, par=correspondant)
    for vue in ("besoin", "ressources", "cout", "pieces", "recapitulatif"):
        assert client.get(url(vue, demande)).url == url("detail", demande)
    assert client.get(url("depose", demande)).status_code == 200


def test_un_brouillon_est_ferme_aux_autres(brouillon, connexion):
    for profil in (
        "gestionnaire",
        "medecin",
        "partenaire",
        "assistant_social",
        "administrateur",
        "superviseur",
    ):
        autre = connexion(fabriques.habilitation(profil))
        for vue in ("detail", "besoin", "ressources", "cout", "pieces", "recapitulatif", "depose"):
            assert autre.get(url(vue, brouillon)).status_code == 404, (profil, vue)
        assert autre.post(url("abandonner", brouillon)).status_code == 404, profil


@pytest.mark.parametrize(
    "profil", ["medecin", "partenaire", "assistant_social", "secretaire", "dpo", "numerisation"]
)
def test_qui_ne_depose_pas_n_ouvre_pas_la_saisie(dossier, profil, connexion):
    autre = connexion(fabriques.habilitation(profil))
    assert autre.get(reverse("demandes:creer", args=[dossier.numero])).status_code == 404
    assert autre.get(reverse("demandes:ayant_droit", args=[dossier.numero])).status_code == 404


@pytest.mark.parametrize(("vue", "fragment"), [("ressources", "totaux"), ("cout", "reste")])
def test_un_fragment_ne_se_lit_pas_sans_ligne_au_journal(client, brouillon, vue, fragment):
    avant = LigneJournal.objects.count()
    reponse = client.get(f"{url(vue, brouillon)}?{fragment}", HTTP_HX_REQUEST="true")
    assert reponse.status_code == 200
    assert LigneJournal.objects.count() == avant + 1


@pytest.mark.parametrize("vue", ["besoin", "ressources", "cout", "pieces", "recapitulatif"])
def test_lire_une_etape_laisse_une_ligne_au_journal(client, brouillon, vue):
    avant = LigneJournal.objects.count()
    assert client.get(url(vue, brouillon)).status_code == 200
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.objet, ligne.details["page"]) == ("consulter", brouillon.dossier.numero, vue)


@pytest.mark.parametrize("vue", ["ressources", "pieces", "recapitulatif"])
def test_le_nombre_de_requetes_ne_depend_pas_des_lignes(
    client, correspondant, brouillon, vue, django_assert_max_num_queries
):
    fabriques.deposer_toutes(brouillon, correspondant)
    with django_assert_max_num_queries(40) as peu:
        client.get(url(vue, brouillon))
    for _ in range(5):
        fabriques.piece(brouillon, par=correspondant)
        brouillon.budget.create(nature="charge", libelle="Crédit", montant=10)
    with django_assert_max_num_queries(len(peu)):
        client.get(url(vue, brouillon))
