"""The tab: versions, what changed between two of them, and what each regard reads of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.partages.profils import Regard
from dossierunique.journal.models import LigneJournal
from opex.imprimes.acces import imprime_de
from opex.imprimes.actions import enregistrer_imprime
from opex.imprimes.changements import changements
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.saisies import champs, personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(correspondant):
    return opex.dossier_opex(correspondant, endormi=False)


def contrat(numero: str = "A-12", **k):
    return {"genre": "mutuelle", "organisme": None, "nom": "Mutuelle d’essai", "numero": numero, **k}


def proche(prenoms: str, **k):
    return {
        "nom": "Martin-Fictif",
        "prenoms": prenoms,
        "relation": "enfant",
        "date_naissance": None,
        "a_charge": False,
        **k,
    }


@pytest.fixture
def deux(correspondant, dossier):
    """Two versions between which a bit of everything changed."""
    enregistrer_imprime(
        correspondant, dossier, champs(operation=opex.operation(), adresse="3 rue de l’Église"),
        [personne(), personne("Durand", "Paul", relation="ami")], [proche("Léo"), proche("Ana")], [contrat()],
    )  # fmt: skip
    enregistrer_imprime(
        correspondant, dossier,
        champs(grade="sergent", operation=None, adresse="5 place Marqueuradresse", retour_le=None),
        [personne("Durand", "Paul", relation="ami"), personne("Petit", "Marqueurprenom")],
        [proche("Léo", a_charge=True, date_naissance=date(2015, 3, 2))], [contrat("B-99")],
    )  # fmt: skip


def lus(dossier, habilitation):
    avant, apres = imprime_de(dossier, 1), imprime_de(dossier, 2)
    return {(c.sujet, c.verbe, c.avant, c.apres) for c in changements(avant, apres, Regard(habilitation))}


def test_what_changed_is_said_field_by_field_and_row_by_row(dossier, deux, correspondant):
    assert lus(dossier, correspondant) == {
        ("Opération", "modifié", "Barkhane (Sahel)", "non renseigné"),
        ("Retour prévu le", "modifié", "5\u00a0avril\u00a02027", "non renseigné"),
        ("Grade", "modifié", "caporal-chef", "sergent"),
        ("Adresse", "modifié", "3 rue de l’Église", "5 place Marqueuradresse"),
        ("Personne à prévenir", "ajouté", "", "2. PETIT Marqueurprenom, conjoint, partenaire ou concubin, 0600000001"),
        ("Personne à prévenir", "modifié", "2. DURAND Paul, ami, 0600000001", "1. DURAND Paul, ami, 0600000001"),
        (
            "Personne à prévenir", "retiré",
            "1. MARTIN-FICTIF Claire, conjoint, partenaire ou concubin, 0600000001", "",
        ),
        (
            "Famille", "modifié", "MARTIN-FICTIF Léo, enfant",
            "MARTIN-FICTIF Léo, enfant, naissance le 2\u00a0mars\u00a02015, à charge",
        ),
        ("Famille", "retiré", "MARTIN-FICTIF Ana, enfant", ""),
        ("Contrat, mutuelle", "modifié", "Mutuelle d’essai, n° A-12", "Mutuelle d’essai, n° B-99"),
    }  # fmt: skip


def test_two_rows_of_the_same_name_are_told_apart(correspondant, dossier):
    pareils = [proche("Léo", date_naissance=date(2015, 3, 2)), proche("Léo", date_naissance=date(2018, 1, 1))]
    enregistrer_imprime(correspondant, dossier, champs(), [personne()], pareils)
    enregistrer_imprime(correspondant, dossier, champs(), [personne()], pareils[:1])
    assert [c[1:] for c in lus(dossier, correspondant)] == [
        ("retiré", "MARTIN-FICTIF Léo, enfant, naissance le 1er\u00a0janvier\u00a02018", "")
    ]


def test_nothing_changed_says_nothing(correspondant, dossier):
    for _ in range(2):
        enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    assert lus(dossier, correspondant) == set()


SECRETS = ("Marqueuradresse", "Marqueurprenom", "DURAND", "Léo", "B-99")


@pytest.mark.parametrize(
    ("profil", "arguments", "vus"),
    [
        ("gestionnaire", {}, SECRETS),
        ("assistant_social", {}, SECRETS[1:]),
        ("referent_opex", {"organisme": "uneo"}, SECRETS[1:]),
        ("partenaire", {"organisme": "uneo"}, ()),
        ("decideur_asd", {}, ()),
        ("medecin", {}, ()),
        ("secretaire", {}, SECRETS[:1]),
        ("numerisation", {}, ()),
        ("dpo", {}, SECRETS[:1]),
    ],
)
def test_each_one_reads_what_is_hers(connexion, dossier, deux, profil, arguments, vus):
    client = connexion(fabriques.habilitation(profil, **arguments))
    page = client.get(reverse("imprimes:detail", args=[dossier.numero, 2])).content.decode()
    assert {secret for secret in SECRETS if secret in page} == set(vus)
    assert "sergent" in page
    # The data protection officer knows that they are there, and how many.
    assert ("2\u00a0personnes à prévenir" in page) == (profil == "dpo")


def test_versions_are_listed_newest_first(connexion, correspondant, dossier, deux):
    page = connexion(correspondant).get(reverse("imprimes:liste", args=[dossier.numero])).content.decode()
    assert page.index("Version 2") < page.index("Version 1")
    assert "Remplir une nouvelle version" in page


def test_the_empty_tab_says_what_to_do(connexion, correspondant, dossier):
    page = connexion(correspondant).get(reverse("imprimes:liste", args=[dossier.numero])).content.decode()
    assert "L’imprimé n’est pas encore rempli" in page and "Remplir l’imprimé" in page
    uneo = fabriques.habilitation("partenaire")
    page = connexion(uneo).get(reverse("imprimes:liste", args=[dossier.numero])).content.decode()
    assert "Aucun imprimé n’est enregistré" in page and "Remplir" not in page


@pytest.mark.parametrize("rang", [0, 3, 999999])
def test_a_version_that_does_not_exist_is_not_found(connexion, correspondant, dossier, deux, rang):
    assert (
        connexion(correspondant).get(reverse("imprimes:detail", args=[dossier.numero, rang])).status_code
        == 404
    )


def test_a_sleeping_dossier_is_read_by_the_unit_and_the_fund_only(connexion, correspondant, gestionnaire):
    dormant = opex.dossier_opex(correspondant)
    enregistrer_imprime(correspondant, dormant, champs(), [personne()])
    adresse = reverse("imprimes:detail", args=[dormant.numero, 1])
    assert connexion(gestionnaire).get(adresse).status_code == 200
    for profil in ("partenaire", "assistant_social", "referent_opex"):
        assert connexion(fabriques.habilitation(profil)).get(adresse).status_code == 404


def test_reading_leaves_one_row(connexion, correspondant, dossier, deux):
    client = connexion(correspondant)
    for nom, arguments in (("liste", []), ("detail", [2])):
        avant = set(LigneJournal.objects.values_list("pk", flat=True))
        client.get(reverse(f"imprimes:{nom}", args=[dossier.numero, *arguments]))
        nouvelles = LigneJournal.objects.exclude(pk__in=avant)
        assert [(ligne.action, ligne.objet) for ligne in nouvelles] == [("consulter", dossier.numero)]


def test_the_number_of_queries_does_not_follow_the_rows(
    connexion, correspondant, dossier, deux, django_assert_num_queries
):
    client = connexion(correspondant)
    adresse = reverse("imprimes:detail", args=[dossier.numero, 2])
    client.get(adresse)
    with CaptureQueriesContext(connection) as avant:
        client.get(adresse)
    enregistrer_imprime(
        correspondant, dossier, champs(), [personne(prenoms=f"Claire {'I' * (i + 1)}") for i in range(8)],
        [proche(f"Léo {'I' * (i + 1)}") for i in range(8)], [contrat(nom=f"Mutuelle {i}") for i in range(8)],
    )  # fmt: skip
    with django_assert_num_queries(len(avant)):
        client.get(reverse("imprimes:detail", args=[dossier.numero, 3]))
