"""The life of a dossier on paper: who may print it, what it says to whom, and how far it goes."""

import re
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from dossierunique.journal.models import LigneJournal
from opex.vie import papier
from tests import fabriques
from tests.opex.fabriques import dossier_opex
from tests.opex.vie import faits

pytestmark = pytest.mark.django_db


def imprimer(client, dossier) -> bytes:
    reponse = client.get(reverse("vie:pdf", args=[dossier.numero]))
    assert reponse.status_code == 200 and reponse["Content-Type"] == "application/pdf"
    assert "no-store" in reponse["Cache-Control"] and dossier.numero in reponse["Content-Disposition"]
    return reponse.content


def lu(octets: bytes) -> str:
    with pypdfium2.PdfDocument(octets) as pdf:
        pages = " ".join(page.get_textpage().get_text_range() for page in pdf)
    return re.sub(r"\s+", " ", pages.replace("\u00a0", " ").replace("\u202f", " "))


def test_il_dit_la_personne_ses_blessures_ses_aides_et_sa_vie(connexion, gestionnaire, dossier):
    faits.vie_entiere(dossier, gestionnaire)
    octets = imprimer(connexion(gestionnaire), dossier)
    texte, assure = lu(octets), dossier.assure
    for mots in (
        assure.nom_naissance.upper(), "•• ••• ••• ••", "marqueurhopital", "Capital blessure", "4 321,17 €", "Secours",
        "917,53 €", "enregistré le décès de la personne", "a ouvert le dossier",
    ):  # fmt: skip
        assert mots in texte, mots
    # Said to somebody else than who prints it.
    assert f"{gestionnaire.utilisateur} a signalé" in texte and "Vous" not in texte
    assert assure.nir[5:13] not in texte.replace(" ", "")
    with pikepdf.open(BytesIO(octets)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "fr" and "/StructTreeRoot" in pdf.Root


def test_une_impression_laisse_une_ligne_au_journal(connexion, gestionnaire, dossier):
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    imprimer(client, dossier)
    [ligne] = LigneJournal.objects.order_by("-pk")[: LigneJournal.objects.count() - avant]
    assert (ligne.action, ligne.objet) == ("imprimer", dossier.numero)


def test_qui_n_imprime_pas_ne_trouve_rien(connexion, correspondant, dossier):
    for habilitation in (
        correspondant,
        fabriques.habilitation("numerisation"),
        fabriques.habilitation("dpo"),
    ):
        assert connexion(habilitation).get(reverse("vie:pdf", args=[dossier.numero])).status_code == 404


def test_ouvert_en_urgence_rien_ne_sort_de_l_ecran(connexion, correspondant, asd):
    ferme = dossier_opex(correspondant, accordes=(), endormi=False)
    fabriques.bris_de_glace(ferme, asd)
    client = connexion(asd)
    assert client.get(reverse("vie:page", args=[ferme.numero])).status_code == 200
    assert client.get(reverse("vie:pdf", args=[ferme.numero])).status_code == 404


def test_il_demande_une_preuve_fraiche(connexion, gestionnaire, dossier, settings):
    settings.RENFORT_MINUTES = 10
    reponse = connexion(gestionnaire).get(reverse("vie:pdf", args=[dossier.numero]))
    assert reponse.status_code == 302 and "next=" in reponse.url


def test_un_partenaire_imprime_ce_qu_il_lit(connexion, gestionnaire, dossier, uneo, medecin):
    faits.vie_entiere(dossier, gestionnaire)
    for habilitation in (uneo, medecin):
        texte = lu(imprimer(connexion(habilitation), dossier))
        assert "marqueurhopital" in texte and "4 321,17 €" in texte
        # An aid to somebody of the family who did not accord them.
        assert "917,53" not in texte and "MARQUEURAYANT" not in texte
    assert "marqueurdapias" in texte


def test_au_dela_de_la_limite_il_le_dit(connexion, gestionnaire, dossier, monkeypatch):
    faits.blessure(dossier, gestionnaire, survenue_le=date(2020, 1, 1), evacuee_le=None)
    client = connexion(gestionnaire)
    assert "les plus récents" not in lu(imprimer(client, dossier))
    monkeypatch.setattr(papier, "EVENEMENTS_MAX", 2)
    texte = lu(imprimer(client, dossier))
    assert "Seuls les 2 faits les plus récents sont imprimés" in texte
    assert "signalé une blessure survenue le 1er janvier 2020" not in texte
