"""The files of articles and the second lock: theirs are read by whoever reads the page, no other is."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documentation.articles import actions, pieces
from documentation.articles.suites import PieceArticle
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.models import Fichier
from dossierunique.securite.coffres import Coffre
from dossierunique.securite.identite import PERSONNE, sous
from tests import fabriques
from tests.documentation.fabriques import article, publie, publier

pytestmark = pytest.mark.django_db


def adresse(nom, *args):
    return reverse(f"documentation:{nom}", args=args)


def _joindre(article, fichier, par):
    return PieceArticle.objects.create(
        article=article, genre="document", cle=f"p{fichier.pk}", titre="Essai", fichier=fichier,
        ajoutee_par=par.utilisateur, publiee_le=article.modifie_le,
    )  # fmt: skip


def test_the_policy_opens_what_is_joined_to_an_article_and_nothing_else(gestionnaire):
    article = publie(gestionnaire, public=True).article
    fichiers = [
        enregistrer_pdf(fabriques.pdf(), nom="a.pdf", cree_par=gestionnaire, coffre=coffre)
        for coffre in (Coffre.ORDINAIRE, Coffre.ORDINAIRE, Coffre.ORDINAIRE, Coffre.MEDICAL)
    ]
    joint, _libre, d_une_autre, medical = fichiers
    _joindre(article, joint, gestionnaire)
    _joindre(article, d_une_autre, fabriques.habilitation("gestionnaire"))
    _joindre(article, medical, gestionnaire)
    with sous(PERSONNE):
        assert list(Fichier.objects.all()) == [joint]


def test_somebody_not_signed_in_reads_the_files_of_a_public_article(gestionnaire, client):
    article = publie(gestionnaire, public=True).article
    piece = _joindre(
        article, enregistrer_pdf(fabriques.pdf(), nom="a.pdf", cree_par=gestionnaire), gestionnaire
    )
    reponse = client.get(reverse("documentation:piece", args=[piece.reference]))
    assert reponse.status_code == 200
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")


def televerse(nom="imprime.pdf", contenu=None):
    return SimpleUploadedFile(nom, contenu or fabriques.pdf("Imprimé"), content_type="application/pdf")


def test_files_follow_the_text_and_its_readers(gestionnaire, correspondant, secretaire, connecter):
    ecrit = article(gestionnaire, profils=["correspondant"])
    chez, lecteur, autre = (
        connecter(gestionnaire),
        connecter(correspondant),
        connecter(fabriques.habilitation("partenaire")),
    )
    envoi = {"genre": "document", "titre": "L’imprimé", "fichier": televerse()}
    assert chez.post(adresse("joindre", ecrit.slug), envoi).status_code == 302
    piece = PieceArticle.objects.get()
    assert lecteur.get(adresse("piece", piece.reference)).status_code == 404
    assert chez.get(adresse("piece", piece.reference)).status_code == 200
    actions.soumettre(gestionnaire, ecrit, 1)
    publier(ecrit, secretaire)
    reponse = lecteur.get(adresse("piece", piece.reference))
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    assert autre.get(adresse("piece", piece.reference)).status_code == 404
    assert "L’imprimé" in lecteur.get(adresse("lire", ecrit.slug)).content.decode()


def test_a_picture_is_shown_as_it_was(gestionnaire, connecter):
    dessin = io.BytesIO()
    Image.new("RGB", (300, 150), "navy").save(dessin, "PNG")
    ecrit = article(gestionnaire, corps="![Le plan](image:le-plan)")
    envoi = {"genre": "image", "titre": "Le plan", "fichier": televerse("plan.png", dessin.getvalue())}
    chez = connecter(gestionnaire)
    chez.post(adresse("joindre", ecrit.slug), envoi)
    piece = PieceArticle.objects.get()
    assert adresse("image", piece.reference) in chez.get(adresse("suivre", ecrit.slug)).content.decode()
    with Image.open(io.BytesIO(chez.get(adresse("image", piece.reference)).content)) as vue:
        assert abs(vue.width / vue.height - 2) < 0.05
    actions.soumettre(gestionnaire, ecrit, 1)
    publier(ecrit)
    assert chez.get(adresse("pdf", ecrit.slug)).status_code == 200


def test_a_file_is_refused_in_words_and_taken_back(gestionnaire, connecter):
    ecrit, chez = article(gestionnaire), connecter(gestionnaire)
    faux = {"genre": "document", "titre": "Faux", "fichier": televerse("faux.pdf", b"bonjour")}
    assert "ni un PDF ni une image" in chez.post(adresse("joindre", ecrit.slug), faux).content.decode()
    piece = pieces.ajouter_piece(gestionnaire, ecrit, televerse(), genre="document", titre="Bon")
    deux_fois = {"genre": "document", "titre": "Bon", "fichier": televerse()}
    assert "déjà joint" in chez.post(adresse("joindre", ecrit.slug), deux_fois).content.decode()
    chez.post(adresse("detacher", ecrit.slug, piece.reference))
    assert PieceArticle.objects.get().retiree_le
    assert chez.get(adresse("piece", piece.reference)).status_code == 404


def test_a_responsable_who_reads_no_dossier_may_join_a_file(connecter):
    responsable = fabriques.habilitation("responsable")
    ecrit = article(responsable, organismes=["uneo"])
    envoi = {"genre": "document", "titre": "Chez nous", "fichier": televerse()}
    assert connecter(responsable).post(adresse("joindre", ecrit.slug), envoi).status_code == 302
    assert (
        connecter(responsable).get(adresse("piece", PieceArticle.objects.get().reference)).status_code == 200
    )
