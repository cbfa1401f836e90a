"""« Qui voit quoi »: what it says is what the pages do."""

import pikepdf
import pytest
from django.urls import reverse

from dossiers.consentements.qui_voit_quoi import matrice_du
from dossiers.partages import profils
from dossiers.partages.matrice import NATURES, Lecture
from dossiers.partages.profils import Classe, Droit
from partners.habilitations.models import Profil
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tous():
    fabriques.organismes()


def dit(libelle, sigle, programme="DU"):
    nature = next(n for n in NATURES if n.libelle == libelle)
    lecteur = next(x for x in matrice_du(programme).lecteurs if x.sigle == sigle)
    return lecteur.lecture(nature)


def test_une_colonne_par_lecteur():
    sigles = [lecteur.sigle for lecteur in matrice_du("DU").lecteurs]
    assert sigles == ["CNMSS", "Médecin-conseil", "DPO", "Correspondant", "ASD", "MSPP", "Unéo"]
    assert "MSPP" not in [lecteur.sigle for lecteur in matrice_du("OPEX").lecteurs]


@pytest.mark.parametrize(
    ("libelle", "sigle", "attendu"),
    [
        ("Pièces médicales", "Médecin-conseil", Lecture.OUI),
        ("Pièces médicales", "CNMSS", Lecture.NON),
        ("Pièces médicales", "ASD", Lecture.NON),
        ("Pièces sociales", "ASD", Lecture.SELON),
        ("Pièces sociales", "Unéo", Lecture.NON),
        ("Coût et plan de financement", "Correspondant", Lecture.NON),
        ("Numéro de sécurité sociale en entier", "ASD", Lecture.OUI),
        ("Numéro de sécurité sociale en entier", "Unéo", Lecture.MASQUE),
        ("Vos choix de partage", "Unéo", Lecture.NON),
    ],
)
def test_ce_que_disent_les_regles(libelle, sigle, attendu):
    assert dit(libelle, sigle) == attendu


def test_il_suit_les_regles(monkeypatch):
    """Nothing is written in the table itself: a policy that changes changes it."""
    monkeypatch.setitem(profils.DROITS, Profil.PARTENAIRE, frozenset())
    monkeypatch.setitem(profils.CLASSES_LISIBLES, Profil.PARTENAIRE, frozenset({Classe.MEDICAL}))
    monkeypatch.setitem(profils.DROITS, Profil.REFERENT_OPEX, frozenset())
    monkeypatch.setitem(profils.CLASSES_LISIBLES, Profil.REFERENT_OPEX, frozenset({Classe.MEDICAL}))
    assert dit("Coût et plan de financement", "Unéo") == Lecture.NON
    assert dit("Pièces médicales", "Unéo") == Lecture.OUI


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
        "Coût et plan de financement": client.get(f"/dossiers/{dossier.numero}/contributions/").status_code,
        "Vos choix de partage": client.get(
            reverse("consentements:detail", args=[dossier.numero])
        ).status_code,
        "Journal des consultations": client.get(f"/dossiers/{dossier.numero}/acces/").status_code,
        "Numéro de sécurité sociale en entier": client.post(f"/dossiers/{dossier.numero}/nir/").status_code,
    }
    for classe, libelle in (("avis-imposition", "financières"), ("certificat-medical", "médicales"),
                            ("rib", "bancaires")):  # fmt: skip
        piece = fabriques.piece(demande, classe)
        statuts[f"Pièces {libelle}"] = client.get(reverse("pieces:lire", args=[piece.reference])).status_code
    for libelle, statut in statuts.items():
        assert (statut == 200) == (dit(libelle, sigle) is Lecture.OUI), libelle


def test_la_page_est_ouverte_a_tous(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = client.get("/qui-voit-quoi/")
    assert page.status_code == 200
    for libelle in (n.libelle for n in NATURES):
        assert libelle in page.content.decode()
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


def test_chaque_droit_de_lecture_y_est():
    """A new right to read must be told to the person, or be declared as no reading."""
    ecritures = {
        Droit.OUVRIR_DOSSIER, Droit.RECUEILLIR_CONSENTEMENT, Droit.RETIRER_CONSENTEMENT, Droit.DEPOSER_DEMANDE,
        Droit.DEPOSER_PIECE, Droit.VERIFIER_PIECE, Droit.INSTRUIRE, Droit.DECIDER, Droit.CONTRIBUER, Droit.IMPRIMER,
        Droit.CONFIRMER_CONSENTEMENT, Droit.GERER_TEXTES, Droit.VOIR_COURRIERS,
    }  # fmt: skip
    demandes = set()

    class Espion:
        classes = frozenset()
        est_cnmss = est_correspondant = False

        def peut(self, droit):
            demandes.add(droit)
            return False

    for nature in NATURES:
        nature.voit(Espion())
    assert {d for d in Droit if d.value.startswith(("voir_", "lire_"))} - ecritures <= demandes
