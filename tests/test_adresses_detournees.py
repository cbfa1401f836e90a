"""The addresses asked for in other ways: by other methods, and with identifiers that somebody makes up."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from dossierunique import numeros
from tests import test_adresses
from tests.test_adresses import TABLE

pytestmark = pytest.mark.django_db
monde = test_adresses.monde

# Nobody; a partner named by nobody; those who reach the most of each space.
ESSAIENT = ("", "u", "D", "H")
# Files served to everybody, and pages that show a form or a list whatever the end of their address.
REFUS = {302, 400, 403, 404, 405}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMERO = re.compile(r"\b(DU|DM)-\d{4}-\d{7}-[A-Z]\b")
CLE = re.compile(r"(?<=/)\d+(?=[/.])")


@pytest.fixture(params=ESSAIENT)
def entre(request, monde):
    """(addresses, how to ask for one as this person with a fresh session)."""
    distribution, adresses = monde
    client = Client(raise_request_exception=False)
    if request.param:
        client.force_login(
            distribution[request.param].utilisateur, backend="partners.comptes.backends.Comptes"
        )
    session = client.cookies.copy()

    def demander(methode: str, adresse: str):
        client.cookies = session.copy()
        return client.generic(methode.upper(), adresse)

    return adresses, demander


def test_other_ways_of_asking_open_nothing(entre):
    """One test for the two: what takes the time is the world that it walks."""
    adresses, demander = entre
    ecarts = [*_tetes(adresses, demander), *_inventions(adresses, demander)]
    assert ecarts == []


@pytest.mark.parametrize("entre", ["D"], indirect=True)
def test_no_other_method_is_heard(entre):
    """The decorators of a view do not look at who asks."""
    assert list(_methodes(*entre)) == []


def _tetes(adresses, demander):
    """A HEAD says no more than a GET, and brings nothing."""
    for nom, adresse in adresses.items():
        if TABLE[nom].methode == "get":
            tete, lu = demander("head", adresse), demander("get", adresse)
            if tete.status_code not in (lu.status_code, 405) or b"".join(tete):
                yield nom, "head", tete.status_code


def _methodes(adresses, demander):
    for nom, adresse in adresses.items():
        for methode in ("put", "patch", "delete", "options", "trace"):
            statut = demander(methode, adresse).status_code
            if statut != 405:
                yield nom, methode, statut


def _inventees(adresse: str) -> set[str]:
    """The same address with a number, a reference or a key that nobody was given."""
    essais = {
        NUMERO.sub(lambda m: numeros.former(m[1], 2026, 9_999_999), adresse),
        NUMERO.sub(lambda m: f"{m[1]}-2026-0000000-A", adresse),
        UUID.sub(lambda _: str(uuid4()), adresse),
        *(CLE.sub(str(cle), adresse) for cle in (0, 9_999_999_999, 2**63 - 1, 2**70)),
    }
    return essais - {adresse}


def _inventions(adresses, demander):
    """A made up identifier is found nowhere, and breaks nothing."""
    for nom, adresse in adresses.items():
        for inventee in _inventees(adresse):
            statut = demander(TABLE[nom].methode, inventee).status_code
            if statut not in REFUS:
                yield inventee, TABLE[nom].methode, statut
