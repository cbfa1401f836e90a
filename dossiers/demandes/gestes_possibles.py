"""Which gestures a person is offered now on a demande. Pure: facts in, gestures out; the actions still decide."""

from collections.abc import Set
from dataclasses import dataclass, replace

from dossiers.contributions.models import EtatContribution
from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande as E
from dossiers.partages.profils import Droit
from dossierunique.ui.formats import pluriel


@dataclass(frozen=True)
class Faits:
    """What the choice depends on."""

    etat: str
    droits: Set[Droit]
    # Papers that this person may check and that wait for it.
    a_verifier: int = 0
    # Papers of any class still to check, except the medical ones, which count once received.
    en_attente: int = 0
    manquantes: int = 0
    # Among those missing, the ones already asked for.
    demandees: int = 0
    # The state of the contribution of one's own organisme, if it has one here.
    contribution: str | None = None
    # Whether an avis was ever asked for.
    avis: bool = False
    # Left by the gestionnaire who instructed it.
    libre: bool = False


@dataclass(frozen=True)
class Geste:
    """One button: its words, the page or action it calls, and whether it is the next thing to do."""

    code: str
    libelle: str
    vue: str
    post: bool = False
    fort: bool = False


REPRENDRE = Geste("reprendre", "Reprendre le brouillon", "demandes:besoin")
DEMANDER = Geste("demander_pieces", "Demander des pièces", "demandes:demander_pieces")
COMPLETE = Geste("declarer_complete", "Déclarer complète", "demandes:declarer_complete", post=True)
PRENDRE = Geste("prendre", "Prendre en instruction", "demandes:prendre", post=True)
DEMANDER_AVIS = Geste("demander_avis", "Demander l’avis médical", "avis:demander")
RETIRER_AVIS = Geste("retirer_avis", "Ne plus attendre l’avis", "avis:retirer", post=True)
RENDRE_AVIS = Geste("rendre_avis", "Rendre l’avis médical", "avis:rendre")
RELIRE_AVIS = Geste("rendre_avis", "Avis et notes médicales", "avis:rendre")
DECIDER = Geste("decider", "Enregistrer la décision", "decisions:enregistrer")
CLASSER = Geste("classer", "Classer", "demandes:classer")
CONTRIBUER = Geste("contribuer", "Enregistrer votre contribution", "contributions:enregistrer")
CORRIGER = Geste("contribuer", "Modifier votre contribution", "contributions:enregistrer")
DEPOSER = Geste("deposer", "Déposer une pièce", "pieces:deposer")

CLASSABLES = etats.EN_COMPLETUDE | {E.COMPLETE, E.EN_INSTRUCTION, E.AVIS_RENDU}
# A demande goes back to « incomplète » from these, or gets one more request when it is already there.
DEMANDE_DE_PIECES = etats.EN_COMPLETUDE | {E.COMPLETE, E.EN_INSTRUCTION, E.AVIS_RENDU}
AVISABLES = frozenset({E.EN_INSTRUCTION, E.AVIS_RENDU})
DECIDABLES = frozenset({E.EN_INSTRUCTION, E.AVIS_RENDU, E.INSCRITE})
A_ETUDIER = frozenset({EtatContribution.SOLLICITEE, EtatContribution.EN_INSTRUCTION})
CONTRIBUABLES = etats.EN_COMPLETUDE | etats.EN_INSTRUCTION | etats.DECIDEES


def gestes(faits: Faits) -> list[Geste]:
    """The gestures offered, at most one of them filled: the next thing to do. It comes last, as on every page."""
    if faits.etat == E.BROUILLON:
        offerts = [REPRENDRE] if Droit.DEPOSER_DEMANDE in faits.droits else []
        prochain = REPRENDRE if offerts else None
    else:
        offerts = _offerts(faits)
        prochain = _prochain(faits, offerts)
    calmes = [geste for geste in offerts if geste != prochain]
    return calmes + ([replace(prochain, fort=True)] if prochain else [])


def _offerts(faits: Faits) -> list[Geste]:
    droits, etat = faits.droits, faits.etat
    instruit, verifie = Droit.INSTRUIRE in droits, faits.a_verifier > 0 and Droit.VERIFIER_PIECE in droits
    complete = instruit and etat in etats.EN_COMPLETUDE and not faits.en_attente and not faits.manquantes
    conditions = (
        (CLASSER, instruit and etat in CLASSABLES),
        (_deposer(faits), Droit.DEPOSER_PIECE in droits and etat in etats.PIECES_ACCEPTEES),
        (DEMANDER, instruit and etat in DEMANDE_DE_PIECES),
        (
            _contribuer(faits),
            Droit.CONTRIBUER in droits and faits.contribution is not None and _peut_contribuer(faits),
        ),
        (_verifier(faits), verifie),
        (COMPLETE, complete),
        (RETIRER_AVIS, instruit and etat == E.AVIS_DEMANDE),
        (DEMANDER_AVIS, instruit and etat in AVISABLES and not faits.avis),
        (RELIRE_AVIS, Droit.RENDRE_AVIS in droits and faits.avis and etat != E.AVIS_DEMANDE),
        (RENDRE_AVIS, Droit.RENDRE_AVIS in droits and etat == E.AVIS_DEMANDE),
        (PRENDRE, instruit and (etat == E.COMPLETE or faits.libre)),
        (DECIDER, Droit.DECIDER in droits and etat in DECIDABLES),
    )
    return [geste for geste, possible in conditions if possible]


def _prochain(faits: Faits, offerts: list[Geste]) -> Geste | None:
    """The most advanced gesture that nothing prevents."""
    preferes = [_verifier(faits), RENDRE_AVIS, DECIDER, PRENDRE, COMPLETE]
    if faits.manquantes > faits.demandees:
        preferes.append(DEMANDER)
    if faits.manquantes:
        preferes.append(_deposer(faits))
    if faits.contribution in A_ETUDIER:
        preferes.append(CONTRIBUER)
    return next((geste for geste in preferes if geste in offerts), None)


def _verifier(faits: Faits) -> Geste:
    return Geste("verifier", f"Vérifier {pluriel(faits.a_verifier, 'pièce,pièces')}", "pieces:lire")


def _deposer(faits: Faits) -> Geste:
    if Droit.INSTRUIRE in faits.droits:
        return replace(DEPOSER, libelle="Déposer une pièce reçue")
    return replace(DEPOSER, libelle="Déposer les pièces demandées") if faits.demandees else DEPOSER


def _contribuer(faits: Faits) -> Geste:
    return CONTRIBUER if faits.contribution in A_ETUDIER else CORRIGER


def _peut_contribuer(faits: Faits) -> bool:
    return faits.etat in CONTRIBUABLES and faits.contribution != EtatContribution.CLOSE
