"""A NIR typed in an address goes no further: not in the page, not in the journal."""

import re
from urllib.parse import urlencode

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


@pytest.mark.parametrize("nir", [NIR, "2 84 05 2A 321 025 52", "2 84 05 88 321 025"])
def test_a_nir_typed_in_the_header_asks_for_the_birth_date_and_stays_out_of_addresses(
    connexion, gestionnaire, dossier, nir
):
    client, avant = connexion(gestionnaire), LigneJournal.objects.count()
    page = client.post(reverse("recherche"), {"q": nir})
    assert page.status_code == 200
    texte = page.content.decode()
    assert f'value="{nir}"' in texte
    assert re.search(r'<input type="date"[^>]*autofocus', texte)
    assert nir not in texte.replace(f'value="{nir}"', "")
    # Nothing has been looked for yet.
    assert LigneJournal.objects.count() == avant


def test_words_typed_in_the_header_get_an_address(connexion, gestionnaire, dossier):
    client = connexion(gestionnaire)
    for mots in ("O’Hara", dossier.numero, "2A & fils", ""):
        reponse = client.post(reverse("recherche"), {"q": f" {mots} "})
        assert reponse.status_code == 302
        assert reponse["Location"] == f"{reverse('recherche')}?{urlencode({'q': mots})}"


@pytest.mark.parametrize("methode", ["get", "post"])
def test_who_reads_no_dossier_does_not_search_by_nir(connexion, admin, methode):
    page = getattr(connexion(admin), methode)(reverse("recherche"), {"q": NIR}, follow=True)
    assert page.redirect_chain == [(reverse("recherche"), 302)]
    assert "ne cherche pas par NIR" in page.content.decode()
    assert NIR not in page.content.decode()


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
