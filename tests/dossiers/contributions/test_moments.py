"""When a partner may answer, and what an answer may tell."""

from decimal import Decimal

import pytest
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.actions import classer
from dossiers.echanges.histoire import evenements_de, lignes
from dossiers.partages.profils import Regard
from dossierunique.erreurs import ActionRefusee
from tests import fabriques

pytestmark = pytest.mark.django_db


def repondre(habilitation, demande, etat="accord", montant="10.00"):
    contribution = Contribution.objects.get(demande=demande, organisme=habilitation.organisme)
    return enregistrer_contribution(
        habilitation, contribution, etat=etat, montant=Decimal(montant), date_effet=timezone.localdate(),
        version=contribution.version,
    )  # fmt: skip


def test_an_ended_demande_takes_no_answer(dossier, gestionnaire, uneo):
    demande = fabriques.demande(dossier)
    classer(gestionnaire, demande, "irrecevable", "Hors du champ.")
    with pytest.raises(ActionRefusee, match="n’attend plus"):
        repondre(uneo, demande)


@pytest.mark.parametrize("montant", ["0.01", "359.99", "360.00", "360.01", "720.00"])
def test_the_amount_decided_cannot_be_guessed_before_it_is_notified(montant, dossier, uneo):
    demande = fabriques.demande(dossier, etat="decidee", montant="360.00")
    with pytest.raises(ActionRefusee, match="en train de changer"):
        repondre(uneo, demande, montant=montant)


def test_who_gave_nothing_is_not_named_to_the_other_partners(dossier, correspondant, gestionnaire, uneo, asd):
    demande = fabriques.demande(dossier)
    repondre(uneo, demande, etat="refus", montant="0")

    def lue_par(habilitation):
        return " ".join(f"{e.auteur} {e.texte}" for e in lignes(evenements_de(dossier), Regard(habilitation)))

    assert "Unéo" not in lue_par(asd), "or else its absence elsewhere would tell of a refusal (rule 8)"
    retirer_consentement(correspondant, dossier, [uneo.organisme], signe_le=timezone.localdate())
    assert "Unéo" not in lue_par(asd)
    assert "Unéo" in lue_par(gestionnaire)
