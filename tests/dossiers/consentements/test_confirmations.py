"""The proof of a consent: each transition, who may, and what the shares do."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from dossiers.consentements import confirmations, rappels
from dossiers.consentements.confirmations import confirmer_preuve, rejeter_preuve
from dossiers.consentements.models import ConfirmationConsentement, Consentement, PreuveAConfirmer
from dossiers.partages.models import Partage
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from tests import fabriques

pytestmark = pytest.mark.django_db


def frais(acte):
    return Consentement.objects.get(pk=acte.pk)


def vieillir(acte, jours):
    PreuveAConfirmer.objects.filter(pk=acte.pk).update(depuis=timezone.now() - timedelta(days=jours))


@pytest.fixture
def acte(recueillir, correspondant, ouvert):
    return recueillir(correspondant, ouvert, uneo="accorde", asd="accorde", mspp="refuse")


def test_un_accord_compte_des_l_enregistrement_et_attend(acte, ouvert, lisent):
    assert lisent(ouvert) == {"uneo", "asd"}
    assert acte.attendue is not None
    assert acte.avis is None


def test_un_refus_ou_un_retrait_n_attend_personne(recueillir, retirer, correspondant, ouvert, acte):
    refus = recueillir(correspondant, ouvert, uneo="refuse")
    retrait = retirer(correspondant, ouvert, "asd")
    assert frais(refus).attendue is None
    assert frais(retrait).attendue is None


def test_confirmer(acte, ouvert, gestionnaire, lisent):
    avant = LigneJournal.objects.count()
    avis = confirmer_preuve(gestionnaire, acte)
    assert (avis.decision, avis.par) == ("confirme", gestionnaire)
    assert frais(acte).attendue is None
    assert lisent(ouvert) == {"uneo", "asd"}
    assert LigneJournal.objects.count() == avant + 1


def test_rejeter_ferme_aussitot_et_previent_qui_a_enregistre(
    acte, ouvert, gestionnaire, correspondant, lisent
):
    rejeter_preuve(gestionnaire, acte, "La signature manque.")
    assert lisent(ouvert) == set()
    assert set(Partage.objects.filter(nature="consentement").values_list("motif", flat=True)) == {
        "preuve du consentement rejetée"
    }
    mot = Notification.objects.get(destinataire=correspondant.utilisateur, genre="preuve_rejetee")
    assert ouvert.numero in mot.texte
    assert "signature" not in mot.texte, "the reason may hold personal data: it stays on the page"


@pytest.mark.parametrize("motif", ["", "   "])
def test_rejeter_se_motive(acte, gestionnaire, motif):
    with pytest.raises(ActionRefusee):
        rejeter_preuve(gestionnaire, acte, motif)


def test_une_seule_fois(acte, gestionnaire):
    confirmer_preuve(gestionnaire, acte)
    for geste in (confirmer_preuve, lambda h, a: rejeter_preuve(h, a, "non")):
        with pytest.raises(ActionRefusee, match="déjà"):
            geste(gestionnaire, frais(acte))
    assert ConfirmationConsentement.objects.count() == 1


def test_jamais_par_qui_a_enregistre(recueillir, ouvert, gestionnaire):
    sien = recueillir(gestionnaire, ouvert, uneo="accorde")
    with pytest.raises(ActionRefusee, match="autre gestionnaire"):
        confirmer_preuve(gestionnaire, sien)
    confirmer_preuve(fabriques.habilitation("gestionnaire"), sien)


def test_ni_sous_une_autre_habilitation_de_la_meme_personne(acte, correspondant):
    autre = fabriques.habilitation("gestionnaire", utilisateur=correspondant.utilisateur)
    with pytest.raises(ActionRefusee, match="autre gestionnaire"):
        confirmer_preuve(autre, acte)


def test_la_base_le_refuse_aussi(acte, correspondant):
    with pytest.raises(DatabaseError), transaction.atomic():
        ConfirmationConsentement.objects.create(
            consentement=acte, dossier=acte.dossier, decision="confirme", par=correspondant
        )


def test_la_base_ne_recrit_pas_un_avis(acte, gestionnaire):
    avis = confirmer_preuve(gestionnaire, acte)
    for ordre in ("UPDATE dossiers_confirmation_consentement SET motif = 'x'",
                  "DELETE FROM dossiers_confirmation_consentement"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connections["default"].cursor() as curseur:
            curseur.execute(ordre)
    avis.refresh_from_db()


@pytest.mark.parametrize("profil", ["correspondant", "secretaire", "medecin", "dpo", "partenaire"])
def test_seul_un_gestionnaire_juge(acte, profil):
    with pytest.raises(AccesRefuse):
        confirmer_preuve(fabriques.habilitation(profil), acte)


def test_sans_papier_rien_a_confirmer(recueillir, correspondant, ouvert, gestionnaire):
    nu = recueillir(correspondant, ouvert, preuve=False, uneo="accorde")
    with pytest.raises(ActionRefusee, match="rien à confirmer"):
        confirmer_preuve(gestionnaire, nu)
    rejeter_preuve(gestionnaire, nu, "Aucun papier joint.")


def test_un_papier_non_analyse_ne_se_confirme_pas(acte, gestionnaire):
    type(acte.preuve).objects.filter(pk=acte.preuve_id).update(etat="en_analyse")
    with pytest.raises(ActionRefusee):
        confirmer_preuve(gestionnaire, frais(acte))


def test_apres_le_delai_le_partage_est_suspendu_puis_reprend(acte, ouvert, gestionnaire, lisent):
    vieillir(acte, 31)
    assert rappels.faire_la_ronde() == (1, 1)
    assert lisent(ouvert) == set()
    assert frais(acte).attendue.suspendu_le is not None
    assert rappels.faire_la_ronde() == (0, 0), "once is enough"
    confirmer_preuve(gestionnaire, frais(acte))
    assert lisent(ouvert) == {"uneo", "asd"}
    assert Partage.objects.filter(dossier=ouvert, organisme__code="uneo").count() == 2


def test_la_confirmation_ne_rouvre_pas_ce_que_la_personne_a_retire(
    acte, ouvert, gestionnaire, retirer, lisent
):
    vieillir(acte, 31)
    rappels.faire_la_ronde()
    retirer(gestionnaire, ouvert, "uneo")
    confirmer_preuve(gestionnaire, frais(acte))
    assert lisent(ouvert) == {"asd"}


def test_un_autre_papier_tient_le_partage(acte, ouvert, gestionnaire, correspondant, recueillir, lisent):
    """Two acts accord the same organisme: the share rests on the one that holds, without a break."""
    second = recueillir(correspondant, ouvert, uneo="accorde")
    rejeter_preuve(gestionnaire, acte, "Illisible.")
    assert lisent(ouvert) == {"uneo"}
    actif = Partage.objects.actifs().get(dossier=ouvert, organisme__code="uneo")
    assert actif.consentement_ligne.consentement == second


def test_enregistrer_de_nouveau_le_meme_accord_ne_prolonge_rien(
    acte, ouvert, correspondant, recueillir, lisent
):
    vieillir(acte, 31)
    recueillir(correspondant, ouvert, uneo="accorde")
    rappels.faire_la_ronde()
    assert lisent(ouvert) == set()


def test_le_rappel_avant_le_delai(acte, ouvert, correspondant, gestionnaire, settings, lisent):
    vieillir(acte, 24)
    assert rappels.faire_la_ronde() == (1, 0)
    assert lisent(ouvert) == {"uneo", "asd"}
    for prevenu in (correspondant, gestionnaire):
        assert (
            Notification.objects.filter(destinataire=prevenu.utilisateur, genre=rappels.RAPPEL).count() == 1
        )
    assert rappels.faire_la_ronde() == (0, 0)


def test_le_delai_se_regle(acte, settings, lisent, ouvert):
    settings.CONSENTEMENT_CONFIRMATION_JOURS = 2
    vieillir(acte, 3)
    rappels.faire_la_ronde()
    assert lisent(ouvert) == set()


def test_un_acte_juge_pendant_la_ronde_n_est_pas_suspendu(acte, gestionnaire):
    attente = PreuveAConfirmer.objects.select_related("dossier").get(pk=acte.pk)
    confirmer_preuve(gestionnaire, acte)
    assert confirmations.suspendre(attente) is False


def test_un_formulaire_n_est_enregistre_qu_une_fois(ouvert, correspondant, gestionnaire, recueillir, lisent):
    """The second submit of a page is refused; after a rejection the same paper may be scanned again."""
    from dossiers.consentements.actions import imprimer_formulaire

    papier = imprimer_formulaire(correspondant, ouvert.assure)
    premier = recueillir(correspondant, ouvert, formulaire=papier, uneo="accorde")
    with pytest.raises(ActionRefusee, match="déjà enregistré"):
        recueillir(correspondant, ouvert, formulaire=papier, uneo="accorde")
    rejeter_preuve(gestionnaire, premier, "Illisible.")
    recueillir(correspondant, ouvert, formulaire=papier, uneo="accorde")
    assert lisent(ouvert) == {"uneo"}


def test_le_formulaire_d_une_autre_personne(ouvert, correspondant, recueillir):
    from dossiers.consentements.actions import imprimer_formulaire

    autre = imprimer_formulaire(correspondant, fabriques.assure(par=correspondant))
    with pytest.raises(ActionRefusee, match="pas celui"):
        recueillir(correspondant, ouvert, formulaire=autre, uneo="accorde")
