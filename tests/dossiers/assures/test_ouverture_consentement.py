"""Second step of an opening: print the form, record the consent or its absence, get the number."""

import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.models import Consentement, FormulaireConsentement, TexteConsentement
from dossiers.partages.models import Dossier
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from tests import fabriques


@pytest.fixture
def client(connexion, correspondant):
    return connexion(correspondant)


@pytest.fixture
def adresse(assure):
    return f"/ouverture/{assure.reference}/"


def scan(nom="scan 284058832102532.pdf"):
    return SimpleUploadedFile(nom, fabriques.pdf("Formulaire signé"), "application/pdf")


def saisie(**k):
    return {
        "signataire": "personne", "signe_le": timezone.localdate().isoformat(), "canal": "papier", "formulaire": "",
        "choix_asd": "accorde", "choix_uneo": "accorde", "choix_mspp": "refuse", "preuve": scan(), **k,
    }  # fmt: skip


def accordes(dossier):
    return set(
        dossier.partages.actifs().filter(nature="consentement").values_list("organisme__code", flat=True)
    )


def test_page(client, adresse, assure):
    page = client.get(adresse).content.decode()
    assert assure.nom in page
    assert "Action sociale de la défense" in page
    assert assure.nir not in page
    assert "dest-armee" not in page, "an army contributes nothing: it is no recipient"
    assert LigneJournal.objects.filter(action="consulter", objet=str(assure.reference)).count() == 1


@pytest.mark.parametrize("profil", ["partenaire", "assistant_social", "medecin", "dpo", "administrateur"])
def test_autres_profils(connexion, adresse, profil):
    client = connexion(fabriques.habilitation(profil))
    assert client.get(adresse).status_code == 404
    assert client.post(adresse, saisie()).status_code == 404
    assert client.post(f"{adresse}formulaire.pdf").status_code == 404


def test_autre_unite(connexion, etranger, adresse):
    client = connexion(etranger)
    assert client.get(adresse).status_code == 404
    assert client.post(adresse, saisie()).status_code == 404
    assert client.post(f"{adresse}formulaire.pdf").status_code == 404
    assert not Dossier.objects.exists()


def test_la_caisse_peut_reprendre(connexion, gestionnaire, adresse):
    assert connexion(gestionnaire).get(adresse).status_code == 200


def test_formulaire_imprime(client, adresse, assure):
    reponse = client.post(f"{adresse}formulaire.pdf")
    imprime = FormulaireConsentement.objects.get()
    assert reponse["Content-Type"] == "application/pdf"
    assert assure.nir not in reponse["Content-Disposition"]
    with pypdfium2.PdfDocument(reponse.content) as pdf:
        texte = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    for mot in (imprime.reference, assure.nom, "Mutuelle Unéo", "Action sociale de la défense"):
        assert mot in texte
    assert assure.nir not in texte.replace(" ", "").replace("\u00a0", "")
    assert LigneJournal.objects.filter(action="imprimer").count() == 1
    assert client.get(f"{adresse}formulaire.pdf").status_code == 405


def test_le_seul_imprime_est_propose(client, adresse):
    client.post(f"{adresse}formulaire.pdf")
    dernier = FormulaireConsentement.objects.first()
    assert f'<option value="{dernier.reference}" selected>' in client.get(adresse).content.decode()


def test_enregistrer_ouvre_le_dossier(client, adresse, assure, correspondant):
    reponse = client.post(adresse, saisie())
    dossier = Dossier.objects.get()
    assert reponse["Location"] == adresse
    assert accordes(dossier) == {"asd", "uneo"}
    acte = Consentement.objects.get()
    assert (acte.enregistre_par, acte.representant, acte.texte.version) == (correspondant, None, 1)
    assert acte.preuve.nom == "acte-signe.pdf", "what the scan was called may hold a NIR"
    page = client.get(adresse).content.decode()
    assert dossier.numero in page
    assert reverse("demandes:creer", args=[dossier.numero]) in page
    assert "MSPP" not in page


def test_formulaire_rattache_la_version_signee(client, adresse):
    client.post(f"{adresse}formulaire.pdf")
    imprime = FormulaireConsentement.objects.get()
    client.post(adresse, saisie(formulaire=imprime.reference))
    assert Consentement.objects.get().texte == imprime.texte


def test_formulaire_d_une_autre_personne_refuse(client, adresse, correspondant):
    from dossiers.consentements.actions import imprimer_formulaire

    autre = imprimer_formulaire(correspondant, fabriques.assure(par=correspondant))
    page = client.post(adresse, saisie(formulaire=autre.reference))
    assert "formulaire" in page.context["form"].errors


def test_envoi_double(client, adresse):
    client.post(adresse, saisie())
    assert client.post(adresse, saisie())["Location"] == adresse
    assert (Dossier.objects.count(), Consentement.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changement", "champ"),
    [
        ({"choix_asd": "", "choix_uneo": "", "choix_mspp": ""}, "__all__"),
        ({"choix_asd": "peut-etre"}, "choix_asd"),
        ({"signe_le": "2999-01-01"}, "signe_le"),
        ({"preuve": ""}, "preuve"),
        ({"signataire": "representant"}, "representant_nom"),
        ({"signataire": ""}, "signataire"),
    ],
)
def test_erreurs(client, adresse, changement, champ):
    page = client.post(adresse, saisie(**changement))
    assert page.status_code == 422
    assert champ in page.context["form"].errors
    assert not Dossier.objects.exists()


def test_fichier_refuse(client, adresse):
    page = client.post(adresse, saisie(preuve=SimpleUploadedFile("x.pdf", b"<html>", "application/pdf")))
    assert page.status_code == 422
    assert "preuve" in page.context["form"].errors
    assert not Fichier.objects.exists()


def test_le_fichier_accepte_est_garde(client, adresse):
    page = client.post(adresse, saisie(signe_le="2999-01-01"))
    texte = page.content.decode()
    assert "Fichier gardé" in texte
    assert "scan 284058832102532.pdf" in texte
    jeton = page.context["form"]["preuve_gardee"].value()
    client.post(adresse, saisie(preuve="", preuve_gardee=jeton))
    assert Consentement.objects.get().preuve == Fichier.objects.get()


def test_le_fichier_garde_ne_sert_qu_a_son_auteur(client, adresse, connexion, gestionnaire):
    jeton = client.post(adresse, saisie(signe_le="2999-01-01")).context["form"]["preuve_gardee"].value()
    page = connexion(gestionnaire).post(adresse, saisie(preuve="", preuve_gardee=jeton))
    assert "preuve" in page.context["form"].errors
    assert "preuve" in client.post(adresse, saisie(preuve="", preuve_gardee="faux")).context["form"].errors


REPRESENTANT = {
    "signataire": "representant", "representant_nom": "Tuteur-Fictif", "representant_prenoms": "Jean",
    "representant_qualite": "tuteur", "representant_acte": "jugement du 4 mars 2025",
    "representant_valide_du": "2025-03-04", "representant_valide_au": "2030-03-04",
}  # fmt: skip


def test_representant_legal(client, adresse, assure):
    client.post(adresse, saisie(**REPRESENTANT))
    representant = assure.representants.get()
    assert Consentement.objects.get().representant == representant
    assert representant.qualite == "tuteur"


@pytest.mark.parametrize(
    ("jours", "champ"), [({"du": 1}, "representant_valide_du"), ({"au": -1}, "representant_valide_au")]
)
def test_acte_valable_a_la_signature(client, adresse, jours, champ):
    dates = {
        f"representant_valide_{k}": (timezone.localdate() + timedelta(days=v)).isoformat()
        for k, v in jours.items()
    }
    page = client.post(adresse, saisie(**{**REPRESENTANT, "representant_valide_au": "", **dates}))
    assert champ in page.context["form"].errors


def test_representant_ignore_quand_la_personne_signe(client, adresse, assure):
    client.post(adresse, saisie(**{**REPRESENTANT, "signataire": "personne"}))
    assert Consentement.objects.get().representant is None
    assert not assure.representants.exists()


def test_sans_partage(client, adresse, assure):
    page = client.get(f"{adresse}?sans")
    assert "sans partage" in page.content.decode()
    assert client.post(f"{adresse}?sans", {}).context["form"].errors
    client.post(f"{adresse}?sans", {"informee": "on"})
    dossier = Dossier.objects.get()
    assert accordes(dossier) == set()
    assert not Consentement.objects.exists()
    assert "aucun organisme partenaire" in client.get(adresse).content.decode()


def test_ouverture_et_consentement_d_un_seul_tenant(client, adresse, monkeypatch):
    """A consent that fails leaves no dossier behind."""

    def echouer(*a, **k):
        raise RuntimeError

    monkeypatch.setattr("dossiers.assures.views.enregistrer_consentement", echouer)
    with pytest.raises(RuntimeError):
        client.post(adresse, saisie())
    assert not Dossier.objects.exists()


def test_nombre_de_requetes(client, adresse, django_assert_max_num_queries):
    client.get(adresse)
    with django_assert_max_num_queries(18):
        client.get(adresse)


def test_le_scan_est_un_pdf_propre(client, adresse):
    from dossierunique.fichiers.lecture import lire

    client.post(adresse, saisie())
    with pikepdf.open(io.BytesIO(lire(Fichier.objects.get()))) as pdf:
        assert len(pdf.pages) == 1


def test_formulaire_imprime_pendant_que_la_page_est_ouverte(client, adresse, assure):
    """The page was shown before printing: the form printed since is the one that was signed."""
    TexteConsentement.objects.create(
        programme="DU", version=7, titre="t", corps="c", en_vigueur_depuis=timezone.localdate()
    )
    client.post(f"{adresse}formulaire.pdf")
    TexteConsentement.objects.create(
        programme="DU", version=8, titre="t", corps="c", en_vigueur_depuis=timezone.localdate()
    )
    client.post(adresse, saisie())
    assert Consentement.objects.get().texte.version == 7


def test_autre_exemplaire_que_le_dernier_imprime(client, adresse):
    client.post(f"{adresse}formulaire.pdf")
    TexteConsentement.objects.create(
        programme="DU", version=8, titre="t", corps="c", en_vigueur_depuis=timezone.localdate()
    )
    client.post(adresse, saisie(formulaire="autre"))
    assert Consentement.objects.get().texte.version == 8


def test_signature_anterieure_a_l_impression(client, adresse):
    client.post(f"{adresse}formulaire.pdf")
    hier = timezone.localdate() - timedelta(days=1)
    page = client.post(adresse, saisie(signe_le=hier.isoformat()))
    assert "signe_le" in page.context["form"].errors


def test_un_nouveau_fichier_refuse_laisse_celui_qui_est_garde(client, adresse):
    jeton = client.post(adresse, saisie(signe_le="2999-01-01")).context["form"]["preuve_gardee"].value()
    mauvais = SimpleUploadedFile("x.pdf", b"<html>", "application/pdf")
    page = client.post(adresse, saisie(preuve=mauvais, preuve_gardee=jeton))
    assert page.status_code == 422
    assert page.context["form"].fichier == Fichier.objects.get()
