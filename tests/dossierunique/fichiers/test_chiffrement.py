"""The encrypted stream: any change of what is stored is seen."""

import io
import os
import uuid

import pytest

from dossierunique.fichiers import chiffrement
from dossierunique.fichiers.erreurs import FichierAltere

CLES = {1: b"1" * 32, 2: b"2" * 32}
MORCEAU = chiffrement.MORCEAU


@pytest.fixture(autouse=True)
def cles(settings):
    settings.CLES_FICHIERS = CLES
    settings.CLE_FICHIERS_COURANTE = 2


def sceller(clair: bytes, reference: uuid.UUID, cle_id: int = 2) -> bytes:
    return b"".join(chiffrement.chiffrer(io.BytesIO(clair), reference, cle_id))


def rouvrir(objet: bytes, reference: uuid.UUID) -> bytes:
    return b"".join(chiffrement.dechiffrer(io.BytesIO(objet), reference))


@pytest.mark.parametrize("taille", [0, 1, MORCEAU - 1, MORCEAU, MORCEAU + 1, 3 * MORCEAU, 200_001])
def test_aller_retour(taille):
    reference, clair = uuid.uuid4(), os.urandom(taille)
    objet = sceller(clair, reference)
    assert rouvrir(objet, reference) == clair
    assert taille < 16 or clair[:16] not in objet


def test_deux_depots_du_meme_contenu_ne_se_ressemblent_pas():
    reference = uuid.uuid4()
    assert sceller(b"x" * 1000, reference)[29:] != sceller(b"x" * 1000, reference)[29:]


@pytest.mark.parametrize("coupe", [1, 16, MORCEAU // 2, MORCEAU + 16, 2 * (MORCEAU + 16)])
def test_objet_tronque(coupe):
    reference = uuid.uuid4()
    objet = sceller(os.urandom(3 * MORCEAU), reference)
    with pytest.raises(FichierAltere):
        rouvrir(objet[:-coupe], reference)


@pytest.mark.parametrize("place", [0, 4, 8, 25, 29, 1000, -1])
def test_un_bit_change(place):
    reference = uuid.uuid4()
    objet = bytearray(sceller(os.urandom(2 * MORCEAU), reference))
    objet[place] ^= 1
    with pytest.raises(FichierAltere):
        rouvrir(bytes(objet), reference)


def test_morceaux_permutes_ou_ajoutes():
    reference = uuid.uuid4()
    objet = sceller(os.urandom(3 * MORCEAU), reference)
    tete, pas = objet[:29], MORCEAU + 16
    a, b, c = (objet[29 + i * pas : 29 + (i + 1) * pas] for i in range(3))
    for melange in (b + a + c, a + b + c + c, a + a + b + c):
        with pytest.raises(FichierAltere):
            rouvrir(tete + melange, reference)


def test_objets_echanges():
    un, deux = uuid.uuid4(), uuid.uuid4()
    objet = sceller(b"le papier de quelqu un", un)
    with pytest.raises(FichierAltere):
        rouvrir(objet, deux)


@pytest.mark.parametrize("objet", [b"", b"DUF1", b"%PDF-1.7 en clair, sans aucun chiffrement du tout"])
def test_ce_qui_n_est_pas_un_objet_chiffre(objet):
    with pytest.raises(FichierAltere):
        rouvrir(objet, uuid.uuid4())


def test_rotation_des_cles(settings):
    reference = uuid.uuid4()
    ancien = sceller(b"ancien", reference, 1)
    assert chiffrement.cle_courante() == 2
    assert rouvrir(ancien, reference) == b"ancien"
    settings.CLES_FICHIERS = {2: CLES[2]}
    with pytest.raises(FichierAltere):
        rouvrir(ancien, reference)


def test_lectures_par_petits_bouts():
    """A socket or an S3 body gives fewer bytes than asked."""

    class Avare(io.BytesIO):
        def read(self, n=-1):
            return super().read(min(n, 777))

    reference, clair = uuid.uuid4(), os.urandom(2 * MORCEAU + 5)
    objet = b"".join(chiffrement.chiffrer(Avare(clair), reference, 1))
    assert b"".join(chiffrement.dechiffrer(Avare(objet), reference)) == clair
