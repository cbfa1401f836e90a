"""What the database refuses by itself, whoever writes: bulk updates and raw SQL included."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.commission.models import Decision
from dossiers.contributions.models import Contribution
from dossiers.demandes.etats import TRANSITIONS
from dossiers.demandes.models import Demande
from dossiers.partages.models import Dossier, Partage
from tests import fabriques

pytestmark = pytest.mark.django_db


def refuse(geste, erreur=IntegrityError, match=None):
    with pytest.raises(erreur, match=match), transaction.atomic():
        geste()


def test_one_dossier_per_person_and_programme(dossier):
    refuse(
        lambda: Dossier.objects.create(
            numero="DU-2026-9999999-A",
            assure=dossier.assure,
            unite=dossier.unite,
            ouvert_par=dossier.ouvert_par,
        ),
        match="dossier_un_par_personne_et_programme",
    )


def test_one_active_share_per_recipient(dossier, gestionnaire):
    refuse(
        lambda: Partage.objects.create(dossier=dossier, organisme=gestionnaire.organisme, nature="mission"),
        match="partage_un_actif_par_organisme",
    )


def test_a_consented_share_wants_its_line(dossier, mspp):
    refuse(
        lambda: Partage.objects.create(dossier=dossier, organisme=mspp.organisme, nature="consentement"),
        match="ligne accordée",
    )


def test_a_share_rests_on_an_accordee_line_of_its_own_dossier(dossier, mspp):
    refusee = dossier.lignes_consentement.get(organisme=mspp.organisme)
    autre = fabriques.dossier(accordes=("mspp",), refuses=())
    accordee = autre.lignes_consentement.get(organisme=mspp.organisme)
    for ligne in (refusee, accordee):
        refuse(
            lambda ligne=ligne: Partage.objects.create(
                dossier=dossier, organisme=mspp.organisme, nature="consentement", consentement_ligne=ligne
            ),
            match="ligne accordée",
        )


def test_only_the_cnmss_reads_by_mission(dossier, mspp):
    refuse(
        lambda: Partage.objects.create(dossier=dossier, organisme=mspp.organisme, nature="mission"),
        match="seule la CNMSS",
    )


def test_the_number_of_a_dossier_is_for_life(dossier):
    refuse(
        lambda: Dossier.objects.filter(pk=dossier.pk).update(numero="DU-2026-9999999-A"),
        match="garde son numéro",
    )


def test_the_sum_of_the_plan_cannot_be_written(dossier, uneo):
    demande = fabriques.demande(dossier)
    Contribution.objects.filter(demande=demande, organisme=uneo.organisme).update(
        etat="accord", montant=Decimal("700.00"), date_effet=timezone.localdate()
    )
    Demande.objects.filter(pk=demande.pk).update(montant_partenaires=0)
    demande.refresh_from_db()
    assert demande.montant_partenaires == Decimal("700.00")


def test_a_closed_share_is_never_reopened(dossier, uneo):
    partage = Partage.objects.get(dossier=dossier, organisme=uneo.organisme)
    Partage.objects.filter(pk=partage.pk).update(retire_le=timezone.now())
    refuse(lambda: Partage.objects.filter(pk=partage.pk).update(retire_le=None), match="ne se récrit pas")


@pytest.mark.parametrize(
    "table", ["decision", "evenement", "ligne_consentement", "version_contribution", "texte_consentement"]
)
@pytest.mark.parametrize("ordre", ["UPDATE dossiers_{} SET id = id", "DELETE FROM dossiers_{}"])
@pytest.mark.parametrize("alias", ["default", "proprietaire"])
def test_append_only_tables_change_for_nobody(table, ordre, alias, request):
    """The application has no grant; the owner meets the trigger (as soon as there is a row to touch)."""
    ordre = ordre.format(table)
    if alias == "default":
        refuse(lambda: connections["default"].cursor().execute(ordre), ProgrammingError, "permission denied")
        return
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = %s AND tgenabled = 'O'",
            [f"dossiers_{table}_ajout_seul"],
        )
        assert curseur.fetchone()[0] == 1


def test_the_plan_never_exceeds_the_cost(dossier, uneo, asd):
    demande = fabriques.demande(dossier)
    Contribution.objects.filter(demande=demande, organisme=uneo.organisme).update(
        etat="accord", montant=Decimal("500.00"), date_effet=timezone.localdate()
    )
    demande.refresh_from_db()
    assert (demande.montant_partenaires, demande.reste_a_charge) == (Decimal("500.00"), Decimal("220.00"))
    refuse(
        lambda: Contribution.objects.filter(demande=demande, organisme=asd.organisme).update(
            etat="accord", montant=Decimal("220.01"), date_effet=timezone.localdate()
        ),
        match="demande_plan_dans_le_cout",
    )
    refuse(
        lambda: Demande.objects.filter(pk=demande.pk).update(montant_cnmss=Decimal("221")),
        match="plan_dans_le_cout",
    )


@pytest.mark.parametrize("vers", sorted(set(TRANSITIONS) - TRANSITIONS["soumise"] - {"soumise"}))
def test_no_arrow_outside_the_table(dossier, vers):
    demande = fabriques.demande(dossier)
    refuse(lambda: Demande.objects.filter(pk=demande.pk).update(etat=vers), match="transition interdite")


def test_a_decision_is_a_new_row(dossier):
    demande = fabriques.demande(dossier, etat="notifiee")
    refuse(lambda: Decision.objects.filter(demande=demande).update(montant=1), ProgrammingError)


def test_the_shares_follow_the_name_and_the_situation(dossier, uneo):
    Assure.objects.filter(pk=dossier.assure_id).update(nom_usage="D’Église-Fictive", prenoms="Zoë")
    Dossier.objects.filter(pk=dossier.pk).update(situation="en_cours")
    partage = Partage.objects.get(dossier=dossier, organisme=uneo.organisme)
    assert partage.nom_tri == "d'eglise-fictive zoe"
    assert partage.situation == "en_cours"


def test_the_nir_is_nowhere_in_clear(dossier):
    nir = dossier.assure.nir
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT a::text FROM dossiers_assure a WHERE id = %s", [dossier.assure_id])
        ligne = curseur.fetchone()[0]
        curseur.execute("SELECT string_agg(e::text, ' ') FROM dossiers_assureevent e")
        histoire = curseur.fetchone()[0]
    for texte in (ligne, histoire):
        assert nir not in texte
        assert nir.encode().hex() not in texte
