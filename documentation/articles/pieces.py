"""Pictures and documents of an article: stored like the papers of the dossiers, read by whoever reads the article."""

import io

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image, ImageChops

from documentation import policies
from documentation.adresses import en_adresse
from documentation.articles.models import Article
from documentation.articles.suites import PieceArticle
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.depot import FichierRefuse, deposer
from dossierunique.fichiers.lecture import apercu
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

LARGEUR_IMAGE = 1200
PIECES_MAX = 20


@transaction.atomic
def ajouter_piece(
    par: Habilitation, article: Article, televerse: UploadedFile, *, genre: str, titre: str
) -> PieceArticle:
    """Join a file to the text being written; readers get it when that text is published."""
    frais = verrouiller(Article, article.pk)
    policies.exiger(policies.peut_ecrire(par, frais), frais)
    _exiger_un_brouillon(frais)
    if frais.pieces.filter(retiree_le__isnull=True).count() >= PIECES_MAX:
        raise ActionRefusee(f"Un article porte {PIECES_MAX} pièces au plus : retirez-en une d’abord.")
    cle = _cle_libre(frais, titre)
    try:
        # Some writers read no dossier, and the second lock would refuse them a row of the stored files.
        with systeme("piece-documentation"):
            fichier = deposer(televerse, cree_par=par, nom=titre)
    except FichierRefuse as refus:
        raise ActionRefusee(str(refus), "fichier") from refus
    if frais.pieces.filter(retiree_le__isnull=True, titre=titre, fichier__sha256=fichier.sha256).exists():
        raise ActionRefusee("Ce fichier est déjà joint.", "fichier")
    piece = PieceArticle.objects.create(
        article=frais, genre=genre, cle=cle, titre=titre, fichier=fichier, ajoutee_par_id=par.utilisateur_id
    )
    _noter(par, frais, "pièce ajoutée")
    return piece


@transaction.atomic
def retirer_piece(par: Habilitation, piece: PieceArticle, *, garder: bool = False) -> None:
    """Take a file away: at once if nobody reads it yet, else with the next publication, until when it may be kept."""
    frais = verrouiller(Article, piece.article_id)
    policies.exiger(policies.peut_ecrire(par, frais), frais)
    _exiger_un_brouillon(frais)
    if piece.publiee_le is None:
        piece.retiree_le = timezone.now()
    else:
        piece.a_retirer = not garder
    piece.save(update_fields=["retiree_le", "a_retirer"])
    _noter(par, frais, "pièce retirée")


def _exiger_un_brouillon(article: Article) -> None:
    if article.redaction_ouverte is None or article.etat == "en_relecture":
        raise ActionRefusee("Les pièces suivent le texte : enregistrez d’abord un brouillon, hors relecture.")


def _cle_libre(article: Article, titre: str) -> str:
    base = cle = en_adresse(titre, 30) or "piece"
    prises = set(article.pieces.filter(retiree_le__isnull=True).values_list("cle", flat=True))
    rang = 2
    while cle in prises:
        cle, rang = f"{base}-{rang}", rang + 1
    return cle


def _noter(par: Habilitation, article: Article, geste: str) -> None:
    journaliser(par, Acte.MODIFIER, f"article {article.slug}", details={"geste": geste})


def pieces_jointes(article: Article) -> QuerySet[PieceArticle]:
    """Every file that was not taken away, with what is to go."""
    return article.pieces.filter(retiree_le__isnull=True).select_related("fichier").order_by("pk")


def pieces_lues(article: Article) -> QuerySet[PieceArticle]:
    """What is joined to the published text."""
    return pieces_jointes(article).filter(publiee_le__isnull=False)


def pieces_a_venir(article: Article) -> QuerySet[PieceArticle]:
    """What will be joined to the text being written."""
    return pieces_jointes(article).filter(a_retirer=False)


def image_png(fichier: Fichier) -> bytes:
    """The picture as it was, out of the sheet that it is kept on."""
    with Image.open(io.BytesIO(apercu(fichier, 1, LARGEUR_IMAGE))) as lue:
        image = lue.convert("RGB")
    cadre = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    sortie = io.BytesIO()
    (image.crop(cadre) if cadre else image).save(sortie, "PNG")
    return sortie.getvalue()
