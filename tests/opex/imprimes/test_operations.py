"""The catalogue of operations, kept by the fund."""

from datetime import date

import pytest
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from opex.imprimes.actions import ajouter_operation, modifier_operation
from opex.models import Operation
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db
NOUVELLE = {"nom": "Lavande", "theatre": "Mer d’essai", "debut": "2026-01-01", "fin": "", "code": "lavande"}


def adresse(operation):
    return reverse("imprimes:operation", args=[operation.code])


def test_an_operation_is_added_and_proposed(connexion, gestionnaire, correspondant, dossier):
    client = connexion(gestionnaire)
    assert client.post(reverse("imprimes:operations"), NOUVELLE).status_code == 302
    assert "Lavande" in client.get(reverse("imprimes:operations")).content.decode()
    page = connexion(correspondant).get(reverse("imprimes:nouveau", args=[dossier.numero])).content.decode()
    assert "Lavande (Mer d’essai)" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "barkhane"}, "déjà celui d’une autre"),
        ({"code": "deux mots"}, "code"),
        ({"fin": "2025-01-01"}, "La fin précède le début"),
        ({"nom": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said(connexion, gestionnaire, operation, change, message):
    page = connexion(gestionnaire).post(reverse("imprimes:operations"), NOUVELLE | change)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert Operation.objects.count() == 1


def test_an_operation_ends_and_keeps_its_code(connexion, gestionnaire, operation):
    donnees = {
        "nom": "Barkhane",
        "theatre": "Sahel",
        "debut": "2014-08-01",
        "fin": "2022-11-09",
        "version": 1,
    }
    assert connexion(gestionnaire).post(adresse(operation), donnees | {"code": "autre"}).status_code == 302
    operation.refresh_from_db()
    assert (operation.code, operation.fin, operation.version) == ("barkhane", date(2022, 11, 9), 2)
    page = connexion(gestionnaire).post(adresse(operation), donnees | {"nom": "Barkhane II"})
    contenu = page.content.decode()
    assert page.status_code == 422 and "a été modifiée depuis" in contenu and "Barkhane II" in contenu


def test_the_catalogue_is_kept_by_the_fund_alone(connexion, correspondant, operation):
    client = connexion(correspondant)
    assert client.get(reverse("imprimes:operations")).status_code == 404
    assert client.post(adresse(operation), NOUVELLE).status_code == 404
    champs = {"nom": "X", "theatre": "Y", "debut": date(2026, 1, 1), "fin": None}
    with pytest.raises(AccesRefuse):
        ajouter_operation(correspondant, champs | {"code": "x"})
    with pytest.raises(AccesRefuse):
        modifier_operation(correspondant, operation, champs, 1)


def test_the_action_checks_by_itself(gestionnaire, operation):
    champs = {"nom": "X", "theatre": "Y", "debut": date(2026, 1, 2), "fin": date(2026, 1, 1)}
    with pytest.raises(ActionRefusee, match="précède"):
        modifier_operation(gestionnaire, operation, champs, 1)
    with pytest.raises(ModifieDepuis):
        modifier_operation(gestionnaire, operation, champs | {"fin": None}, 7)


def test_an_unknown_operation_is_not_found(connexion, gestionnaire):
    assert connexion(gestionnaire).get("/opex/operations/inconnue/").status_code == 404


def test_operations_are_shown_newest_first(connexion, gestionnaire, operation):
    opex.operation("lavande", nom="Lavande", debut=date(2026, 1, 1))
    page = connexion(gestionnaire).get(reverse("imprimes:operations")).content.decode()
    assert page.index("Lavande") < page.index("Barkhane")
