"""From the request to the activation: each arrow, who may follow it, and who is told."""

import pytest

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from partners.habilitations import listes, parcours
from partners.habilitations.models import Habilitation, Profil
from tests import fabriques
from tests.partners.parcours.aides import JOUR, demander, prevenus

pytestmark = pytest.mark.django_db


def test_le_chemin_entier(admin, responsable) -> None:
    demande = demander()
    assert (demande.etat, demande.demandee_par_id) == ("demandee", demande.utilisateur_id)
    assert prevenus(demande, "habilitation_a_traiter") == {responsable.utilisateur_id}
    assert not Habilitation.objects.en_vigueur().filter(pk=demande.pk).exists()
    demande = parcours.valider(responsable, demande, demande.version)
    assert (demande.etat, demande.validee_par_id) == ("validee", responsable.utilisateur_id)
    assert admin.utilisateur_id in prevenus(demande, "habilitation_a_traiter")
    demande = parcours.activer(admin, demande, demande.version)
    assert (demande.etat, demande.accordee_par_id) == ("active", admin.utilisateur_id)
    assert Habilitation.objects.en_vigueur().filter(pk=demande.pk).exists()
    assert prevenus(demande, "habilitation_suivi") == {demande.utilisateur_id}
    traces = LigneJournal.objects.filter(objet=demande.reference).order_by("pk")
    assert [(t.action, t.details.get("vers", t.details.get("etat"))) for t in traces] == [
        ("creer", "demandee"), ("modifier", "validee"), ("modifier", "active"),
    ]  # fmt: skip


def test_les_messages_ne_nomment_personne(admin, responsable) -> None:
    demande = demander()
    parcours.valider(responsable, demande)
    for texte in Notification.objects.values_list("texte", flat=True):
        assert demande.utilisateur.last_name not in texte


@pytest.mark.parametrize("profil", sorted(set(Profil.values) - {Profil.RESPONSABLE}))
def test_seul_le_responsable_de_l_organisme_valide(responsable, profil) -> None:
    demande = demander()
    with pytest.raises(ActionRefusee):
        parcours.valider(fabriques.habilitation(profil), demande)


def test_le_responsable_d_un_autre_organisme_ne_valide_pas(responsable) -> None:
    with pytest.raises(ActionRefusee):
        parcours.valider(fabriques.habilitation("responsable", organisme="asd"), demander())


def test_un_responsable_suspendu_ne_valide_plus(responsable) -> None:
    demande = demander()
    Habilitation.objects.filter(pk=responsable.pk).update(etat="suspendue")
    responsable.refresh_from_db()
    with pytest.raises(ActionRefusee):
        parcours.valider(responsable, demande)


def test_nul_ne_valide_ni_n_active_sa_propre_demande(admin) -> None:
    moi = fabriques.habilitation("responsable", organisme="uneo")
    # Nothing else than the superviseur may be held beside: the CNMSS's, so that the row is made by hand.
    sienne = fabriques.habilitation(
        "superviseur", utilisateur=moi.utilisateur, organisme=moi.organisme, etat="demandee"
    )
    with pytest.raises(ActionRefusee, match="propres habilitations"):
        parcours.valider(moi, sienne)
    la_mienne = demander(admin.utilisateur, organisme="cnmss", profil="superviseur")
    for geste in (parcours.activer, lambda *a: parcours.refuser(*a, "non")):
        with pytest.raises(ActionRefusee, match="propres habilitations"):
            geste(admin, la_mienne)


def test_celui_qui_a_valide_n_active_pas(admin, responsable) -> None:
    demande = parcours.valider(responsable, demander())
    Habilitation.objects.filter(pk=demande.pk).update(validee_par=admin.utilisateur_id)
    assert list(listes.a_decider(admin)) == []
    with pytest.raises(ActionRefusee, match="un autre administrateur"):
        parcours.activer(admin, demande)


def test_l_administrateur_attend_la_validation(admin, responsable) -> None:
    with pytest.raises(ActionRefusee, match="valide d’abord"):
        parcours.activer(admin, demander())


def test_sans_responsable_la_cnmss_decide_seule(admin) -> None:
    demande = demander(organisme="asd", profil="assistant_social")
    assert prevenus(demande, "habilitation_a_traiter") == {admin.utilisateur_id}
    assert parcours.activer(admin, demande).etat == "active"


def test_les_profils_de_la_cnmss_n_ont_que_l_administrateur(admin) -> None:
    demande = demander(organisme="cnmss", profil="gestionnaire")
    assert list(listes.a_decider(admin)) == [demande]
    assert parcours.activer(admin, demande).etat == "active"


def test_un_responsable_seul_de_son_organisme_ne_bloque_pas_sa_propre_demande(admin, responsable) -> None:
    Habilitation.objects.filter(pk=responsable.pk).update(etat="close", fin=JOUR)
    demande = demander(responsable.utilisateur, profil="responsable")
    assert parcours.activer(admin, demande).etat == "active"


def test_la_demande_du_responsable_vaut_validation(admin, responsable) -> None:
    demande = demander(par=responsable)
    assert (demande.etat, demande.validee_par_id) == ("validee", responsable.utilisateur_id)
    assert prevenus(demande, "habilitation_suivi") == {demande.utilisateur_id}
    assert parcours.activer(admin, demande).etat == "active"


@pytest.mark.parametrize("profil", ["partenaire", "dpo", "superviseur"])
def test_on_ne_demande_pas_pour_un_autre(profil, responsable) -> None:
    with pytest.raises(AccesRefuse):
        demander(par=fabriques.habilitation(profil))


def test_un_responsable_ne_demande_pas_pour_un_autre_organisme(responsable) -> None:
    with pytest.raises(AccesRefuse):
        demander(par=responsable, organisme="mspp")


def test_refuser_dit_pourquoi_et_previent(admin, responsable) -> None:
    demande = demander()
    with pytest.raises(ActionRefusee) as refus:
        parcours.refuser(responsable, demande, " ")
    assert refus.value.champ == "motif"
    refusee = parcours.refuser(responsable, demande, "poste supprimé")
    assert (refusee.etat, refusee.motif) == ("close", "poste supprimé")
    assert prevenus(demande, "habilitation_suivi") == {demande.utilisateur_id}
    validee = parcours.valider(responsable, demander())
    assert parcours.refuser(admin, validee, "doublon").etat == "close"
    with pytest.raises(ActionRefusee, match="déjà reçu sa réponse"):
        parcours.refuser(admin, validee, "doublon")


def test_le_responsable_ne_revient_pas_sur_ce_que_la_cnmss_etudie(responsable) -> None:
    validee = parcours.valider(responsable, demander())
    with pytest.raises(ActionRefusee):
        parcours.refuser(responsable, validee, "trop tard")


def test_la_personne_retire_sa_demande(responsable, gestionnaire) -> None:
    demande = demander()
    with pytest.raises(AccesRefuse):
        parcours.annuler(gestionnaire.utilisateur, demande)
    assert parcours.annuler(demande.utilisateur, demande).etat == "close"
    with pytest.raises(ActionRefusee):
        parcours.annuler(demande.utilisateur, demande)


def test_modifiee_depuis(responsable) -> None:
    demande = demander()
    parcours.valider(responsable, demande, 1)
    with pytest.raises(ModifieDepuis):
        parcours.refuser(responsable, demande, "non", 1)
