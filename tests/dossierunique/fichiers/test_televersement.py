"""Uploads through Django's own parser: nothing on the disk, limits told rather than suffered."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from dossierunique.fichiers.depot import FichierRefuse, deposer


@pytest.fixture(autouse=True)
def reglages(settings, monkeypatch):
    settings.FILE_UPLOAD_HANDLERS = ["dossierunique.fichiers.televersement.EnMemoire"]

    def interdit(*args, **kwargs):
        raise AssertionError("un fichier en clair sur le disque")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", interdit)


def envoyer(**fichiers: bytes):
    televerses = {nom: SimpleUploadedFile(f"{nom}.pdf", octets) for nom, octets in fichiers.items()}
    return RequestFactory().post("/", televerses).FILES


def test_cinq_megaoctets_en_memoire(pdf):
    octets = pdf + b"\n" * 5_000_000
    recu = envoyer(piece=octets)["piece"]
    assert recu.size == len(octets) and recu.read() == octets


def test_trop_lourd_se_dit(settings, acteur, pdf):
    settings.FICHIER_TAILLE_MAX = 1_048_576
    recu = envoyer(piece=pdf + b"\0" * 1_500_000)["piece"]
    assert recu.size > 1_500_000 and recu.read() == b""
    with pytest.raises(FichierRefuse, match="dépasse"):
        deposer(recu, cree_par=acteur)


def test_somme_de_la_requete_bornee(settings, acteur, pdf):
    settings.FICHIER_REQUETE_MAX = 1_000_000
    recus = envoyer(un=pdf + b"\n" * 700_000, deux=pdf + b"\n" * 700_000)
    assert recus["un"].read()
    with pytest.raises(FichierRefuse, match="dépassent ensemble"):
        deposer(recus["deux"], cree_par=acteur)
