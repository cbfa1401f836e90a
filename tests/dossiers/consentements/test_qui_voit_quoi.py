"""« Qui voit quoi »: what it says is what the pages do."""

import pikepdf
import pytest
from django.urls import reverse
from django.utils.html import escape

from dossiers.consentements.qui_voit_quoi import matrice_du
from dossiers.partages import natures
from dossiers.partages.matrice import Lecture
from dossiers.partages.natures import LIBELLES, NATURES, Donnee, Niveau
from partners.habilitations.models import Profil
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tous():
    fabriques.organismes()


def dit(donnee, sigle, programme="DU"):
    nature = next(n for n in NATURES if n.code == donnee)
    lecteur = next(x for x in matrice_du(programme).lecteurs if x.sigle == sigle)
    return lecteur.lecture(nature)


def test_une_colonne_par_lecteur():
    sigles = [lecteur.sigle for lecteur in matrice_du("DU").lecteurs]
    assert sigles == ["CNMSS", "Médecin-conseil", "DPO", "Correspondant", "ASD", "MSPP", "Unéo"]
    assert "MSPP" not in [lecteur.sigle for lecteur in matrice_du("OPEX").lecteurs]


@pytest.mark.parametrize(
    ("donnee", "sigle", "attendu"),
    [
        (Donnee.PIECE_MEDICALE, "Médecin-conseil", Lecture.OUI),
        (Donnee.PIECE_MEDICALE, "CNMSS", Lecture.ETAT),
        (Donnee.PIECE_MEDICALE, "ASD", Lecture.ETAT),
        (Donnee.NOTE_MEDICALE, "CNMSS", Lecture.NON),
        (Donnee.PIECE_SOCIALE, "ASD", Lecture.SELON),
        (Donnee.PIECE_SOCIALE, "Unéo", Lecture.ETAT),
        (Donnee.COUT, "Correspondant", Lecture.NON),
        (Donnee.CONTRIBUTION, "Correspondant", Lecture.EXISTENCE),
        (Donnee.NIR, "ASD", Lecture.OUI),
        (Donnee.NIR, "Unéo", Lecture.NON),
        (Donnee.NIR_MASQUE, "Unéo", Lecture.OUI),
        (Donnee.CONSENTEMENTS, "Unéo", Lecture.NON),
    ],
)
def test_ce_que_disent_les_regles(donnee, sigle, attendu):
    assert dit(donnee, sigle) == attendu


def test_il_suit_les_regles(monkeypatch):
    """Nothing is written in the table itself: a policy that changes changes it."""
    for profil in (Profil.PARTENAIRE, Profil.REFERENT_OPEX):
        change = {Donnee.COUT: Niveau.RIEN, Donnee.PIECE_MEDICALE: Niveau.CONTENU}
        monkeypatch.setitem(natures.NIVEAUX, profil, natures.NIVEAUX[profil] | change)
    assert dit(Donnee.COUT, "Unéo") == Lecture.NON
    assert dit(Donnee.PIECE_MEDICALE, "Unéo") == Lecture.OUI


@pytest.mark.parametrize(
    ("profil", "sigle", "organisme"),
    [
        ("partenaire", "Unéo", "uneo"),
        ("assistant_social", "ASD", "asd"),
        ("correspondant", "Correspondant", None),
    ],
)
def test_les_pages_font_ce_qu_il_dit(connexion, profil, sigle, organisme):
    """Asked of the portal itself, as one of the readers."""
    dossier = fabriques.dossier(accordes=("asd", "uneo"))
    demande = fabriques.demande(dossier, etat="en_completude")
    par = dossier.ouvert_par if profil == "correspondant" else fabriques.habilitation(profil)
    client = connexion(par)
    statuts = {
        Donnee.COUT: client.get(f"/dossiers/{dossier.numero}/contributions/").status_code,
        Donnee.CONSENTEMENTS: client.get(reverse("consentements:detail", args=[dossier.numero])).status_code,
        Donnee.JOURNAL: client.get(f"/dossiers/{dossier.numero}/acces/").status_code,
        Donnee.NIR: client.post(f"/dossiers/{dossier.numero}/nir/").status_code,
    }
    for classe, donnee in (("avis-imposition", Donnee.PIECE_FINANCIERE), ("rib", Donnee.PIECE_BANCAIRE),
                           ("certificat-medical", Donnee.PIECE_MEDICALE)):  # fmt: skip
        piece = fabriques.piece(demande, classe)
        statuts[donnee] = client.get(reverse("pieces:lire", args=[piece.reference])).status_code
    for donnee, statut in statuts.items():
        assert (statut == 200) == (dit(donnee, sigle) is Lecture.OUI), donnee


def test_la_page_est_ouverte_a_tous(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = client.get("/qui-voit-quoi/")
    assert page.status_code == 200
    # Each programme shows its own natures: none is left out of both.
    pages = page.content.decode() + client.get("/qui-voit-quoi/?programme=OPEX").content.decode()
    pages = pages.replace("\xa0", " ")
    for libelle in LIBELLES.values():
        assert escape(libelle) in pages
    assert client.get("/qui-voit-quoi/?programme=x").status_code == 200


def test_le_pdf_est_accessible_et_garde(client, monkeypatch):
    octets = client.get("/qui-voit-quoi.pdf").content
    with pikepdf.open(__import__("io").BytesIO(octets)) as pdf:
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    from dossiers.consentements import qui_voit_quoi

    monkeypatch.setattr(qui_voit_quoi, "rendre_pdf", None)
    assert client.get("/qui-voit-quoi.pdf").content == octets


def test_il_est_lie_avant_de_consentir(connexion, correspondant, ouvert):
    client = connexion(correspondant)
    for adresse in (
        reverse("ouverture:consentement", args=[fabriques.assure(par=correspondant).reference]),
        reverse("consentements:enregistrer", args=[ouvert.numero]),
        reverse("consentements:detail", args=[ouvert.numero]),
    ):
        assert "/qui-voit-quoi/" in client.get(adresse).content.decode()


def test_chaque_nature_de_donnees_y_est():
    """A new kind of data must be told to the person."""
    assert {nature.code for nature in NATURES} == set(Donnee)
