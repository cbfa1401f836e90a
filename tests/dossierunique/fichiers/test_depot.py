"""Deposit, reading, verification: real files in a real folder, rows in the real database."""

import io
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from dossierunique.fichiers import depot, entrepot, lecture
from dossierunique.fichiers.depot import FichierRefuse, deposer, enregistrer_pdf
from dossierunique.fichiers.models import Analyse, EtatFichier, Fichier

pytestmark = pytest.mark.django_db


@pytest.fixture
def fichier(televerser, acteur, pdf):
    return deposer(televerser(pdf, "Avis d’impôt 2025.pdf"), cree_par=acteur)


def objet(racine: Path, fichier: Fichier) -> Path:
    return racine / fichier.chemin


def objets(racine: Path) -> list[Path]:
    return [chemin for chemin in racine.rglob("*") if chemin.is_file()] if racine.exists() else []


def test_un_depot(fichier, racine):
    assert (fichier.nom, fichier.pages, fichier.type_mime) == ("Avis d’impôt 2025.pdf", 2, "application/pdf")
    assert (fichier.etat, fichier.analyse) == (EtatFichier.DISPONIBLE, Analyse.NON_CONFIGURE)
    assert fichier.cree_par_id == 42
    clair = lecture.lire(fichier)
    assert clair.startswith(b"%PDF-") and len(clair) == fichier.taille
    stocke = objet(racine, fichier).read_bytes()
    assert b"%PDF" not in stocke and b"DOCUMENT" not in stocke
    assert "impôt" not in fichier.chemin and str(fichier.reference).replace("-", "") not in fichier.chemin


def test_nom_donne_par_l_appelant(televerser, acteur, pdf):
    assert deposer(televerser(pdf, "scan0001.pdf"), cree_par=acteur, nom="Devis").nom == "Devis.pdf"


def test_notre_pdf_est_disponible_aussitot(settings, pdf):
    settings.ANTIVIRUS_EXIGE = True
    fichier = enregistrer_pdf(pdf, nom="Accusé de réception", cree_par=None)
    assert fichier.disponible and fichier.cree_par_id is None and fichier.pages == 2
    assert lecture.lire(fichier) == pdf


def test_antivirus_exige_et_absent(settings, televerser, acteur, pdf):
    settings.ANTIVIRUS_EXIGE = True
    fichier = deposer(televerser(pdf), cree_par=acteur)
    assert fichier.etat == EtatFichier.EN_ANALYSE
    for lire in (
        lecture.lire,
        lambda f: lecture.apercu(f, 1),
        lambda f: lecture.reponse(f, telecharger=False),
    ):
        with pytest.raises(lecture.FichierIndisponible):
            lire(fichier)


def test_trop_lourd_et_vide(settings, televerser, acteur, pdf, racine):
    settings.FICHIER_TAILLE_MAX = 1024 * 1024
    with pytest.raises(FichierRefuse, match="dépasse 1\u00a0Mo"):
        deposer(televerser(pdf + b"\0" * 1024 * 1024), cree_par=acteur)
    with pytest.raises(FichierRefuse, match="vide"):
        deposer(televerser(b""), cree_par=acteur)
    assert not objets(racine) and not Fichier.objects.exists()


def test_ligne_refusee_objet_retire(monkeypatch, racine, acteur, pdf):
    """Nothing stays in the storage when the row cannot be written."""
    monkeypatch.setattr(depot.noms, "nom_affichable", lambda nom: "x" * 500)
    with pytest.raises(DatabaseError), transaction.atomic():
        enregistrer_pdf(pdf, nom="x", cree_par=acteur)
    assert not objets(racine)


def test_gros_fichier_par_morceaux(racine):
    """20 MB go in and out while memory holds a few chunks only."""
    import tracemalloc
    import uuid

    reference, source = uuid.uuid4(), io.BytesIO(os.urandom(20_000_000))
    tracemalloc.start()
    chemin, _ = entrepot.ranger(source, reference)
    lus = sum(len(morceau) for morceau in entrepot.reprendre(chemin, reference))
    pic = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lus == 20_000_000 and pic < 2_000_000


def test_reponse_http(fichier):
    http = lecture.reponse(fichier, telecharger=True)
    assert b"".join(http.streaming_content) == lecture.lire(fichier)
    assert http["Content-Length"] == str(fichier.taille)
    assert (
        http["Content-Disposition"] == "attachment; filename*=utf-8''Avis%20d%E2%80%99imp%C3%B4t%202025.pdf"
    )
    assert http["X-Content-Type-Options"] == "nosniff"
    assert http["Content-Security-Policy"].startswith("sandbox")
    assert http["Cache-Control"] == "private, no-store"
    assert lecture.reponse(fichier, telecharger=False)["Content-Disposition"].startswith("inline")


def test_apercu(fichier):
    from PIL import Image

    with Image.open(io.BytesIO(lecture.apercu(fichier, 2, 400))) as image:
        assert image.format == "PNG" and abs(image.width - 400) <= 1
    for absente in (0, 3, -1):
        with pytest.raises(lecture.PageAbsente):
            lecture.apercu(fichier, absente)


def test_objet_altere_vu_avant_la_reponse(fichier, racine):
    chemin = objet(racine, fichier)
    octets = bytearray(chemin.read_bytes())
    octets[100] ^= 1
    chemin.write_bytes(octets)
    with pytest.raises(lecture.FichierAltere):
        lecture.reponse(fichier, telecharger=False)


def verifier(**options) -> str:
    sortie = StringIO()
    call_command("verifier_fichiers", stdout=sortie, **options)
    return sortie.getvalue()


def test_verifier_fichiers_sans_ennui(fichier):
    assert "1 fichiers vérifiés, 0 altérés, 0 orphelins" in verifier()


def test_verifier_trouve_les_objets_echanges(fichier, televerser, acteur, photo, racine):
    autre = deposer(televerser(photo, "photo.jpg"), cree_par=acteur)
    un, deux = objet(racine, fichier), objet(racine, autre)
    contenu = un.read_bytes()
    un.write_bytes(deux.read_bytes())
    deux.write_bytes(contenu)
    sortie = StringIO()
    with pytest.raises(CommandError):
        call_command("verifier_fichiers", stdout=sortie)
    assert str(fichier.reference) in sortie.getvalue() and str(autre.reference) in sortie.getvalue()
    assert "2 altérés" in sortie.getvalue() and fichier.nom not in sortie.getvalue()


@pytest.mark.parametrize("abimer", [Path.unlink, lambda p: os.truncate(p, p.stat().st_size - 1)])
def test_verifier_trouve_le_fichier_absent_ou_coupe(fichier, racine, abimer):
    abimer(objet(racine, fichier))
    with pytest.raises(CommandError):
        verifier()


def test_orphelins(fichier, racine):
    """An object without a row is told once it is a day old, and removed on request only."""
    vieux = racine / "ab" / "abcdef"
    vieux.parent.mkdir(exist_ok=True)
    vieux.write_bytes(b"orphelin")
    assert "0 orphelins" in verifier()
    hier = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(vieux, (hier, hier))
    assert "orphelin : ab/abcdef" in verifier() and vieux.exists()
    verifier(supprimer_orphelins=True)
    assert not vieux.exists() and objet(racine, fichier).exists()


@pytest.mark.parametrize(
    "changement", [{"sha256": "0" * 64}, {"taille": 1}, {"reference": "11111111-1111-4111-8111-111111111111"}]
)
def test_un_fichier_depose_ne_change_pas(fichier, changement):
    with pytest.raises(IntegrityError), transaction.atomic():
        Fichier.objects.filter(pk=fichier.pk).update(**changement)


def test_etats_gardes_par_la_base(fichier):
    Fichier.objects.filter(pk=fichier.pk).update(etat="quarantaine", analyse="infecte")
    for etat, analyse in (("disponible", "sain"), ("disponible", "infecte")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Fichier.objects.filter(pk=fichier.pk).update(etat=etat, analyse=analyse)


def test_stockage_de_l_operateur(settings, tmp_path, televerser, acteur, pdf):
    """The storage is a setting: another folder, another backend, no code."""
    settings.STORAGES = {
        **settings.STORAGES,
        "fichiers": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    fichier = deposer(televerser(pdf), cree_par=acteur)
    assert storages["fichiers"].exists(fichier.chemin) and lecture.lire(fichier).startswith(b"%PDF-")
