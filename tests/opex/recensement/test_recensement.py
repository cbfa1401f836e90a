"""The figures: counted over all the dossiers without opening one, hidden, shown, exported."""

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
from opex.recensement.comptage import ANNEE_VERSEMENT, GENRE, SUJETS, Mesure, compter
from opex.recensement.exports import FORMATS, rangees
from opex.recensement.tableaux import MASQUE, code_de, tableau, trouver
from partners.habilitations.identite import agir_pour
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.recensement.conftest import _poser

pytestmark = pytest.mark.django_db


def adresse(sujet="blesses", code="annee") -> str:
    return reverse("recensement:tableau", args=[sujet, code])


def export(forme, sujet="blesses", code="armee") -> str:
    return reverse("recensement:exporter", args=[sujet, code, forme])


def montre(sujet: str, code: str):
    return tableau(*trouver(sujet, code))


def dit(tableau) -> dict[str, int | None]:
    return {ligne.libelle: ligne.total.personnes for ligne in tableau.lignes}


def test_wounded_persons_are_counted_once_a_cell_and_once_in_all(blesses):
    comptes = compter(SUJETS["blesses"])
    assert comptes.total == Mesure(24)
    assert {cle: m.personnes for cle, m in comptes.marges["annee"].items()} == {"2013": 8, "2014": 17}
    assert {cle: m.personnes for cle, m in comptes.marges["theatre"].items()} == {
        "Sahel": 14,
        "Levant": 8,
        "=Golfe": 3,
    }


def test_amounts_fall_in_the_year_of_each_payment(aides):
    comptes = compter(SUJETS["aides"], (ANNEE_VERSEMENT, GENRE))
    assert comptes.total == Mesure(14, Decimal(1600))
    assert comptes.marges["annee"] == {"2015": Mesure(14, Decimal(1500)), "2016": Mesure(1, Decimal(100))}
    assert comptes.marges["genre"] == {
        "Secours": Mesure(14, Decimal(1400)), "Pension": Mesure(1, Decimal(200)),
    }  # fmt: skip
    assert comptes.croisement["2015", "Pension"] == Mesure(1, Decimal(100))
    assert comptes.postes["Secours", "Unéo"] == Mesure(14, Decimal(1400))
    # A loan helps somebody and is no amount paid.
    prets = compter(SUJETS["prets-nature"], (ANNEE_VERSEMENT, GENRE))
    assert prets.total == prets.postes_croises["2016", "Prêt", "ASD"] == Mesure(3)


def test_what_is_not_paid_yet_is_not_counted(blesses, gestionnaire):
    dossier = blesses[0][0]
    opex.aide(dossier, etat="promise"), opex.aide(dossier, etat="accordee")
    opex.aide(dossier, forme="rente", debut=date(2026, 1, 1), montant="10.00")
    assert compter(SUJETS["aides"], jour=date(2025, 12, 31)).total == Mesure()
    assert compter(SUJETS["aides"], jour=date(2026, 3, 31)).total == Mesure(1, Decimal(30))


def test_aids_in_kind_count_their_persons(blesses):
    opex.aide(blesses[0][0], forme="nature", montant="0", debut=date(2015, 1, 1))
    comptes = compter(SUJETS["prets-nature"])
    assert comptes.total == Mesure(1)
    assert comptes.marges["theatre"] == {"Sahel": Mesure(1)}
    assert compter(SUJETS["aides"]).total == Mesure()


def test_the_amount_of_one_person_is_not_told_among_those_helped_otherwise(blesses, gestionnaire):
    """Seven airmen received something, of whom one alone received money."""
    _poser(blesses[2], opex.genre_aide("uneo", "nature"), gestionnaire, 0, date(2015, 1, 1))
    _poser(blesses[2][:1], opex.genre_aide("uneo"), gestionnaire, 4321, date(2015, 1, 1))
    _poser(blesses[0], opex.genre_aide("asd"), gestionnaire, 100, date(2016, 1, 1))
    for dimensions in SUJETS["aides"].tableaux:
        vu = tableau(SUJETS["aides"], dimensions)
        montants = [c.montant for ligne in vu.lignes for c in (*ligne.cellules, ligne.total)]
        assert Decimal(4321) not in montants, vu.code


def test_an_aid_follows_the_theatre_of_its_wound(blesses):
    dossier = blesses[0][0]
    opex.aide(dossier, blessure=dossier.blessures.get(theatre="Levant"), debut=date(2015, 1, 1))
    opex.aide(opex.dossier_opex(endormi=False), debut=date(2015, 1, 1))
    assert set(compter(SUJETS["aides"]).marges["theatre"]) == {"Levant", "sans blessure rattachée"}


def test_counting_needs_no_right_on_dossiers_and_leaves_the_identity_as_it_was(blesses, superviseur):
    with agir_pour(superviseur):
        avant = identite.courante()
        assert compter(SUJETS["blesses"]).total.personnes == 24
        assert identite.courante() == avant
        assert not opex.Dossier.objects.exists()


def test_small_numbers_are_hidden_with_others(blesses):
    assert dit(montre("blesses", "armee")) == {
        "Armée de Terre": 14, "Armée de l’Air": None, "Marine nationale": None,
    }  # fmt: skip
    assert dit(montre("blesses", "annee")) == {"2013": 8, "2014": 17}


def test_a_crossing_keeps_what_its_margins_hide(blesses):
    croise = montre("blesses", "annee-armee")
    assert croise.colonnes == ("Armée de Terre", "Armée de l’Air", "Marine nationale")
    assert [cellule.personnes for cellule in croise.total.cellules] == [14, None, None]
    lignes = {ligne.libelle: [c.personnes for c in ligne.cellules] for ligne in croise.lignes}
    assert lignes == {"2013": [8, None, None], "2014": [7, None, None]}


def test_amounts_are_hidden_with_their_persons(aides):
    par_organisme = montre("aides", "partenaire")
    assert {ligne.libelle: ligne.total.mesure for ligne in par_organisme.lignes} == {
        "ASD": None,
        "Unéo": None,
    }
    assert par_organisme.total.total.mesure == Mesure(14, Decimal(1600))


def test_too_few_people_and_nothing_is_published(correspondant):
    for _ in range(2):
        opex.blessure_inscrite(opex.dossier_opex(correspondant, endormi=False))
    for dimensions in SUJETS["blesses"].tableaux:
        vide = tableau(SUJETS["blesses"], dimensions)
        assert (vide.publie, vide.lignes, vide.total) == (False, (), None)


def test_a_dimension_that_cannot_stand_the_total_closes_the_others(correspondant):
    """Six persons, one theatre: shown alone. Of three years, two in each: six would tell that none reaches five."""
    for annee in (2013, 2014, 2015) * 2:
        opex.blessure_inscrite(opex.dossier_opex(correspondant, endormi=False), survenue_le=date(annee, 1, 1))
    assert not montre("blesses", "theatre").publie
    assert not montre("blesses", "annee").publie


def test_no_small_number_in_any_table(aides):
    for sujet in SUJETS.values():
        for dimensions in sujet.tableaux:
            vu = tableau(sujet, dimensions)
            nombres = [
                cellule.personnes for ligne in filter(None, (*vu.lignes, vu.total))
                for cellule in (*ligne.cellules, ligne.total)
            ]  # fmt: skip
            # Three loans in all: nothing is said of them.
            assert vu.publie == (sujet.code != "prets-nature")
            assert not [n for n in nombres if n and n < 5], vu.code


def test_the_superviseur_reads_a_table_and_leaves_one_row(connexion, superviseur, blesses):
    client = connexion(superviseur)
    avant = LigneJournal.objects.count()
    page = client.get(adresse()).content.decode()
    assert "2013" in page and 'width="47.06"' in page
    assert LigneJournal.objects.count() == avant + 1
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert (ligne.action, ligne.objet, ligne.details["tableau"]) == (Acte.CONSULTER, "", "blesses/annee")


def test_the_home_page_gives_the_whole_and_the_tables(connexion, superviseur, aides):
    page = connexion(superviseur).get(reverse("recensement:accueil")).content.decode()
    assert "24\xa0personnes" in page and "1\xa0600,00\xa0€" in page
    assert adresse("aides", "annee-genre") in page
    assert f'href="{reverse("recensement:accueil")}" aria-current="page"' in page


def test_nothing_to_count_is_said(connexion, superviseur):
    client = connexion(superviseur)
    assert "Rien à compter" in client.get(reverse("recensement:accueil")).content.decode()
    assert "Rien à compter" in client.get(adresse()).content.decode()


def test_a_filter_in_the_address_changes_nothing(connexion, superviseur, blesses):
    client = connexion(superviseur)
    entier = client.get(adresse()).context["tableau"]
    assert client.get(f"{adresse()}?armee=Marine&annee=2013&jour=2014-01-01").context["tableau"] == entier


def test_nobody_else_counts(connexion, uneo, asd, correspondant, blesses):
    medecin, admin = fabriques.habilitation("medecin"), fabriques.habilitation("administrateur")
    du_seul = fabriques.habilitation("superviseur", programmes=["DU"])
    for autre in (uneo, asd, correspondant, medecin, admin, du_seul):
        client = connexion(autre)
        for page in (reverse("recensement:accueil"), adresse(), export("csv")):
            assert client.get(page).status_code == 404
        assert "Recensement" not in client.get("/").content.decode()


def test_unknown_tables_are_not_found(connexion, superviseur):
    client = connexion(superviseur)
    # One order only: the two together would show more than either.
    for chemin in (
        adresse("blesses", "armee-annee"), adresse("blesses", "genre"), adresse("autre", "annee"),
        adresse("aides", "genre-partenaire"),
    ):  # fmt: skip
        assert client.get(chemin).status_code == 404
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
def test_an_export_holds_the_same_numbers_and_is_journalled(connexion, superviseur, blesses, forme):
    client = connexion(superviseur)
    avant = LigneJournal.objects.count()
    reponse = client.get(export(forme))
    assert "recensement-blesses-armee-" in reponse["Content-Disposition"]
    assert reponse["Cache-Control"] == "private, no-store"
    assert [[str(v).removesuffix(".0") for v in ligne] for ligne in relu(forme, reponse.content)] == [
        ["Armée ou service", "Personnes"],
        ["Armée de Terre", "14"],
        ["Armée de l’Air", MASQUE],
        ["Marine nationale", MASQUE],
        ["Total", "24"],
    ]
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.details) == (Acte.EXPORTER, {"tableau": "blesses/armee", "format": forme})


def test_exported_amounts_are_numbers_and_crossings_have_their_columns(aides):
    vu = montre("aides", "annee-armee")
    lignes = rangees(vu)
    assert lignes[0][:3] == [
        "Année du versement × Armée ou service", "Armée de Terre, personnes", "Armée de Terre, montants versés (€)",
    ]  # fmt: skip
    assert lignes[-1][-2:] == [14, Decimal("1600.00")]
    assert relu("csv", FORMATS["csv"][0](vu))[-1][-1] == "1600,00"
    for forme in ("xlsx", "ods"):
        assert relu(forme, FORMATS[forme][0](vu))[-1][-1] == 1600.0


@pytest.mark.parametrize("forme", FORMATS)
def test_a_name_that_looks_like_a_formula_is_a_text(blesses, forme):
    titres = [ligne[0] for ligne in relu(forme, FORMATS[forme][0](montre("blesses", "theatre")))]
    assert "'=Golfe" in titres and "=Golfe" not in titres


def test_an_export_asks_for_a_fresh_proof(connexion, superviseur, settings):
    settings.RENFORT_MINUTES = 10
    reponse = connexion(superviseur).get(export("xlsx"))
    assert reponse.status_code == 302
    assert reverse("account_reauthenticate") in reponse["Location"]


def test_a_table_is_a_constant_number_of_queries(
    connexion, superviseur, blesses, django_assert_max_num_queries
):
    client = connexion(superviseur)
    client.get(adresse())
    with django_assert_max_num_queries(14):
        client.get(adresse("blesses", "annee-armee"))
