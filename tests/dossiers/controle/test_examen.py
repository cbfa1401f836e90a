"""The review of an alert and the settings of the rules, by the data protection officer only."""

import pytest

from dossiers.controle.actions import demander_verification, examiner, regler
from dossiers.controle.models import RegleAlerte
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Envoi
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo():
    return fabriques.habilitation("dpo")


@pytest.fixture
def alerte(gestionnaire):
    return fabriques.alerte(gestionnaire)


def test_from_taken_to_concluded(dpo, alerte):
    prise = examiner(dpo, alerte, "en_examen", "", 1)
    conclue = examiner(dpo, prise, "justifiee", "Campagne de relance, vue avec le service.", 2)
    assert (conclue.etat, conclue.version, conclue.conclue) == ("justifiee", 3, True)
    assert [(e.vers, e.commentaire) for e in conclue.examens.all()] == [
        ("en_examen", ""), ("justifiee", "Campagne de relance, vue avec le service."),
    ]  # fmt: skip
    lignes = LigneJournal.objects.filter(objet=str(alerte)).order_by("pk")
    assert [ligne.details for ligne in lignes] == [
        {"de": "a_examiner", "vers": "en_examen"}, {"de": "en_examen", "vers": "justifiee"},
    ]  # fmt: skip


def test_a_conclusion_says_why(dpo, alerte):
    examiner(dpo, alerte, "en_examen", "", 1)
    with pytest.raises(ActionRefusee) as refus:
        examiner(dpo, alerte, "sans_suite", "  ", 2)
    assert refus.value.champ == "commentaire"


@pytest.mark.parametrize("vers", ["justifiee", "a_examiner"])
def test_no_step_is_skipped(dpo, alerte, vers):
    with pytest.raises(ActionRefusee):
        examiner(dpo, alerte, vers, "Vu.", 1)


def test_what_another_changed_is_told(dpo, alerte):
    examiner(dpo, alerte, "en_examen", "", 1)
    with pytest.raises(ModifieDepuis):
        examiner(dpo, alerte, "justifiee", "Vu.", 1)


def test_nobody_judges_her_own_accesses(dpo):
    with pytest.raises(ActionRefusee, match="vos propres accès"):
        examiner(dpo, fabriques.alerte(dpo), "en_examen", "", 1)


@pytest.mark.parametrize("profil", ["gestionnaire", "administrateur", "superviseur", "medecin"])
def test_only_the_data_protection_officer(profil, alerte):
    autre = fabriques.habilitation(profil)
    for geste in (
        lambda: examiner(autre, alerte, "en_examen", "", 1),
        lambda: regler(autre, "rafale", {"seuil": 9}, 1),
        lambda: demander_verification(autre),
    ):
        with pytest.raises(AccesRefuse):
            geste()


def test_a_suspended_officer_is_nobody(alerte):
    with pytest.raises(AccesRefuse):
        examiner(fabriques.habilitation("dpo", etat="suspendue"), alerte, "en_examen", "", 1)


def test_setting_a_rule_is_written_down(dpo):
    regler(dpo, "rafale", {"seuil": 25, "active": False}, 1)
    regle = RegleAlerte.objects.get(pk="rafale")
    assert (regle.seuil, regle.active, regle.version) == (25, False, 2)
    details = LigneJournal.objects.get(objet="règle rafale").details
    assert details == {"de": {"seuil": 40, "active": True}, "vers": {"seuil": 25, "active": False}}
    with pytest.raises(ModifieDepuis):
        regler(dpo, "rafale", {"seuil": 30}, 1)


def test_a_verification_is_promised_once_a_minute(dpo):
    demander_verification(dpo)
    demander_verification(dpo)
    assert 1 <= Envoi.objects.filter(genre="journal.verifier").count() <= 2
    assert LigneJournal.objects.filter(objet="journal", motif="vérification demandée").count() == 2
