"""The consent tab of a dossier."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.models import Consentement, FormulaireConsentement
from dossiers.partages.models import Dossier
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.journal.models import LigneJournal
from tests import fabriques

PAGES = ["detail", "enregistrer", "retirer"]
GUICHET = {"correspondant", "gestionnaire"}
PERMIS = {
    "detail": GUICHET | {"secretaire", "dpo"},
    "enregistrer": GUICHET,
    "retirer": GUICHET | {"dpo", "partenaire", "assistant_social", "decideur_asd", "referent_opex"},
}
PROFILS = sorted(
    set().union(*PERMIS.values()) | {"medecin", "numerisation", "administrateur", "superviseur", "membre"}
)


def adresse(dossier, nom="detail", *args):
    return reverse(f"consentements:{nom}", args=[dossier.numero, *args])


def scan():
    return SimpleUploadedFile("scan.pdf", fabriques.pdf(), "application/pdf")


def retrait(**k):
    return {
        "signataire": "personne", "signe_le": timezone.localdate().isoformat(), "canal": "guichet",
        "portee": "choix", "organismes": ["uneo"], **k,
    }  # fmt: skip


def consentement(**k):
    return {
        "signataire": "personne", "signe_le": timezone.localdate().isoformat(), "canal": "papier", "formulaire": "",
        "preuve": scan(), **k,
    }  # fmt: skip


def lecteurs(dossier):
    return set(
        dossier.partages.actifs().filter(nature="consentement").values_list("organisme__code", flat=True)
    )


@pytest.fixture
def client(connexion, correspondant):
    return connexion(correspondant)


@pytest.mark.parametrize("profil", PROFILS)
@pytest.mark.parametrize("page", PAGES)
def test_qui_voit_la_page(connexion, dossier, correspondant, profil, page):
    habilitation = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    attendu = 200 if profil in PERMIS[page] else 404
    assert connexion(habilitation).get(adresse(dossier, page)).status_code == attendu


@pytest.mark.parametrize("page", PAGES)
def test_etrangers(connexion, dossier, etranger, mspp, page):
    for habilitation in (etranger, mspp):
        assert connexion(habilitation).get(adresse(dossier, page)).status_code == 404
        assert connexion(habilitation).post(adresse(dossier, page), retrait()).status_code in (404, 405)
    assert lecteurs(dossier) == {"asd", "uneo"}


@pytest.mark.parametrize("page", PAGES)
def test_une_ligne_au_journal_par_page(client, dossier, page):
    avant = LigneJournal.objects.count()
    client.get(adresse(dossier, page))
    assert LigneJournal.objects.count() == avant + 1
    derniere = LigneJournal.objects.order_by("-pk").first()
    assert (derniere.action, derniere.objet) == ("consulter", dossier.numero)


def test_detail_dit_qui_voit_quoi(client, dossier):
    fabriques.organisme("cnmss")
    page = client.get(adresse(dossier)).content.decode()
    etats = {
        e.organisme.code: (e.get_etat_display(), e.lecture)
        for e in client.get(adresse(dossier)).context["etats"]
    }
    assert etats["uneo"] == (
        "accordé",
        "Demandes, ressources et pièces administratives, financières et bancaires",
    )
    assert etats["asd"][1].endswith("bancaires et sociales")
    assert etats["mspp"] == ("refusé", "")
    assert "responsable de traitement" in page
    assert "texte version 1" in page


def test_detail_sans_consentement(client, correspondant):
    dossier = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    page = client.get(adresse(dossier))
    assert "Aucun consentement recueilli" in page.content.decode()
    assert {e.get_etat_display() for e in page.context["etats"]} == {"non recueilli"}


def test_detail_ne_montre_pas_une_exception_passee(client, dossier, gestionnaire):
    assert list(client.get(adresse(dossier)).context["exceptions"]) == []


def test_requetes_du_detail(client, dossier, correspondant, django_assert_max_num_queries):
    client.get(adresse(dossier))
    with django_assert_max_num_queries(24) as peu:
        client.get(adresse(dossier))
        nombre = len(peu)
    for _ in range(3):
        client.post(adresse(dossier, "enregistrer"), consentement(choix_uneo="accorde"))
    client.get(adresse(dossier))
    with django_assert_max_num_queries(nombre):
        client.get(adresse(dossier))


def test_enregistrer(client, dossier):
    reponse = client.post(
        adresse(dossier, "enregistrer"), consentement(choix_mspp="accorde", choix_uneo="refuse")
    )
    assert reponse["Location"] == adresse(dossier)
    assert lecteurs(dossier) == {"asd", "mspp"}
    assert Consentement.objects.first().preuve is not None


def test_enregistrer_rien(client, dossier):
    page = client.post(adresse(dossier, "enregistrer"), consentement())
    assert page.status_code == 422
    assert "au moins un destinataire" in page.content.decode()
    assert Consentement.objects.count() == 1


def test_retirer_demande_confirmation(client, dossier):
    page = client.post(adresse(dossier, "retirer"), retrait())
    assert page.status_code == 200
    assert "Confirmer le retrait" in page.content.decode()
    assert lecteurs(dossier) == {"asd", "uneo"}
    reponse = client.post(adresse(dossier, "retirer"), retrait(confirme="oui"))
    assert reponse["Location"] == adresse(dossier)
    assert lecteurs(dossier) == {"asd"}


def test_la_confirmation_renvoie_tout_ce_qui_etait_saisi(client, dossier):
    """What the confirmation page holds is enough to record, scan included."""
    page = client.post(adresse(dossier, "retirer"), retrait(organismes=["uneo", "asd"], preuve=scan()))
    caches = {c.name: c.value() for c in page.context["form"] if c.name not in ("preuve", "confirme")}
    assert page.content.decode().count('name="organismes"') == 2
    client.post(adresse(dossier, "retirer"), {k: v or "" for k, v in caches.items()} | {"confirme": "oui"})
    assert lecteurs(dossier) == set()
    assert Consentement.objects.first().preuve is not None


def test_retirer_toute_la_demarche(client, dossier):
    client.post(adresse(dossier, "retirer"), retrait(portee="tout", organismes=[], confirme="oui"))
    assert lecteurs(dossier) == set()


@pytest.mark.parametrize(
    ("changement", "champ"),
    [
        ({"organismes": []}, "organismes"),
        ({"organismes": ["mspp"]}, "organismes"),
        ({"portee": ""}, "portee"),
        ({"signe_le": "2999-01-01"}, "signe_le"),
    ],
)
def test_erreurs_du_retrait(client, dossier, changement, champ):
    page = client.post(adresse(dossier, "retirer"), retrait(confirme="oui", **changement))
    assert page.status_code == 422
    assert champ in page.context["form"].errors
    assert lecteurs(dossier) == {"asd", "uneo"}


def test_rien_a_retirer(client, correspondant):
    dossier = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    assert "rien à retirer" in client.get(adresse(dossier, "retirer")).content.decode()


def test_un_partenaire_se_retire(connexion, dossier, uneo):
    client = connexion(uneo)
    reponse = client.post(adresse(dossier, "retirer"), retrait(confirme="oui"))
    assert reponse["Location"] == reverse("retraits:fait")
    assert lecteurs(dossier) == {"asd"}
    assert not Dossier.objects.visibles_par(uneo).exists()
    assert "n’a plus accès" in client.get(reverse("retraits:fait")).content.decode()
    assert client.get(reverse("retraits:recu")).content.startswith(b"%PDF")


def test_un_partenaire_en_retire_un_autre_et_reste(connexion, dossier, uneo):
    client = connexion(uneo)
    client.post(adresse(dossier, "retirer"), retrait(organismes=["asd"], confirme="oui"))
    assert lecteurs(dossier) == {"uneo"}
    page = client.get(reverse("retraits:fait")).content.decode()
    assert "Revenir au dossier" in page
    assert "n’a plus accès" not in page


def test_un_partenaire_retire_toute_la_demarche(connexion, dossier, uneo):
    connexion(uneo).post(adresse(dossier, "retirer"), retrait(portee="tout", confirme="oui"))
    assert lecteurs(dossier) == set()


def test_reimprimer_le_formulaire(client, dossier, connexion, uneo, etranger):
    reponse = client.post(adresse(dossier, "formulaire"))
    assert reponse.content.startswith(b"%PDF")
    assert FormulaireConsentement.objects.get().assure == dossier.assure
    for autre in (uneo, etranger):
        assert connexion(autre).post(adresse(dossier, "formulaire")).status_code == 404


@pytest.fixture
def acte(dossier, correspondant):
    preuve = enregistrer_pdf(fabriques.pdf("Signé"), nom="acte-signe.pdf", cree_par=correspondant)
    from dossiers.consentements.actions import enregistrer_consentement, texte_en_vigueur

    return enregistrer_consentement(
        correspondant, dossier, texte=texte_en_vigueur(), signe_le=timezone.localdate(),
        decisions={fabriques.organisme("uneo").pk: "accorde"}, preuve=preuve,
    )  # fmt: skip


def test_preuve(client, dossier, acte):
    reponse = client.get(adresse(dossier, "preuve", acte.pk))
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert (ligne.action, ligne.objet, ligne.details) == ("telecharger", dossier.numero, {"preuve": acte.pk})


@pytest.mark.parametrize(
    ("profil", "statut"), [("gestionnaire", 200), ("dpo", 200), ("partenaire", 404), ("medecin", 404)]
)
def test_preuve_par_profil(connexion, dossier, acte, profil, statut):
    client = connexion(fabriques.habilitation(profil))
    assert client.get(adresse(dossier, "preuve", acte.pk)).status_code == statut


def test_preuve_d_un_autre_dossier(client, correspondant, acte):
    autre = fabriques.dossier(par=correspondant)
    assert client.get(adresse(autre, "preuve", acte.pk)).status_code == 404


def test_preuve_absente(client, dossier):
    assert client.get(adresse(dossier, "preuve", dossier.consentements.get().pk)).status_code == 404


def test_preuve_en_analyse(client, dossier, acte):
    type(acte.preuve).objects.filter(pk=acte.preuve.pk).update(etat="en_analyse")
    assert client.get(adresse(dossier, "preuve", acte.pk))["Location"] == adresse(dossier)
