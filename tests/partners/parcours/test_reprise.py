"""What was suspended is given back by who may, and by no shorter way."""

from datetime import date

import pytest
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee
from partners.habilitations import actions, listes, parcours
from tests import fabriques
from tests.partners.parcours.aides import demander, prevenus

pytestmark = pytest.mark.django_db


def test_reprise_par_le_responsable_quand_le_calendrier_a_suspendu(admin, responsable) -> None:
    tenue = fabriques.habilitation("partenaire", organisme="uneo", etat="suspendue", cause="inutilisee")
    parcours.demander_reprise(tenue.utilisateur, tenue)
    parcours.demander_reprise(tenue.utilisateur, tenue)
    assert prevenus(tenue, "habilitation_alerte") == {responsable.utilisateur_id}
    assert list(listes.reprises(responsable)) == [tenue]
    assert list(listes.reprises(admin)) == []
    reprise = actions.reprendre(responsable, tenue)
    assert (reprise.etat, reprise.cause, reprise.reprise_demandee_le) == ("active", "", None)


def test_ce_que_l_administrateur_a_suspendu_lui_revient(admin, responsable) -> None:
    tenue = fabriques.habilitation("partenaire", organisme="uneo")
    actions.suspendre(admin, tenue, "enquête")
    tenue.refresh_from_db()
    parcours.demander_reprise(tenue.utilisateur, tenue)
    assert list(listes.reprises(admin)) == [tenue]
    assert list(listes.reprises(responsable)) == []
    with pytest.raises(ActionRefusee, match="CNMSS a suspendu"):
        actions.reprendre(responsable, tenue)


def test_une_habilitation_echue_ne_se_reprend_pas(admin) -> None:
    tenue = fabriques.habilitation("partenaire", etat="suspendue", fin=date(2026, 2, 1))
    with pytest.raises(ActionRefusee, match="validité"):
        actions.reprendre(admin, tenue)


@pytest.mark.parametrize("etat", ["demandee", "validee"])
def test_une_demande_ne_se_reprend_pas(etat, admin, responsable, client_admin) -> None:
    """« Reprendre » gives back what was suspended: it is no shorter way around the organisme's validation."""
    demande = demander()
    if etat == "validee":
        demande = parcours.valider(responsable, demande)
    with pytest.raises(ActionRefusee):
        actions.reprendre(admin, demande, "raccourci", demande.version)
    client_admin.post(
        reverse("administration:changer", args=[demande.pk, "reprendre"]),
        {"motif": "raccourci", "version": demande.version},
    )
    client_admin.post(reverse("habilitations:reprendre", args=[demande.pk]))
    demande.refresh_from_db()
    assert (demande.etat, demande.accordee_par_id) == (etat, None)
