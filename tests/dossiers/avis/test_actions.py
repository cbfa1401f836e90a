"""Asking for an avis, giving it, and the notes that only médecins read."""

import pytest
from django.db import DatabaseError, connections, transaction

from dossiers.avis.actions import ajouter_note, demander_avis, recopie, rendre_avis, retirer_demande_d_avis
from dossiers.avis.models import AvisMedical, NoteMedicale
from dossiers.avis.policies import avis_montres, notes_lues
from dossiers.commission.actions import notifier_decision
from dossiers.demandes.actions import classer
from dossiers.demandes.models import Demande
from dossiers.partages.profils import Regard
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from dossierunique.securite.coffres import Coffre, CoffreFerme
from partners.habilitations.identite import agir_pour
from tests import fabriques

pytestmark = pytest.mark.django_db
NOTE = "Lombalgie chronique depuis mars, repos prescrit."
MOTIF = "L’aide est justifiée pour six mois."


@pytest.fixture
def medecin(db):
    return fabriques.habilitation("medecin")


@pytest.fixture
def demande(dossier, gestionnaire):
    return fabriques.demande(dossier, etat="en_instruction", gestionnaire=gestionnaire)


@pytest.fixture
def attendue(demande, gestionnaire):
    demander_avis(gestionnaire, demande, "Combien de mois ?")
    return Demande.objects.get(pk=demande.pk)


def rendre(medecin, demande, **k):
    valeurs = {"sens": "favorable", "motif": MOTIF, "note": NOTE, "version": demande.version, **k}
    return rendre_avis(medecin, demande, **valeurs)


def test_the_avis_is_asked_for_given_and_told(attendue, gestionnaire, medecin):
    assert attendue.etat == "avis_demande"
    vider()
    assert [n.genre for n in Notification.objects.filter(destinataire=medecin.utilisateur)] == [
        "avis_demande"
    ]
    avis = rendre(medecin, attendue)
    attendue.refresh_from_db()
    assert (attendue.etat, avis.etat, avis.sens, avis.rendu_par) == (
        "avis_rendu", "rendu", "favorable", medecin,
    )  # fmt: skip
    vider()
    recues = Notification.objects.filter(destinataire=gestionnaire.utilisateur, genre="avis_rendu")
    assert [n.texte for n in recues] == [f"L’avis médical est rendu sur {attendue.numero}."]


def test_each_gesture_leaves_one_row_that_says_nothing_of_the_answer(attendue, medecin):
    rendre(medecin, attendue)
    ajouter_note(medecin, attendue, "Revoir la radiographie.")
    lignes = LigneJournal.objects.filter(details__demande=attendue.numero).order_by("id")
    assert [ligne.details for ligne in lignes][-3:] == [
        {"geste": geste, "demande": attendue.numero}
        for geste in ("demander_avis", "rendre_avis", "ajouter_note")
    ]


@pytest.mark.parametrize(
    "profil", ["correspondant", "secretaire", "numerisation", "partenaire", "dpo", "medecin"]
)
def test_only_who_instructs_asks(demande, correspondant, profil):
    qui = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    for geste in (lambda: demander_avis(qui, demande, ""), lambda: retirer_demande_d_avis(qui, demande)):
        with pytest.raises(AccesRefuse):
            geste()


@pytest.mark.parametrize("profil", ["correspondant", "secretaire", "gestionnaire", "partenaire", "dpo"])
def test_only_a_medecin_answers_and_writes_notes(attendue, correspondant, profil):
    qui = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    for geste in (lambda: rendre(qui, attendue), lambda: ajouter_note(qui, attendue, NOTE)):
        with pytest.raises(AccesRefuse):
            geste()
    assert not NoteMedicale.objects.exists()


@pytest.mark.parametrize("etat", ["soumise", "incomplete", "complete", "decidee"])
def test_an_avis_is_asked_for_during_the_instruction(dossier, gestionnaire, etat):
    with pytest.raises(ActionRefusee):
        demander_avis(gestionnaire, fabriques.demande(dossier, etat=etat), "")


def test_an_avis_may_be_asked_for_again_and_the_former_stays(attendue, gestionnaire, medecin):
    premier = rendre(medecin, attendue)
    demander_avis(gestionnaire, attendue, "Et ensuite ?")
    attendue.refresh_from_db()
    rendre(medecin, attendue, sens="reserve", motif="À revoir.")
    assert [a.sens for a in attendue.avis.all()] == ["reserve", "favorable"]
    assert attendue.avis.last() == premier


def test_the_instruction_goes_on_without_it(attendue, gestionnaire, medecin):
    retirer_demande_d_avis(gestionnaire, attendue)
    attendue.refresh_from_db()
    assert (attendue.etat, attendue.avis.get().etat) == ("en_instruction", "retire")
    with pytest.raises(ActionRefusee):
        rendre(medecin, attendue)


def test_a_demande_given_up_waits_for_no_avis(attendue, gestionnaire):
    classer(gestionnaire, attendue, "annulee", "La personne renonce.")
    assert attendue.avis.get().etat == "retire"


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"sens": "peut-être"}, "sens"), ({"motif": "  "}, "motif"), ({"motif": f"Vu : {NOTE}"}, "motif"),
        ({"motif": "Car lombalgie chronique depuis mars, repos prescrit par ailleurs"}, "motif"),
    ],
)  # fmt: skip
def test_what_is_not_an_avis_is_refused_beside_its_field(attendue, medecin, change, champ):
    with pytest.raises(ActionRefusee) as refus:
        rendre(medecin, attendue, **change)
    assert refus.value.champ == champ
    assert not NoteMedicale.objects.exists()


def test_two_medecins_do_not_answer_over_each_other(attendue, medecin):
    lue = attendue.version
    rendre(medecin, attendue)
    with pytest.raises(ModifieDepuis):
        rendre(fabriques.habilitation("medecin"), attendue, version=lue)


@pytest.mark.parametrize(
    ("motif", "note", "attendu"),
    [
        ("un deux trois quatre cinq six sept", "zéro UN, deux trois ; quatre cinq six", True),
        ("un deux trois quatre cinq", "un deux trois quatre cinq six", False),
        ("Trois mois suffisent", "trois mois suffisent", True), ("Favorable", "favorable", False), ("Oui", "", False),
    ],
)  # fmt: skip
def test_what_is_a_copy_of_the_note(motif, note, attendu):
    assert recopie(motif, note) is attendu


def test_the_database_keeps_an_avis_given_and_every_note(attendue, medecin):
    avis = rendre(medecin, attendue)
    for essai in (
        lambda: AvisMedical.objects.filter(pk=avis.pk).update(motif="Autre."),
        lambda: AvisMedical.objects.filter(pk=avis.pk).delete(),
        lambda: AvisMedical.objects.create(demande=attendue, demande_par=medecin, sens="favorable"),
        lambda: NoteMedicale.objects.update(texte="Autre."),
        lambda: NoteMedicale.objects.all().delete(),
        lambda: NoteMedicale.objects.create(demande=attendue, texte="x", auteur=medecin),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            essai()


@pytest.mark.parametrize(
    ("profil", "vu"),
    [
        ("gestionnaire", "avis favorable|question|motif"), ("secretaire", "avis favorable|question|motif"),
        ("medecin", "avis favorable|question|motif"), ("partenaire", "avis favorable|motif"),
        ("assistant_social", "avis favorable|motif"), ("correspondant", "avis rendu"), ("numerisation", "avis rendu"),
        ("dpo", "avis rendu"), ("superviseur", ""),
    ],
)  # fmt: skip
def test_what_each_profile_knows_of_the_avis(attendue, medecin, profil, vu):
    rendre(medecin, attendue)
    regard = Regard(fabriques.habilitation(profil))
    montres = [
        "|".join(filter(None, (a.etat, a.question and "question", a.motif and "motif")))
        for a in avis_montres(regard, attendue)
    ]
    assert montres == ([vu] if vu else [])
    lues = notes_lues(regard, attendue.notes_medicales)
    assert [n.texte for n in lues] == ([NOTE] if profil == "medecin" else [])


def test_postgresql_gives_notes_to_medecins_only(attendue, medecin, gestionnaire):
    rendre(medecin, attendue)

    def comptees(habilitation) -> int:
        with agir_pour(habilitation), connections["default"].cursor() as curseur:
            curseur.execute("SELECT count(*) FROM dossiers_note_medicale")
            return curseur.fetchone()[0]

    assert comptees(medecin) == 1
    assert comptees(gestionnaire) == 0
    assert comptees(fabriques.habilitation("assistant_social")) == 0


def test_a_note_read_from_the_database_stays_closed(attendue, medecin):
    rendre(medecin, attendue)
    note = NoteMedicale.objects.get()
    with pytest.raises(CoffreFerme):
        note.texte.ouvrir(Coffre.ORDINAIRE)
    assert note.texte.ouvrir(Regard(medecin).coffre) == NOTE


def test_the_decision_follows_the_avis(attendue, gestionnaire, medecin):
    rendre(medecin, attendue)
    attendue.refresh_from_db()
    decision = fabriques.decision(attendue, gestionnaire)
    notifier_decision(decision)
    attendue.refresh_from_db()
    assert attendue.etat == "notifiee"
