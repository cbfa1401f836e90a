"""Filing a list and joining its columns: what is refused, and what is kept."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.listes_deposees import Tableau
from opex.imprimes import listes
from opex.models import LotImport
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.lignes import (
    associer,
    deposer,
)

pytestmark = pytest.mark.django_db


def test_a_file_that_cannot_be_read_leaves_the_rest_typed(connexion, correspondant):
    page = deposer(connexion(correspondant), b"\x00\x01", "section.xls")
    contenu = page.content.decode()
    assert page.status_code == 422
    assert "n’est pas une liste" in contenu and "2026-12-05" in contenu
    assert not LotImport.objects.exists()


@pytest.mark.parametrize("manque", ["fichier", "unite", "operation", "depart_le"])
def test_everything_is_asked_for(connexion, correspondant, manque):
    assert deposer(connexion(correspondant), b"a;b;c\n1;2;3", "l.csv", **{manque: ""}).status_code == 422


def test_limits_are_said_before(connexion, correspondant):
    page = connexion(correspondant).get(reverse("imprimes:importer")).content.decode()
    assert "1\u00a0000 lignes et 2\u00a0Mo au plus" in page


def test_another_unit_cannot_be_picked(connexion, correspondant):
    ailleurs = fabriques.unite("2e-rep")
    assert deposer(connexion(correspondant), b"a;b;c\n1;2;3", "l.csv", unite=ailleurs.pk).status_code == 422
    with pytest.raises(ActionRefusee, match="périmètre"):
        opex.lot(correspondant, unite=ailleurs)
    assert not LotImport.objects.exists()


def test_the_operation_must_hold_that_day(connexion, correspondant):
    page = deposer(connexion(correspondant), b"a;b;c\n1;2;3", "l.csv", depart_le="2001-01-01")
    assert page.status_code == 422 and "commence le" in page.content.decode()


def test_nobody_walks_the_numbers_by_lists(correspondant, settings):
    settings.OPEX_LISTE_LIGNES_PAR_JOUR = 3
    tableau = Tableau(["a", "b", "c"], [(2, ["1", "2", "3"]), (3, ["1", "2", "3"])])
    arguments = {
        "nom": "l.csv",
        "unite": fabriques.unite(),
        "operation": opex.operation(),
        "depart_le": date(2026, 12, 5),
    }
    listes.deposer_liste(correspondant, tableau, **arguments)
    with pytest.raises(ActionRefusee, match="depuis hier"):
        listes.deposer_liste(correspondant, tableau, **arguments)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        listes.deposer_liste(correspondant, tableau, **arguments)


def test_cells_are_stored_encrypted(correspondant):
    lot = opex.lot(correspondant)
    nir = json.loads(lot.lignes)["lignes"][0][1][0]
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT lignes FROM opex_lot_import")
        octets = bytes(curseur.fetchone()[0])
    assert nir.encode() not in octets and b"Fictif" not in octets


# Columns.


def test_a_required_column_is_named_when_it_lacks(connexion, correspondant):
    lot = opex.lot(correspondant)
    page = associer(connexion(correspondant), lot, colonne_0="")
    assert page.status_code == 422
    assert "Aucune colonne n’est associée à «\u00a0NIR\u00a0»" in page.content.decode()
    with pytest.raises(ActionRefusee, match="NIR"):
        listes.associer_colonnes(correspondant, lot, {}, lot.version)


def test_columns_may_be_joined_otherwise(connexion, correspondant):
    titres = ["A", "B", "C", "D"]
    nir = fabriques.nir_valide("F", 84, 5)
    deposer(connexion(correspondant), f"{';'.join(titres)}\n14/05/1984;Zoé;Fictive;{nir}".encode(), "l.csv")
    lot = LotImport.objects.get()
    client = connexion(correspondant)
    assert associer(client, lot).status_code == 422, "nothing could be guessed"
    choix = {"colonne_0": "naissance", "colonne_1": "prenoms", "colonne_2": "nom", "colonne_3": "nir"}
    assert associer(client, lot, **choix).status_code == 302
    lot.refresh_from_db()
    assert [e["constat"] for e in lot.rapport] == ["nouvelle"]


def test_two_people_do_not_join_the_columns_over_each_other(connexion, correspondant):
    lot = opex.lot(correspondant)
    with pytest.raises(ModifieDepuis):
        listes.associer_colonnes(correspondant, lot, lot.colonnes, lot.version - 1)
    page = associer(connexion(correspondant), lot, version=lot.version - 1)
    assert page.status_code == 422 and f'value="{lot.version}"' in page.content.decode()


# The dry run.
