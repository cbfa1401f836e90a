"""The words of the OPEX events: one sentence each, and who reads which part of it, under its own identity."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dossiers.echanges.actions import raconter
from dossiers.echanges.histoire import DIRE, evenements_de, lignes
from dossiers.echanges.models import Genre
from dossiers.partages.profils import Regard
from dossierunique.securite.identite import sous
from opex.suivi.etats import EtatSuivi
from opex.suivi.models import Dapias, Evolution, Reconnaissance
from opex.vie.filtres import FAMILLES
from opex.vie.histoire import RECONNAISSANCES, SEUILS, SUIVIS, genres_lisibles
from partners.habilitations.identite import identite_de
from tests import fabriques
from tests.opex.vie import faits

pytestmark = pytest.mark.django_db
OPEX = {genre for genre in Genre.values if genre.startswith("opex_")}
QUI = (
    "correspondant", "gestionnaire", "numerisation", "secretaire", "medecin", "uneo", "asd", "decideur_asd", "dpo",
)  # fmt: skip
# Who reads a wound, a DAPIAS or an aid whole (natures.py).
BLESSURE = {"gestionnaire", "secretaire", "medecin", "uneo", "asd", "decideur_asd"}
DAPIAS = BLESSURE - {"secretaire"}


@pytest.fixture
def regards(correspondant, gestionnaire, uneo, asd):
    connus = {"correspondant": correspondant, "gestionnaire": gestionnaire, "uneo": uneo, "asd": asd}
    return {qui: Regard(connus.get(qui) or fabriques.habilitation(qui)) for qui in QUI}


def dit(dossier, regard) -> str:
    """Everything a regard reads of the history, under its own identity, with ordinary spaces."""
    with sous(identite_de(regard.habilitation)):
        lues = lignes(evenements_de(dossier), regard)
    mots = " / ".join(f"{ligne.auteur} {ligne.texte} {ligne.detail}" for ligne in lues)
    return mots.replace("\u00a0", " ").replace("\u202f", " ")


def qui_lit(dossier, regards, mots: str) -> set[str]:
    return {qui for qui, regard in regards.items() if mots in dit(dossier, regard)}


def test_chaque_genre_a_ses_mots_son_seuil_et_sa_famille():
    assert set(DIRE) == set(Genre.values)
    assert set(SEUILS) == OPEX
    rangees = [genre for _, genres in FAMILLES.values() for genre in genres]
    assert sorted(rangees) == sorted(Genre.values)
    assert set(SUIVIS) == set(EtatSuivi.values) and set(RECONNAISSANCES) == set(Reconnaissance.values)


def test_l_unite_sait_qu_il_y_a_blessure_et_pas_comment(dossier, gestionnaire, regards):
    faits.blessure(dossier, gestionnaire)
    assert qui_lit(dossier, regards, "signalé une blessure survenue le 12 mars 2026 (Sahel).") == set(QUI) - {
        "numerisation"
    }
    detail = "Engin explosif, gravité grave, marqueurlieu. Un marqueurrecit. Évacuation vers la métropole"
    for mots in (detail, "marqueurhopital"):
        assert qui_lit(dossier, regards, mots) == BLESSURE


def test_une_reconnaissance_et_une_blessure_completee(dossier, gestionnaire, regards):
    blessure = faits.blessure(dossier, gestionnaire)
    raconter(dossier, Genre.RECONNAISSANCE, gestionnaire, blessure=blessure.pk, reconnaissance="refusee")
    raconter(dossier, Genre.BLESSURE_COMPLETEE, gestionnaire, blessure=blessure.pk)
    assert qui_lit(dossier, regards, "reconnaissance de blessure de guerre est refusée") == BLESSURE
    assert qui_lit(dossier, regards, "mis à jour la blessure") == {"correspondant", "dpo"}
    assert qui_lit(dossier, regards, "complété la blessure") == set(QUI) - {"numerisation"}


def test_une_evolution_et_celle_qu_on_raye(dossier, gestionnaire, regards):
    blessure = faits.blessure(dossier, gestionnaire)
    faits.evolution(blessure, gestionnaire, jusque=date(2026, 4, 2))
    assert qui_lit(dossier, regards, "hospitalisation du 15 mars 2026 au 2 avril 2026") == BLESSURE
    assert qui_lit(dossier, regards, "noté une évolution après la blessure") == {"correspondant", "dpo"}
    Evolution.objects.update(rayee_le=timezone.now(), rayee_motif="Erreur de personne")
    assert qui_lit(dossier, regards, "rayée depuis") == BLESSURE
    assert qui_lit(dossier, regards, "Motif : Erreur de personne") == BLESSURE


def test_une_dapias_ouverte_renouvelee_puis_close(dossier, gestionnaire, regards):
    blessure = faits.blessure(dossier, gestionnaire)
    premiere = faits.dapias(blessure, gestionnaire)
    suite = {"depuis": date(2026, 9, 12), "jusque": date(2027, 3, 12), "precedente": premiere}
    seconde = faits.dapias(blessure, gestionnaire, reference="marqueursuite", **suite)
    Dapias.objects.filter(pk=seconde.pk).update(etat="close", motif_fin="Guérison")
    raconter(dossier, Genre.DAPIAS, gestionnaire, dapias=seconde.pk, etat="close")
    for verbe, reference in (("ouvert", "dapias"), ("renouvelé", "suite"), ("clos", "suite")):
        assert qui_lit(dossier, regards, f"{verbe} la DAPIAS marqueur{reference}.") == DAPIAS
        assert qui_lit(dossier, regards, f"{verbe} une DAPIAS.") == {"correspondant", "dpo"}
    assert qui_lit(dossier, regards, "Motif : Guérison") == DAPIAS


def test_le_choix_d_un_referent_est_dit_a_tous(dossier, gestionnaire, regards, uneo):
    raconter(dossier, Genre.SUIVI, gestionnaire, etat="active", referent=uneo.pk)
    assert qui_lit(dossier, regards, f"choisi le référent : {uneo.utilisateur}, Unéo.") == set(QUI)
    assert qui_lit(dossier, regards, "Le dossier est activé") == set()


class TestAides:
    def test_elle_dit_l_organisme_le_genre_le_montant_et_le_rythme(self, dossier, uneo, regards):
        faits.aide(
            dossier, uneo, nom="Rente", forme="rente", montant="350", etat="en_versement",
            periodicite="mensuelle", taux="12.5", libelle="Aide au loyer", debut=date(2026, 4, 1),
        )  # fmt: skip
        attendus = "Unéo, Rente : 350,00 €. En cours de versement, par mois depuis le 1er avril 2026"
        assert qui_lit(dossier, regards, attendus) == BLESSURE
        assert qui_lit(dossier, regards, "taux de 12,50 %. Aide au loyer.") == BLESSURE

    def test_qui_n_en_connait_que_l_existence_n_en_entend_rien(self, dossier, uneo, regards):
        faits.aide(dossier, uneo)
        sans = set(QUI) - BLESSURE
        assert {qui for qui in QUI if "aide" not in dit(dossier, regards[qui])} == sans

    def test_en_nature_elle_n_a_pas_de_montant(self, dossier, uneo, gestionnaire):
        faits.aide(dossier, uneo, nom="Séjour", forme="nature", montant=0)
        assert "aide : Unéo, Séjour. Versée" in dit(dossier, Regard(gestionnaire))

    def test_corrigee_elle_le_dit(self, dossier, uneo, gestionnaire):
        aide = faits.aide(dossier, uneo)
        raconter(dossier, Genre.AIDE_CORRIGEE, uneo, organisme=aide.organisme, aide=aide.pk)
        assert "corrigé une aide : Unéo, Capital blessure : 4 321,17 €" in dit(dossier, Regard(gestionnaire))

    def test_a_un_ayant_cause_elle_suit_son_accord(self, dossier, gestionnaire, regards):
        """Given by the ASD: Unéo, that the widow did not accord, hears of nothing; the médecin sees no ayant cause."""
        ayant = faits.ayant_cause(dossier, gestionnaire, relation="conjoint")
        faits.aide(dossier, gestionnaire, "asd", nom="Secours", montant="917.53", beneficiaire=ayant)
        assert qui_lit(dossier, regards, "917,53") == {"gestionnaire", "asd", "decideur_asd"}
        # The ASD knows what it gave, not the one who did not accord it.
        assert qui_lit(dossier, regards, "pour MARQUEURAYANT Lise") == {"gestionnaire"}
        assert qui_lit(dossier, regards, "pour un ayant cause") == {"asd", "decideur_asd"}


def test_un_ayant_cause_est_dit_selon_son_propre_accord(dossier, gestionnaire, regards):
    faits.ayant_cause(dossier, gestionnaire, accordes=("uneo",))
    assert qui_lit(dossier, regards, "MARQUEURAYANT Lise (conjoint") == {
        "correspondant",
        "gestionnaire",
        "uneo",
    }
    assert qui_lit(dossier, regards, "enregistré un ayant cause.") == {"dpo"}
    assert {qui for qui in QUI if "ayant cause" not in dit(dossier, regards[qui])} == {
        "numerisation", "secretaire", "medecin", "asd", "decideur_asd",
    }  # fmt: skip


def test_l_imprime_le_relais_le_suivi_et_le_deces_sont_a_tous(dossier, gestionnaire, regards):
    faits.vie_entiere(dossier, gestionnaire)
    for mots in (
        "imprimé d’identification, version 1. Barkhane (Sahel), absence du 10 janvier 2026 au 10 mai 2026.",
        "passé le relais : Unéo suit la personne, après ASD. Motif : Retour au service.",
        "Le dossier est activé.",
        "enregistré le décès de la personne.",
    ):
        assert qui_lit(dossier, regards, mots) == set(QUI), mots


def test_ce_qui_n_est_pas_lisible_n_est_pas_meme_lu(regards):
    absents = {qui: set(Genre.values) - set(genres_lisibles(regards[qui])) for qui in QUI}
    assert absents["gestionnaire"] == set()
    assert absents["correspondant"] == {Genre.AIDE, Genre.AIDE_CORRIGEE, Genre.DECISION}
    assert absents["numerisation"] >= {Genre.BLESSURE, Genre.DAPIAS, Genre.AIDE, Genre.AYANT_CAUSE}
    assert absents["uneo"] == {
        Genre.RETRAIT, Genre.PREUVE_CONFIRMEE, Genre.PREUVE_REJETEE, Genre.PARTAGE_SUSPENDU, Genre.SUCCESSION,
        Genre.DECISION,
    }  # fmt: skip


def test_la_longueur_ne_coute_rien(dossier, gestionnaire):
    def cout() -> int:
        with CaptureQueriesContext(connection) as requetes:
            lignes(evenements_de(dossier), Regard(gestionnaire))
        return len(requetes)

    faits.vie_entiere(dossier, gestionnaire)
    une = cout()
    faits.en_nombre(dossier, gestionnaire, 200)
    # The events, the consent and its lines, then one a kind, and the members of the family whom aids go to.
    assert cout() == une <= 12


def test_un_dossier_du_n_en_lit_rien_de_plus(gestionnaire):
    du = fabriques.dossier()
    with CaptureQueriesContext(connection) as requetes:
        lignes(evenements_de(du), Regard(gestionnaire))
    assert not any("opex_" in requete["sql"] for requete in requetes)
