"""The baskets of demandes: what each profile finds there, in which order, and at which cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.demandes.corbeilles import CNMSS, UNITE, delai_en_mots, lignes_de
from dossiers.demandes.models import Demande
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
URL = reverse("demandes:corbeille")


def montrees(reponse) -> list[str]:
    return [d.numero for d in reponse.context["page"]]


def voir(client, code: str, **criteres):
    return client.get(URL, {"voir": code, **criteres})


@pytest.fixture
def ailleurs(etranger):
    """A demande of another unit, filed after the others."""
    return fabriques.demande(fabriques.dossier(par=etranger, accordes=(), refuses=()))


def test_each_filter_of_the_gestionnaire_holds_its_states(connexion, gestionnaire, dossier):
    etats = {
        etat: fabriques.demande(dossier, etat=etat, gestionnaire=gestionnaire)
        for etat in ("soumise", "en_completude", "incomplete", "complete", "en_instruction", "notifiee")
    }
    fabriques.demande(dossier, etat="brouillon")
    client = connexion(gestionnaire)
    attendu = {
        "a-verifier": ["soumise", "en_completude"],
        "incompletes": ["incomplete"],
        "completes": ["complete"],
        "a-moi": ["en_instruction"],
        "en-retard": [],
        "decidees": ["notifiee"],
        "toutes": list(reversed(etats)),
    }
    assert set(attendu) == {corbeille.code for corbeille in CNMSS}
    for code, voulus in attendu.items():
        assert montrees(voir(client, code)) == [etats[etat].numero for etat in voulus], code


def test_the_demande_instructed_by_a_colleague_is_not_mine(connexion, gestionnaire, dossier):
    fabriques.demande(dossier, etat="en_instruction", gestionnaire=fabriques.habilitation("gestionnaire"))
    assert montrees(voir(connexion(gestionnaire), "a-moi")) == []


def test_a_demande_past_its_date_is_late_and_says_by_how_much(connexion, gestionnaire, dossier):
    demande = fabriques.demande(dossier)
    Demande.objects.filter(pk=demande.pk).update(echeance=timezone.localdate() - timedelta(days=3))
    reponse = voir(connexion(gestionnaire), "en-retard")
    assert montrees(reponse) == [demande.numero]
    assert "3\u00a0jours de retard" in reponse.content.decode()


@pytest.mark.parametrize(
    ("ecart", "etat", "mots"),
    [
        (-1, "soumise", "1\u00a0jour de retard"),
        (0, "soumise", "aujourd’hui"),
        (1, "complete", "dans 1\u00a0jour"),
        (7, "complete", "dans 7\u00a0jours"),
        (8, "complete", ""),
        (5, "incomplete", "pièces attendues"),
        (-2, "notifiee", ""),
    ],
)
def test_the_due_date_in_words(ecart, etat, mots):
    demande = Demande(etat=etat, echeance=timezone.localdate() + timedelta(days=ecart))
    assert delai_en_mots(demande) == mots


def test_the_correspondant_follows_her_units_without_amounts(connexion, correspondant, dossier, ailleurs):
    en_cours = fabriques.demande(dossier)
    fabriques.demande(dossier, etat="notifiee")
    client = connexion(correspondant)
    reponse = voir(client, "en-cours")
    assert montrees(reponse) == [en_cours.numero]
    assert len(montrees(voir(client, "terminees"))) == 1
    for code in (corbeille.code for corbeille in UNITE):
        page = voir(client, code).content.decode()
        assert "€" not in page
        assert ailleurs.numero not in page


def test_a_draft_is_resumed_by_its_own_organisme_only(connexion, correspondant, gestionnaire, dossier):
    brouillon = fabriques.demande(dossier, etat="brouillon", par=correspondant)
    reponse = voir(connexion(correspondant), "brouillons")
    assert reverse("demandes:besoin", args=[brouillon.numero]) in reponse.content.decode()
    for code in (corbeille.code for corbeille in CNMSS):
        assert brouillon.numero not in voir(connexion(gestionnaire), code).content.decode()


def test_a_decision_not_yet_notified_is_still_in_progress_for_the_unit(connexion, correspondant, dossier):
    demande = fabriques.demande(dossier, etat="decidee")
    client = connexion(correspondant)
    assert montrees(voir(client, "en-cours")) == [demande.numero]
    assert montrees(voir(client, "terminees")) == []


@pytest.mark.parametrize(("profil", "code"), [("medecin", "toutes"), ("secretaire", "a-moi")])
def test_those_who_do_not_instruct_read_the_same_list(connexion, dossier, profil, code):
    demande = fabriques.demande(dossier)
    client = connexion(fabriques.habilitation(profil))
    reponse = voir(client, code)
    assert montrees(reponse) == [demande.numero]
    assert "À instruire par moi" not in reponse.content.decode()


@pytest.mark.parametrize("profil", ["partenaire", "assistant_social", "dpo", "superviseur", "president"])
def test_the_others_have_no_such_list(connexion, profil):
    assert connexion(fabriques.habilitation(profil)).get(URL).status_code == 404


def test_search_by_name_number_and_aid(connexion, gestionnaire, correspondant):
    elodie = fabriques.dossier(par=correspondant, nom_naissance="Éléonore-Fictif", prenoms="Zoé")
    autre = fabriques.dossier(par=correspondant)
    trouvee = fabriques.demande(elodie)
    secours = fabriques.demande(autre, type_aide="aide-financiere-sante")
    client = connexion(gestionnaire)
    assert montrees(voir(client, "toutes", q="eleonore")) == [trouvee.numero]
    assert montrees(voir(client, "toutes", q=trouvee.numero.lower())) == [trouvee.numero]
    assert montrees(voir(client, "toutes", q=autre.numero)) == [secours.numero]
    assert montrees(voir(client, "toutes", aide="aide-financiere-sante")) == [secours.numero]
    assert montrees(voir(client, "toutes", q="Absent-Fictif")) == []
    assert montrees(voir(client, "toutes", aide="inconnue")) == [secours.numero, trouvee.numero]


def test_search_does_not_cross_the_perimeter(connexion, correspondant, ailleurs):
    client = connexion(correspondant)
    for mots in (ailleurs.numero, ailleurs.dossier.numero, ailleurs.dossier.assure.nom_naissance):
        assert montrees(voir(client, "en-cours", q=mots)) == []


def test_a_nir_typed_in_the_list_does_not_stay_in_the_address(connexion, gestionnaire):
    reponse = connexion(gestionnaire).get(URL, {"q": "2 84 05 88 321 025 32"})
    assert reponse.status_code == 302
    assert reponse["Location"] == URL


def test_one_row_of_the_journal_names_the_dossiers_shown(connexion, gestionnaire, dossier):
    fabriques.demande(dossier)
    fabriques.demande(dossier)
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    voir(client, "a-verifier", q="martin")
    assert LigneJournal.objects.count() == avant + 1
    ligne = LigneJournal.objects.order_by("-pk")[0]
    assert (ligne.action, ligne.objets) == (Acte.LISTER, [dossier.numero])
    assert "martin" not in str(ligne.details)


def test_an_empty_filter_says_what_to_do(connexion, gestionnaire):
    client = connexion(gestionnaire)
    for corbeille in CNMSS:
        page = voir(client, corbeille.code).content.decode()
        assert corbeille.vide in page
        assert corbeille.conseil in page


def test_pages_follow_each_other_oldest_first(connexion, gestionnaire, dossier):
    modele = fabriques.demande(dossier)
    debut = timezone.now()
    Demande.objects.bulk_create(
        Demande(
            numero=f"DM-2026-{rang:07d}-X", dossier=dossier, type_aide=modele.type_aide, besoin="x", cout=100,
            etat="soumise", cree_par=modele.cree_par, soumise_le=debut + timedelta(minutes=rang),
        )
        for rang in range(1, 30)
    )  # fmt: skip
    client = connexion(gestionnaire)
    premiere = voir(client, "a-verifier")
    seconde = voir(client, "a-verifier", apres=premiere.context["page"].curseur_suivant)
    assert len(montrees(premiere)) == 25
    assert montrees(premiere)[0] == modele.numero
    assert len({*montrees(premiere), *montrees(seconde)}) == 30
    retour = voir(client, "a-verifier", avant=seconde.context["page"].curseur_precedent)
    assert montrees(retour) == montrees(premiere)


@pytest.mark.parametrize(
    ("profil", "code", "plafond"), [("gestionnaire", "a-verifier", 24), ("correspondant", "en-cours", 23)]
)
def test_the_list_costs_the_same_whatever_its_length(connexion, correspondant, profil, code, plafond):
    qui = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    client = connexion(qui)
    fabriques.demande(fabriques.dossier(par=correspondant))
    voir(client, code)
    with CaptureQueriesContext(connection) as une:
        voir(client, code)
    for _ in range(4):
        fabriques.demande(fabriques.dossier(par=correspondant))
    with CaptureQueriesContext(connection) as cinq:
        assert len(montrees(voir(client, code))) == 5
    assert len(cinq) == len(une) <= plafond


@pytest.mark.parametrize("code", ["a-verifier", "en-retard", "decidees", "toutes"])
def test_each_list_has_an_index_in_its_order(gestionnaire, dossier, code):
    """A small table is read whole: with sorts and whole readings made dear, an index must do all the work."""
    corbeille = next(c for c in CNMSS if c.code == code)
    fabriques.demande(dossier)
    lignes = lignes_de(gestionnaire, Q(), Q())(corbeille).order_by(*corbeille.cles)[:26]
    with connection.cursor() as curseur:
        for methode in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            curseur.execute(f"SET LOCAL enable_{methode} = off")
    plan = lignes.explain()
    assert "demande_ouvertes" in plan or "demande_depot" in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan
