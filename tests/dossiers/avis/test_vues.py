"""The pages of the avis, from the gestionnaire's button to the médecin's basket."""

import pytest
from django.urls import reverse

from dossiers.avis.models import NoteMedicale
from dossierunique.journal.models import LigneJournal
from partners.comptes.brouillons import Saisie, garder, lire
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def medecin(db):
    return fabriques.habilitation("medecin")


@pytest.fixture
def attendue(dossier):
    return fabriques.demande(dossier, etat="avis_demande")


def adresse(nom: str, demande) -> str:
    return reverse(f"avis:{nom}", args=[demande.numero])


def reponse_type(demande, **k) -> dict:
    return {
        "version": str(demande.version), "sens": "reserve", "motif": "Pour trois mois.", "sans_medical": "on",
        "note_medicale": "Une arthrose.", **k,
    }  # fmt: skip


def test_the_gestionnaire_asks_from_the_page_of_the_demande(dossier, gestionnaire, connexion):
    demande = fabriques.demande(dossier, etat="en_instruction", gestionnaire=gestionnaire)
    client = connexion(gestionnaire)
    page = client.get(reverse("demandes:detail", args=[demande.numero])).content.decode()
    assert adresse("demander", demande) in page
    saisie = {"version": str(demande.version), "question": "Combien de mois ?"}
    assert client.post(adresse("demander", demande), saisie).status_code == 302
    page = client.get(reverse("demandes:detail", args=[demande.numero])).content.decode()
    assert "avis médical demandé" in page
    assert "Combien de mois" in page
    demande.refresh_from_db()
    assert client.post(adresse("retirer", demande), {"version": str(demande.version)}).status_code == 302
    demande.refresh_from_db()
    assert demande.etat == "en_instruction"


def test_the_medecin_finds_it_first_and_answers(attendue, medecin, connexion):
    client = connexion(medecin)
    for liste in (reverse("accueil"), reverse("demandes:corbeille")):
        assert attendue.numero in client.get(liste).content.decode()
    assert client.post(adresse("rendre", attendue), reponse_type(attendue)).status_code == 302
    page = client.get(adresse("rendre", attendue))
    assert "Une arthrose." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert attendue.numero not in client.get(reverse("demandes:corbeille")).content.decode()
    rendus = client.get(reverse("demandes:corbeille"), {"voir": "avis-rendus"}).content.decode()
    assert attendue.numero in rendus


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sens": ""}, "Choisissez le sens"), ({"motif": ""}, "L’avis doit être motivé"),
        ({"sans_medical": ""}, "Relisez le motif"),
        ({"motif": "Une arthrose du genou", "note_medicale": "une arthrose du genou"}, "mot pour mot"),
        ({"version": "1"}, "a modifié cette demande"),
    ],
)  # fmt: skip
def test_a_refused_answer_keeps_what_was_typed(attendue, medecin, connexion, change, message):
    page = connexion(medecin).post(adresse("rendre", attendue), reponse_type(attendue, **change))
    assert page.status_code == 422
    assert message in page.content.decode()
    assert "arthrose" in page.content.decode()
    assert not NoteMedicale.objects.exists()


def test_notes_are_added_one_after_the_other(dossier, medecin, connexion):
    demande = fabriques.demande(dossier, etat="avis_rendu")
    client = connexion(medecin)
    assert client.post(adresse("noter", demande), {"note_medicale": " "}).status_code == 422
    assert client.post(adresse("noter", demande), {"note_medicale": "À revoir."}).status_code == 302
    page = client.get(adresse("rendre", demande)).content.decode()
    assert page.index("Lombalgie chronique") < page.index("À revoir.")


def test_each_page_leaves_one_row(attendue, medecin, connexion):
    client = connexion(medecin)
    avant = LigneJournal.objects.count()
    client.get(adresse("rendre", attendue))
    derniere = LigneJournal.objects.order_by("-id").first()
    assert LigneJournal.objects.count() == avant + 1
    assert derniere.details == {"page": "avis", "demande": attendue.numero}


def test_the_page_costs_the_same_whatever_its_length(
    attendue, medecin, connexion, django_assert_max_num_queries
):
    for _ in range(4):
        fabriques.piece(attendue, "certificat-medical")
    client = connexion(medecin)
    client.get(adresse("rendre", attendue))
    with django_assert_max_num_queries(30):
        client.get(adresse("rendre", attendue))


def test_no_draft_keeps_what_is_written_for_medecins(attendue, medecin, connexion):
    """A session that ends while a note is typed loses it: a draft lies under the ordinary keys."""
    page = adresse("rendre", attendue)
    champs = [
        ("motif", "Pour trois mois."),
        ("note_medicale", "Une arthrose."),
        ("precision", "Une arthrose."),
    ]
    brouillon = garder(medecin.utilisateur, Saisie(page, page, champs))
    assert lire(brouillon).champs == [("motif", "Pour trois mois.")]
    formulaire = connexion(medecin).get(page).content.decode()
    assert "data-sans-brouillon" in formulaire
