"""Medical papers: in their safe from the deposit on, moved when their kind is corrected, opened by the médecin only."""

from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse

from dossiers.avis.models import NoteMedicale
from dossiers.justificatifs.actions import deposer_fichiers, reclasser_piece, rejeter_piece
from dossiers.justificatifs.models import Justificatif, RaisonRejet, TypePiece
from dossiers.partages.profils import Regard
from dossierunique.fichiers import entrepot, lecture
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.coffres import Coffre, CoffreFerme
from tests import fabriques

pytestmark = pytest.mark.django_db
HISTOIRE = apps.get_model("dossiers", "JustificatifEtatMotifRejetVerifieParEvent")


@pytest.fixture
def demande(dossier):
    return fabriques.demande(dossier)


@pytest.fixture
def medecin(db):
    return fabriques.habilitation("medecin")


@pytest.fixture
def medicale(demande):
    return fabriques.piece(demande, "certificat-medical")


def kind(code: str) -> TypePiece:
    return TypePiece.objects.get(code=code)


def test_a_medical_paper_enters_its_safe_under_a_name_that_says_nothing(demande, correspondant):
    recu = SimpleUploadedFile("chimiotherapie.pdf", fabriques.pdf())
    assert deposer_fichiers(correspondant, demande, kind("certificat-medical"), [recu]) == []
    fichier = demande.justificatifs.get(type__code="certificat-medical").fichier
    assert (fichier.nom, fichier.coffre, fichier.coffre_cle) == (
        "certificat-medical.pdf", "medical", "medical",
    )  # fmt: skip


def test_the_database_refuses_a_medical_paper_out_of_its_safe(demande, medicale):
    ordinaire = fabriques.piece(demande, "devis")
    for essai in (
        lambda: Justificatif.objects.filter(pk=ordinaire.pk).update(type=kind("certificat-medical")),
        lambda: Fichier.objects.filter(pk=medicale.fichier_id).update(
            coffre="ordinaire", coffre_cle="ordinaire"
        ),
    ):
        with pytest.raises(DatabaseError, match="coffre"), transaction.atomic():
            essai()


def test_the_medecin_reads_it_and_nothing_of_it_is_kept_by_the_cache(medicale, medecin, connexion):
    avant = set(cache._cache)
    client = connexion(medecin)
    fichier = client.get(reverse("pieces:fichier", args=[medicale.reference]))
    assert b"".join(fichier.streaming_content).startswith(b"%PDF-")
    image = client.get(reverse("pieces:apercu", args=[medicale.reference, 1]))
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/png", "private, no-store")
    assert set(cache._cache) == avant


def test_a_paper_that_turns_out_to_be_medical_leaves_the_sight_of_who_filed_it(
    demande, gestionnaire, medecin
):
    piece = fabriques.piece(demande, "rapport-social")
    rejeter_piece(gestionnaire, piece, "Parle d’une dépression.", RaisonRejet.INCOMPLETE)
    clair = lecture.lire(piece.fichier)
    reclasser_piece(gestionnaire, piece, kind("certificat-medical"))
    piece = Justificatif.objects.get(pk=piece.pk)
    assert piece.motif_rejet == RaisonRejet.INCOMPLETE.label
    assert piece.fichier.nom == "certificat-medical.pdf"
    with pytest.raises(CoffreFerme):
        lecture.lire(piece.fichier, Regard(gestionnaire).coffre)
    assert lecture.lire(piece.fichier, Regard(medecin).coffre) == clair
    note = NoteMedicale.objects.get(piece=piece)
    assert note.texte.ouvrir(Coffre.MEDICAL) == f"{RaisonRejet.INCOMPLETE.label} Parle d’une dépression."
    with pytest.raises(AccesRefuse):
        reclasser_piece(gestionnaire, piece, kind("rapport-social"))


def test_the_medecin_gives_back_a_paper_that_is_not_medical(medicale, medecin, gestionnaire):
    clair = lecture.lire(medicale.fichier, Coffre.MEDICAL)
    reclasser_piece(medecin, medicale, kind("rapport-social"))
    piece = Justificatif.objects.get(pk=medicale.pk)
    assert (piece.fichier.coffre, piece.fichier.nom) == ("ordinaire", "rapport-social.pdf")
    assert lecture.lire(piece.fichier, Regard(gestionnaire).coffre) == clair


def test_the_page_corrects_the_kind_and_leaves_one_row(demande, gestionnaire, connexion):
    piece = fabriques.piece(demande, "rapport-social")
    client, adresse = connexion(gestionnaire), reverse("pieces:reclasser", args=[piece.reference])
    assert client.post(adresse, {"type": "rapport-social"}).status_code == 422
    avant = LigneJournal.objects.count()
    assert client.post(adresse, {"type": "certificat-medical"}).status_code == 302
    assert LigneJournal.objects.count() == avant + 1
    assert client.get(reverse("pieces:lire", args=[piece.reference])).status_code == 404


def _comme_avant(piece: Justificatif) -> None:
    """A medical paper as it was kept before its safe: under the ordinary key, under its name, rejected in words."""
    contenu = BytesIO(lecture.lire(piece.fichier, Coffre.MEDICAL))
    chemin, cle_id = entrepot.ranger(contenu, piece.fichier.reference)
    Fichier.objects.filter(pk=piece.fichier_id).update(
        chemin=chemin, coffre_cle="ordinaire", nom="chimio.pdf", cle_id=cle_id
    )
    Justificatif.objects.filter(pk=piece.pk).update(etat="rejete", motif_rejet="Parle de chimiothérapie.")


def _commande(**options) -> str:
    sortie = StringIO()
    call_command("rechiffrer_medical", stdout=sortie, **options)
    return sortie.getvalue().strip()


def test_former_papers_are_read_in_both_states_and_moved_once(medicale):
    _comme_avant(medicale)
    ancien = Fichier.objects.get(pk=medicale.fichier_id)
    clair = lecture.lire(ancien, Coffre.MEDICAL)
    with pytest.raises(CoffreFerme):
        lecture.lire(ancien)
    assert _commande() == "1 pièces à chiffrer (relancez avec --executer)"
    assert Fichier.objects.get(pk=ancien.pk).coffre_cle == "ordinaire"
    assert _commande(executer=True) == "1 pièces chiffrées, 0 illisibles"
    piece = Justificatif.objects.get(pk=medicale.pk)
    assert (piece.fichier.coffre_cle, piece.fichier.nom) == ("medical", "certificat-medical.pdf")
    assert lecture.lire(piece.fichier, Coffre.MEDICAL) == clair
    assert piece.motif_rejet == RaisonRejet.AUTRE.label
    assert NoteMedicale.objects.get(piece=piece).texte.ouvrir(Coffre.MEDICAL) == "Parle de chimiothérapie."
    assert _commande(executer=True) == "0 pièces chiffrées, 0 illisibles"
    assert NoteMedicale.objects.count() == 1


def test_the_history_of_a_paper_forgets_the_words_of_a_rejection_that_turns_out_medical(
    demande, gestionnaire
):
    piece = fabriques.piece(demande, "devis")
    rejeter_piece(gestionnaire, piece, "Ce compte rendu parle de chimiothérapie.")
    reclasser_piece(gestionnaire, Justificatif.objects.get(pk=piece.pk), kind("certificat-medical"))
    histoire = HISTOIRE.objects.filter(pgh_obj=piece)
    assert histoire.count() > 1
    assert not [h.motif_rejet for h in histoire if "chimio" in h.motif_rejet]
    assert not histoire.exclude(motif_rejet="").exclude(motif_rejet=RaisonRejet.AUTRE.label).exists()


def test_the_application_still_rewrites_no_history(demande, gestionnaire):
    piece = fabriques.piece(demande, "devis")
    rejeter_piece(gestionnaire, piece, "Page manquante.")
    with pytest.raises(DatabaseError), transaction.atomic():
        HISTOIRE.objects.filter(pgh_obj=piece).update(motif_rejet="")
