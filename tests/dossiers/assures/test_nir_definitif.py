"""A provisional NIR becomes definitive: one person, one dossier, found by both numbers."""

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.assures.definitif import rendre_nir_definitif
from dossiers.assures.models import AncienNir, Assure
from dossiers.assures.nir import lire
from dossiers.assures.recherche import Constat, chercher_personne
from dossiers.partages.listes import par_nir
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from partners.habilitations.identite import agir_pour
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def provisoire():
    return lire(fabriques.nir_valide("8"))


@pytest.fixture
def definitif():
    return lire(fabriques.nir_valide("F"))


@pytest.fixture
def dossier(provisoire):
    return fabriques.dossier(nir=provisoire.valeur)


@pytest.fixture
def gestionnaire():
    return fabriques.habilitation("gestionnaire")


def client_de(habilitation):
    client = Client()
    client.force_login(habilitation.utilisateur, backend="partners.comptes.backends.Comptes")
    return client


def test_both_numbers_lead_to_the_same_dossier(dossier, gestionnaire, provisoire, definitif):
    rendre_nir_definitif(gestionnaire, dossier, definitif, dossier.assure.version)
    assure = Assure.objects.get(pk=dossier.assure_id)
    assert (assure.nir, assure.nir_provisoire) == (definitif.valeur, False)
    with agir_pour(gestionnaire):
        for nir in (provisoire, definitif):
            assert par_nir(gestionnaire, nir, assure.date_naissance) == dossier.numero
    constat = chercher_personne(gestionnaire, provisoire, assure.date_naissance)
    assert (constat.constat, constat.dossier) == (Constat.VISIBLE, dossier)


def test_neither_number_is_written_in_the_journal(dossier, gestionnaire, definitif, provisoire):
    rendre_nir_definitif(gestionnaire, dossier, definitif, dossier.assure.version)
    lignes = str(list(LigneJournal.objects.values()))
    assert "nir définitif" in lignes
    assert definitif.valeur[:13] not in lignes
    assert provisoire.valeur[:13] not in lignes


def test_another_provisional_number_is_refused(dossier, gestionnaire):
    with pytest.raises(ActionRefusee, match="encore provisoire"):
        rendre_nir_definitif(gestionnaire, dossier, lire(fabriques.nir_valide("8")), dossier.assure.version)


def test_a_number_that_contradicts_the_identity_is_refused(dossier, gestionnaire):
    with pytest.raises(ActionRefusee, match="un homme"):
        rendre_nir_definitif(gestionnaire, dossier, lire(fabriques.nir_valide("H")), dossier.assure.version)


def test_the_number_of_another_person_is_refused_even_one_she_bore_before(dossier, gestionnaire, definitif):
    autre = fabriques.dossier(nir=definitif.valeur)
    with pytest.raises(ActionRefusee, match="une autre personne"):
        rendre_nir_definitif(gestionnaire, dossier, definitif, dossier.assure.version)
    assert AncienNir.objects.count() == 0
    assert Assure.objects.get(pk=dossier.assure_id).nir_provisoire
    assert autre.assure.nir == definitif.valeur


def test_a_number_tried_leaves_its_row_whatever_comes_of_it(dossier, gestionnaire, definitif):
    fabriques.dossier(nir=definitif.valeur)
    avant = LigneJournal.objects.filter(action="rechercher").count()
    with pytest.raises(ActionRefusee):
        rendre_nir_definitif(gestionnaire, dossier, definitif, dossier.assure.version)
    assert LigneJournal.objects.filter(action="rechercher").count() == avant + 1


def test_somebody_else_was_first(dossier, gestionnaire, definitif):
    with pytest.raises(ModifieDepuis):
        rendre_nir_definitif(gestionnaire, dossier, definitif, dossier.assure.version + 1)


def test_the_screen_says_what_is_wrong_then_replaces_the_number(dossier, gestionnaire, definitif):
    client = client_de(gestionnaire)
    page = client.get(reverse("dossiers:apercu", args=[dossier.numero])).content.decode()
    adresse = reverse("ouverture:nir_definitif", args=[dossier.assure.reference])
    assert adresse in page
    faux = client.post(adresse, {"nir": definitif.valeur[:-2] + "00", "version": dossier.assure.version})
    assert faux.status_code == 422
    assert "La clé" in faux.content.decode()
    assert (
        client.post(adresse, {"nir": definitif.valeur, "version": dossier.assure.version}).status_code == 302
    )
    assert client.get(adresse).status_code == 404
    assert adresse not in client.get(reverse("dossiers:apercu", args=[dossier.numero])).content.decode()


@pytest.mark.parametrize(
    ("profil", "options"),
    [("partenaire", {}), ("assistant_social", {}), ("correspondant", {"unites": "ailleurs"}), ("dpo", {})],
)
def test_it_is_for_those_who_open_dossiers_on_those_they_read(profil, options, dossier):
    if options:
        options = {"unites": [fabriques.unite("2e-rep")]}
    client = client_de(fabriques.habilitation(profil, **options))
    adresse = reverse("ouverture:nir_definitif", args=[dossier.assure.reference])
    assert client.get(adresse).status_code == 404
