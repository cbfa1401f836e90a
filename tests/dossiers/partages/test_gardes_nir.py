"""A NIR typed in an address goes no further: not in the page, not in the journal."""

import pytest
from django.urls import reverse

from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
NIR = "284058832102532"


@pytest.mark.parametrize("nir", [NIR, "284052A32102552", "2 84 05 88 321 025"])
@pytest.mark.parametrize("vue", ["dossiers:liste", "recherche", "demandes:corbeille"])
def test_a_search_by_nir_is_turned_away(connexion, gestionnaire, dossier, vue, nir):
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    reponse = client.get(reverse(vue), {"q": nir})
    assert reponse.status_code == 302
    assert "?" not in reponse["Location"]
    assert LigneJournal.objects.count() == avant


@pytest.mark.parametrize(
    "adresse", [f"/dossiers/{NIR}/", f"/demandes/{NIR}/", f"/dossiers/{NIR}/consentement/"]
)
def test_a_refused_address_is_journalled_without_what_was_typed(connexion, uneo, dossier, adresse):
    assert connexion(uneo).get(adresse).status_code == 404
    ligne = LigneJournal.objects.filter(action="refus").latest("pk")
    assert (ligne.objet, ligne.objets, ligne.details) == ("", [], {})
    assert NIR not in ligne.motif


def test_entrusted_dossiers_are_journalled_as_shown(connexion, etranger, dossier):
    fabriques.pret(dossier, etranger)
    page = connexion(etranger).get(reverse("dossiers:liste")).content.decode()
    assert dossier.numero in page
    assert dossier.numero in LigneJournal.objects.filter(action="lister").latest("pk").objets
