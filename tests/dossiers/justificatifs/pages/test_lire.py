"""Reading papers through the browser: who opens what, and the row that each reading leaves."""

import io

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dossiers.justificatifs.actions import deposer_piece
from dossiers.justificatifs.models import TypePiece
from dossiers.justificatifs.views import LECTURE
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.dossiers.justificatifs.pages.aides import PNG, depot, lire, televerse

pytestmark = pytest.mark.django_db


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
