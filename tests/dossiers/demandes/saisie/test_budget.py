"""Resources, cost, and what remains to be financed."""

from decimal import Decimal

import pytest

from dossierunique.journal.models import LigneJournal
from tests.dossiers.demandes.saisie.aides import budget, url

pytestmark = pytest.mark.django_db


def test_les_ressources_se_saisissent_a_la_francaise(client, brouillon):
    page = client.get(url("ressources", brouillon)).content.decode()
    assert "Prestations familiales" in page
    assert "Énergie et eau" in page
    donnees = budget(
        1,
        [("Solde ou salaire", "1 950,50"), ("Pension", ""), ("Loyer d’une chambre", "300 €")],
        [("Loyer ou crédit", "712.4")],
    )
    assert client.post(url("ressources", brouillon), donnees).url == url("cout", brouillon)
    lignes = {ligne.libelle: ligne.montant for ligne in brouillon.budget.all()}
    assert lignes == {
        "Solde ou salaire": Decimal("1950.50"), "Loyer d’une chambre": Decimal("300"),
        "Loyer ou crédit": Decimal("712.40"),
    }  # fmt: skip
    relue = client.get(url("ressources", brouillon)).content.decode()
    assert "1\xa0950,50" in relue
    assert "2\xa0250,50\xa0€" in relue  # the total


def test_enregistrer_et_rester_donne_des_lignes_vides(client, brouillon):
    pleines = [(f"Ressource {n}", "10") for n in range(8)]
    reponse = client.post(url("ressources", brouillon), budget(1, pleines, [], suite="rester"))
    assert reponse.url == url("ressources", brouillon)
    lot = client.get(reponse.url).context["ensembles"]["ressource"]
    assert [f["libelle"].value() for f in lot][-2:] == ["", ""]
    assert len(lot.forms) == 4 + 8 + 2


@pytest.mark.parametrize(
    ("ligne", "message"),
    [
        (("Solde", "mille"), "Écrivez un montant en euros"),
        (("Solde", "-3"), "ne peut pas être négatif"),
        (("", "300"), "Dites à quoi correspond ce montant"),
    ],
)
def test_une_ligne_fautive_est_montree_avec_sa_saisie(client, brouillon, ligne, message):
    reponse = client.post(url("ressources", brouillon), budget(1, [ligne], []))
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert f'value="{ligne[1]}"' in reponse.content.decode()
    assert not brouillon.budget.exists()


def test_les_totaux_se_calculent_sans_rien_enregistrer(client, brouillon):
    lignes = LigneJournal.objects.count()
    reponse = client.post(
        url("ressources", brouillon) + "?totaux",
        budget(1, [("Solde", "1 000,10")], [("Loyer", "400")]),
        HTTP_HX_REQUEST="true",
    )
    page = reponse.content.decode()
    assert "600,10\xa0€" in page
    assert "<html" not in page
    assert not brouillon.budget.exists()
    assert LigneJournal.objects.count() == lignes


def test_le_cout_calcule_le_reste_a_financer(client, brouillon):
    donnees = {
        "cout": "1 234,56",
        "periodicite": "mensuel",
        "deja_couvert": "234,56",
        "montant_demande": "",
        "version": 1,
    }
    apercu = client.post(url("cout", brouillon) + "?reste", donnees, HTTP_HX_REQUEST="true").content.decode()
    assert "1\xa0000,00\xa0€" in apercu
    assert client.post(url("cout", brouillon), donnees).url == url("pieces", brouillon)
    brouillon.refresh_from_db()
    assert (brouillon.cout, brouillon.deja_couvert) == (Decimal("1234.56"), Decimal("234.56"))
    assert brouillon.montant_demande == Decimal("1000.00")  # left empty: all that is left


@pytest.mark.parametrize(
    ("saisie", "champ", "message"),
    [
        ({"cout": ""}, "cout", "Indiquez le coût."),
        ({"cout": "0"}, "cout", "supérieur à zéro"),
        ({"cout": "100", "deja_couvert": "100,01"}, "deja_couvert", "dépasse le coût"),
        (
            {"cout": "100", "deja_couvert": "50", "montant_demande": "50,01"},
            "montant_demande",
            "dépasse ce qui reste",
        ),
        ({"cout": "12,345"}, "cout", "deux chiffres au plus"),
    ],
)
def test_un_cout_incoherent_est_refuse_pres_de_son_champ(client, brouillon, saisie, champ, message):
    reponse = client.post(url("cout", brouillon), {"periodicite": "ponctuel", "version": 1, **saisie})
    assert reponse.status_code == 422
    assert message in str(reponse.context["form"].errors[champ])
