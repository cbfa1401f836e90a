"""Forty questions as people type them, and the page that must come first for the profile that asks."""

import pytest

from documentation.articles.chargement import charger
from documentation.articles.fichiers_source import lire_tous
from documentation.policies import versions_lisibles
from documentation.recherche.moteur import chercher
from tests import fabriques

pytestmark = pytest.mark.django_db
C, G, U, A = "correspondant", "gestionnaire", "partenaire", "assistant_social"
X, R, D, V = "referent_opex", "responsable", "dpo", "superviseur"
QUESTIONS = (
    (C, "comment ouvrir un dossier", "ouvrir-un-dossier"),
    (C, "nouveau dossier numero de secu", "ouvrir-un-dossier"),
    (C, "retirer un accord", "retirer-un-consentement"),
    (C, "la personne change d'avis", "retirer-un-consentement"),
    (C, "retrait consentment", "retirer-un-consentement"),
    (C, "recueillir le consentement", "recueillir-le-consentement"),
    (C, "faire signer le formulaire de consentement", "recueillir-le-consentement"),
    (C, "tuteur", "representant-legal"),
    (C, "mineur représentant légal", "representant-legal"),
    (C, "elle refuse de partager", "sans-partage"),
    (C, "déposer une demande d'aide", "deposer-une-demande"),
    (C, "quelles aides peut on demander", "les-aides"),
    (C, "liste des pieces à fournir", "fiche-pieces-par-aide"),
    (C, "aide menagere", "les-aides"),
    (C, "justificatifs rejetés", "les-justificatifs"),
    (C, "numériser un document", "bien-numeriser"),
    (C, "scanner une piece", "bien-numeriser"),
    (C, "retour d'hopital", "fiche-retour-d-hospitalisation"),
    (C, "naissance difficile", "fiche-naissance-difficile"),
    (C, "que dire au demandeur", "fiche-dire-au-demandeur"),
    (C, "suivi de ma demande", "suivre-une-demande"),
    (C, "avancement d'une demande", "suivre-une-demande"),
    (C, "signaler une blessure", "signaler-une-blessure"),
    (C, "depart en opération extérieure imprimé", "imprime-d-identification"),
    (C, "importer liste excel", "importer-une-liste-avant-un-depart"),
    (C, "blessé il y a longtemps", "dossier-a-posteriori"),
    (C, "muté quitter mon unité", "quitter-son-poste"),
    (C, "mot de passe oublié", "se-connecter"),
    (C, "double authentification", "se-connecter"),
    (C, "glossaire", "glossaire"),
    (C, "contester un refus", "recours"),
    (C, "qui voit quoi", "ce-que-voit-chaque-destinataire"),
    (G, "confirmer une preuve", "confirmer-la-preuve"),
    (G, "demander des pièces manquantes", "completude-et-pieces-manquantes"),
    (G, "avis du medecin conseil", "avis-medical"),
    (G, "reste à charge", "plan-de-financement"),
    (G, "preter un dossier à un collègue", "confier-un-dossier"),
    (G, "onacvg relais", "passer-le-relais-a-l-onacvg"),
    (U, "enregistrer ma contribution", "contribuer-sur-une-demande"),
    (A, "bris de glace", "acces-d-urgence"),
    (A, "acces en urgence sans accord", "acces-d-urgence"),
    (X, "dapias renouvellement", "dapias"),
    (R, "revue annuelle des habilitations", "revue-annuelle"),
    (D, "journal des consultations", "qui-a-consulte-un-dossier"),
    (V, "totaux des aides aux blessés", "recensement-des-montants"),
    (V, "décret 2013-1142", "decret-2013-1142"),
    (V, "CNIL", "deliberation-cnil-2013-152"),
)


def test_the_right_page_comes_first():
    """One test for all: what takes the time is loading the articles."""
    charger(lire_tous(), fabriques.organisme("cnmss"))
    gens = {profil: fabriques.habilitation(profil) for profil in {question[0] for question in QUESTIONS}}
    ecarts = []
    for profil, saisie, attendu in QUESTIONS:
        trouves = chercher(versions_lisibles(gens[profil]), saisie).resultats[:4]
        premiers = [resultat.version.article.slug for resultat in trouves]
        if premiers[:1] != [attendu]:
            ecarts.append(f"{saisie} ({profil}) : {premiers}, attendu {attendu}")
    assert len(QUESTIONS) >= 40
    # The nearest word that pages really use, not the nearest of all (« consent »).
    lisibles = versions_lisibles(gens[C])
    corrigees = [
        chercher(lisibles, saisie).corrigee for saisie in ("retrait consentment", "habilitasion", "décrèt")
    ]
    assert corrigees == ["retrait consentement", "habilitation", ""]
    assert not ecarts, "\n".join(ecarts)
