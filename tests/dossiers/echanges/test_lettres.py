"""Each letter, made for real: what it says and what it never says."""

from datetime import timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.commission.actions import decider
from dossiers.consentements.actions import retirer_consentement
from dossiers.demandes.actions import demander_pieces
from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.textes import euros, jour
from dossierunique.fichiers import lecture
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db
MOTIF = "Les ressources du foyer dépassent le plafond de l’aide."


def texte(genre: str, **filtre) -> str:
    """The words of a letter as the worker stored it, on one line with ordinary spaces."""
    vider()
    fichier = Courrier.objects.filter(**filtre).get(genre=genre).fichier
    with pypdfium2.PdfDocument(lecture.lire(fichier)) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return lisse(" ".join(pages))


def lisse(mots: str) -> str:
    return " ".join(mots.replace("\u00a0", " ").replace("\u202f", " ").split())


def sans_nir(lu: str, assure: Assure) -> None:
    assert assure.nir not in lu.replace(" ", "")
    assert assure.nir[:13] not in lu.replace(" ", "")


def test_the_acknowledgement_names_service_delay_silence_and_missing_papers(dossier):
    demande = fabriques.demande(dossier)
    fabriques.piece(demande, "rib")
    lu = texte(GenreCourrier.ACCUSE, demande=demande)
    limite = lisse(jour(timezone.localdate() + timedelta(days=demande.type_aide.delai_jours)))
    for mots in (
        demande.numero, str(dossier.assure), demande.type_aide.nom, "Service des prestations supplémentaires",
        f"{demande.type_aide.delai_jours} jours (soit jusqu’au {limite})", "considérée comme rejetée",
        "Avis d’imposition".lower(), "12 rue de l’Église",
    ):  # fmt: skip
        assert lisse(mots) in (lu if mots[0].isupper() or mots[0].isdigit() else lu + lu.lower()), mots
    assert "Relevé d’identité bancaire" not in lu
    sans_nir(lu, dossier.assure)


def test_the_acknowledgement_of_a_full_file_says_that_nothing_is_missing(dossier):
    demande = fabriques.demande(dossier, etat="complete")
    assert "Aucune à ce jour" in texte(GenreCourrier.ACCUSE, demande=demande)


def test_the_request_for_papers_lists_them_with_their_words_and_date(dossier, gestionnaire, rib):
    demande = fabriques.demande(dossier)
    limite = timezone.localdate() + timedelta(days=20)
    demander_pieces(gestionnaire, demande, [(rib, "au nom du demandeur")], limite)
    lu = texte(GenreCourrier.PIECES, demande=demande)
    for mots in (
        demande.numero,
        "Relevé d’identité bancaire : au nom du demandeur",
        lisse(jour(limite)),
        "suspendu",
    ):
        assert mots in lu
    sans_nir(lu, dossier.assure)


@pytest.mark.parametrize(
    ("issue", "montant", "mots"),
    [
        ("accord", "1234.50", "acceptée"),
        ("accord_partiel", "100", "acceptée en partie"),
        ("rejet", "0", "n’a pas pu être acceptée"),
        ("ajournement", "0", "reportée"),
    ],
)
def test_each_notification_tells_amount_reason_and_appeal(dossier, gestionnaire, issue, montant, mots):
    demande = fabriques.demande(dossier, etat="en_instruction", gestionnaire=gestionnaire, cout=Decimal(2000))
    decider(
        gestionnaire, demande, issue=issue, montant=Decimal(montant), motif=MOTIF,
        prise_le=timezone.localdate(), version=demande.version,
    )  # fmt: skip
    lu = texte(GenreCourrier.NOTIFICATION, demande=demande)
    for attendu in (demande.numero, demande.type_aide.nom, MOTIF, mots, lisse(jour(timezone.localdate()))):
        assert attendu in lu
    if issue != "ajournement":
        assert "dans les deux mois" in lu
    if Decimal(montant):
        assert f"{lisse(euros(montant))} par mois" in lu
    else:
        assert "€" not in lu
    sans_nir(lu, dossier.assure)


def test_the_receipts_name_each_recipient(dossier, gestionnaire):
    lu = texte(GenreCourrier.RECU_CONSENTEMENT, dossier=dossier)
    for mots in ("Mutuelle Unéo : accordé", "Mutuelle des sapeurs-pompiers de Paris : refusé", dossier.numero,
                 "la personne elle-même"):  # fmt: skip
        assert mots in lu
    sans_nir(lu, dossier.assure)
    organismes = [fabriques.organisme("asd"), fabriques.organisme("uneo")]
    retirer_consentement(gestionnaire, dossier, organismes, signe_le=timezone.localdate())
    lu = texte(GenreCourrier.RECU_RETRAIT, dossier=dossier)
    for mots in (
        "Action sociale de la défense",
        "Mutuelle Unéo",
        dossier.numero,
        lisse(jour(timezone.localdate())),
    ):
        assert mots in lu
    sans_nir(lu, dossier.assure)


def test_a_letter_is_made_once_and_its_file_name_holds_the_number_only(dossier):
    demande = fabriques.demande(dossier)
    vider()
    courrier = Courrier.objects.get(demande=demande)
    premier = courrier.fichier
    assert premier.nom == f"accuse-reception-{demande.numero}.pdf"
    Envoi.objects.filter(cle=f"courrier-{courrier.pk}").update(etat="a_faire", fait_le=None)
    vider()
    assert Courrier.objects.get(pk=courrier.pk).fichier == premier
