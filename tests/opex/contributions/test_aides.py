"""Recording, correcting and cancelling an aid: the rules, the refusals, the versions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.echanges.models import Evenement, Genre
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from opex.contributions.actions import Saisie, annuler_aide, corriger_aide, enregistrer_aide
from opex.contributions.models import TRANSITIONS, ContributionOpex, EtatContributionOpex
from opex.contributions.totaux import totaux
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db
JOUR = timezone.localdate()


def dite(genre, **k) -> Saisie:
    champs = {
        "genre": genre, "etat": "versee", "montant": Decimal("500"), "periodicite": "unique",
        "debut": JOUR - timedelta(days=30),
    }  # fmt: skip
    return Saisie(**{**champs, **k})


def enregistrer(par, dossier, genre, **k) -> ContributionOpex:
    return enregistrer_aide(par, dossier, genre.organisme, dite(genre, **k))


def corriger(par, aide, motif="Erreur de saisie.", version=None, **k) -> ContributionOpex:
    version = aide.version if version is None else version
    champs = {"etat": aide.etat, "periodicite": aide.periodicite, "montant": aide.montant, **k}
    return corriger_aide(par, aide, dite(champs.pop("genre", aide.genre), **champs), motif, version)


def test_a_partner_records_its_aid_and_it_becomes_part_of_the_story(dossier, uneo, secours):
    avant = LigneJournal.objects.count()
    debut = JOUR - timedelta(days=400)
    aide = enregistrer(uneo, dossier, secours, debut=debut, libelle="Billets de train")
    assert LigneJournal.objects.count() == avant + 1
    fait = Evenement.objects.get(genre=Genre.AIDE)
    assert (fait.dossier, fait.jour, fait.organisme, fait.donnees) == (
        dossier, debut, uneo.organisme, {"aide": aide.pk},
    )  # fmt: skip
    version = aide.versions.get()
    assert (version.rang, version.libelle, version.auteur, version.motif) == (1, "Billets de train", uneo, "")


def test_the_cnmss_records_on_behalf_of_a_recipient_only(dossier, gestionnaire, secours):
    aide = enregistrer(gestionnaire, dossier, secours)
    assert (aide.organisme, aide.saisie_par) == (secours.organisme, gestionnaire)
    with pytest.raises(AccesRefuse):
        enregistrer(gestionnaire, dossier, opex.genre_aide("mspp"))


def test_nobody_else_records_anything(dossier, correspondant, etranger, asd, mspp, secours):
    medecin = fabriques.habilitation("medecin")
    for autre in (correspondant, etranger, asd, medecin, fabriques.habilitation("superviseur")):
        with pytest.raises(AccesRefuse):
            enregistrer(autre, dossier, secours)
    with pytest.raises(AccesRefuse):
        enregistrer(mspp, dossier, opex.genre_aide("mspp"))
    assert not ContributionOpex.objects.exists()


def test_a_kind_of_another_organisme_is_refused(dossier, uneo, asd):
    with pytest.raises(AccesRefuse):
        enregistrer_aide(uneo, dossier, uneo.organisme, dite(opex.genre_aide("asd")))


def test_a_withdrawn_partner_writes_no_more_and_what_it_gave_stays(dossier, uneo, gestionnaire, secours):
    aide = enregistrer(uneo, dossier, secours)
    retirer_consentement(gestionnaire, dossier, [uneo.organisme], signe_le=JOUR)
    with pytest.raises(AccesRefuse):
        enregistrer(uneo, dossier, secours)
    with pytest.raises(AccesRefuse):
        corriger(uneo, aide, montant=Decimal(1))
    with pytest.raises(AccesRefuse):
        annuler_aide(uneo, aide, "Erreur.", aide.version)
    with pytest.raises(AccesRefuse):
        enregistrer(gestionnaire, dossier, secours)
    assert totaux(dossier).verse == 500
    assert corriger(gestionnaire, aide, montant=Decimal(450)).version == 2


def test_a_sleeping_dossier_takes_none(correspondant, gestionnaire, uneo, secours):
    endormi = opex.dossier_opex(correspondant)
    with pytest.raises(AccesRefuse):
        enregistrer(uneo, endormi, secours)
    with pytest.raises(AccesRefuse):
        enregistrer(gestionnaire, endormi, secours)
    assert not ContributionOpex.objects.exists()


def test_a_dossier_put_back_to_sleep_says_why(dossier, gestionnaire, secours):
    type(dossier).objects.filter(pk=dossier.pk).update(endormi=True)
    with pytest.raises(ActionRefusee, match="en sommeil"):
        enregistrer(gestionnaire, dossier, secours)


@pytest.mark.parametrize(
    ("forme", "champs", "champ"),
    [
        ("capital", {"montant": Decimal(0)}, "montant"),
        ("pret", {"montant": Decimal(0)}, "montant"),
        ("nature", {"montant": Decimal(-1)}, "montant"),
        ("rente", {"etat": "accordee"}, "periodicite"),
        ("capital", {"etat": "en_versement"}, "etat"),
        ("capital", {"fin": JOUR}, "fin"),
        ("capital", {"taux": Decimal(10)}, "taux"),
        ("capital", {"debut": JOUR + timedelta(days=1)}, "debut"),
        ("capital", {"debut": date(1980, 1, 1)}, "debut"),
        (
            "rente",
            {"periodicite": "mensuelle", "etat": "en_versement", "debut": JOUR + timedelta(days=1)},
            "debut",
        ),
        ("rente", {"periodicite": "mensuelle", "etat": "versee"}, "fin"),
        ("rente", {"periodicite": "mensuelle", "etat": "versee", "fin": JOUR + timedelta(days=1)}, "fin"),
        ("rente", {"periodicite": "annuelle", "etat": "accordee", "fin": JOUR - timedelta(days=31)}, "fin"),
        ("rente", {"periodicite": "mensuelle", "etat": "accordee", "taux": Decimal(101)}, "taux"),
        ("rente", {"periodicite": "mensuelle", "etat": "accordee", "taux": Decimal(0)}, "taux"),
    ],
)
def test_what_does_not_hold_together_is_told_beside_its_field(dossier, uneo, forme, champs, champ):
    genre = opex.genre_aide("uneo", forme, avec_taux=forme == "rente")
    with pytest.raises(ActionRefusee) as refus:
        enregistrer(uneo, dossier, genre, **champs)
    assert refus.value.champ == champ
    assert not ContributionOpex.objects.exists()


def test_an_aid_in_kind_needs_no_amount_and_a_pension_carries_its_rate(dossier, uneo, pension):
    sejour = enregistrer(uneo, dossier, opex.genre_aide("uneo", "nature"), montant=Decimal(0))
    rente = enregistrer(
        uneo, dossier, pension, etat="en_versement", periodicite="mensuelle", taux=Decimal("32.50")
    )
    assert (sejour.montant, rente.taux) == (0, Decimal("32.50"))


def test_an_aid_follows_its_wound(dossier, uneo, secours):
    blessure = opex.blessure_inscrite(dossier, survenue_le=JOUR - timedelta(days=10))
    with pytest.raises(ActionRefusee) as refus:
        enregistrer(uneo, dossier, secours, blessure=blessure)
    assert refus.value.champ == "debut"
    assert enregistrer(uneo, dossier, secours, blessure=blessure, debut=JOUR).blessure == blessure
    with pytest.raises(AccesRefuse):
        enregistrer(
            uneo,
            dossier,
            secours,
            blessure=opex.blessure_inscrite(opex.dossier_opex(endormi=False)),
            debut=JOUR,
        )


def test_a_retired_kind_is_no_longer_given_but_what_has_it_keeps_it(dossier, uneo, secours):
    aide = enregistrer(uneo, dossier, secours)
    type(secours).objects.filter(pk=secours.pk).update(actif=False)
    secours.refresh_from_db()
    with pytest.raises(ActionRefusee) as refus:
        enregistrer(uneo, dossier, secours)
    assert refus.value.champ == "genre"
    assert corriger(uneo, aide, genre=secours, montant=Decimal(10)).montant == 10
    autre = opex.genre_aide("uneo", code="autre", nom="Autre", actif=False)
    with pytest.raises(ActionRefusee):
        corriger(uneo, ContributionOpex.objects.get(pk=aide.pk), genre=autre)


def test_a_correction_is_a_new_version_with_its_reason(dossier, uneo, secours):
    aide = enregistrer(uneo, dossier, secours)
    with pytest.raises(ActionRefusee) as refus:
        corriger(uneo, aide, motif="  ")
    assert refus.value.champ == "motif"
    corriger(uneo, aide, motif="Virement partiel.", montant=Decimal("320.50"))
    relue = ContributionOpex.objects.get(pk=aide.pk)
    assert (relue.montant, relue.version) == (Decimal("320.50"), 2)
    assert [(v.rang, v.montant, v.motif) for v in relue.versions.all()] == [
        (2, Decimal("320.50"), "Virement partiel."), (1, Decimal(500), ""),
    ]  # fmt: skip
    assert Evenement.objects.filter(genre=Genre.AIDE_CORRIGEE).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        relue.versions.update(montant=1)


def test_a_stale_correction_writes_nothing(dossier, uneo, gestionnaire, secours):
    aide = enregistrer(uneo, dossier, secours)
    corriger(gestionnaire, aide, montant=Decimal(400))
    with pytest.raises(ModifieDepuis):
        corriger(uneo, aide, montant=Decimal(300), version=1)
    with pytest.raises(ModifieDepuis):
        annuler_aide(uneo, aide, "Erreur.", 1)
    assert ContributionOpex.objects.get(pk=aide.pk).montant == 400


def test_only_its_organisme_or_the_cnmss_corrects_an_aid(dossier, uneo, asd, correspondant, secours):
    aide = enregistrer(uneo, dossier, secours)
    for autre in (asd, correspondant, fabriques.habilitation("secretaire")):
        with pytest.raises(AccesRefuse):
            corriger(autre, aide, montant=Decimal(1))
        with pytest.raises(AccesRefuse):
            annuler_aide(autre, aide, "Erreur.", aide.version)
    assert ContributionOpex.objects.get(pk=aide.pk).version == 1


def test_a_cancelled_aid_counts_for_nothing_and_changes_no_more(dossier, uneo, secours):
    aide = enregistrer(uneo, dossier, secours)
    with pytest.raises(ActionRefusee) as refus:
        annuler_aide(uneo, aide, "", aide.version)
    assert refus.value.champ == "motif"
    annulee = annuler_aide(uneo, aide, "Erreur de personne.", aide.version)
    assert (annulee.etat, annulee.versions.first().motif) == ("annulee", "Erreur de personne.")
    assert not totaux(dossier)
    with pytest.raises(ActionRefusee, match="annulée"):
        corriger(uneo, annulee, etat="versee")
    with pytest.raises(ActionRefusee, match="annulée"):
        annuler_aide(uneo, annulee, "Encore.", annulee.version)


def test_cancelling_has_its_own_gesture(dossier, uneo, secours):
    aide = enregistrer(uneo, dossier, secours)
    with pytest.raises(ActionRefusee) as refus:
        corriger(uneo, aide, etat="annulee")
    assert refus.value.champ == "etat"


def test_the_database_follows_the_same_arrows(dossier, uneo, secours):
    for de in EtatContributionOpex.values:
        for vers in EtatContributionOpex.values:
            if vers == de or vers in TRANSITIONS[de] or "en_versement" in (de, vers):
                continue
            aide = ContributionOpex.objects.create(
                dossier=dossier, organisme=uneo.organisme, genre=secours, etat=de, montant=1, debut=JOUR,
                saisie_par=uneo,
            )  # fmt: skip
            with pytest.raises(IntegrityError, match="transition interdite"), transaction.atomic():
                ContributionOpex.objects.filter(pk=aide.pk).update(etat=vers)


@pytest.mark.parametrize(
    ("champs", "raison"),
    [
        ({"montant": -1}, "contribution_opex_montant"),
        ({"montant": 0}, "porte un montant"),
        ({"taux": 10}, "pas de taux"),
        ({"fin": date(2026, 1, 1)}, "contribution_opex_periode"),
        ({"etat": "en_versement"}, "contribution_opex_en_versement"),
    ],
)
def test_the_database_holds_the_rules_by_itself(dossier, uneo, secours, champs, raison):
    aide = enregistrer(uneo, dossier, secours)
    with pytest.raises(IntegrityError, match=raison), transaction.atomic():
        ContributionOpex.objects.filter(pk=aide.pk).update(**champs)


def test_the_database_keeps_kinds_wounds_and_people_together(dossier, uneo, secours, pension):
    aide = enregistrer(uneo, dossier, secours)
    ailleurs = opex.dossier_opex(endormi=False)
    for champs, raison in (
        ({"genre": pension}, "périodique"),
        ({"genre": opex.genre_aide("asd")}, "autre organisme"),
        ({"blessure": opex.blessure_inscrite(ailleurs)}, "autre dossier"),
        ({"beneficiaire": opex.ayant_cause_inscrit(ailleurs)}, "autre dossier"),
        ({"beneficiaire": opex.ayant_cause_inscrit(dossier)}, "pas de bénéficiaire"),
        ({"dossier": ailleurs}, "ni de dossier"),
    ):
        with pytest.raises(IntegrityError, match=raison), transaction.atomic():
            ContributionOpex.objects.filter(pk=aide.pk).update(**champs)


def test_papers_that_one_may_open_may_be_joined_and_the_others_stay(
    dossier, uneo, asd, gestionnaire, secours
):
    demande = fabriques.demande(dossier)
    devis, social = fabriques.piece(demande, "devis"), fabriques.piece(demande, "rapport-social")
    aide = enregistrer(gestionnaire, dossier, secours, pieces=(devis, social))
    assert set(aide.pieces.all()) == {devis, social}
    with pytest.raises(AccesRefuse):
        enregistrer(uneo, dossier, secours, pieces=(fabriques.piece(demande, "certificat-medical"),))
    corriger(uneo, aide, pieces=())
    assert list(ContributionOpex.objects.get(pk=aide.pk).pieces.all()) == [social]


def test_the_address_of_the_aid_of_a_partner_is_its_own(connexion, dossier, uneo, asd, secours):
    aide = enregistrer(uneo, dossier, secours)
    assert connexion(asd).get(reverse("aides:detail", args=[dossier.numero, aide.pk])).status_code == 200
    assert connexion(asd).get(reverse("aides:corriger", args=[dossier.numero, aide.pk])).status_code == 404
    autre = opex.dossier_opex(endormi=False)
    assert connexion(uneo).get(reverse("aides:detail", args=[autre.numero, aide.pk])).status_code == 404
