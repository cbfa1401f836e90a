"""Recording a contribution: the page of the partner, its rules and its versions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import TRANSITIONS, Contribution, EtatContribution
from dossiers.demandes.models import Demande
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(dossier):
    """720 € to finance, the ASD and Unéo asked."""
    return fabriques.demande(dossier, type_aide="aide-financiere-sante")


def de(demande, habilitation) -> Contribution:
    return Contribution.objects.get(demande=demande, organisme=habilitation.organisme)


def repondre(habilitation, demande, etat="accord", montant="180", **k):
    contribution = de(demande, habilitation)
    k = {"date_effet": timezone.localdate(), "version": contribution.version, **k}
    return enregistrer_contribution(habilitation, contribution, etat=etat, montant=Decimal(montant), **k)


def adresse(demande) -> str:
    return reverse("contributions:enregistrer", args=[demande.numero])


def saisie(demande, habilitation, **k) -> dict[str, str]:
    return {
        "version": de(demande, habilitation).version, "etat": "accord", "montant": "180,00",
        "date_effet": timezone.localdate().isoformat(), "commentaire": "Versement en décembre.", **k,
    }  # fmt: skip


def test_the_page_shows_what_is_left_and_leaves_one_row(connexion, uneo, asd, demande):
    repondre(asd, demande, montant="100")
    client = connexion(uneo)
    avant = LigneJournal.objects.count()
    page = client.get(adresse(demande)).content.decode()
    assert "620,00\xa0€" in page
    assert "ASD" in page
    assert "MSPP" not in page
    lignes = LigneJournal.objects.order_by("-pk")[: LigneJournal.objects.count() - avant]
    assert [(ligne.action, ligne.objet) for ligne in lignes] == [(Acte.CONSULTER, demande.dossier.numero)]


def test_an_agreement_is_recorded_and_changes_the_plan(connexion, uneo, demande):
    client = connexion(uneo)
    avant = LigneJournal.objects.count()
    reponse = client.post(adresse(demande), saisie(demande, uneo))
    assert reponse["Location"] == reverse("demandes:detail", args=[demande.numero])
    assert LigneJournal.objects.count() == avant + 1
    relue = Demande.objects.get(pk=demande.pk)
    assert (relue.montant_partenaires, relue.reste_a_charge) == (Decimal("180"), Decimal("540"))
    version = de(demande, uneo).versions.get()
    assert (version.etat, version.auteur, version.commentaire) == ("accord", uneo, "Versement en décembre.")


def test_a_correction_is_a_new_version_and_the_old_one_stays_readable(connexion, uneo, demande):
    client = connexion(uneo)
    client.post(adresse(demande), saisie(demande, uneo, montant="180"))
    client.post(adresse(demande), saisie(demande, uneo, montant="150,50", commentaire="Après calcul."))
    assert Demande.objects.get(pk=demande.pk).montant_partenaires == Decimal("150.50")
    page = client.get(adresse(demande)).content.decode()
    assert page.index("Après calcul.") < page.index("Versement en décembre.")
    assert "180,00\xa0€" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        de(demande, uneo).versions.update(montant=1)


def test_the_plan_never_exceeds_the_cost(connexion, uneo, asd, demande):
    repondre(asd, demande, montant="600")
    reponse = connexion(uneo).post(adresse(demande), saisie(demande, uneo, montant="120,01"))
    assert "il reste 120,00\xa0€ à financer" in reponse.context["form"].errors["montant"][0]
    assert Demande.objects.get(pk=demande.pk).reste_a_charge == Decimal("120")
    connexion(uneo).post(adresse(demande), saisie(demande, uneo, montant="120"))
    assert Demande.objects.get(pk=demande.pk).reste_a_charge == 0


def test_the_database_holds_the_plan_by_itself(uneo, demande):
    with pytest.raises(IntegrityError, match="demande_plan_dans_le_cout"), transaction.atomic():
        Contribution.objects.filter(pk=de(demande, uneo).pk).update(
            etat="accord", montant=721, date_effet=timezone.localdate()
        )


def test_a_refusal_of_the_amount_does_not_tell_a_decision_before_its_notification(uneo, dossier):
    demande = fabriques.demande(dossier, etat="decidee", montant="700")
    with pytest.raises(ActionRefusee) as refus:
        repondre(uneo, demande, montant="100")
    assert "20" not in refus.value.message


@pytest.mark.parametrize(
    ("etat", "montant", "jours", "champ"),
    [
        ("accord", "0", 0, "montant"),
        ("accord_partiel", "0", 0, "montant"),
        ("accord", "10", None, "date_effet"),
        ("accord", "10", 1, "date_effet"),
        ("refus", "0", 1, "date_effet"),
        ("versee", "10", 0, "etat"),
        ("close", "0", 0, "etat"),
    ],
)
def test_what_is_refused_says_where(uneo, demande, etat, montant, jours, champ):
    quand = None if jours is None else timezone.localdate() + timedelta(days=jours)
    with pytest.raises(ActionRefusee) as refus:
        repondre(uneo, demande, etat, montant, date_effet=quand)
    assert refus.value.champ == champ


def test_every_arrow_of_the_table_is_an_arrow_of_the_database(uneo, demande):
    """The trigger and the table agree: each pair of states, tried by raw SQL."""
    pk = de(demande, uneo).pk
    for depart in EtatContribution.values:
        for cible in set(EtatContribution.values) - {depart}:
            permis = _passe(pk, depart, cible)
            assert permis == (cible in TRANSITIONS[depart]), f"{depart} → {cible}"


def _passe(pk: int, depart: str, cible: str) -> bool:
    chemins = {
        "sollicitee": [], "en_instruction": ["en_instruction"], "versee": ["accord", "versee"],
        "close": ["accord", "versee", "close"],
    }  # fmt: skip
    try:
        with transaction.atomic(), connection.cursor() as curseur:
            for etat in [*chemins.get(depart, [depart]), cible]:
                curseur.execute(
                    "UPDATE dossiers_contribution SET etat = %s, montant = CASE WHEN %s IN "
                    "('accord', 'accord_partiel', 'versee', 'close') THEN 10 ELSE 0 END, "
                    "date_effet = current_date WHERE id = %s",
                    [etat, etat, pk],
                )
            raise _Annuler
    except _Annuler:
        return True
    except IntegrityError:
        return False


class _Annuler(Exception):
    """Undoes the try."""


def test_closing_keeps_what_was_given(uneo, demande):
    repondre(uneo, demande, montant="180")
    repondre(uneo, demande, "versee", "180")
    close = repondre(uneo, demande, "close", "0", date_effet=None)
    assert (close.montant, close.date_effet) == (Decimal("180"), timezone.localdate())
    with pytest.raises(ActionRefusee):
        repondre(uneo, demande, "close", "180")


def test_a_closed_contribution_has_no_form(connexion, uneo, demande):
    for etat in ("accord", "versee", "close"):
        repondre(uneo, demande, etat, "180")
    page = connexion(uneo).get(adresse(demande)).content.decode()
    assert "ne se modifie plus" in page
    assert 'name="montant"' not in page


def test_a_refusal_takes_the_amount_back(uneo, demande):
    repondre(uneo, demande)
    repondre(uneo, demande, "refus", "0")
    assert Demande.objects.get(pk=demande.pk).montant_partenaires == 0


def test_a_colleague_in_between_is_seen_and_nothing_typed_is_lost(connexion, uneo, demande):
    donnees = saisie(demande, uneo, commentaire="Ma saisie.")
    collegue = fabriques.habilitation("partenaire", organisme="uneo")
    repondre(collegue, demande, "en_instruction", "0")
    client = connexion(uneo)
    refuse = client.post(adresse(demande), donnees)
    assert "a modifié cette demande" in refuse.content.decode()
    assert "Ma saisie." in refuse.content.decode()
    donnees["version"] = refuse.context["form"]["version"].value()
    assert client.post(adresse(demande), donnees).status_code == 302


def test_the_version_is_checked_by_the_action(uneo, demande):
    with pytest.raises(ModifieDepuis):
        repondre(uneo, demande, version=7)


def test_only_its_organisme_writes_a_contribution(asd, uneo, demande):
    with pytest.raises(AccesRefuse):
        enregistrer_contribution(asd, de(demande, uneo), etat="refus", version=1)


def test_a_withdrawn_partner_finds_nothing_and_its_contribution_stays(connexion, uneo, gestionnaire, demande):
    repondre(uneo, demande)
    retirer_consentement(gestionnaire, demande.dossier, [uneo.organisme], signe_le=timezone.localdate())
    client = connexion(uneo)
    assert client.get(adresse(demande)).status_code == 404
    assert client.post(adresse(demande), saisie(demande, uneo, etat="refus")).status_code == 404
    assert Demande.objects.get(pk=demande.pk).montant_partenaires == Decimal("180")


@pytest.mark.parametrize("qui", ["mspp", "correspondant", "gestionnaire", "etranger"])
def test_nobody_else_has_this_page(connexion, request, demande, qui):
    client = connexion(request.getfixturevalue(qui))
    assert client.get(adresse(demande)).status_code == 404
    assert client.post(adresse(demande), {"etat": "accord"}).status_code == 404
