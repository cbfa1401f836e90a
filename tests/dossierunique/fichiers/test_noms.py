"""The displayed name says what the person called it, and nothing dangerous."""

import pytest

from dossierunique.fichiers.noms import nom_affichable


@pytest.mark.parametrize(
    ("donne", "attendu"),
    [
        ("Avis d’imposition de l'année.pdf", "Avis d’imposition de l'année.pdf"),
        ("Photo é.JPG", "Photo é.pdf"),
        ("cafe\u0301.png", "café.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Éloïse\\RIB.pdf", "RIB.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("facture\r\nSet-Cookie: a=b.pdf", "facture Set-Cookie a=b.pdf"),
        ("facture\u202efdp.exe", "facture fdp.pdf"),
        ('a"<b>|c?.pdf', "a b c.pdf"),
        ("1er trimestre 2026.v2.pdf", "1er trimestre 2026.v2.pdf"),
        ("RIB 30003 01234.pdf", "RIB 30003 01234.pdf"),
    ],
)
def test_nom_affichable(donne, attendu):
    assert nom_affichable(donne) == attendu


@pytest.mark.parametrize(
    "nir",
    [
        "284058832102532",
        "2 84 05 88 321 025 32",
        "2.84.05.88.321.025",
        "284052A32102552",
        "2-84-05-2b-321-025-79",
        "2\u00a084\u00a005\u00a088\u00a0321\u00a0025\u00a032",
        "2 84  05 88 321 025 32",
        "2,84,05,88,321,025,32",
        "2840588321025-32",
    ],
)
def test_jamais_de_nir_dans_un_nom(nir):
    assert nom_affichable(f"attestation {nir} droits.pdf") == "attestation numéro masqué droits.pdf"


def test_longueur_bornee():
    assert len(nom_affichable("é" * 500 + ".pdf")) == 154
