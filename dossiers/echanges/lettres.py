"""The letters of a dossier: which model, which values. The wording itself is an editable model."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from dossiers.commission.models import Decision, Issue
from dossiers.consentements.models import Consentement, DecisionConsentement
from dossiers.demandes.models import Demande
from dossiers.demandes.pieces import pieces_manquantes
from dossiers.echanges.models import Courrier, Evenement, GenreCourrier
from dossiers.justificatifs.models import PieceDemandee
from dossiers.textes import euros, jour
from dossierunique.courriers.composition import Lettre, composer
from dossierunique.courriers.expediteur import expediteur
from dossierunique.courriers.rendu import rendre_pdf

AUCUNE = "Aucune à ce jour, sous réserve de la vérification de celles que nous avons reçues."
SILENCE = (
    "En l’absence de réponse dans ce délai, la demande est considérée comme rejetée, "
    "et vous pouvez former un recours."
)
RECOURS = (
    "Vous pouvez contester cette décision dans les deux mois qui suivent sa réception, par un recours écrit "
    "adressé à la commission des prestations supplémentaires de la CNMSS, à l’adresse ci-dessus."
)
CODES_DECISION = {
    Issue.ACCORD: "notification_accord",
    Issue.ACCORD_PARTIEL: "notification_accord_partiel",
    Issue.REJET: "notification_rejet",
    Issue.AJOURNEMENT: "notification_ajournement",
}


def _accuse(courrier: Courrier) -> tuple[str, dict[str, str]]:
    demande = _demande(courrier)
    depot = timezone.localdate(demande.soumise_le)
    manquantes = pieces_manquantes(demande)
    return "accuse_reception", {
        **_commun(demande),
        "date_depot": jour(depot),
        "service": expediteur()["service"],
        "delai": f"{demande.type_aide.delai_jours} jours (soit jusqu’au "
        f"{jour(depot + timedelta(days=demande.type_aide.delai_jours))})",
        "pieces_manquantes": "\n".join(t.nom for t in manquantes) or AUCUNE,
        "regle_silence": SILENCE,
    }


def _pieces(courrier: Courrier) -> tuple[str, dict[str, str]]:
    evenement = Evenement.objects.get(pk=courrier.cible)
    demandees = PieceDemandee.objects.filter(pk__in=evenement.donnees["pieces"]).select_related("type")
    lignes = [f"{d.type.nom} : {d.precision}" if d.precision else d.type.nom for d in demandees]
    return "demande_pieces", {
        **_commun(_demande(courrier)),
        "pieces": "\n".join(lignes),
        "echeance": jour(evenement.donnees["echeance"]),
    }


def _notification(courrier: Courrier) -> tuple[str, dict[str, str]]:
    decision = Decision.objects.select_related("demande__type_aide", "demande__dossier__assure").get(
        pk=courrier.cible
    )
    return _decision(decision)


def _decision(decision: Decision) -> tuple[str, dict[str, str]]:
    demande = decision.demande
    suffixe = f" {demande.get_periodicite_display()}" if demande.periodicite == "mensuel" else ""
    return CODES_DECISION[Issue(decision.issue)], {
        **_commun(demande),
        "date_decision": jour(decision.prise_le),
        "montant": euros(decision.montant) + suffixe,
        "motif": decision.motif,
        "voies_recours": RECOURS,
    }


def lettre_de_decision(decision: Decision) -> Lettre:
    """The letter that a decision would give, to be read again before it is recorded."""
    return composer(*_decision(decision))


def _recu_consentement(courrier: Courrier) -> tuple[str, dict[str, str]]:
    consentement = Consentement.objects.get(pk=courrier.cible)
    lignes = consentement.lignes.select_related("organisme")
    return "recu_consentement", {
        "numero": courrier.dossier.numero,
        "demandeur": str(courrier.dossier.assure),
        "lignes": "\n".join(f"{ligne.organisme.nom} : {ligne.get_decision_display()}" for ligne in lignes),
        "date": jour(consentement.signe_le),
        "signataire": consentement.signataire,
    }


def _recu_retrait(courrier: Courrier) -> tuple[str, dict[str, str]]:
    consentement = Consentement.objects.get(pk=courrier.cible)
    retires = consentement.lignes.filter(decision=DecisionConsentement.RETIRE).select_related("organisme")
    return "recu_retrait", {
        "numero": courrier.dossier.numero,
        "demandeur": str(courrier.dossier.assure),
        "organisme": "\n".join(ligne.organisme.nom for ligne in retires),
        "date": jour(timezone.localdate(consentement.enregistre_le)),
    }


def _demande(courrier: Courrier) -> Demande:
    return Demande.objects.select_related("type_aide", "dossier__assure").get(courriers=courrier)


def _commun(demande: Demande) -> dict[str, str]:
    return {
        "numero": demande.numero,
        "demandeur": str(demande.dossier.assure),
        "type_aide": demande.type_aide.nom,
    }


REDACTEURS: dict[str, Callable[[Courrier], tuple[str, dict[str, str]]]] = {
    GenreCourrier.ACCUSE: _accuse,
    GenreCourrier.PIECES: _pieces,
    GenreCourrier.NOTIFICATION: _notification,
    GenreCourrier.RECU_CONSENTEMENT: _recu_consentement,
    GenreCourrier.RECU_RETRAIT: _recu_retrait,
}


def rediger(courrier: Courrier) -> bytes:
    """The PDF of a letter, from the model in force and the facts as they stand."""
    code, champs = REDACTEURS[courrier.genre](courrier)
    lettre = composer(code, champs)
    assure = courrier.dossier.assure
    contexte = {
        "lettre": lettre,
        "reference": champs["numero"],
        "date": timezone.localdate(courrier.cree_le),
        "destinataire": {"nom": str(assure), "lignes": assure.adresse.splitlines()},
    }
    return rendre_pdf("courriers/lettre.html", contexte, titre=lettre.objet)


def nom_de_fichier(courrier: Courrier) -> str:
    """A file name that says what it is, with the public number only."""
    numero = courrier.demande.numero if courrier.demande else courrier.dossier.numero
    return f"{courrier.genre.replace('_', '-')}-{numero}.pdf"
