"""Who is told of each OPEX event: exactly the entitled, by a number and nothing else."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossierunique.notifications.genres import declares
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from opex.vie.annonces import ANNONCES
from tests import fabriques
from tests.opex.fabriques import dossier_opex
from tests.opex.vie import faits

pytestmark = pytest.mark.django_db
PARTENAIRES = {"uneo", "asd", "decideur"}
TOUS = PARTENAIRES | {"correspondant", "collegue", "autre_gestionnaire"}


@pytest.fixture
def monde(correspondant, gestionnaire, uneo, asd, mspp):
    """The people who might be told, by a short name; `gestionnaire` tells."""
    return {
        "correspondant": correspondant,
        "collegue": fabriques.habilitation("correspondant"),
        "etranger": fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")]),
        "gestionnaire": gestionnaire,
        "autre_gestionnaire": fabriques.habilitation("gestionnaire"),
        "medecin": fabriques.habilitation("medecin"),
        "uneo": uneo,
        "asd": asd,
        "decideur": fabriques.habilitation("decideur_asd"),
        "mspp": mspp,
        "du_seul": fabriques.habilitation("partenaire", organisme="uneo", programmes=["DU"]),
        "suspendue": fabriques.habilitation("partenaire", organisme="uneo", etat="suspendue"),
        "dpo": fabriques.habilitation("dpo"),
    }


def prevenus(monde, genre: str) -> set[str]:
    vider()
    vider()
    noms = {h.utilisateur_id: nom for nom, h in monde.items()}
    return {
        noms[pk] for pk in Notification.objects.filter(genre=genre).values_list("destinataire", flat=True)
    }


def test_une_blessure_se_dit_a_tous_ceux_qui_lisent(monde, dossier, gestionnaire):
    faits.blessure(dossier, gestionnaire)
    assert prevenus(monde, Genre.BLESSURE) == TOUS


def test_un_dossier_qui_dort_n_est_annonce_a_aucun_partenaire(monde, correspondant, gestionnaire):
    faits.blessure(dossier_opex(correspondant), gestionnaire)
    assert prevenus(monde, Genre.BLESSURE) == {"correspondant", "collegue", "autre_gestionnaire"}


def test_un_retrait_compte_jusqu_au_dernier_moment(monde, dossier, gestionnaire, correspondant, uneo):
    faits.blessure(dossier, gestionnaire)
    retirer_consentement(correspondant, dossier, [uneo.organisme], signe_le=timezone.localdate())
    assert prevenus(monde, Genre.BLESSURE) == TOUS - {"uneo"}


@pytest.mark.parametrize("genre", [Genre.BLESSURE_COMPLETEE, Genre.RECONNAISSANCE, Genre.EVOLUTION])
def test_la_suite_se_dit_au_referent_et_aux_partenaires(monde, dossier, gestionnaire, genre):
    faits.activer(dossier, referent=monde["autre_gestionnaire"])
    raconter(dossier, genre, gestionnaire, blessure=1, evolution=1, reconnaissance="demandee")
    assert prevenus(monde, genre) == PARTENAIRES | {"autre_gestionnaire"}


def test_un_referent_qui_ne_lit_plus_n_apprend_rien(monde, dossier, gestionnaire):
    faits.activer(dossier, referent=monde["mspp"])
    faits.aide(dossier, gestionnaire)
    assert prevenus(monde, Genre.AIDE) == PARTENAIRES


def test_un_relais_et_un_deces(monde, dossier, gestionnaire):
    faits.relais(dossier, gestionnaire)
    assert prevenus(monde, Genre.RELAIS) == PARTENAIRES | {"autre_gestionnaire"}
    faits.deceder(dossier, gestionnaire)
    assert prevenus(monde, Genre.DECES) == TOUS


def test_ce_qui_touche_un_ayant_cause_suit_son_accord(monde, dossier, gestionnaire):
    ayant = faits.ayant_cause(dossier, gestionnaire, accordes=("uneo",))
    assert prevenus(monde, Genre.AYANT_CAUSE) == {"uneo", "autre_gestionnaire"}
    faits.aide(dossier, gestionnaire, "uneo", beneficiaire=ayant)
    assert prevenus(monde, Genre.AIDE) == {"uneo"}


def test_qui_donne_a_un_ayant_cause_sait_ce_qu_il_donne(monde, dossier, gestionnaire):
    ayant = faits.ayant_cause(dossier, gestionnaire)
    faits.aide(dossier, gestionnaire, "asd", beneficiaire=ayant)
    assert prevenus(monde, Genre.AIDE) == {"asd", "decideur"}


def test_un_numero_et_rien_d_autre(monde, dossier, gestionnaire):
    faits.vie_entiere(dossier, gestionnaire)
    while vider():
        pass
    assure = dossier.assure
    envois = list(Notification.objects.filter(genre__in=ANNONCES))
    assert {n.genre for n in envois} == set(ANNONCES) and mail.outbox
    assert {n.url for n in envois} == {reverse("dossiers:apercu", args=[dossier.numero])}
    textes = [n.texte for n in envois] + [f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox]
    secrets = (assure.nom_naissance, assure.prenoms, assure.nir, "marqueur", "Sahel", "€", "Unéo")
    for texte in textes:
        assert not [secret for secret in secrets if secret.lower() in texte.lower()], texte
    assert all(dossier.numero in n.texte for n in envois)


def test_chacun_regle_ses_courriels():
    assert set(ANNONCES) <= set(declares())
