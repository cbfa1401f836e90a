"""A withdrawal asked at the counter of whoever has the person in front of it: acted on, nothing told (rule 8)."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements import retrait as page_du_retrait
from dossiers.consentements.models import Consentement
from dossiers.echanges.models import Courrier
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
VARIABLE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|data-session[^ ]*="[^"]*"')


@pytest.fixture(autouse=True)
def sans_attente(monkeypatch):
    monkeypatch.setattr(page_du_retrait, "DUREE_MINIMALE", 0)


def saisie(dossier, **k):
    assure = dossier.assure
    return {
        "nir": assure.nir, "naissance": assure.date_naissance.isoformat(), "presente": "on", "portee": "choix",
        "organismes": ["uneo"], "signataire": "personne", "signe_le": timezone.localdate().isoformat(),
        "canal": "guichet", **k,
    }  # fmt: skip


def octets(reponse):
    """What a partner receives, but for the token of the form."""
    return VARIABLE.sub(b"", reponse.content)


ADRESSE = "/retraits/"


@pytest.mark.parametrize("profil", ["partenaire", "assistant_social", "referent_opex", "correspondant"])
def test_qui_ne_lit_pas_le_dossier_l_enregistre(connexion, dossier, profil, lisent):
    ailleurs = {"unites": [fabriques.unite("2e-rep")]} if profil == "correspondant" else {}
    if profil == "partenaire":
        ailleurs = {"organisme": "mspp"}
    par = fabriques.habilitation(profil, **ailleurs)
    reponse = connexion(par).post(ADRESSE, saisie(dossier))
    assert reponse["Location"] == reverse("retraits:fait")
    assert lisent(dossier) == {"asd"}
    acte = Consentement.objects.first()
    assert acte.enregistre_par == par
    assert Courrier.objects.filter(genre="recu_retrait", cible=acte.pk).exists()


def test_de_toute_la_demarche(connexion, dossier, mspp, lisent):
    connexion(mspp).post(ADRESSE, saisie(dossier, portee="tout", organismes=[]))
    assert lisent(dossier) == set()


@pytest.mark.parametrize(
    "traits",
    [{"nir": "284058832102532", "naissance": "1984-05-14"}, {"naissance": "1984-05-15"}],
    ids=["personne inconnue", "mauvaise date"],
)
def test_la_meme_reponse_sans_dossier(connexion, dossier, mspp, traits, lisent):
    client = connexion(mspp)
    pages = []
    for champs in (saisie(dossier), saisie(dossier, **traits)):
        reponse = client.post(ADRESSE, champs)
        suite = client.get(reponse["Location"])
        recu = client.get(reverse("retraits:recu"))
        pages.append((reponse.status_code, reponse["Location"], octets(suite), recu.content))
    assert pages[0] == pages[1]
    assert dossier.numero.encode() not in pages[0][2]


@pytest.mark.parametrize(
    "champs",
    [
        {"canal": "succession"},
        {"signe_le": "0001-01-01"},
        {
            "signataire": "representant", "representant_nom": "N" * 80, "representant_prenoms": "P" * 120,
            "representant_qualite": "tuteur", "representant_acte": "A" * 150, "representant_valide_du": "2020-01-01",
        },
    ],
    ids=["un canal qui n’est pas un guichet", "une date très ancienne", "un représentant aux champs pleins"],
)  # fmt: skip
def test_aucune_saisie_ne_repond_autrement_quand_il_y_a_un_dossier(connexion, dossier, mspp, champs):
    """What the form lets through, the database takes: an error would tell that there was something to write."""
    client = connexion(mspp, raise_request_exception=False)
    avec = client.post(ADRESSE, saisie(dossier, **champs))
    sans = client.post(ADRESSE, saisie(dossier, **champs, nir="284058832102532"))
    assert avec.status_code == sans.status_code
    assert avec.status_code in (302, 422)


def test_la_reponse_ne_vient_jamais_trop_vite(connexion, mspp, dossier, monkeypatch):
    attentes = []
    monkeypatch.setattr(page_du_retrait, "DUREE_MINIMALE", 5.0)
    monkeypatch.setattr(page_du_retrait.time, "sleep", attentes.append)
    client = connexion(mspp)
    client.post(ADRESSE, saisie(dossier))
    client.post(ADRESSE, saisie(dossier, naissance="1984-05-15"))
    assert len(attentes) == 2
    assert all(0 < attente <= 5 for attente in attentes)


def test_le_journal_de_l_auteur_ne_nomme_aucun_dossier(connexion, dossier, mspp):
    avant = LigneJournal.objects.order_by("-pk").first().pk
    connexion(mspp).post(ADRESSE, saisie(dossier))
    lignes = list(LigneJournal.objects.filter(pk__gt=avant).exclude(action="connexion").order_by("pk"))
    assert [(ligne.action, ligne.objet, ligne.utilisateur_id) for ligne in lignes] == [
        ("rechercher", "", mspp.utilisateur_id), ("modifier", dossier.numero, None),
    ]  # fmt: skip
    assert lignes[0].requete_id == lignes[1].requete_id
    assert dossier.assure.nir not in str([ligne.details for ligne in lignes])


def test_la_limite_des_recherches_par_nir(connexion, dossier, mspp, settings, lisent):
    settings.RECHERCHES_NIR_PAR_HEURE = 1
    client = connexion(mspp)
    client.post(ADRESSE, saisie(dossier, naissance="1984-05-15"))
    page = client.post(ADRESSE, saisie(dossier))
    assert page.status_code == 422
    assert "maximum" in page.content.decode()
    assert lisent(dossier) == {"asd", "uneo"}


@pytest.mark.parametrize(
    ("changement", "champ"),
    [({"presente": ""}, "presente"), ({"nir": "1"}, "nir"), ({"organismes": []}, "organismes"),
     ({"signe_le": "2999-01-01"}, "signe_le")],
)  # fmt: skip
def test_saisies_refusees(connexion, dossier, mspp, changement, champ, lisent):
    page = connexion(mspp).post(ADRESSE, saisie(dossier, **changement))
    assert page.status_code == 422
    assert champ in page.context["form"].errors
    assert lisent(dossier) == {"asd", "uneo"}


def test_le_nir_ne_revient_dans_aucune_adresse(connexion, dossier, mspp):
    reponse = connexion(mspp).post(ADRESSE, saisie(dossier))
    assert dossier.assure.nir not in reponse["Location"]
    assert dossier.assure.nir not in str(dict(connexion(mspp).session))


def test_le_recu_n_est_qu_a_son_auteur(connexion, dossier, mspp, asd):
    client = connexion(mspp)
    assert client.get(reverse("retraits:recu")).status_code == 404
    client.post(ADRESSE, saisie(dossier))
    assert client.get(reverse("retraits:recu")).status_code == 200
    assert connexion(asd).get(reverse("retraits:recu")).status_code == 404


MONDES = {
    "rien d’autre": {},
    "l’autre accordé": {"asd": "accorde"},
    "l’autre refusé": {"asd": "refuse"},
}


def _pages_du_partenaire(client, dossier):
    adresse = reverse("consentements:retirer", args=[dossier.numero])
    demande = {
        "signataire": "personne", "signe_le": timezone.localdate().isoformat(), "canal": "guichet",
        "portee": "choix", "organismes": ["asd"],
    }  # fmt: skip
    yield client.get(adresse)
    yield client.post(adresse, demande)
    yield client.post(adresse, demande | {"portee": "tout"})
    yield client.post(adresse, demande | {"confirme": "oui"})
    yield client.get(reverse("retraits:fait"))
    yield client.get(reverse("retraits:recu"))


def test_les_memes_octets_quoi_que_la_personne_ait_dit_des_autres(connexion, correspondant, uneo, recueillir):
    """Rule 8: the form, its confirmation, the page that follows, the receipt."""
    fabriques.organismes()
    par_monde = []
    for decisions in MONDES.values():
        dossier = fabriques.dossier(
            par=correspondant, accordes=("uneo",), refuses=(), nom_naissance="Même-Fictif"
        )
        if decisions:
            recueillir(correspondant, dossier, **decisions)
        pages = [octets(page) for page in _pages_du_partenaire(connexion(uneo), dossier)]
        nir = dossier.assure.nir_masque.encode()
        par_monde.append([p.replace(dossier.numero.encode(), b"N").replace(nir, b"") for p in pages[:5]])
    assert par_monde[0] == par_monde[1] == par_monde[2]


def test_les_pages_d_un_partenaire_ne_changent_pas_avec_les_autres(
    connexion, dossier, uneo, correspondant, gestionnaire, recueillir, retirer
):
    """Rule 8, on every page that it reads: what another one has been answered makes no difference."""
    demande = fabriques.demande(dossier)
    client = connexion(uneo)
    adresses = [
        f"/dossiers/{dossier.numero}/", f"/dossiers/{dossier.numero}/demandes/",
        f"/dossiers/{dossier.numero}/contributions/", f"/dossiers/{dossier.numero}/histoire/",
        f"/demandes/{demande.numero}/",
    ]  # fmt: skip

    def lues():
        return [octets(client.get(adresse)) for adresse in adresses]

    client.get(adresses[0])
    depart = lues()
    retirer(correspondant, dossier, "asd")
    apres_retrait = lues()
    recueillir(correspondant, dossier, mspp="accorde", asd="refuse")
    assert depart == apres_retrait == lues()
