"""The medical safe: keys apart, nothing opened without naming it, and files that go in and out of it."""

import io
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from dossierunique.fichiers import chiffrement, entrepot, lecture
from dossierunique.fichiers.deplacement import mettre_au_coffre
from dossierunique.fichiers.depot import deposer, enregistrer_pdf
from dossierunique.fichiers.erreurs import FichierAltere
from dossierunique.fichiers.models import Fichier
from dossierunique.securite.coffres import Coffre, CoffreFerme

PROJET = Path(__file__).parents[3]
MEDICAL, ORDINAIRE = Coffre.MEDICAL, Coffre.ORDINAIRE


@pytest.fixture
def medical(db, acteur, pdf):
    return enregistrer_pdf(pdf, nom="certificat.pdf", cree_par=acteur, coffre=MEDICAL)


@pytest.fixture
def ordinaire(db, acteur, pdf):
    return enregistrer_pdf(pdf, nom="facture.pdf", cree_par=acteur)


@pytest.fixture
def sans_cle_medicale(settings):
    """The same files, for a process that has every key but the medical ones."""
    settings.CLES_MEDICALES = {1: b"une autre" + bytes(23)}


@pytest.mark.parametrize(
    "lire",
    [
        lambda f, **k: b"".join(lecture.ouvrir(f, **k)),
        lecture.lire,
        lambda f, **k: lecture.apercu(f, 1, **k),
        lambda f, **k: b"".join(lecture.reponse(f, telecharger=False, **k).streaming_content),
    ],
    ids=["ouvrir", "lire", "apercu", "reponse"],
)
def test_nothing_reads_a_medical_file_without_naming_its_safe(medical, ordinaire, lire):
    with pytest.raises(CoffreFerme):
        lire(medical)
    with pytest.raises(CoffreFerme):
        lire(medical, coffre=ORDINAIRE)
    assert lire(medical, coffre=MEDICAL)
    assert lire(ordinaire) and lire(ordinaire, coffre=MEDICAL)


def test_only_the_medical_keys_open_it(medical, ordinaire, sans_cle_medicale):
    with pytest.raises(FichierAltere):
        lecture.lire(medical, MEDICAL)
    assert lecture.lire(ordinaire)


def test_an_object_of_one_safe_does_not_open_in_the_other_even_under_the_same_key(settings, medical):
    settings.CLES_FICHIERS = settings.CLES_MEDICALES
    with pytest.raises(FichierAltere):
        b"".join(entrepot.reprendre(medical.chemin, medical.reference, ORDINAIRE))
    objet = entrepot.entrepot().open(medical.chemin, "rb").read()
    maquille = io.BytesIO(chiffrement.MAGIES[ORDINAIRE] + objet[4:])
    with pytest.raises(FichierAltere):
        b"".join(chiffrement.dechiffrer(maquille, medical.reference, ORDINAIRE))


def test_a_deposit_goes_into_its_safe_at_once(db, acteur, pdf, televerser):
    fichier = deposer(televerser(pdf), cree_par=acteur, nom="neutre.pdf", coffre=MEDICAL)
    assert (fichier.coffre, fichier.coffre_cle, fichier.nom) == ("medical", "medical", "neutre.pdf")
    assert lecture.lire(fichier, MEDICAL).startswith(b"%PDF-")


def test_a_file_goes_from_one_safe_to_the_other_and_back(ordinaire, django_capture_on_commit_callbacks):
    clair, ancien = lecture.lire(ordinaire), ordinaire.chemin
    with django_capture_on_commit_callbacks(execute=True):
        ferme = mettre_au_coffre(ordinaire, MEDICAL, "neutre.pdf")
    assert lecture.lire(ferme, MEDICAL) == clair
    assert (ferme.nom, ferme.reference, ferme.sha256) == ("neutre.pdf", ordinaire.reference, ordinaire.sha256)
    assert list(entrepot.inventaire()) == [ferme.chemin] != [ancien]
    rouvert = mettre_au_coffre(ferme, ORDINAIRE)
    assert lecture.lire(rouvert) == clair


def test_what_is_in_place_is_not_touched(medical):
    assert mettre_au_coffre(medical, MEDICAL).chemin == medical.chemin


def test_a_new_key_takes_the_files_over(settings, medical):
    settings.CLES_MEDICALES = {**settings.CLES_MEDICALES, 2: b"medicale-2" + bytes(22)}
    settings.CLE_MEDICALES_COURANTE = 2
    assert lecture.lire(medical, MEDICAL)
    tourne = mettre_au_coffre(medical, MEDICAL)
    assert tourne.cle_id == 2
    settings.CLES_MEDICALES = {2: settings.CLES_MEDICALES[2]}
    assert lecture.lire(tourne, MEDICAL)


def test_an_altered_content_is_not_moved(ordinaire):
    Fichier.objects.filter(pk=ordinaire.pk).update(chemin="00/absent")
    with pytest.raises(FichierAltere), transaction.atomic():
        mettre_au_coffre(ordinaire, MEDICAL)
    ordinaire.refresh_from_db()
    assert (ordinaire.chemin, ordinaire.coffre) == ("00/absent", "ordinaire")


def test_a_file_still_under_the_former_key_is_closed_all_the_same(ordinaire):
    """After the migration, before `rechiffrer_medical`: in the safe for who opens it, under the ordinary key."""
    Fichier.objects.filter(pk=ordinaire.pk).update(coffre="medical")
    ancien = Fichier.objects.get(pk=ordinaire.pk)
    with pytest.raises(CoffreFerme):
        lecture.lire(ancien)
    assert lecture.lire(ancien, MEDICAL).startswith(b"%PDF-")


def test_every_file_is_checked_whatever_its_safe(medical, ordinaire, sans_cle_medicale, settings):
    sortie = StringIO()
    with pytest.raises(Exception, match="altérés"):
        call_command("verifier_fichiers", stdout=sortie)
    assert f"altéré : {medical.reference}" in sortie.getvalue()
    assert str(ordinaire.reference) not in sortie.getvalue()


def test_the_checks_read_both_safes(medical, ordinaire):
    sortie = StringIO()
    call_command("verifier_fichiers", stdout=sortie)
    assert "2 fichiers vérifiés, 0 altérés, 0 orphelins" in sortie.getvalue()


def test_what_reads_without_opening_is_known_by_name():
    """`flux` opens any safe: it belongs to the antivirus, the checks and the moves, never to a view."""
    usages = {
        str(fichier.relative_to(PROJET))
        for racine in ("dossierunique", "partners", "dossiers")
        for fichier in (PROJET / racine).rglob("*.py")
        if re.search(r"lecture\.flux\(|import .*\bflux\b|entrepot\.reprendre\(", fichier.read_text())
    }
    assert usages == {
        "dossierunique/fichiers/analyse.py",
        "dossierunique/fichiers/deplacement.py",
        "dossierunique/fichiers/lecture.py",
        "dossierunique/fichiers/management/commands/verifier_fichiers.py",
    }
