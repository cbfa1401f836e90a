"""The search: the beginnings of words, without accents, with apostrophes and hyphens; typos, numbers, filters."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annuaire.fiches.models import Contact
from annuaire.recherche.chercher import chercher
from annuaire.recherche.criteres import Criteres, FormRecherche, mots_de, numero_de
from annuaire.recherche.surlignage import surligner, surligner_numero
from partners.models import AncienNom
from tests import fabriques
from tests.annuaire.fabriques import contact, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def annuaire():
    """Names that are hard to find: accents, apostrophes, hyphens, ligatures, a number of each form."""
    fabriques.organismes()
    uneo = service(
        "Prestations aux familles", missions="Aides à domicile et secours", telephone="01 99 00 10 20",
        choses=[{"departement": "83"}, {"programme": "OPEX"}],
    )  # fmt: skip
    terre = service("Bureau d’action sociale", "armee", unite=fabriques.unite(), telephone="05 36 49 00 10")
    asd = service("Antenne de Bayonne", "asd", choses=[{"departement": "64"}])
    return {
        "martin": contact("Martin", uneo, prenom="Éloïse", telephone="06 39 98 12 34"),
        "nguyen": contact("N’Guyen", uneo, prenom="Zoé", fonction="gestionnaire de prestations"),
        "jean": contact("Lœuillet", terre, prenom="Jean-Baptiste", portable="06 39 98 55 66"),
        "dupont": contact("Dupont", asd, prenom="Anaïs", fonction="assistante de service social"),
        "uneo": uneo, "terre": terre, "asd": asd,
    }  # fmt: skip


def trouves(q: str, **filtres: str):
    """What is found, as the page asks for it."""
    with transaction.atomic():
        return chercher(FormRecherche({"q": q, **filtres}).criteres())


def personnes(q: str, **filtres: str) -> list[str]:
    return [str(p) for p in trouves(q, **filtres).personnes.lignes]


@pytest.mark.parametrize(
    ("q", "attendue"),
    [
        ("eloise", "Éloïse Martin"), ("ÉLOÏSE MAR", "Éloïse Martin"), ("martin unéo", "Éloïse Martin"),
        ("martin mutuelle", "Éloïse Martin"), ("nguyen", "Zoé N’Guyen"), ("n'guyen", "Zoé N’Guyen"),
        ("n guy", "Zoé N’Guyen"), ("jean baptiste", "Jean-Baptiste Lœuillet"),
        ("jean-bap", "Jean-Baptiste Lœuillet"), ("jeanbaptiste", "Jean-Baptiste Lœuillet"),
        ("loeuillet", "Jean-Baptiste Lœuillet"), ("lœui", "Jean-Baptiste Lœuillet"),
        ("assistante sociale bayonne", "Anaïs Dupont"), ("gestionnaire", "Zoé N’Guyen"),
        ("rpima", "Jean-Baptiste Lœuillet"), ("dupnot", "Anaïs Dupont"), ("duppont", "Anaïs Dupont"),
        ("martain", "Éloïse Martin"), ("loeillet", "Jean-Baptiste Lœuillet"), ("06 39 98 12 34", "Éloïse Martin"),
        ("0639981234", "Éloïse Martin"), ("9812", "Éloïse Martin"), ("+33 6 39 98 55", "Jean-Baptiste Lœuillet"),
        ("6.39.98.55", "Jean-Baptiste Lœuillet"),
    ],
)  # fmt: skip
def test_a_person_is_found_first(annuaire, q, attendue):
    assert personnes(q)[:1] == [attendue]


@pytest.mark.parametrize(
    ("q", "attendu"),
    [
        ("familles", "Prestations aux familles"), ("secours", "Prestations aux familles"),
        ("action sociale terre", "Bureau d’action sociale"), ("bayonne", "Antenne de Bayonne"),
        ("antene bayone", "Antenne de Bayonne"), ("01 99 00", "Prestations aux familles"),
        ("bureau d'action", "Bureau d’action sociale"), ("1er rpima", "Bureau d’action sociale"),
    ],
)  # fmt: skip
def test_a_service_is_found_first(annuaire, q, attendu):
    assert [s.nom for s in trouves(q).services.lignes][:1] == [attendu]


def test_an_organisme_is_found_by_its_names_old_and_new(annuaire):
    ancien = fabriques.organisme("uneo")
    AncienNom.objects.create(organisme=ancien, sigle="MNFA", nom="Mutuelle des forces", jusque="2008-01-01")
    for q in ("unéo", "UNEO", "mnfa", "forces", "uneao"):
        assert ancien in trouves(q).organismes.lignes, q


def test_what_only_looks_like_it_says_so_and_comes_when_nothing_is_exact(annuaire):
    assert not trouves("dupont").approchant
    assert trouves("dupnot").approchant
    assert trouves("zzzzzz").nombre == 0
    assert trouves("du xq").nombre == 0  # two letters look like anything


def test_the_name_comes_before_the_function(annuaire):
    contact("Prestat", annuaire["uneo"], prenom="Al")
    assert personnes("prestat")[0] == "Al Prestat"


@pytest.mark.parametrize(
    ("filtres", "attendues"),
    [
        ({"organisme": "uneo"}, {"Éloïse Martin", "Zoé N’Guyen"}),
        ({"type": "asd"}, {"Anaïs Dupont"}),
        ({"departement": "83"}, {"Éloïse Martin", "Zoé N’Guyen"}),
        ({"departement": "64"}, {"Anaïs Dupont"}),
        ({"programme": "OPEX", "type": "etat_major"}, {"Jean-Baptiste Lœuillet"}),
        ({"organisme": "inconnu"}, set()),
    ],
)
def test_filters_narrow(annuaire, filtres, attendues):
    assert set(personnes("", **filtres)) == attendues


def test_partners_that_took_part_in_nothing_are_listed_and_hidden_entries_are_not(annuaire):
    assert fabriques.organisme("mspp") in trouves("").organismes.lignes
    Contact.objects.filter(pk=annuaire["martin"].pk).update(visible=False)
    assert personnes("eloise") == []
    annuaire["uneo"].visible = False
    annuaire["uneo"].save(update_fields=["visible"])
    assert personnes("nguyen") == [] and not trouves("familles").services.lignes


def test_what_may_be_a_nir_is_not_looked_for(annuaire):
    form = FormRecherche({"q": "2 84 05 88 321 025 32"})
    assert form.criteres() == Criteres() and form.nir_saisi


def test_words_and_numbers_are_read():
    assert mots_de("  D’Église  à-côté ") == ("d", "eglise", "a", "cote")
    assert numero_de("+33 1 99 00") == "019900"
    assert numero_de("01.99.00.10") == "01990010"
    assert numero_de("12") == "" and numero_de("rue 12 34 56") == ""


def test_what_was_typed_is_marked_and_nothing_else_is_markup():
    assert surligner("<b>Éloïse", ["elo"]) == "&lt;b&gt;<mark>Élo</mark>ïse"
    assert surligner("Lœuillet", ["loe"]) == "<mark>Lœ</mark>uillet"
    assert surligner("Jean-Baptiste", ["bap"]) == "Jean-<mark>Bap</mark>tiste"
    assert surligner("Dupont", ["dupnot"], approchant=True) == "<mark>Dupont</mark>"
    assert surligner("Dupont", ["dupnot"]) == "Dupont"
    assert surligner_numero("06 39 98 12 34", "399812") == "06 <mark>39 98 12</mark> 34"


def test_the_page_and_its_fragment_say_the_same(annuaire, lecteur, entrer):
    client = entrer(lecteur)
    page = client.get(reverse("annuaire:accueil"), {"q": "eloise"}).content.decode()
    bout = client.get(
        reverse("annuaire:accueil"), {"q": "eloise"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<mark>Éloïse</mark> Martin" in page and "<mark>Éloïse</mark> Martin" in bout
    assert "<html" in page and "<html" not in bout
    assert "1\u00a0personne." in page and 'hx-swap-oob="innerHTML">1\u00a0personne.' in bout


def test_as_many_statements_for_twenty_people_as_for_two_thousand(annuaire, lecteur, entrer):
    client = entrer(lecteur)

    def compter() -> list[int]:
        nombres = []
        for q in ({"q": "martin"}, {"q": "martn"}, {"q": "0639"}, {"organisme": "uneo"}, {}):
            with CaptureQueriesContext(
                connection,
            ) as requetes:
                assert client.get(reverse("annuaire:accueil"), q).status_code == 200
            nombres.append(len(requetes))
        for vue in (
            reverse("annuaire:organisme", args=["uneo"]),
            reverse("annuaire:service", args=[annuaire["uneo"].pk]),
        ):
            with CaptureQueriesContext(connection) as requetes:
                client.get(vue)
            nombres.append(len(requetes))
        return nombres

    def remplir(combien: int) -> None:
        Contact.objects.bulk_create(
            Contact(
                nom=f"Martin-Fictif {i}", prenom="Alix", service=annuaire["uneo"], telephone="06 39 98 00 01"
            )
            for i in range(combien)
        )

    remplir(20)
    avec_vingt = compter()
    remplir(1980)
    assert compter() == avec_vingt


def test_the_header_s_search_finds_it_too(annuaire, lecteur, entrer):
    page = entrer(lecteur).get(reverse("recherche"), {"q": "nguyen"}).content.decode()
    assert reverse("annuaire:personne", args=[annuaire["nguyen"].pk]) in page
    assert "Unéo · gestionnaire de prestations" in page and "/annuaire/?q=nguyen" in page
    numero = entrer(lecteur).get(reverse("recherche"), {"q": "06 39 98 12"}).content.decode()
    assert "Éloïse Martin" in numero
