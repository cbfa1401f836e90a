"""Aids to the family: each one accords for herself, and who was not named learns nothing (rule 8)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dossiers.partages.profils import Regard
from dossierunique.journal.refus import AccesRefuse
from opex.contributions.actions import corriger_aide
from opex.contributions.policies import aides_lues
from opex.contributions.totaux import totaux
from opex.models import ContributionOpex, Suivi
from partners.habilitations.identite import agir_pour
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.contributions.test_aides import corriger, dite, enregistrer

pytestmark = pytest.mark.django_db
JOUR = timezone.localdate()


@pytest.fixture
def veuve(dossier):
    """Accords to Unéo, refuses the ASD."""
    return opex.ayant_cause_inscrit(dossier, accordes=("uneo",), refuses=("asd",))


@pytest.fixture
def a_la_veuve(dossier, veuve, gestionnaire):
    """An aid of Unéo to her."""
    return opex.aide(dossier, par=gestionnaire, montant="777.00", beneficiaire=veuve, libelle="Capital décès")


def liste(client, dossier):
    return client.get(reverse("aides:liste", args=[dossier.numero]))


def bruts(habilitation) -> tuple[int, int]:
    """Aids and versions that plain SQL gives under this identity."""
    with agir_pour(habilitation), connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM opex_contribution")
        aides = curseur.fetchone()[0]
        curseur.execute("SELECT count(*) FROM opex_version_contribution")
        return aides, curseur.fetchone()[0]


def test_who_was_not_named_finds_it_nowhere(connexion, dossier, a_la_veuve, asd):
    client = connexion(asd)
    reponse = liste(client, dossier)
    assert list(reponse.context["page"]) == [] and not reponse.context["totaux"]
    assert reponse.context["organismes"] == []
    assert "777" not in reponse.content.decode() and "Fictif Jeanne" not in reponse.content.decode()
    assert client.get(reverse("aides:detail", args=[dossier.numero, a_la_veuve.pk])).status_code == 404
    with agir_pour(asd):
        assert not totaux(dossier)
    assert bruts(asd) == (0, 0)
    assert not aides_lues(dossier, Regard(asd)).exists()


def test_who_was_named_reads_it_with_her_name(connexion, dossier, a_la_veuve, uneo, gestionnaire):
    for lecteur in (uneo, gestionnaire):
        reponse = liste(connexion(lecteur), dossier)
        assert [aide.pk for aide in reponse.context["page"]] == [a_la_veuve.pk]
        assert "FICTIF Jeanne" in reponse.content.decode()
        assert reponse.context["totaux"].verse == 777
        assert bruts(lecteur) == (1, 1)


@pytest.mark.parametrize("profil", ["secretaire", "medecin"])
def test_who_reads_nothing_of_the_family_reads_nothing_of_it(connexion, dossier, a_la_veuve, profil):
    reponse = liste(connexion(fabriques.habilitation(profil)), dossier)
    assert "FICTIF Jeanne" not in reponse.content.decode()
    assert not reponse.context["page"] and not reponse.context["totaux"]


def test_a_change_of_mind_counts_at_once(connexion, dossier, veuve, a_la_veuve, asd, uneo):
    opex.accord_ayant_cause(veuve, "asd", "accorde")
    assert bruts(asd) == (1, 1)
    assert len(liste(connexion(asd), dossier).context["page"]) == 1
    opex.accord_ayant_cause(veuve, "asd", "retire")
    opex.accord_ayant_cause(veuve, "uneo", "retire")
    assert bruts(asd) == (0, 0)
    # What Unéo itself gives stays known to it, and may be corrected: the name is not.
    page = liste(connexion(uneo), dossier).content.decode()
    assert "777,00" in page and "FICTIF Jeanne" not in page
    assert corriger(uneo, a_la_veuve, montant=700).version == 2
    client = connexion(uneo)
    assert client.get(reverse("aides:detail", args=[dossier.numero, a_la_veuve.pk])).status_code == 200
    assert client.get(reverse("aides:corriger", args=[dossier.numero, a_la_veuve.pk])).status_code == 200


def test_an_aid_is_given_only_to_somebody_that_one_may_read(dossier, veuve, asd, uneo):
    with pytest.raises(AccesRefuse):
        enregistrer(asd, dossier, opex.genre_aide("asd"), beneficiaire=veuve)
    ailleurs = opex.ayant_cause_inscrit(opex.dossier_opex(endormi=False), accordes=("uneo",))
    with pytest.raises(AccesRefuse):
        enregistrer(uneo, dossier, opex.genre_aide("uneo"), beneficiaire=ailleurs)
    assert not ContributionOpex.objects.exists()


def test_the_form_offers_only_those_that_one_may_read(connexion, dossier, veuve, asd, uneo):
    opex.genre_aide("asd"), opex.genre_aide("uneo")
    nouvelle = reverse("aides:nouvelle", args=[dossier.numero])
    assert "beneficiaire" not in connexion(asd).get(nouvelle).context["form"].fields
    assert "FICTIF Jeanne" in connexion(uneo).get(nouvelle).content.decode()


def test_a_correction_does_not_change_who_received_it(dossier, veuve, a_la_veuve, uneo):
    corriger_aide(uneo, a_la_veuve, dite(a_la_veuve.genre), "Erreur.", 1)
    assert ContributionOpex.objects.get().beneficiaire == veuve


def test_after_a_death_aids_to_the_family_go_on(dossier, veuve, uneo):
    Suivi.objects.filter(dossier=dossier).update(etat="active", active_le=timezone.now())
    Suivi.objects.filter(dossier=dossier).update(etat="decede", decede_le=JOUR - timedelta(days=60))
    aide = enregistrer(uneo, dossier, opex.genre_aide("uneo"), beneficiaire=veuve, debut=JOUR)
    assert totaux(dossier).verse == aide.montant


def test_a_refused_partner_is_named_nowhere(connexion, correspondant, uneo):
    """The person refused the ASD: nothing tells Unéo so."""
    dossier = opex.dossier_opex(correspondant, accordes=("uneo",), refuses=("asd",), endormi=False)
    opex.aide(dossier)
    client = connexion(uneo)
    nouvelle = reverse("aides:nouvelle", args=[dossier.numero])
    pages = [liste(client, dossier), client.get(nouvelle), client.get(f"{nouvelle}?organisme=asd")]
    for page in pages:
        assert "ASD" not in page.content.decode() and "asd" not in page.context.get("organismes", "")
    # Asking on behalf of another changes nothing: it is one's own form.
    assert pages[2].context["organisme"] == uneo.organisme
    assert [o.code for o in pages[0].context["organismes"]] == ["uneo"]
