"""Reading, checking and filing papers through the browser."""

import io
import logging

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dossiers.justificatifs.actions import deposer_piece, rejeter_piece
from dossiers.justificatifs.models import Justificatif, TypePiece
from dossiers.justificatifs.views import LECTURE
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def racine(settings, tmp_path):
    """Each test stores its files apart."""
    fichiers = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "fichiers": fichiers}


@pytest.fixture
def demande(dossier, correspondant):
    return fabriques.demande(dossier, par=correspondant)


def televerse(nom: str = "avis.pdf", contenu: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, contenu or fabriques.pdf(nom), content_type="application/pdf")


def image(couleur: str = "navy") -> bytes:
    tampon = io.BytesIO()
    Image.new("RGB", (60, 80), couleur).save(tampon, "JPEG")
    return tampon.getvalue()


def lire(piece: Justificatif, vue: str = "lire", *autres: int) -> str:
    return reverse(f"pieces:{vue}", args=[piece.reference, *autres])


def depot(demande) -> str:
    return reverse("pieces:deposer", args=[demande.numero])


def test_lire_montre_les_pages_et_laisse_une_ligne(demande, gestionnaire, connexion):
    piece = fabriques.piece(demande)
    client, avant = connexion(gestionnaire), LigneJournal.objects.count()
    page = client.get(lire(piece)).content.decode()
    assert lire(piece, "apercu", 1) in page
    assert 'loading="lazy"' in page
    assert "avis-imposition.pdf" in page
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.objet) == ("consulter", demande.dossier.numero)
    apercu = client.get(lire(piece, "apercu", 1))
    assert apercu.content.startswith(PNG)
    assert Image.open(io.BytesIO(apercu.content)).width == 900
    assert LigneJournal.objects.count() == avant + 1  # the page was journalled, not each image


def test_une_image_demandee_seule_laisse_une_ligne(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    for _ in range(2):
        assert client.get(lire(piece, "apercu", 1)).status_code == 200
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.objet) == ("consulter", demande.dossier.numero)
    assert ligne.details["piece"] == str(piece.reference)
    with time_machine.travel(timezone.now() + LECTURE, tick=False):
        connexion(gestionnaire).get(lire(piece, "apercu", 1))
    assert LigneJournal.objects.filter(details__piece=str(piece.reference), action="consulter").count() == 2


def test_la_lecture_d_un_autre_ne_tient_pas_lieu_de_la_sienne(demande, gestionnaire, uneo, connexion):
    piece = fabriques.piece(demande, "rib")
    connexion(gestionnaire).get(lire(piece))
    connexion(uneo).get(lire(piece, "apercu", 1))
    lectures = LigneJournal.objects.filter(details__piece=str(piece.reference))
    assert set(lectures.values_list("habilitation_id", flat=True)) == {gestionnaire.pk, uneo.pk}


def test_telecharger_laisse_une_ligne_et_rend_le_fichier(demande, gestionnaire, connexion):
    piece = fabriques.piece(demande)
    reponse = connexion(gestionnaire).get(lire(piece, "fichier"))
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    assert "attachment" in reponse["Content-Disposition"]
    assert LigneJournal.objects.order_by("-pk").first().action == "telecharger"


@pytest.mark.parametrize("page", [0, 2, 99999])
def test_une_page_qui_n_existe_pas(demande, gestionnaire, connexion, page):
    piece = fabriques.piece(demande)
    assert connexion(gestionnaire).get(lire(piece, "apercu", page)).status_code == 404


def test_une_numerisation_de_trois_cents_pages(demande, correspondant, gestionnaire, connexion):
    fichier = enregistrer_pdf(fabriques.pdf(pages=300), nom="dossier complet.pdf", cree_par=correspondant)
    piece = deposer_piece(correspondant, demande, TypePiece.objects.get(code="devis"), fichier)
    client = connexion(gestionnaire)
    page = client.get(lire(piece)).content.decode()
    assert "Page 300 sur 300" in page
    assert page.count('loading="lazy"') == 300
    assert client.get(lire(piece, "apercu", 300)).content.startswith(PNG)


# Medical secrecy and classes


@pytest.mark.parametrize(
    ("profil", "type_code", "ouvre"),
    [
        ("medecin", "certificat-medical", True),
        ("gestionnaire", "certificat-medical", False),
        ("secretaire", "certificat-medical", False),
        ("correspondant", "certificat-medical", False),
        ("assistant_social", "certificat-medical", False),
        ("partenaire", "certificat-medical", False),
        ("dpo", "certificat-medical", False),
        ("gestionnaire", "rapport-social", True),
        ("assistant_social", "rapport-social", True),
        ("partenaire", "rapport-social", False),
        ("partenaire", "rib", True),
        ("correspondant", "rib", False),
        ("correspondant", "attestation-droits", True),
        ("administrateur", "attestation-droits", False),
        ("superviseur", "attestation-droits", False),
    ],
)
def test_qui_ouvre_quoi_par_l_adresse(demande, correspondant, connexion, profil, type_code, ouvre):
    piece = fabriques.piece(demande, type_code, par=correspondant)
    habilitation = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    client = connexion(habilitation)
    attendu = 200 if ouvre else 404
    for adresse in (lire(piece), lire(piece, "fichier"), lire(piece, "apercu", 1)):
        assert client.get(adresse).status_code == attendu, adresse
    if not ouvre:
        assert client.post(lire(piece, "valider")).status_code == 404
        assert client.post(lire(piece, "rejeter"), {"motif": "illisible"}).status_code == 404
        assert LigneJournal.objects.filter(action="refus").exists()


@pytest.mark.parametrize(
    "profil", ["gestionnaire", "correspondant", "partenaire", "assistant_social", "secretaire"]
)
def test_ni_les_octets_ni_le_nom_d_une_piece_medicale_ne_sortent(demande, correspondant, connexion, profil):
    fichier = enregistrer_pdf(
        fabriques.pdf("Diagnostic"), nom="chimiothérapie Mme Martin.pdf", cree_par=correspondant
    )
    piece = deposer_piece(correspondant, demande, TypePiece.objects.get(code="certificat-medical"), fichier)
    habilitation = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    client = connexion(habilitation)
    adresses = [
        reverse("demandes:detail", args=[demande.numero]),
        *(
            reverse(f"dossiers:{vue}", args=[demande.dossier.numero])
            for vue in ("apercu", "demandes", "pieces", "histoire", "courriers")
        ),
    ]
    adresses += [depot(demande)] if profil in ("gestionnaire", "correspondant") else []
    for adresse in adresses:
        page = client.get(adresse)
        assert page.status_code == 200, adresse
        texte = page.content.decode()
        assert "chimio" not in texte, adresse
        assert str(piece.reference) not in texte, adresse
    assert "lisible par le médecin-conseil seul" in client.get(adresses[0]).content.decode()


def test_les_mots_du_medecin_ne_vont_qu_au_medecin_et_la_raison_a_qui_doit_redeposer(
    demande, correspondant, uneo, asd, connexion
):
    piece = fabriques.piece(demande, "certificat-medical", par=correspondant)
    rejeter_piece(
        fabriques.habilitation("medecin"), piece, "Le certificat parle de chimiothérapie sans date."
    )
    adresses = [
        reverse("demandes:detail", args=[demande.numero]),
        *(
            reverse(f"dossiers:{vue}", args=[demande.dossier.numero])
            for vue in ("apercu", "pieces", "histoire")
        ),
    ]
    for habilitation, lit in (
        (uneo, False), (asd, False), (fabriques.habilitation("secretaire"), False), (correspondant, True),
    ):  # fmt: skip
        client = connexion(habilitation)
        for adresse in adresses:
            page = client.get(adresse).content.decode()
            assert "chimiothérapie" not in page, (habilitation, adresse)
            assert ("Autre raison, que le service" in page) is lit, (habilitation, adresse)
    medecin = connexion(fabriques.habilitation("medecin"))
    assert "chimiothérapie" in medecin.get(lire(piece)).content.decode()


def test_une_piece_medicale_de_son_brouillon_se_retire_sans_s_ouvrir(dossier, correspondant, connexion):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    piece = fabriques.piece(brouillon, "certificat-medical", par=correspondant)
    client = connexion(correspondant)
    assert client.get(lire(piece)).status_code == 404
    page = client.get(reverse("demandes:pieces", args=[brouillon.numero])).content.decode()
    assert "certificat-medical.pdf" not in page
    assert lire(piece, "retirer") in page
    client.post(lire(piece, "retirer"))
    piece.refresh_from_db()
    assert piece.etat == "remplace"


def test_le_brouillon_s_ouvre_a_qui_l_ecrit_puis_se_ferme(dossier, correspondant, connexion):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    piece = fabriques.piece(brouillon, "avis-imposition", par=correspondant)
    client = connexion(correspondant)
    assert client.get(lire(piece)).status_code == 200
    fabriques.demandes.soumettre(correspondant, brouillon)
    assert client.get(lire(piece)).status_code == 404
    assert client.get(lire(piece, "fichier")).status_code == 404


def test_sans_partage_rien_ne_s_ouvre(demande, mspp, etranger, connexion):
    piece = fabriques.piece(demande, "attestation-droits")
    for habilitation in (mspp, etranger):
        client = connexion(habilitation)
        for adresse in (lire(piece), lire(piece, "fichier"), lire(piece, "apercu", 1), depot(demande)):
            assert client.get(adresse).status_code == 404
        assert client.post(lire(piece, "retirer")).status_code == 404
        assert client.post(depot(demande), {"type": "rib", "fichiers": televerse()}).status_code == 404


@pytest.mark.parametrize(
    ("etat", "mots"), [("en_analyse", "en cours d’analyse"), ("quarantaine", "en quarantaine")]
)
def test_un_fichier_ferme_dit_pourquoi(demande, gestionnaire, connexion, etat, mots):
    piece = fabriques.piece(demande)
    Fichier.objects.filter(pk=piece.fichier_id).update(etat=etat)
    client = connexion(gestionnaire)
    page = client.get(lire(piece)).content.decode()
    assert mots in page
    assert "<img" not in page
    assert client.get(lire(piece, "fichier")).status_code == 302
    assert client.get(lire(piece, "apercu", 1)).status_code == 404


# Checking


def test_valider_mene_a_la_piece_suivante_puis_a_la_demande(demande, gestionnaire, connexion):
    premiere, seconde = fabriques.piece(demande, "avis-imposition"), fabriques.piece(demande, "devis")
    fabriques.piece(demande, "certificat-medical")  # not hers to check
    client = connexion(gestionnaire)
    assert lire(seconde) in client.get(lire(premiere)).content.decode()
    assert client.post(lire(premiere, "valider")).url == lire(seconde)
    assert client.post(lire(seconde, "valider")).url == reverse("demandes:detail", args=[demande.numero])
    premiere.refresh_from_db()
    assert (premiere.etat, premiere.verifie_par) == ("valide", gestionnaire)


def test_valider_deux_fois_ne_casse_rien(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    for _ in range(2):
        assert client.post(lire(piece, "valider")).status_code == 302
    assert demande.evenements.filter(genre="piece_validee").count() == 1


def test_rejeter_demande_une_raison_et_la_garde(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    vide = client.post(lire(piece, "rejeter"), {"motif": "autre", "precision": ""})
    assert vide.status_code == 422
    assert "Dites en quelques mots" in vide.content.decode()
    assert client.post(lire(piece, "rejeter"), {}).status_code == 422
    precision = "Il manque l’avis d’impôt de « l’autre » parent."
    client.post(lire(piece, "rejeter"), {"motif": "incomplete", "precision": precision})
    piece.refresh_from_db()
    assert piece.etat == "rejete"
    assert piece.motif_rejet == f"Le document est incomplet : il manque des pages. {precision}"


def test_un_rejet_sans_raison_montre_la_piece_et_laisse_une_ligne(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    assert client.post(lire(piece, "rejeter"), {}).status_code == 422
    assert LigneJournal.objects.count() == avant + 1
    assert LigneJournal.objects.order_by("-pk").first().details["piece"] == str(piece.reference)


def test_un_depot_refuse_montre_la_demande_et_laisse_une_ligne(demande, correspondant, connexion):
    faux = SimpleUploadedFile("faux.pdf", b"MZ programme", "application/pdf")
    for envoi in ({"type": "devis"}, {"type": "devis", "fichiers": faux}):
        client, avant = connexion(correspondant), LigneJournal.objects.count()
        assert client.post(depot(demande), envoi).status_code == 422
        assert LigneJournal.objects.count() == avant + 1


@pytest.mark.parametrize("fin", ["decidee", "notifiee", "sans_suite"])
def test_les_pieces_d_une_demande_finie_ne_se_verifient_plus(dossier, gestionnaire, connexion, fin):
    demande = fabriques.demande(dossier, "soumise" if fin == "sans_suite" else fin, gestionnaire=gestionnaire)
    piece = demande.justificatifs.filter(type__classe="financier").first() or fabriques.piece(demande)
    if fin == "sans_suite":
        fabriques.demandes.classer(gestionnaire, demande, fin, "Sans nouvelles.")
    etat = piece.etat
    with pytest.raises(ActionRefusee, match="ne se vérifient plus"):
        rejeter_piece(gestionnaire, piece, "Trop tard.")
    piece.refresh_from_db()
    assert piece.etat == etat
    assert lire(piece, "rejeter") not in connexion(gestionnaire).get(lire(piece)).content.decode()


def test_ce_qui_est_rejete_se_depose_de_nouveau(demande, correspondant, gestionnaire, connexion):
    ancienne = fabriques.piece(demande, "rib", par=correspondant)
    connexion(gestionnaire).post(lire(ancienne, "rejeter"), {"motif": "illisible"})
    fabriques.demandes.demander_pieces(
        gestionnaire,
        demande,
        [(TypePiece.objects.get(code="rib"), "L’original.")],
        fabriques.date(2999, 1, 1),
    )
    client = connexion(correspondant)
    page = client.get(depot(demande)).content.decode()
    assert "Le document est illisible." in page
    assert "L’original." in page
    reponse = client.post(depot(demande), {"type": "rib", "fichiers": televerse("rib.pdf")})
    assert reponse.url == reverse("demandes:detail", args=[demande.numero])
    ancienne.refresh_from_db()
    demande.refresh_from_db()
    assert ancienne.etat == "remplace"
    assert demande.etat == "en_completude"
    assert demande.pieces_demandees.get().etat == "fournie"


# Filing


def test_plusieurs_fichiers_et_une_photo(demande, correspondant, connexion):
    fichiers = [televerse("recto.pdf"), SimpleUploadedFile("verso l’original.jpg", image(), "image/jpeg")]
    client, avant = connexion(correspondant), LigneJournal.objects.count()
    reponse = client.post(depot(demande), {"type": "livret-famille", "fichiers": fichiers})
    assert reponse.status_code == 302
    noms = set(demande.justificatifs.values_list("fichier__nom", flat=True))
    assert noms == {"recto.pdf", "verso l’original.pdf"}
    assert LigneJournal.objects.count() == avant + 2  # one for each paper


def test_un_fichier_refuse_laisse_passer_les_autres(demande, correspondant, connexion, caplog):
    fichiers = [televerse("bon.pdf"), SimpleUploadedFile("faux.pdf", b"MZ programme", "application/pdf")]
    with caplog.at_level(logging.DEBUG):
        reponse = connexion(correspondant).post(depot(demande), {"type": "devis", "fichiers": fichiers})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "faux.pdf" in page
    assert "1\xa0fichier est déposé" in page
    assert demande.justificatifs.get().fichier.nom == "bon.pdf"
    assert "faux.pdf" not in caplog.text


def test_le_meme_document_envoye_deux_fois_est_garde_une_fois(demande, correspondant, connexion):
    client, contenu = connexion(correspondant), fabriques.pdf("Avis")
    client.post(depot(demande), {"type": "devis", "fichiers": televerse("a.pdf", contenu)})
    second = client.post(depot(demande), {"type": "devis", "fichiers": televerse("b.pdf", contenu)})
    assert "déjà joint" in second.content.decode()
    assert demande.justificatifs.count() == 1
    assert Fichier.objects.filter(nom="b.pdf").count() == 0


def test_un_nom_de_fichier_refuse_ne_montre_pas_de_nir(demande, correspondant, connexion):
    faux = SimpleUploadedFile("284058832102532 avis.pdf", b"MZ", "application/pdf")
    page = connexion(correspondant).post(depot(demande), {"type": "devis", "fichiers": faux}).content.decode()
    assert "numéro masqué avis.pdf" in page
    assert "2840588321025" not in page


def test_sans_fichier_ou_sans_type_l_ecran_le_dit(demande, correspondant, connexion):
    client = connexion(correspondant)
    assert "Choisissez au moins un fichier" in client.post(depot(demande), {"type": "devis"}).content.decode()
    sans_type = client.post(depot(demande), {"fichiers": televerse()})
    assert "Choisissez le type de la pièce." in sans_type.content.decode()
    assert client.post(depot(demande), {"type": "n-existe-pas", "fichiers": televerse()}).status_code == 422
    assert not demande.justificatifs.exists()


def test_une_demande_finie_ne_recoit_plus_rien(demande, correspondant, gestionnaire, connexion):
    fabriques.demandes.classer(gestionnaire, demande, "sans_suite", "Sans nouvelles.")
    client = connexion(correspondant)
    assert "ne reçoit plus de pièces" in client.get(depot(demande)).content.decode()
    reponse = client.post(depot(demande), {"type": "devis", "fichiers": televerse()})
    assert reponse.status_code == 422
    assert not Fichier.objects.exclude(courrier__isnull=False).exists()


@pytest.mark.parametrize("profil", ["medecin", "partenaire", "assistant_social", "secretaire", "dpo"])
def test_qui_ne_depose_pas(demande, connexion, profil):
    client = connexion(fabriques.habilitation(profil))
    assert client.get(depot(demande)).status_code == 404
    assert client.post(depot(demande), {"type": "devis", "fichiers": televerse()}).status_code == 404
    assert not demande.justificatifs.exists()


def test_un_brouillon_d_un_autre_organisme_ne_se_touche_pas(dossier, correspondant, gestionnaire, connexion):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    piece = fabriques.piece(brouillon, par=correspondant)
    client = connexion(gestionnaire)
    assert client.post(depot(brouillon), {"type": "devis", "fichiers": televerse()}).status_code == 404
    assert client.post(lire(piece, "retirer")).status_code == 404
    piece.refresh_from_db()
    assert piece.etat == "a_verifier"


def test_le_nombre_de_requetes_de_lecture_est_constant(
    demande, gestionnaire, connexion, django_assert_max_num_queries
):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    with django_assert_max_num_queries(25) as peu:
        client.get(lire(piece))
    for code in ("devis", "rib", "livret-famille", "bulletins-solde"):
        fabriques.piece(demande, code)
    with django_assert_max_num_queries(len(peu)):
        client.get(lire(piece))
    with django_assert_max_num_queries(30) as peu:
        client.get(depot(demande))
    for _ in range(4):
        fabriques.piece(demande, "devis")
    with django_assert_max_num_queries(len(peu)):
        client.get(depot(demande))
