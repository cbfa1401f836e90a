"""What someone who leaves had in hand, and to whom it passes."""

import pytest
from django.urls import reverse

from dossiers.demandes import actions as demandes
from dossiers.demandes.models import Demande
from dossiers.echanges.models import Evenement, Genre
from dossierunique.notifications.models import Notification
from partners.departs.actions import muter, partir
from partners.habilitations.actions import clore
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def responsable(db):
    return fabriques.habilitation("responsable", organisme="armee")


@pytest.fixture
def travail(dossier):
    """A draft and a demande that waits for a paper."""
    incomplete = fabriques.demande(dossier, etat="incomplete")
    brouillon = fabriques.demande(dossier, etat="brouillon", type_aide="aide-financiere-sante")
    return brouillon, incomplete


def prevenus(personne) -> set[str]:
    lignes = Notification.objects.filter(destinataire=personne.utilisateur, genre="travail_repris")
    return set(lignes.values_list("url", flat=True))


def test_to_the_named_successor(responsable, correspondant, travail, connexion):
    collegue, autre = (fabriques.habilitation("correspondant") for _ in range(2))
    brouillon, incomplete = travail
    depart = partir(responsable, correspondant, "parti", collegue)
    nom = str(collegue.utilisateur)
    assert sorted((r["objet"], r["quoi"], r["vers"]) for r in depart.remises) == sorted(
        [(brouillon.numero, "brouillon", nom), (incomplete.numero, "pièces attendues", nom)]
    )
    assert prevenus(collegue) == {
        reverse("demandes:besoin", args=[brouillon.numero]), reverse("demandes:detail", args=[incomplete.numero]),
    }  # fmt: skip
    assert prevenus(autre) == set()
    brouillon.refresh_from_db()
    assert brouillon.cree_par == collegue
    assert Demande.objects.get(pk=incomplete.pk).cree_par == correspondant
    assert connexion(collegue).get(reverse("demandes:besoin", args=[brouillon.numero])).status_code == 200


def test_to_the_other_correspondants_of_the_unit(responsable, correspondant, etranger, travail):
    collegues = [fabriques.habilitation("correspondant") for _ in range(2)]
    depart = partir(responsable, correspondant, "parti")
    noms = ", ".join(str(c.utilisateur) for c in collegues)
    assert {r["vers"] for r in depart.remises} == {noms}
    assert all(len(prevenus(c)) == 2 for c in collegues)
    assert prevenus(etranger) == set()


def test_nobody_left_in_the_unit(responsable, correspondant, travail):
    depart = partir(responsable, correspondant, "parti")
    assert {r["vers"] for r in depart.remises} == {"en attente d’un correspondant"}


def test_what_is_filed_and_waits_for_nothing_stays(responsable, correspondant, dossier):
    fabriques.demande(dossier, etat="soumise")
    assert partir(responsable, correspondant, "parti").remises == []


def test_moving_hands_over_too(responsable, correspondant, travail):
    collegue = fabriques.habilitation("correspondant")
    depart = muter(responsable, correspondant, [fabriques.unite("2e-rep")], "mutation", collegue)
    assert len(depart.remises) == 2
    assert len(prevenus(collegue)) == 2


def test_the_history_tells_and_the_drafts_of_others_are_untouched(
    responsable, correspondant, dossier, connexion
):
    collegue = fabriques.habilitation("correspondant")
    sien = fabriques.demande(dossier, etat="brouillon", par=collegue)
    mien = fabriques.demande(dossier, etat="incomplete", type_aide="aide-financiere-sante")
    partir(responsable, correspondant, "parti")
    assert list(Evenement.objects.filter(genre=Genre.RELEVE).values_list("demande", flat=True)) == [mien.pk]
    sien.refresh_from_db()
    assert sien.cree_par == collegue
    page = connexion(collegue).get(reverse("dossiers:histoire", args=[dossier.numero])).content.decode()
    assert f"n’est plus suivie par {correspondant.utilisateur}" in page


def test_a_gestionnaire_leaves_to_a_successor(admin, dossier):
    partante, reprend = (fabriques.habilitation("gestionnaire") for _ in range(2))
    demande = fabriques.demande(dossier, etat="en_instruction", gestionnaire=partante)
    depart = partir(admin, partante, "mutation", reprend)
    demande.refresh_from_db()
    assert (demande.instruite_par, demande.etat) == (reprend, "en_instruction")
    assert depart.remises == [
        {"objet": demande.numero, "quoi": "en instruction", "vers": str(reprend.utilisateur)}
    ]
    assert prevenus(reprend) == {reverse("demandes:detail", args=[demande.numero])}


def test_a_gestionnaire_leaves_to_the_basket_where_a_colleague_takes_it(admin, dossier, connexion):
    partante, collegue = (fabriques.habilitation("gestionnaire") for _ in range(2))
    demande = fabriques.demande(dossier, etat="en_instruction", gestionnaire=partante)
    depart = clore(admin, partante, "départ").depart
    demande.refresh_from_db()
    assert (demande.instruite_par, demande.etat) == (None, "en_instruction")
    assert depart.remises[0]["vers"] == "corbeille commune"
    assert prevenus(collegue) == {f"{reverse('demandes:corbeille')}?voir=completes"}
    client = connexion(collegue)
    assert demande.numero in client.get(reverse("demandes:corbeille") + "?voir=completes").content.decode()
    assert (
        "Prendre en instruction"
        in client.get(reverse("demandes:detail", args=[demande.numero])).content.decode()
    )
    demandes.prendre_en_instruction(collegue, demande)
    demande.refresh_from_db()
    assert (demande.instruite_par, demande.etat) == (collegue, "en_instruction")


def test_what_a_gestionnaire_has_decided_stays_hers(admin, dossier):
    partante = fabriques.habilitation("gestionnaire")
    demande = fabriques.demande(dossier, etat="notifiee", gestionnaire=partante)
    assert partir(admin, partante, "mutation").remises == []
    demande.refresh_from_db()
    assert demande.instruite_par == partante


def test_a_draft_handed_over_is_known_to_no_other_organisme(
    responsable, correspondant, travail, uneo, connexion
):
    """A draft that was never filed belongs to who writes it: neither its number nor its life is told to partners."""
    collegue = fabriques.habilitation("correspondant")
    brouillon, _ = travail
    numero = brouillon.dossier.numero
    partir(responsable, correspondant, "parti", collegue)
    for adresse in ("dossiers:histoire", "dossiers:apercu", "dossiers:synthese"):
        lue = connexion(uneo).get(reverse(adresse, args=[numero])).content.decode(errors="ignore")
        assert brouillon.numero not in lue
    page = connexion(uneo).get(reverse("dossiers:histoire", args=[numero])).content.decode()
    assert page.count("n’est plus suivie par") == 1
    assert (
        brouillon.numero
        in connexion(collegue).get(reverse("dossiers:demandes", args=[numero])).content.decode()
    )
