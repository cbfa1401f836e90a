"""Recording a decision: the letter read again, the rules, who learns of it and when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from html import unescape
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.commission.actions import decider
from dossiers.commission.models import Decision
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.models import Demande
from dossiers.echanges.models import Courrier, Evenement
from dossiers.echanges.traitements import produire
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db
MOTIF = "Vos ressources ouvrent droit à cette aide."


@pytest.fixture
def demande(dossier, gestionnaire):
    creee = fabriques.demande(
        dossier, etat="en_instruction", gestionnaire=gestionnaire, type_aide="aide-financiere-sante"
    )
    vider()
    mail.outbox.clear()
    Notification.objects.all().delete()
    return creee


def adresse(demande) -> str:
    return reverse("decisions:enregistrer", args=[demande.numero])


def saisie(demande, **k) -> dict[str, Any]:
    return {
        "version": demande.version, "issue": "accord", "montant": "360,00", "motif": MOTIF,
        "prise_le": timezone.localdate().isoformat(), **k,
    }  # fmt: skip


def prendre(habilitation, demande, **k) -> Decision:
    champs = {
        "issue": "accord", "montant": Decimal("360"), "motif": MOTIF, "prise_le": timezone.localdate(),
        "version": demande.version, **k,
    }  # fmt: skip
    return decider(habilitation, demande, **champs)


def test_the_page_shows_the_plan_and_what_may_be_given(connexion, gestionnaire, demande):
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    page = client.get(adresse(demande)).content.decode()
    assert "720,00\xa0€ au plus" in page
    assert "Plan de financement" in page
    assert LigneJournal.objects.count() == avant + 1
    assert LigneJournal.objects.order_by("-pk")[0].action == Acte.CONSULTER


def test_the_letter_is_read_again_before_anything_is_recorded(connexion, gestionnaire, demande):
    client = connexion(gestionnaire)
    relecture = unescape(client.post(adresse(demande), saisie(demande)).content.decode())
    for mots in (
        "Relire le courrier",
        "360,00\xa0€",
        MOTIF,
        demande.numero,
        "recours",
        "Enregistrer et notifier",
    ):
        assert mots in relecture
    assert not Decision.objects.filter(demande=demande).exists()
    corrige = client.post(adresse(demande), saisie(demande, corriger="1")).content.decode()
    assert MOTIF in corrige
    assert 'name="confirmer"' not in corrige


def test_each_issue_has_its_letter(connexion, gestionnaire, demande):
    client = connexion(gestionnaire)
    for issue, montant, mots in (
        ("accord", "360", "est acceptée"),
        ("accord_partiel", "100", "acceptée en partie"),
        ("rejet", "", "n’a pas pu être acceptée"),
        ("ajournement", "", "reportée"),
    ):
        page = client.post(adresse(demande), saisie(demande, issue=issue, montant=montant)).content.decode()
        assert mots in page


def test_a_reason_is_text_and_never_markup(connexion, gestionnaire, demande):
    motif = "<script>alert(1)</script> **gras** {montant}"
    page = connexion(gestionnaire).post(adresse(demande), saisie(demande, motif=motif)).content.decode()
    assert "<script>alert" not in page
    assert "<strong>gras" not in page


def test_recorded_then_notified_by_the_worker(connexion, gestionnaire, correspondant, uneo, mspp, demande):
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    reponse = client.post(adresse(demande), saisie(demande, confirmer="1"), follow=True)
    assert "Le courrier se prépare" in reponse.content.decode()
    actes = LigneJournal.objects.order_by("pk").values_list("action", flat=True)[avant:]
    assert list(actes) == [Acte.MODIFIER, Acte.CONSULTER]
    assert Demande.objects.get(pk=demande.pk).etat == "decidee"
    assert not Notification.objects.exists()
    while vider():
        pass
    relue = Demande.objects.get(pk=demande.pk)
    assert (relue.etat, relue.montant_cnmss) == ("notifiee", Decimal("360"))
    assert Courrier.objects.get(demande=demande, genre="notification").fichier.type_mime == "application/pdf"
    prevenus = set(Notification.objects.filter(genre="notification").values_list("destinataire", flat=True))
    assert {gestionnaire.utilisateur_id, correspondant.utilisateur_id, uneo.utilisateur_id} <= prevenus
    assert mspp.utilisateur_id not in prevenus
    _sans_donnee_personnelle(demande)


def _sans_donnee_personnelle(demande) -> None:
    assure = demande.dossier.assure
    assert mail.outbox
    for message in mail.outbox:
        corps = f"{message.subject} {message.body} {message.alternatives}"
        for secret in (assure.nom_naissance, assure.prenoms, assure.nir, "360", MOTIF):
            assert secret not in corps


def test_notified_once_even_if_the_work_is_done_again(gestionnaire, demande):
    prendre(gestionnaire, demande)
    vider()
    produire({"courrier": Courrier.objects.get(demande=demande, genre="notification").pk})
    assert Evenement.objects.filter(demande=demande, genre="notification").count() == 1


def test_an_adjournment_goes_back_to_instruction_with_a_new_date(gestionnaire, demande):
    prendre(gestionnaire, demande, issue="ajournement", montant=Decimal(0))
    vider()
    relue = Demande.objects.get(pk=demande.pk)
    assert relue.etat == "en_instruction"
    assert relue.echeance == timezone.localdate() + timedelta(days=relue.type_aide.delai_jours)
    prendre(gestionnaire, relue)
    assert Decision.objects.filter(demande=demande).count() == 2
    assert Decision.objects.filter(demande=demande).first().revise is not None


@pytest.mark.parametrize(
    ("changement", "champ"),
    [
        ({"issue": "accord", "montant": ""}, "montant"),
        ({"issue": "rejet", "montant": "10"}, "montant"),
        ({"montant": "720,01"}, "montant"),
        ({"motif": "  "}, "motif"),
        ({"issue": ""}, "issue"),
        ({"prise_le": "2999-01-01"}, "prise_le"),
        ({"prise_le": "2020-01-01"}, "prise_le"),
        ({"prise_le": ""}, "prise_le"),
    ],
)
def test_what_is_refused_is_refused_before_the_letter(connexion, gestionnaire, demande, changement, champ):
    reponse = connexion(gestionnaire).post(adresse(demande), saisie(demande, **changement))
    assert list(reponse.context["form"].errors) == [champ]
    assert "Enregistrer et notifier" not in reponse.content.decode()


def test_partners_leave_less_to_give(gestionnaire, uneo, demande):
    contribution = Contribution.objects.get(demande=demande, organisme=uneo.organisme)
    enregistrer_contribution(
        uneo, contribution, etat="accord", montant=Decimal("500"), date_effet=timezone.localdate(), version=1
    )
    with pytest.raises(ActionRefusee, match="220,00"):
        prendre(gestionnaire, demande, montant=Decimal("220.01"))
    prendre(gestionnaire, demande, montant=Decimal("220"))
    assert Demande.objects.get(pk=demande.pk).reste_a_charge == 0


def test_a_decision_is_never_edited(gestionnaire, demande):
    prise = prendre(gestionnaire, demande)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=prise.pk).update(motif="autre")


def test_only_a_demande_in_instruction_is_decided(gestionnaire, dossier):
    demande = fabriques.demande(dossier, etat="complete")
    with pytest.raises(ActionRefusee, match="plus possible"):
        prendre(gestionnaire, demande)


@pytest.mark.parametrize("qui", ["correspondant", "uneo", "mspp"])
def test_only_the_cnmss_decides(connexion, request, demande, qui):
    client = connexion(request.getfixturevalue(qui))
    assert client.get(adresse(demande)).status_code == 404
    assert client.post(adresse(demande), saisie(demande, confirmer="1")).status_code == 404


@pytest.mark.parametrize("profil", ["medecin", "secretaire", "numerisation", "president"])
def test_the_other_profiles_of_the_cnmss_do_not(connexion, demande, profil):
    client = connexion(fabriques.habilitation(profil))
    assert client.post(adresse(demande), saisie(demande, confirmer="1")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_gestionnaires_at_once_make_one_decision():
    demande = fabriques.demande(fabriques.dossier(), etat="en_instruction")
    collegues = [fabriques.habilitation("gestionnaire") for _ in range(2)]
    depart = Barrier(2)

    def courir(habilitation) -> Any:
        depart.wait()
        try:
            return prendre(habilitation, demande)
        except ModifieDepuis as conflit:
            return conflit
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as fils:
        resultats = list(fils.map(courir, collegues))
    assert sorted(type(r).__name__ for r in resultats) == ["Decision", "ModifieDepuis"]
    assert Decision.objects.filter(demande=demande).count() == 1
