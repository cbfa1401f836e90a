"""A storage of its own for each test, an actor, and a few papers as people really send them."""

import io
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dossierunique.fichiers.exemples import pdf_exemple


@dataclass
class Personne:
    pk: int = 7
    utilisateur_id: int = 42
    organisme_id: int = 3


@pytest.fixture
def acteur():
    return Personne()


@pytest.fixture(autouse=True)
def racine(settings, tmp_path):
    """The folder where this test's encrypted objects are."""
    settings.STORAGES = {
        **settings.STORAGES,
        "fichiers": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "objets")},
        },
    }
    settings.ANTIVIRUS_URL = ""
    settings.ANTIVIRUS_EXIGE = False
    return tmp_path / "objets"


@pytest.fixture
def pdf():
    return pdf_exemple("Avis d’imposition", ["Revenu fiscal de référence : 18 420 €"], 2)


@pytest.fixture
def televerser():
    """An uploaded file, from its bytes and its name."""

    def fabriquer(octets: bytes, nom: str = "papier.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(nom, octets)

    return fabriquer


@pytest.fixture
def photo():
    """A JPEG as a phone gives it: lying on its side, with the place where it was taken.

    Upright, it is 300 × 400, red above and blue below.
    """
    droite = Image.new("RGB", (300, 400), "red")
    droite.paste("blue", (0, 200, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise
    exif[0x010F] = "TelephoneBavard"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (43.0, 29.0, 32.0)
    sortie = io.BytesIO()
    droite.transpose(Image.Transpose.ROTATE_90).save(sortie, "JPEG", exif=exif, quality=95)
    return sortie.getvalue()
