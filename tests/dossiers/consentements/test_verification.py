"""The basket of proofs, the paper beside the choices, the page of the wordings, the page of the acts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import texte_en_vigueur
from dossiers.consentements.models import PreuveAConfirmer, TexteConsentement
from dossiers.consentements.textes import ajouter_texte, differences
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from tests import fabriques

pytestmark = pytest.mark.django_db
CORBEILLE = "/consentements/a-confirmer/"


@pytest.fixture
def acte(recueillir, correspondant, ouvert):
    return recueillir(correspondant, ouvert, uneo="accorde", mspp="refuse")


@pytest.fixture
def client(connexion, gestionnaire):
    return connexion(gestionnaire)


def adresse(acte, nom="verifier", *args):
    return reverse(f"consentements:{nom}", args=[acte.dossier.numero, acte.pk, *args])


def test_la_corbeille_les_plus_anciennes_d_abord(client, recueillir, correspondant, gestionnaire):
    fabriques.organismes()
    actes = [
        recueillir(
            correspondant, fabriques.dossier(par=correspondant, accordes=(), refuses=()), uneo="accorde"
        )
        for _ in range(3)
    ]
    for rang, acte in enumerate(actes):
        PreuveAConfirmer.objects.filter(pk=acte.pk).update(depuis=timezone.now() - timedelta(days=rang))
    sien = recueillir(gestionnaire, actes[0].dossier, asd="accorde")
    page = client.get(CORBEILLE)
    assert [a.pk for a in page.context["page"]] == [a.pk for a in reversed(actes)]
    assert [a.pk for a in client.get(f"{CORBEILLE}?voir=les-miennes").context["page"]] == [sien.pk]


def test_la_corbeille_laisse_une_ligne(client, acte):
    avant = LigneJournal.objects.count()
    client.get(CORBEILLE)
    assert LigneJournal.objects.count() == avant + 1
    assert LigneJournal.objects.order_by("-pk").first().objets == [acte.dossier.numero]


def test_requetes_constantes(client, acte, recueillir, correspondant, django_assert_max_num_queries):
    client.get(CORBEILLE)
    with django_assert_max_num_queries(14) as une:
        client.get(CORBEILLE)
    for _ in range(3):
        recueillir(
            correspondant, fabriques.dossier(par=correspondant, accordes=(), refuses=()), uneo="accorde"
        )
    with django_assert_max_num_queries(len(une)):
        client.get(CORBEILLE)


def test_le_papier_a_cote_des_choix(client, acte):
    page = client.get(adresse(acte)).content.decode()
    for mots in ("Mutuelle Unéo", "accordé", "refusé", "version 1", adresse(acte, "page_de_preuve", 1)):
        assert mots in page
    avant = LigneJournal.objects.count()
    image = client.get(adresse(acte, "page_de_preuve", 1))
    assert image["Content-Type"] == "image/png"
    assert LigneJournal.objects.count() == avant, "one reading is one row"
    assert client.get(adresse(acte, "page_de_preuve", 9)).status_code == 404


def test_confirmer_mene_au_suivant(client, acte, recueillir, correspondant):
    autre = recueillir(
        correspondant, fabriques.dossier(par=correspondant, accordes=(), refuses=()), uneo="accorde"
    )
    assert client.post(adresse(acte), {"geste": "confirmer"})["Location"] == adresse(autre)
    assert client.post(adresse(autre), {"geste": "confirmer"})["Location"] == CORBEILLE
    page = client.get(adresse(acte)).content.decode()
    assert "confirmé" in page
    assert "Rejeter la preuve" not in page


def test_envoye_deux_fois(client, acte):
    for _ in range(2):
        reponse = client.post(adresse(acte), {"geste": "confirmer"})
    assert "déjà été vérifiée" in client.get(reponse["Location"]).content.decode()


def test_rejeter_sans_motif(client, acte):
    page = client.post(adresse(acte), {"geste": "rejeter", "motif": " "})
    assert page.status_code == 422
    assert "motif" in page.context["form"].errors
    assert client.post(adresse(acte), {"geste": "rejeter", "motif": "Illisible."}).status_code == 302


def test_son_auteur_ne_la_juge_pas(connexion, recueillir, gestionnaire, ouvert):
    sien = recueillir(gestionnaire, ouvert, uneo="accorde")
    client = connexion(gestionnaire)
    page = client.get(adresse(sien)).content.decode()
    assert "un autre gestionnaire" in page
    assert "Confirmer la preuve" not in page


@pytest.mark.parametrize("profil", ["correspondant", "secretaire", "dpo", "partenaire", "medecin"])
def test_les_autres_profils(connexion, acte, profil, correspondant):
    client = connexion(correspondant if profil == "correspondant" else fabriques.habilitation(profil))
    for chemin in (CORBEILLE, adresse(acte), adresse(acte, "page_de_preuve", 1)):
        assert client.get(chemin).status_code == 404
    assert client.post(adresse(acte), {"geste": "confirmer"}).status_code == 404


def test_l_acte_d_un_autre_dossier(client, acte, correspondant):
    autre = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    assert client.get(reverse("consentements:verifier", args=[autre.numero, acte.pk])).status_code == 404


def test_la_page_des_actes_dit_ce_qu_il_est_devenu(client, acte, ouvert):
    detail = reverse("consentements:detail", args=[ouvert.numero])
    assert "preuve à confirmer" in client.get(detail).content.decode()
    PreuveAConfirmer.objects.update(suspendu_le=timezone.now())
    assert "partage suspendu" in client.get(detail).content.decode()
    assert "preuve à confirmer" in client.get(f"/dossiers/{ouvert.numero}/").content.decode()
    client.post(adresse(acte), {"geste": "rejeter", "motif": "La signature manque."})
    page = client.get(detail).content.decode()
    assert "preuve rejetée" in page
    assert "La signature manque." in page


def test_le_recu_se_telecharge_aussitot(client, acte, connexion):
    reponse = client.get(adresse(acte, "recu"))
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert (ligne.action, ligne.objet) == ("telecharger", acte.dossier.numero)
    for profil in ("dpo", "partenaire"):
        assert connexion(fabriques.habilitation(profil)).get(adresse(acte, "recu")).status_code == 404


@pytest.fixture
def dpo(db):
    return fabriques.habilitation("dpo")


def saisie(**k):
    return {"suit": 1, "titre": "Consentement", "corps": "Un **autre** texte.",
            "en_vigueur_depuis": timezone.localdate().isoformat(), **k}  # fmt: skip


def test_le_dpo_ajoute_une_version(connexion, dpo):
    client = connexion(dpo)
    assert client.get("/consentements/textes/nouveau/").status_code == 200
    assert client.post("/consentements/textes/nouveau/", saisie()).status_code == 302
    assert texte_en_vigueur().version == 2
    page = client.get("/consentements/textes/").content.decode()
    assert "<ins>" in page
    assert "<del>" in page


@pytest.mark.parametrize(
    ("changement", "champ"),
    [
        ({"en_vigueur_depuis": "2020-01-01"}, "en_vigueur_depuis"),
        ({"corps": ""}, "corps"),
        ({"suit": 0}, "__all__"),
    ],
)
def test_versions_refusees(connexion, dpo, changement, champ):
    page = connexion(dpo).post("/consentements/textes/nouveau/", saisie(**changement))
    assert page.status_code == 422
    assert champ in page.context["form"].errors
    assert TexteConsentement.objects.filter(programme="DU").count() == 1


def test_le_meme_texte_n_est_pas_une_version(dpo):
    premiere = texte_en_vigueur()
    with pytest.raises(ActionRefusee, match="précédente"):
        ajouter_texte(dpo, "DU", titre=premiere.titre, corps=premiere.corps + "\n", suit=1,
                      en_vigueur_depuis=timezone.localdate())  # fmt: skip


@pytest.mark.parametrize("profil", ["gestionnaire", "administrateur", "correspondant"])
def test_seul_le_dpo_ecrit(connexion, profil):
    par = fabriques.habilitation(profil)
    assert connexion(par).post("/consentements/textes/nouveau/", saisie()).status_code == 404
    with pytest.raises(AccesRefuse):
        ajouter_texte(par, "DU", titre="x", corps="y", suit=1, en_vigueur_depuis=timezone.localdate())


def test_les_differences_sont_du_texte():
    html = differences("Un <b>mot</b> ici", "Un <script>mot</script> ici")
    assert "<script>" not in html
    assert "<del>&lt;b&gt;mot&lt;/b&gt;</del>" in html


def test_le_texte_a_venir_n_est_pas_imprime(dpo, correspondant, ouvert):
    from dossiers.consentements.actions import imprimer_formulaire

    ajouter_texte(dpo, "DU", titre="Demain", corps="Demain.", suit=1,
                  en_vigueur_depuis=timezone.localdate() + timedelta(days=1))  # fmt: skip
    assert imprimer_formulaire(correspondant, ouvert.assure).texte.version == 1
