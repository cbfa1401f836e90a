"""The family after a death: each one's own accord, told to nobody else, that the database itself keeps."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.partages.profils import Regard
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.exemples import pdf_exemple
from dossierunique.journal.refus import AccesRefuse
from opex.models import AccordAyantCause, AyantCause
from opex.suivi.ayants_cause_lisibles import ayants_cause_lisibles
from opex.suivi.famille import ajouter_ayant_cause, corriger_ayant_cause, enregistrer_accords
from partners.habilitations.identite import agir_pour
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


@pytest.fixture
def deuil(dossier):
    """The dossier of a dead person, that the ASD and Unéo read."""
    opex.deces(dossier)
    return dossier


@pytest.fixture
def veuve(deuil):
    return opex.ayant_cause(deuil, nom="Fictive-Veuve")


def papier():
    return enregistrer_pdf(pdf_exemple("Accord", ["Signé"]), nom="accord.pdf", cree_par=None)


def decider(par, ayant_cause, code, decision, jours=0, preuve=True):
    return enregistrer_accords(
        par, ayant_cause, decisions={fabriques.organisme(code).pk: decision},
        signe_le=timezone.localdate() - timedelta(days=jours), preuve=papier() if preuve else None,
    )  # fmt: skip


def en_sql(habilitation, requete: str) -> list[tuple]:
    with agir_pour(habilitation), connection.cursor() as curseur:
        curseur.execute(requete)
        return curseur.fetchall()


def lus(habilitation, dossier) -> set[int]:
    """Whom of the family an habilitation reads, by the code and by the database: the same."""
    with agir_pour(habilitation):
        par_le_code = set(ayants_cause_lisibles(Regard(habilitation), dossier).values_list("pk", flat=True))
    par_la_base = {pk for (pk,) in en_sql(habilitation, "SELECT id FROM opex_ayant_cause")}
    assert par_le_code == par_la_base
    return par_le_code


class TestLisibles:
    def test_a_partner_reads_of_who_let_it_and_of_nobody_else(
        self, deuil, veuve, referent, asd, correspondant
    ):
        enfant = opex.ayant_cause(deuil, nom="Fictif-Enfant", relation="enfant")
        assert lus(referent, deuil) == lus(asd, deuil) == set()
        decider(correspondant, veuve, "uneo", "accorde")
        assert lus(referent, deuil) == {veuve.pk}
        assert lus(asd, deuil) == set()
        assert lus(correspondant, deuil) == {veuve.pk, enfant.pk}

    def test_the_fund_and_the_unit_read_of_all(self, deuil, veuve, gestionnaire, correspondant):
        assert lus(gestionnaire, deuil) == lus(correspondant, deuil) == {veuve.pk}

    @pytest.mark.parametrize("suite", ["retire", "refuse"])
    def test_it_closes_at_once(self, suite, deuil, veuve, referent, correspondant):
        decider(correspondant, veuve, "uneo", "accorde")
        decider(correspondant, veuve, "uneo", suite)
        assert lus(referent, deuil) == set()
        decider(correspondant, veuve, "uneo", "accorde")
        assert lus(referent, deuil) == {veuve.pk}

    def test_a_partner_sees_its_own_line_only(self, deuil, veuve, referent, asd, correspondant):
        decider(correspondant, veuve, "uneo", "accorde")
        decider(correspondant, veuve, "asd", "refuse")
        lignes = "SELECT organisme_id, decision FROM opex_accord_ayant_cause"
        assert en_sql(referent, lignes) == [(fabriques.organisme("uneo").pk, "accorde")]
        assert en_sql(asd, lignes) == [(fabriques.organisme("asd").pk, "refuse")]

    def test_without_the_dossier_an_accord_opens_nothing(self, veuve, ailleurs, correspondant):
        mspp = ailleurs.organisme
        mspp.programmes = ["DU", "OPEX"]
        mspp.save()
        decider(correspondant, veuve, "mspp", "accorde")
        assert en_sql(ailleurs, "SELECT id FROM opex_ayant_cause") == []
        assert en_sql(ailleurs, "SELECT id FROM opex_accord_ayant_cause") == []

    def test_profiles_of_the_fund_without_that_nature_are_shown_nobody(self, deuil, veuve):
        for profil in ("numerisation", "secretaire", "medecin", "dpo"):
            assert not ayants_cause_lisibles(Regard(fabriques.habilitation(profil)), deuil).exists()

    def test_what_each_one_is_shown(self, deuil, veuve, referent, asd, correspondant, connexion):
        decider(correspondant, veuve, "uneo", "accorde")
        decider(correspondant, veuve, "asd", "refuse")
        pages = {
            nom: connexion(qui).get(reverse("suivi:page", args=[deuil.numero])).content.decode()
            for nom, qui in {
                "uneo": referent, "asd": asd, "unite": correspondant, "dpo": fabriques.habilitation("dpo"),
            }.items()
        }  # fmt: skip
        assert "FICTIVE-VEUVE" in pages["uneo"] and "refusé" not in pages["uneo"]
        assert "FICTIVE-VEUVE" not in pages["asd"] and "refusé" not in pages["asd"]
        assert "FICTIVE-VEUVE" in pages["unite"] and "refusé" in pages["unite"]
        assert "FICTIVE-VEUVE" not in pages["dpo"] and "1\u00a0personne" in pages["dpo"]


class TestEntrer:
    def test_only_after_a_death(self, dossier, correspondant, connexion):
        with pytest.raises(ActionRefusee, match="après un décès"):
            ajouter_ayant_cause(correspondant, dossier, nom="Fictive", prenoms="Anne", relation="conjoint")
        adresse = reverse("suivi:ayant_cause", args=[dossier.numero])
        assert connexion(correspondant).get(adresse).status_code == 404

    def test_by_the_counters_only(self, deuil, referent, asd, etranger, ailleurs):
        for qui in (referent, asd, etranger, ailleurs, fabriques.habilitation("dpo")):
            with pytest.raises(AccesRefuse):
                ajouter_ayant_cause(qui, deuil, nom="Fictive", prenoms="Anne", relation="conjoint")

    def test_nobody_twice(self, deuil, veuve, gestionnaire):
        with pytest.raises(ActionRefusee) as refus:
            opex.ayant_cause(deuil, par=gestionnaire, nom="FICTIVE-veuve")
        assert refus.value.champ == "nom"

    def test_corrected_under_its_version(self, veuve, gestionnaire):
        identite = {"nom": "Fictive-Veuve", "prenoms": "Anne Marie", "relation": "conjoint"}
        corrigee = corriger_ayant_cause(gestionnaire, veuve, version=1, **identite)
        assert (corrigee.prenoms, corrigee.version) == ("Anne Marie", 2)
        with pytest.raises(ModifieDepuis):
            corriger_ayant_cause(gestionnaire, veuve, version=1, **identite)

    def test_by_the_screens(self, deuil, correspondant, connexion):
        client = connexion(correspondant)
        adresse = reverse("suivi:ayant_cause", args=[deuil.numero])
        envoi = {"nom": "Fictive", "prenoms": "Anne", "relation": "conjoint", "telephone": "abc"}
        assert client.post(adresse, envoi).status_code == 422
        assert client.post(adresse, envoi | {"telephone": "04 94 00 00 00"}).status_code == 302
        elle = AyantCause.objects.get()
        corriger = reverse("suivi:corriger_ayant_cause", args=[deuil.numero, elle.pk])
        assert client.post(corriger, envoi | {"telephone": "", "version": ""}).status_code == 422
        assert client.post(corriger, envoi | {"telephone": "", "version": 1}).status_code == 302


class TestAccords:
    def test_the_paper_is_needed_but_to_withdraw(self, veuve, correspondant):
        for decision in ("accorde", "refuse"):
            with pytest.raises(ActionRefusee) as refus:
                decider(correspondant, veuve, "uneo", decision, preuve=False)
            assert refus.value.champ == "preuve"
        decider(correspondant, veuve, "uneo", "accorde")
        decider(correspondant, veuve, "uneo", "retire", preuve=False)

    def test_nothing_to_withdraw(self, veuve, correspondant):
        with pytest.raises(ActionRefusee, match="pas d’accord à retirer"):
            decider(correspondant, veuve, "uneo", "retire")

    @pytest.mark.parametrize("jours", [-1, 3])
    def test_signed_neither_tomorrow_nor_before_the_death(self, jours, veuve, correspondant):
        with pytest.raises(ActionRefusee) as refus:
            decider(correspondant, veuve, "uneo", "accorde", jours=jours)
        assert refus.value.champ == "signe_le"

    @pytest.mark.parametrize("code", ["cnmss", "armee", "mspp"])
    def test_only_possible_recipients(self, code, veuve, correspondant):
        with pytest.raises(ActionRefusee):
            decider(correspondant, veuve, code, "accorde")

    def test_by_the_counters_only(self, veuve, referent, asd, etranger):
        for qui in (referent, asd, etranger):
            with pytest.raises(AccesRefuse):
                decider(qui, veuve, "uneo", "accorde")

    def test_what_was_said_is_not_rewritten(self, veuve, correspondant):
        [accord] = decider(correspondant, veuve, "uneo", "refuse")
        with pytest.raises(DatabaseError), transaction.atomic():
            AccordAyantCause.objects.filter(pk=accord.pk).update(decision="accorde")

    def test_by_the_screen_with_its_paper_kept_when_something_else_is_wrong(
        self, deuil, veuve, correspondant, connexion
    ):
        client, adresse = connexion(correspondant), reverse("suivi:accords", args=[deuil.numero, veuve.pk])
        scan = SimpleUploadedFile("acte.pdf", pdf_exemple("Accord", ["Signé"]), "application/pdf")
        refuse = client.post(adresse, {"choix_uneo": "accorde", "signe_le": "2999-01-01", "preuve": scan})
        assert refuse.status_code == 422
        jeton = refuse.context["form"]["preuve_gardee"].value()
        assert jeton
        envoi = {
            "choix_uneo": "accorde",
            "signe_le": timezone.localdate().isoformat(),
            "preuve_gardee": jeton,
        }
        assert client.post(adresse, envoi).status_code == 302
        [accord] = veuve.accords.all()
        assert accord.decision == "accorde"
        assert accord.preuve is not None

    def test_the_paper_is_opened_by_the_counters_only(self, deuil, veuve, correspondant, referent, connexion):
        [accord] = decider(correspondant, veuve, "uneo", "accorde")
        adresse = reverse("suivi:preuve_ayant_cause", args=[deuil.numero, accord.pk])
        assert connexion(correspondant).get(adresse).status_code in (200, 302)
        assert connexion(referent).get(adresse).status_code == 404

    def test_no_choice_is_said(self, deuil, veuve, correspondant, connexion):
        client, adresse = connexion(correspondant), reverse("suivi:accords", args=[deuil.numero, veuve.pk])
        page = client.post(adresse, {"signe_le": timezone.localdate().isoformat()})
        assert page.status_code == 422
        assert "au moins un organisme" in page.content.decode()
