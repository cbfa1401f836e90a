"""The page of a demande: what each one reads of it, and the gesture it offers."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from dossiers.contributions.actions import enregistrer_contribution
from dossiers.demandes.models import LigneBudget
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
BESOIN = "Une présence d’une heure, l’été."
MOTIF = "Ressources et reste à charge étudiés."


def page(client, demande) -> str:
    reponse = client.get(reverse("demandes:detail", args=[demande.numero]))
    assert reponse.status_code == 200
    return reponse.content.decode()


def pleins(texte: str) -> list[str]:
    """The words of the filled buttons of the page's head."""
    return re.findall(r'class="bouton bouton--fort"[^>]*>([^<]+)<', texte)


@pytest.fixture
def demande(dossier, correspondant):
    brouillon = fabriques.demande(
        dossier,
        "brouillon",
        par=correspondant,
        besoin=BESOIN,
        cout=Decimal("720"),
        montant_demande=Decimal("700"),
    )
    LigneBudget.objects.create(
        demande=brouillon, nature="ressource", libelle="Solde", montant=Decimal("1850.40")
    )
    return fabriques.demandes.soumettre(correspondant, brouillon)


def test_le_gestionnaire_voit_tout(demande, gestionnaire, connexion):
    texte = page(connexion(gestionnaire), demande)
    for mots in (
        BESOIN,
        "720,00\xa0€",
        "700,00\xa0€",
        "1\xa0850,40\xa0€",
        "Plan de financement",
        "Contributions</button>",
        "Déposée",
        "Unéo",
    ):
        assert mots in texte, mots
    assert pleins(texte) == ["Demander des pièces"]


def test_le_correspondant_suit_sans_les_montants(demande, correspondant, connexion):
    texte = page(connexion(correspondant), demande)
    assert "déposée" in texte
    assert BESOIN in texte  # he wrote it
    for mots in ("720,00", "700,00", "1\xa0850,40", "Plan de financement", "Contributions</button>"):
        assert mots not in texte, mots


def test_un_autre_correspondant_de_l_unite_ne_lit_pas_le_besoin(demande, connexion):
    texte = page(connexion(fabriques.habilitation("correspondant")), demande)
    assert demande.numero in texte
    assert BESOIN not in texte


def test_le_partenaire_voit_le_plan_et_sa_contribution(demande, uneo, connexion):
    texte = page(connexion(uneo), demande)
    assert "Plan de financement" in texte
    assert "MSPP" not in texte  # rule 8
    assert pleins(texte) == ["Enregistrer votre contribution"]


def test_le_dpo_ne_voit_ni_besoin_ni_montant(demande, connexion):
    texte = page(connexion(fabriques.habilitation("dpo")), demande)
    assert BESOIN not in texte
    assert "720,00" not in texte
    assert not pleins(texte)


@pytest.mark.parametrize("profil", ["mspp", "etranger"])
def test_sans_partage_la_page_n_existe_pas(demande, profil, request, connexion):
    client = connexion(request.getfixturevalue(profil))
    assert client.get(reverse("demandes:detail", args=[demande.numero])).status_code == 404
    assert LigneJournal.objects.filter(action="refus", objet=demande.numero).exists()


def test_lire_laisse_une_ligne(demande, gestionnaire, connexion):
    client, avant = connexion(gestionnaire), LigneJournal.objects.count()
    page(client, demande)
    assert LigneJournal.objects.count() == avant + 1


@pytest.mark.parametrize(
    ("etat", "profil", "issue", "montant", "motif"),
    [
        ("decidee", "gestionnaire", True, True, True),
        ("decidee", "secretaire", True, True, True),
        ("decidee", "partenaire", False, False, False),
        ("decidee", "correspondant", False, False, False),
        ("notifiee", "gestionnaire", True, True, True),
        ("notifiee", "partenaire", True, True, True),
        ("notifiee", "correspondant", True, False, False),
        ("notifiee", "dpo", True, False, False),
    ],
)
def test_la_decision_se_lit_selon_l_etat_et_le_profil(
    dossier, correspondant, connexion, etat, profil, issue, montant, motif
):
    demande = fabriques.demande(dossier, etat, par=correspondant, montant="361.50")
    habilitation = correspondant if profil == "correspondant" else fabriques.habilitation(profil)
    texte = page(connexion(habilitation), demande)
    assert ("Décision de la CNMSS" in texte) is issue
    assert ("361,50" in texte) is montant
    assert (MOTIF in texte) is motif


def test_un_ajournement_garde_sa_decision_precedente(dossier, correspondant, gestionnaire, connexion):
    demande = fabriques.demande(
        dossier, "notifiee", par=correspondant, gestionnaire=gestionnaire, issue="ajournement", montant="0"
    )
    assert demande.etat == "en_instruction"
    texte = page(connexion(correspondant), demande)
    assert "ajournement" in texte
    assert pleins(page(connexion(gestionnaire), demande)) == ["Enregistrer la décision"]


@pytest.mark.parametrize(
    ("etat", "fort"),
    [
        ("en_completude", "Demander des pièces"), ("incomplete", "Demander des pièces"),
        ("complete", "Prendre en instruction"), ("en_instruction", "Enregistrer la décision"),
    ],
)  # fmt: skip
def test_un_seul_bouton_plein_dit_la_suite(dossier, correspondant, gestionnaire, connexion, etat, fort):
    demande = fabriques.demande(dossier, etat, par=correspondant, gestionnaire=gestionnaire)
    assert pleins(page(connexion(gestionnaire), demande)) == [fort]


def test_les_pieces_demandees_se_voient_avec_leur_date(dossier, correspondant, connexion):
    demande = fabriques.demande(dossier, "incomplete", par=correspondant)
    texte = page(connexion(correspondant), demande)
    assert "1\xa0pièce demandée, à fournir avant le" in texte
    assert pleins(texte) == ["Déposer les pièces demandées"]


def test_la_contribution_d_un_partenaire_entre_au_plan(demande, uneo, asd, correspondant, connexion):
    contribution = demande.contributions.get(organisme=uneo.organisme)
    enregistrer_contribution(
        uneo, contribution, etat="accord", montant=Decimal("180.00"), date_effet=fabriques.timezone.localdate(),
        commentaire="L’aide d’« hiver ».", version=1,
    )  # fmt: skip
    texte = page(connexion(asd), demande)
    assert "180,00\xa0€" in texte
    assert "540,00\xa0€" in texte  # what is left
    assert "L’aide d’« hiver »." in texte
    texte = page(connexion(correspondant), demande)
    assert "180,00" not in texte
    assert "hiver" not in texte


def test_le_nombre_de_requetes_est_constant(
    dossier, correspondant, gestionnaire, connexion, django_assert_max_num_queries
):
    demande = fabriques.demande(dossier, "en_completude", par=correspondant, gestionnaire=gestionnaire)
    client = connexion(gestionnaire)
    page(client, demande)
    with django_assert_max_num_queries(30) as peu:
        page(client, demande)
    for _ in range(3):
        for code in ("devis", "rib", "certificat-medical"):
            fabriques.piece(demande, code)
        LigneBudget.objects.create(demande=demande, nature="charge", libelle="Crédit", montant=10)
    with django_assert_max_num_queries(len(peu)):
        page(client, demande)


@pytest.mark.parametrize(
    "etat", ["brouillon", "soumise", "incomplete", "complete", "en_instruction", "decidee", "notifiee"]
)
@pytest.mark.parametrize(
    "profil", ["correspondant", "gestionnaire", "medecin", "secretaire", "partenaire", "dpo"]
)
def test_chaque_etat_s_affiche_pour_chacun(dossier, correspondant, connexion, etat, profil):
    demande = fabriques.demande(dossier, etat, par=correspondant)
    client = connexion(correspondant if profil == "correspondant" else fabriques.habilitation(profil))
    attendu = 404 if etat == "brouillon" and profil != "correspondant" else 200
    assert client.get(reverse("demandes:detail", args=[demande.numero])).status_code == attendu
