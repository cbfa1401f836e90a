"""Which button is offered to whom: a table of situations, and what can never happen."""

import itertools

import pytest

from dossiers.contributions.models import EtatContribution
from dossiers.demandes.etats import EtatDemande as E
from dossiers.demandes.gestes_possibles import Faits, gestes
from dossiers.partages.profils import DROITS

GESTES_DE_LA_CNMSS = {"demander_pieces", "declarer_complete", "prendre", "classer", "decider"}


def offerts(profil: str, etat: str, **faits) -> tuple[str | None, set[str]]:
    """The filled gesture, and all of them."""
    liste = gestes(Faits(etat=etat, droits=DROITS.get(profil, frozenset()), **faits))
    forts = [g.code for g in liste if g.fort]
    assert len(forts) <= 1
    assert len({g.code for g in liste}) == len(liste)
    return (forts[0] if forts else None), {g.code for g in liste}


@pytest.mark.parametrize(
    ("profil", "etat", "faits", "fort", "autres"),
    [
        # the draft
        ("correspondant", E.BROUILLON, {}, "reprendre", set()),
        ("gestionnaire", E.BROUILLON, {}, "reprendre", set()),
        ("medecin", E.BROUILLON, {}, None, set()),
        # the gestionnaire, from the filing to the decision
        ("gestionnaire", E.SOUMISE, {"a_verifier": 2, "en_attente": 2}, "verifier",
         {"classer", "deposer", "demander_pieces"}),
        ("gestionnaire", E.SOUMISE, {"manquantes": 1}, "demander_pieces", {"classer", "deposer"}),
        ("gestionnaire", E.SOUMISE, {"en_attente": 1}, None, {"classer", "deposer", "demander_pieces"}),
        ("gestionnaire", E.EN_COMPLETUDE, {}, "declarer_complete", {"classer", "deposer", "demander_pieces"}),
        ("gestionnaire", E.INCOMPLETE, {"manquantes": 1, "demandees": 1}, "deposer", {"classer", "demander_pieces"}),
        ("gestionnaire", E.INCOMPLETE, {"manquantes": 2, "demandees": 1}, "demander_pieces", {"classer", "deposer"}),
        ("gestionnaire", E.COMPLETE, {}, "prendre", {"classer", "deposer", "demander_pieces"}),
        ("gestionnaire", E.EN_INSTRUCTION, {}, "decider", {"classer", "deposer", "demander_pieces", "demander_avis"}),
        ("gestionnaire", E.AVIS_DEMANDE, {}, None, {"deposer", "retirer_avis"}),
        ("gestionnaire", E.AVIS_RENDU, {"avis": True}, "decider", {"classer", "deposer", "demander_pieces"}),
        ("gestionnaire", E.INSCRITE, {}, "decider", {"deposer"}),
        ("gestionnaire", E.DECIDEE, {}, None, set()),
        ("gestionnaire", E.NOTIFIEE, {}, None, set()),
        ("gestionnaire", E.SANS_SUITE, {}, None, set()),
        # the correspondant
        ("correspondant", E.SOUMISE, {}, None, {"deposer"}),
        ("correspondant", E.INCOMPLETE, {"manquantes": 1, "demandees": 1}, "deposer", set()),
        ("correspondant", E.NOTIFIEE, {}, None, set()),
        ("numerisation", E.SOUMISE, {"manquantes": 3}, "deposer", set()),
        # the others of the CNMSS
        ("medecin", E.EN_INSTRUCTION, {"a_verifier": 1}, "verifier", set()),
        ("medecin", E.EN_INSTRUCTION, {}, None, set()),
        ("medecin", E.AVIS_DEMANDE, {"avis": True}, "rendre_avis", set()),
        ("medecin", E.AVIS_DEMANDE, {"avis": True, "a_verifier": 1}, "verifier", {"rendre_avis"}),
        ("medecin", E.NOTIFIEE, {"avis": True}, None, {"rendre_avis"}),
        ("secretaire", E.EN_INSTRUCTION, {"a_verifier": 1, "manquantes": 1}, None, set()),
        ("dpo", E.SOUMISE, {"manquantes": 1}, None, set()),
        # the partners
        ("partenaire", E.SOUMISE, {"contribution": "sollicitee"}, "contribuer", set()),
        ("assistant_social", E.NOTIFIEE, {"contribution": "en_instruction"}, "contribuer", set()),
        ("partenaire", E.EN_INSTRUCTION, {"contribution": "accord"}, None, {"contribuer"}),
        ("partenaire", E.EN_INSTRUCTION, {"contribution": "close"}, None, set()),
        ("partenaire", E.EN_INSTRUCTION, {"manquantes": 2}, None, set()),
        ("partenaire", E.SANS_SUITE, {"contribution": "sollicitee"}, None, set()),
    ],
)  # fmt: skip
def test_les_gestes_offerts(profil, etat, faits, fort, autres):
    assert offerts(profil, etat, **faits) == (fort, autres | ({fort} if fort else set()))


def test_jamais_plus_d_un_bouton_plein_ni_un_geste_hors_de_ses_droits():
    situations = itertools.product((0, 2), (0, 1), (0, 2), (0, 1), (None, *EtatContribution.values))
    for a_verifier, en_attente, manquantes, demandees, contribution in situations:
        for profil, etat in itertools.product(DROITS, E.values):
            _, tous = offerts(
                profil, etat, a_verifier=a_verifier, en_attente=en_attente, manquantes=manquantes,
                demandees=demandees, contribution=contribution,
            )  # fmt: skip
            if profil != "gestionnaire":
                assert not tous & GESTES_DE_LA_CNMSS
            if profil not in ("partenaire", "assistant_social", "decideur_asd", "referent_opex"):
                assert "contribuer" not in tous


def test_les_mots_des_boutons():
    def libelle(profil: str, **faits) -> str:
        return gestes(Faits(droits=DROITS[profil], **faits))[-1].libelle

    assert libelle("gestionnaire", etat=E.SOUMISE, a_verifier=1) == "Vérifier 1\xa0pièce"
    assert libelle("gestionnaire", etat=E.SOUMISE, a_verifier=3) == "Vérifier 3\xa0pièces"
    assert (
        libelle("correspondant", etat=E.INCOMPLETE, manquantes=1, demandees=1)
        == "Déposer les pièces demandées"
    )
    assert libelle("partenaire", etat=E.SOUMISE, contribution="accord") == "Modifier votre contribution"
