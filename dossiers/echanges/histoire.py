"""The history of a dossier in words, as one regard may read it.

Each genre of event has a wording function that gives back None when this regard must not know of it. The rooms above
us bring theirs (`declarer`), and have what they speak of fetched (`faits.charger`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.commission.models import Issue
from dossiers.contributions.models import EtatContribution
from dossiers.demandes.etats import EtatDemande
from dossiers.echanges.faits import Faits, faits_de
from dossiers.echanges.models import Evenement, Genre
from dossiers.justificatifs.policies import motif_montre
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Droit, Regard
from dossiers.textes import enumerer, euros, jour
from dossierunique.ui.adresses import adresse

Mots = Callable[[Evenement, Faits, Regard], tuple[str, str] | None]


@dataclass
class Ligne:
    """One line of the timeline, ready for `ui/temps.html`."""

    quand: datetime
    auteur: str
    texte: str
    detail: str = ""
    lien: str = ""
    lien_texte: str = ""
    neuf: bool = False


def _consentement(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    lignes = faits.consentements[e.donnees["consentement"]].lignes
    if not regard.peut(Droit.VOIR_CONSENTEMENTS):
        # Rule 8: a partner learns of its own line only, and only when it is accordée.
        propre = [
            ligne for ligne in lignes
            if ligne.organisme_id == regard.habilitation.organisme_id and ligne.decision == "accorde"
        ]  # fmt: skip
        return ("La personne vous a donné accès à son dossier.", "") if propre else None
    accordes = [ligne.organisme.sigle for ligne in lignes if ligne.decision == "accorde"]
    refuses = [ligne.organisme.sigle for ligne in lignes if ligne.decision == "refuse"]
    texte = f"a recueilli le consentement de la personne pour {enumerer(accordes)}." if accordes else (
        "a recueilli le choix de la personne : aucun partage."
    )  # fmt: skip
    return texte, f"Refusé : {enumerer(refuses)}." if refuses else ""


def _retrait(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    if not regard.peut(Droit.VOIR_CONSENTEMENTS) or e.organisme is None:
        return None
    return (
        f"a enregistré le retrait de l’accès de {e.organisme.sigle}.",
        "L’accès est fermé depuis cet instant.",
    )


def _preuve(texte: str, detail: str = "") -> Mots:
    def dire(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
        if not regard.peut(Droit.VOIR_CONSENTEMENTS):
            return None
        signe_le = jour(faits.consentements[e.donnees["consentement"]].signe_le)
        return texte.format(signe_le), detail

    return dire


def _piece(verbe: str) -> Mots:
    def raconter(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
        piece = faits.pieces[e.donnees["piece"]]
        motif = motif_montre(regard, piece) if e.genre == Genre.PIECE_REJETEE else ""
        return f"{verbe} : {piece.type.nom}.", f"Motif : {motif}" if motif else ""

    return raconter


def _pieces_demandees(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    demandees = [faits.demandees[pk] for pk in e.donnees["pieces"]]
    limite = jour(e.donnees["echeance"])
    return (
        f"a demandé {enumerer([d.type.nom for d in demandees])}, à fournir avant le {limite}.",
        "Le délai de réponse est suspendu.",
    )


def _contribution(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    etat = EtatContribution(e.donnees["etat"]).label
    sait_tout = regard.peut(Droit.VOIR_CONSENTEMENTS) or e.auteur_id == regard.habilitation.pk
    if not sait_tout and e.donnees["contribution"] not in faits.contributions:
        # Who no longer reads and gave nothing is not named any more: the withdrawal would show (rule 8).
        return None
    if not regard.lit(Donnee.CONTRIBUTION):
        return "a répondu à la demande.", ""
    montant = e.donnees["montant"]
    somme = f", {euros(montant)}" if float(montant) else ""
    return f"a enregistré sa contribution : {etat}{somme}.", ""


def _decision(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    if not regard.lit(Donnee.DECISION_EN_COURS):
        return None
    decision = faits.decisions[e.donnees["decision"]]
    somme = f", {euros(decision.montant)}" if decision.montant else ""
    return f"a enregistré la décision : {Issue(decision.issue).label}{somme}.", ""


def _notification(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    decision = faits.decisions[e.donnees["decision"]]
    somme = f", {euros(decision.montant)}" if decision.montant and regard.lit(Donnee.MONTANT_DECIDE) else ""
    return f"La décision est notifiée : {Issue(decision.issue).label}{somme}.", ""


def _simple(texte: str) -> Mots:
    return lambda e, faits, regard: (texte, "")


def _classee(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    fin = EtatDemande(e.donnees["fin"]).label
    return f"a classé la demande : {fin}.", e.donnees["motif"] if regard.lit(Donnee.MOTIF_CLASSEMENT) else ""


def _releve(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    qui = e.donnees["ancien"]
    vers = f" {e.donnees['nouveau']} la reprend." if e.donnees["nouveau"] else ""
    return f"La demande n’est plus suivie par {qui}.{vers}", ""


def _succession(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str] | None:
    if not regard.peut(Droit.VOIR_CONSENTEMENTS) or e.organisme is None:
        return None
    ancien = e.donnees["ancien"]
    if not e.donnees["repris"]:
        return f"{ancien} a cessé d’exister : son accès est fermé.", ""
    detail = "L’accès repose sur le même accord de la personne, qui peut le retirer."
    return f"{e.organisme.sigle} succède à {ancien}.", detail


DIRE: dict[str, Mots] = {
    Genre.DOSSIER_OUVERT: _simple("a ouvert le dossier."),
    Genre.CONSENTEMENT: _consentement,
    Genre.RETRAIT: _retrait,
    Genre.PREUVE_CONFIRMEE: _preuve("a confirmé la preuve du consentement signé le {}."),
    Genre.PREUVE_REJETEE: _preuve(
        "a rejeté la preuve du consentement signé le {}.", "Le partage qui reposait sur elle est fermé."
    ),
    Genre.PARTAGE_SUSPENDU: _preuve(
        "Le partage est suspendu : la preuve du consentement signé le {} n’est pas confirmée.",
        "Il reprendra dès qu’elle le sera.",
    ),
    Genre.DEMANDE_SOUMISE: _simple("a déposé la demande."),
    Genre.PIECE_DEPOSEE: _piece("a déposé une pièce"),
    Genre.PIECE_VALIDEE: _piece("a validé une pièce"),
    Genre.PIECE_REJETEE: _piece("a rejeté une pièce"),
    Genre.PIECES_DEMANDEES: _pieces_demandees,
    Genre.DEMANDE_COMPLETE: _simple("a déclaré la demande complète. Le délai de réponse court."),
    Genre.DEMANDE_INSTRUITE: _simple("a pris la demande en instruction."),
    Genre.DEMANDE_CLASSEE: _classee,
    Genre.AVIS_DEMANDE: _simple("a demandé l’avis du médecin-conseil."),
    Genre.AVIS_RENDU: _simple("a rendu son avis médical."),
    Genre.CONTRIBUTION: _contribution,
    Genre.DECISION: _decision,
    Genre.NOTIFICATION: _notification,
    Genre.RELEVE: _releve,
    Genre.SUCCESSION: _succession,
}


def declarer(genre: str, mots: Mots) -> None:
    """A room above us says how a genre of event is told: its sentence and a detail, or None."""
    DIRE[genre] = mots


def auteur(evenement: Evenement, regard: Regard, nommer: bool = False) -> str:
    """Who did it: the person, with her organisme for the others. `nommer` names who reads as well, for a paper."""
    if evenement.auteur is None:
        return ""
    if evenement.auteur_id == regard.habilitation.pk and not nommer:
        return "Vous"
    if evenement.auteur.organisme_id == regard.habilitation.organisme_id:
        return str(evenement.auteur.utilisateur)
    return f"{evenement.auteur.utilisateur}, {evenement.auteur.organisme}"


def _conjuguer(qui: str, texte: str) -> str:
    """« Vous avez déposé… », « Camille Agent, Unéo a déposé… »."""
    return "avez" + texte[1:] if qui == "Vous" and texte.startswith("a ") else texte


def lignes(evenements: Iterable[Any], regard: Regard, depuis: datetime | None = None) -> list[Ligne]:
    """The events that this regard may read, in words; `depuis` marks what is newer and by someone else.

    Seven queries whatever the number of events. Expects select_related auteur, its user and organisme, demande.
    """
    evenements = list(evenements)
    return dire(evenements, faits_de(evenements, regard), regard, depuis)


def dire(evenements: list[Any], faits: Faits, regard: Regard, depuis: datetime | None = None) -> list[Ligne]:
    """Events in words, when what they speak of has been read with them."""
    dits = (en_mots(evenement, faits, regard, depuis) for evenement in evenements)
    return [ligne for ligne in dits if ligne is not None]


def en_mots(
    evenement: Evenement,
    faits: Faits,
    regard: Regard,
    depuis: datetime | None = None,
    *,
    nommer: bool = False,
) -> Ligne | None:
    """One event in words, or None when this regard must not know of it; `nommer`, see `auteur`."""
    dit = DIRE[evenement.genre](evenement, faits, regard)
    return None if dit is None else _ligne(evenement, dit, regard, depuis, auteur(evenement, regard, nommer))


def _ligne(evenement: Evenement, dit: tuple[str, str], regard: Regard, depuis: Any, qui: str) -> Ligne:
    texte, detail = dit
    if not texte.startswith("a "):
        qui = ""
    lien = adresse("demandes:detail", evenement.demande.numero) if evenement.demande else ""
    return Ligne(
        quand=evenement.quand,
        auteur=qui,
        texte=_conjuguer(qui, texte),
        detail=detail,
        lien=lien,
        lien_texte=evenement.demande.numero if evenement.demande else "",
        neuf=bool(depuis and evenement.quand > depuis and evenement.auteur_id != regard.habilitation.pk),
    )


def evenements_de(dossier: Any) -> Any:
    """The events of a dossier, newest first, with what `lignes` needs."""
    return dossier.evenements.select_related(
        "auteur__utilisateur", "auteur__organisme", "organisme", "demande"
    ).order_by("-quand", "-pk")
