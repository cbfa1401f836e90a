"""Where the rooms of the OPEX programme meet each other and the house: what each one alone would not see."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.definitif import rendre_nir_definitif
from dossiers.assures.models import Assure
from dossiers.assures.nir import lire
from dossiers.partages.models import Dossier
from dossierunique.erreurs import ActionRefusee
from dossierunique.notifications.sortie import vider
from opex.contributions.actions import Saisie, enregistrer_aide
from opex.imprimes import listes
from opex.models import Blessure, ContributionOpex, Dapias, Echeance, Imprime, LotImport, Suivi
from opex.suivi import rappels
from opex.suivi.blessures import completer_blessure
from opex.suivi.suites import ajouter_evolution, ouvrir_dapias
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.vie.conftest import dossier, uneo

__all__ = ["dossier", "uneo"]
pytestmark = pytest.mark.django_db
JOUR = timezone.localdate()


# A provisional number that became definitive


@pytest.fixture
def renumerotee(correspondant, gestionnaire):
    """Somebody of C's unit with an OPEX dossier, and the provisional number that she bore before."""
    ancien = lire(fabriques.nir_valide("8", 84, 5))
    tenu = opex.dossier_opex(correspondant, nir=ancien.valeur, nom_naissance="Fictif-Connu")
    definitif = lire(fabriques.nir_valide("F", 84, 5))
    rendre_nir_definitif(gestionnaire, tenu, definitif, tenu.assure.version)
    return Dossier.objects.get(pk=tenu.pk), ancien, definitif


def test_a_list_that_bears_the_former_number_leads_to_the_same_person(renumerotee, correspondant):
    dossier, ancien, _ = renumerotee
    ligne = [ancien.valeur, dossier.assure.nom_naissance, "Zoé", "14/05/1984"]
    lot = opex.lot(correspondant, [ligne])
    assert lot.rapport[0]["constat"] == "version"
    listes.lancer_reprise(correspondant, lot, lot.version)
    vider()
    assert LotImport.objects.get(pk=lot.pk).rapport[0]["fait"] == "version"
    assert (Assure.objects.count(), Dossier.objects.count()) == (1, 1)
    assert Imprime.objects.get().dossier == dossier


def test_a_list_that_bears_both_numbers_of_somebody_takes_her_over_once(renumerotee, correspondant):
    dossier, ancien, definitif = renumerotee
    lignes = [[n.valeur, dossier.assure.nom_naissance, "Zoé", "14/05/1984"] for n in (definitif, ancien)]
    lot = opex.lot(correspondant, lignes)
    assert [e["constat"] for e in lot.rapport] == ["version", "refusee"]


def test_a_former_number_makes_no_second_person(renumerotee, correspondant):
    _, ancien, _ = renumerotee
    identite = {
        "nom_naissance": "Fictif", "prenoms": "Zoé", "sexe": "F", "date_naissance": date(1984, 5, 14),
        "statut": "activite", "unite": fabriques.unite(),
    }  # fmt: skip
    with pytest.raises(ActionRefusee):
        enregistrer_personne(correspondant, ancien, identite)
    assert Assure.objects.count() == 1


# Programmes


@pytest.mark.parametrize("profil", ["gestionnaire", "correspondant"])
def test_who_has_not_the_programme_opens_nothing_a_posteriori(profil, connexion):
    fabriques.organismes()
    par = fabriques.habilitation(profil, programmes=["DU"])
    assure = fabriques.assure(par=par)
    client = connexion(par)
    assert client.get(reverse("suivi:a_posteriori")).status_code == 404
    assert client.get(reverse("suivi:identite_a_posteriori")).status_code == 404
    assert client.get(reverse("suivi:ouvrir_a_posteriori", args=[assure.reference])).status_code == 404


# The same thing twice


def test_an_aid_sent_twice_is_recorded_once(dossier, uneo):
    genre = opex.genre_aide("uneo")
    saisie = Saisie(
        genre=genre, etat="versee", montant=Decimal(500), periodicite="unique", debut=JOUR - timedelta(days=3)
    )
    enregistrer_aide(uneo, dossier, uneo.organisme, saisie)
    with pytest.raises(ActionRefusee):
        enregistrer_aide(uneo, dossier, uneo.organisme, saisie)
    assert ContributionOpex.objects.count() == 1


# What one tab hides, another does not show


@pytest.mark.parametrize(
    ("profil", "epfp", "dapias"),
    [("secretaire", True, False), ("numerisation", False, False), ("correspondant", True, False),
     ("gestionnaire", True, True)],
)  # fmt: skip
def test_the_side_of_the_life_shows_the_steps_of_what_is_read(profil, epfp, dapias, correspondant, connexion):
    dossier = opex.blesse(correspondant)
    ouvrir_dapias(
        fabriques.habilitation("gestionnaire"), dossier.blessures.get(), reference="D-1", depuis=JOUR
    )
    assert Echeance.objects.count() == 2
    lecteur = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    for adresse in ("vie:page", "suivi:page"):
        page = connexion(lecteur).get(reverse(adresse, args=[dossier.numero])).content.decode()
        assert ("Demande à l’EPFP" in page, "Renouveler la DAPIAS" in page) == (epfp, dapias), adresse


# Between a round and what it found


def test_a_dossier_whose_person_leaves_again_as_it_expires_does_not(correspondant):
    dossier = opex.dossier_opex(correspondant)
    Dossier.objects.filter(pk=dossier.pk).update(ouvert_le=timezone.now() - timedelta(days=3000))
    opex.imprime(dossier, depart_le=JOUR, retour_le=JOUR + timedelta(days=120))
    with transaction.atomic():
        assert rappels._expirer(dossier.pk) is False
    assert Suivi.objects.get(dossier=dossier).etat == "identifie"


def test_a_wound_is_not_moved_after_what_followed_it(correspondant, gestionnaire):
    dossier = opex.blesse(correspondant)
    blessure = dossier.blessures.get()
    survenue = blessure.survenue_le
    ajouter_evolution(gestionnaire, blessure, genre="hospitalisation", depuis=survenue)
    champs = {
        nom: getattr(blessure, nom)
        for nom in ("theatre", "circonstances", "gravite", "lieu", "recit", "message", "hopital")
    }
    with pytest.raises(ActionRefusee) as refus:
        completer_blessure(
            gestionnaire, blessure, champs | {"survenue_le": survenue + timedelta(days=1)}, blessure.version
        )
    assert refus.value.champ == "survenue_le"
    assert Blessure.objects.get().survenue_le == survenue
    assert not Dapias.objects.exists()
