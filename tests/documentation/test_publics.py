"""Whom an article is for: everybody else finds nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documentation.policies import versions_lisibles
from tests import fabriques
from tests.documentation.fabriques import publie

pytestmark = pytest.mark.django_db
HIER, DEMAIN = timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=1)


def lus_par(habilitation) -> list[str]:
    return sorted(version.titre for version in versions_lisibles(habilitation))


@pytest.mark.parametrize(
    ("public", "lecteurs"),
    [
        ({}, {"correspondant", "partenaire", "referent_opex", "superviseur"}),
        ({"profils": ["correspondant"]}, {"correspondant"}),
        ({"programmes": ["OPEX"]}, {"correspondant", "partenaire", "referent_opex", "superviseur"}),
        ({"organismes": ["uneo"]}, {"partenaire", "referent_opex"}),
        ({"organismes": ["uneo"], "profils": ["referent_opex"]}, {"referent_opex"}),
        ({"public": True}, {"", "correspondant", "partenaire", "referent_opex", "superviseur"}),
        ({"parait_le": DEMAIN}, set()),
        ({"parait_le": HIER, "expire_le": DEMAIN}, {"correspondant", "partenaire", "referent_opex", "superviseur"}),
    ],
)  # fmt: skip
def test_each_audience_reads_what_is_for_it(public, lecteurs):
    publie(titre="Pour qui", **public)
    gens = {
        p: fabriques.habilitation(p) for p in ("correspondant", "partenaire", "referent_opex", "superviseur")
    }
    lisent = {profil for profil, habilitation in {"": None, **gens}.items() if lus_par(habilitation)}
    assert lisent == lecteurs


def test_after_its_last_day_nobody_reads_it():
    publie(expire_le=DEMAIN)
    habilitation = fabriques.habilitation("correspondant")
    assert lus_par(habilitation)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert lus_par(habilitation) == []


def test_a_programme_is_read_by_those_who_have_it():
    publie(titre="OPEX seulement", programmes=["OPEX"])
    assert lus_par(fabriques.habilitation("partenaire", programmes=["DU"])) == []


def test_what_is_not_for_a_reader_looks_like_what_does_not_exist(connecter, correspondant):
    version = publie(titre="Pour Unéo", organismes=["uneo"])
    chez = connecter(correspondant)
    for nom in ("lire", "pdf"):
        assert chez.get(reverse(f"documentation:{nom}", args=[version.article.slug])).status_code == 404
        assert chez.get(reverse(f"documentation:{nom}", args=["nulle-part"])).status_code == 404
    pages = [chez.get(reverse(f"documentation:{nom}")) for nom in ("accueil", "sommaire")]
    pages.append(chez.get(reverse("documentation:recherche"), {"q": "Unéo"}))
    pages.append(chez.get(reverse("documentation:rubrique", args=["demarrer"])))
    assert not any("Pour Unéo" in page.content.decode() for page in pages)


def test_nobody_signed_in_reads_what_is_public_and_no_more():
    ouvert, ferme = publie(titre="Vos droits", public=True), publie(titre="Entre nous")
    client = Client()
    page = client.get(reverse("documentation:lire", args=[ouvert.article.slug]))
    assert page.status_code == 200
    assert "Cette page vous a-t-elle" not in page.content.decode()
    assert client.get(reverse("documentation:lire", args=[ferme.article.slug])).status_code == 404
    assert "Entre nous" not in client.get(reverse("documentation:sommaire")).content.decode()
    assert client.get(reverse("documentation:redaction")).status_code == 302


def test_help_leads_to_the_article_or_to_the_space(connecter, correspondant):
    version = publie()
    chez = connecter(correspondant)
    assert chez.get(reverse("documentation:aide", args=[version.article.slug])).url == reverse(
        "documentation:lire", args=[version.article.slug]
    )
    assert chez.get(reverse("documentation:aide", args=["absente"])).url == reverse("documentation:accueil")


def test_an_organisme_reads_what_was_meant_for_those_it_took_over():
    publie(titre="Pour la MSPP", organismes=["mspp"])
    uneo, mspp = fabriques.habilitation("partenaire"), fabriques.organisme("mspp")
    assert lus_par(uneo) == []
    mspp.successeur = uneo.organisme
    mspp.save()
    assert lus_par(uneo) == ["Pour la MSPP"]
