"""The figures: counted year by year without opening a dossier, hidden, shown, exported."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.securite import identite
from opex.models import FaitArrete
from opex.recensement.comptage import ARMEE, GENRE, SUJETS, Comptes, Mesure, compter
from opex.recensement.exercices import arreter
from opex.recensement.exports import FORMATS, rangees
from opex.recensement.tableaux import MASQUE, code_de, par_annee, tableau, trouver
from partners.habilitations.identite import agir_pour
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.recensement.conftest import PARUTION, _poser

pytestmark = pytest.mark.django_db


@pytest.fixture
def publies(blesses):
    """The years of the wounded, published."""
    arreter(PARUTION)


def adresse(sujet="blesses", code="armee", annee=2014) -> str:
    return reverse("recensement:tableau", args=[annee, sujet, code])


def export(forme, sujet="blesses", code="armee", annee=2014) -> str:
    return reverse("recensement:exporter", args=[annee, sujet, code, forme])


def montre(sujet: str, code: str, annee: int):
    return tableau(*trouver(sujet, code), annee)


def compte(sujet: str, annee: int, paire=()) -> Comptes:
    return compter(SUJETS[sujet], paire)[annee]


def dit(tableau) -> dict[str, int | None]:
    return {ligne.libelle: ligne.total.personnes for ligne in tableau.lignes}


def test_wounded_persons_are_counted_once_a_cell_and_once_in_all(publies):
    assert compte("blesses", 2013).total == Mesure(8)
    comptes = compte("blesses", 2014)
    assert comptes.total == Mesure(17)
    assert {cle: m.personnes for cle, m in comptes.marges["theatre"].items()} == {
        "Sahel": 6, "Levant": 8, "=Golfe": 3,
    }  # fmt: skip


def test_amounts_fall_in_the_year_of_each_payment(aides):
    arreter(PARUTION)
    comptes = compte("aides", 2015, (ARMEE, GENRE))
    assert comptes.total == Mesure(14, Decimal(1500))
    assert comptes.marges["genre"] == {
        "Secours": Mesure(14, Decimal(1400)), "Pension": Mesure(1, Decimal(100)),
    }  # fmt: skip
    assert comptes.croisement["Armée de Terre", "Pension"] == Mesure(1, Decimal(100))
    assert comptes.postes["Secours", "Unéo"] == Mesure(14, Decimal(1400))
    assert compte("aides", 2016).total == Mesure(1, Decimal(100))
    # A loan helps somebody and is no amount paid.
    prets = compte("prets-nature", 2016, (ARMEE, GENRE))
    assert prets.total == prets.postes_croises["Marine nationale", "Prêt", "ASD"] == Mesure(3)


def test_what_is_not_paid_yet_is_not_counted(blesses, gestionnaire):
    dossier = blesses[0][0]
    opex.aide(dossier, etat="promise"), opex.aide(dossier, etat="accordee")
    opex.aide(dossier, forme="rente", debut=date(2025, 10, 1), montant="10.00")
    arreter(PARUTION)
    assert compte("aides", 2025).total == Mesure(1, Decimal(30))


def test_aids_in_kind_count_their_persons(blesses):
    opex.aide(blesses[0][0], forme="nature", montant="0", debut=date(2015, 1, 1))
    arreter(PARUTION)
    comptes = compte("prets-nature", 2015)
    assert comptes.total == Mesure(1)
    assert comptes.marges["theatre"] == {"Sahel": Mesure(1)}
    assert compter(SUJETS["aides"]) == {}


def test_the_amount_of_one_person_is_not_told_among_those_helped_otherwise(blesses, gestionnaire):
    """Seven airmen received something, of whom one alone received money."""
    _poser(blesses[2], opex.genre_aide("uneo", "nature"), gestionnaire, 0, date(2015, 1, 1))
    _poser(blesses[2][:1], opex.genre_aide("uneo"), gestionnaire, 4321, date(2015, 1, 1))
    _poser(blesses[0], opex.genre_aide("asd"), gestionnaire, 100, date(2015, 1, 1))
    arreter(PARUTION)
    for dimensions in SUJETS["aides"].tableaux:
        vu = tableau(SUJETS["aides"], dimensions, 2015)
        montants = [c.montant for ligne in vu.lignes for c in (*ligne.cellules, ligne.total)]
        assert Decimal(4321) not in montants, vu.code


def test_an_aid_follows_the_theatre_of_its_wound(blesses):
    dossier = blesses[0][0]
    opex.aide(dossier, blessure=dossier.blessures.get(theatre="Levant"), debut=date(2015, 1, 1))
    opex.aide(opex.dossier_opex(endormi=False), debut=date(2015, 1, 1))
    arreter(PARUTION)
    assert set(compte("aides", 2015).marges["theatre"]) == {"Levant", "sans blessure rattachée"}


def test_counting_needs_no_right_on_dossiers_and_leaves_the_identity_as_it_was(publies, superviseur):
    with agir_pour(superviseur):
        avant = identite.courante()
        assert compte("blesses", 2014).total.personnes == 17
        assert identite.courante() == avant
        assert not opex.Dossier.objects.exists()
        assert not FaitArrete.objects.exists()


def test_small_numbers_are_hidden_with_others(publies):
    assert dit(montre("blesses", "armee", 2014)) == {
        "Armée de Terre": None, "Armée de l’Air": 7, "Marine nationale": None,
    }  # fmt: skip
    assert dit(par_annee(SUJETS["blesses"], [2013, 2014])) == {"2014": 17, "2013": 8}


def test_a_crossing_keeps_what_its_margins_hide(publies):
    croise = montre("blesses", "armee-theatre", 2014)
    assert croise.colonnes == ("=Golfe", "Levant", "Sahel")
    assert [cellule.personnes for cellule in croise.total.cellules] == [None, 8, None]
    lignes = {ligne.libelle: [c.personnes for c in ligne.cellules] for ligne in croise.lignes}
    assert lignes["Marine nationale"] == [None, None, None]


def test_amounts_are_hidden_with_their_persons(aides):
    arreter(PARUTION)
    par_organisme = montre("aides", "partenaire", 2015)
    assert {ligne.libelle: ligne.total.mesure for ligne in par_organisme.lignes} == {
        "ASD": None,
        "Unéo": None,
    }
    assert par_organisme.total.total.mesure == Mesure(14, Decimal(1500))
    # One person helped in 2016: the year itself says nothing.
    assert dit(par_annee(SUJETS["aides"], [2015, 2016])) == {"2016": None, "2015": 14}


def test_too_few_people_and_nothing_is_published(correspondant):
    for _ in range(2):
        opex.blessure_inscrite(opex.dossier_opex(correspondant, endormi=False), survenue_le=date(2014, 3, 2))
    arreter(PARUTION)
    for dimensions in SUJETS["blesses"].tableaux:
        vide = tableau(SUJETS["blesses"], dimensions, 2014)
        assert (vide.publie, vide.lignes, vide.total) == (False, (), None)


def test_no_table_of_a_year_shows_a_small_number(aides):
    arreter(PARUTION)
    for annee in (2013, 2014, 2015, 2016):
        for sujet in SUJETS.values():
            for dimensions in sujet.tableaux:
                vu = tableau(sujet, dimensions, annee)
                nombres = [
                    cellule.personnes for ligne in filter(None, (*vu.lignes, vu.total))
                    for cellule in (*ligne.cellules, ligne.total)
                ]  # fmt: skip
                assert not [n for n in nombres if n and n < 5], (annee, vu.code)


def test_the_superviseur_reads_a_table_and_leaves_one_row(connexion, superviseur, publies):
    client = connexion(superviseur)
    avant = LigneJournal.objects.count()
    page = client.get(adresse()).content.decode()
    assert "Armée de l’Air" in page and 'width="100.00"' in page
    assert LigneJournal.objects.count() == avant + 1
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert (ligne.action, ligne.objet, ligne.details["tableau"]) == (Acte.CONSULTER, "", "2014/blesses/armee")


def test_the_home_page_gives_the_years_and_each_year_its_tables(connexion, superviseur, aides):
    arreter(PARUTION)
    client = connexion(superviseur)
    page = client.get(reverse("recensement:accueil")).content.decode()
    assert "1\xa0500,00\xa0€" in page and "L’année 2027, à partir du 31\xa0mars\xa02028" in page
    assert f'href="{reverse("recensement:accueil")}" aria-current="page"' in page
    page = client.get(reverse("recensement:exercice", args=[2015])).content.decode()
    assert "14\xa0personnes" in page and adresse("aides", "armee-genre", 2015) in page
    page = client.get(reverse("recensement:annees", args=["blesses"])).content.decode()
    assert 'width="47.06"' in page


def test_nothing_to_count_is_said(connexion, superviseur):
    client = connexion(superviseur)
    vide = client.get(reverse("recensement:accueil")).content.decode()
    assert "Aucune année publiée" in vide and "et les précédentes, à partir du" in vide
    assert client.get(adresse()).status_code == 404


def test_a_year_without_anything_says_so(connexion, superviseur, publies):
    client = connexion(superviseur)
    assert "Rien cette année-là" in client.get(reverse("recensement:exercice", args=[2025])).content.decode()
    assert "Rien à compter" in client.get(adresse(annee=2025)).content.decode()


def test_a_filter_in_the_address_changes_nothing(connexion, superviseur, publies):
    client = connexion(superviseur)
    entier = client.get(adresse()).context["tableau"]
    assert client.get(f"{adresse()}?armee=Marine&annee=2013&jour=2014-01-01").context["tableau"] == entier


def test_nobody_else_counts(connexion, uneo, asd, correspondant, publies):
    medecin, admin = fabriques.habilitation("medecin"), fabriques.habilitation("administrateur")
    du_seul = fabriques.habilitation("superviseur", programmes=["DU"])
    for autre in (uneo, asd, correspondant, medecin, admin, du_seul):
        client = connexion(autre)
        for page in (
            reverse("recensement:accueil"), reverse("recensement:exercice", args=[2014]), adresse(), export("csv"),
            reverse("recensement:annees", args=["blesses"]),
            reverse("recensement:exporter_annees", args=["blesses", "csv"]),
        ):  # fmt: skip
            assert client.get(page).status_code == 404
        assert "Recensement" not in client.get("/").content.decode()


def test_unknown_tables_are_not_found(connexion, superviseur, publies):
    client = connexion(superviseur)
    # One order only: the two together would show more than either. 2027 is not due.
    for chemin in (
        adresse("blesses", "theatre-armee"), adresse("blesses", "genre"), adresse("autre", "armee"),
        adresse("aides", "genre-partenaire"), adresse(annee=2027), adresse(annee=1999),
        reverse("recensement:annees", args=["autre"]), reverse("recensement:exercice", args=[2027]),
    ):  # fmt: skip
        assert client.get(chemin).status_code == 404, chemin
    assert client.get(export("pdf")).status_code == 404


def test_every_pair_is_drawn_in_one_order():
    for sujet in SUJETS.values():
        paires = [frozenset(d.code for d in t) for t in sujet.tableaux if len(t) == 2]
        possibles = len(sujet.dimensions) * (len(sujet.dimensions) - 1) // 2
        assert len(paires) == len(set(paires)) == possibles - (sujet.code != "blesses")
        assert len({code_de(t) for t in sujet.tableaux}) == len(sujet.tableaux)


def relu(forme: str, contenu: bytes) -> list[list]:
    if forme == "csv":
        return list(csv.reader(StringIO(contenu.decode("utf-8-sig")), delimiter=";"))
    return CalamineWorkbook.from_filelike(BytesIO(contenu)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("forme", FORMATS)
def test_an_export_holds_the_same_numbers_and_is_journalled(connexion, superviseur, publies, forme):
    client = connexion(superviseur)
    avant = LigneJournal.objects.count()
    reponse = client.get(export(forme))
    assert f"recensement-2014-blesses-armee.{forme}" in reponse["Content-Disposition"]
    assert reponse["Cache-Control"] == "private, no-store"
    assert [[str(v).removesuffix(".0") for v in ligne] for ligne in relu(forme, reponse.content)] == [
        ["Armée ou service", "Personnes"],
        ["Armée de Terre", MASQUE],
        ["Armée de l’Air", "7"],
        ["Marine nationale", MASQUE],
        ["Total", "17"],
    ]
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.details) == (
        Acte.EXPORTER,
        {"tableau": "2014/blesses/armee", "format": forme},
    )


def test_exported_amounts_are_numbers_and_crossings_have_their_columns(aides):
    arreter(PARUTION)
    vu = montre("aides", "armee-theatre", 2015)
    lignes = rangees(vu)
    assert lignes[0][:3] == [
        "Armée ou service × Théâtre", "Sahel, personnes", "Sahel, montants versés (€)",
    ]  # fmt: skip
    assert lignes[-1][-2:] == [14, Decimal("1500.00")]
    assert relu("csv", FORMATS["csv"][0](vu))[-1][-1] == "1500,00"
    for forme in ("xlsx", "ods"):
        assert relu(forme, FORMATS[forme][0](vu))[-1][-1] == 1500.0


def test_the_years_of_a_subject_are_exported(connexion, superviseur, publies):
    reponse = connexion(superviseur).get(reverse("recensement:exporter_annees", args=["blesses", "csv"]))
    assert relu("csv", reponse.content) == [
        ["Année", "Personnes"], *[[str(a), "–"] for a in range(2026, 2014, -1)], ["2014", "17"], ["2013", "8"],
    ]  # fmt: skip


@pytest.mark.parametrize("forme", FORMATS)
def test_a_name_that_looks_like_a_formula_is_a_text(publies, forme):
    titres = [ligne[0] for ligne in relu(forme, FORMATS[forme][0](montre("blesses", "theatre", 2014)))]
    assert "'=Golfe" in titres and "=Golfe" not in titres


def test_an_export_asks_for_a_fresh_proof(connexion, superviseur, settings):
    settings.RENFORT_MINUTES = 10
    reponse = connexion(superviseur).get(export("xlsx"))
    assert reponse.status_code == 302
    assert reverse("account_reauthenticate") in reponse["Location"]


def test_a_page_is_a_constant_number_of_queries(
    connexion, superviseur, publies, django_assert_max_num_queries
):
    client = connexion(superviseur)
    for page in (
        reverse("recensement:accueil"), reverse("recensement:exercice", args=[2014]),
        adresse("blesses", "armee-theatre"),
    ):  # fmt: skip
        client.get(page)
        with django_assert_max_num_queries(24):
            client.get(page)
