"""What every act of consent has in common: one at a time, a signature that counts, its rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from dossiers.assures.actions import ajouter_representant
from dossiers.assures.models import Assure, RepresentantLegal
from dossiers.consentements.models import (
    AvisPreuve,
    Consentement,
    DecisionConsentement,
    FormulaireConsentement,
    LigneConsentement,
)
from dossiers.consentements.signataires import empechement
from dossiers.partages.models import Dossier
from dossiers.textes import jour
from dossierunique.erreurs import ActionRefusee
from dossierunique.verrou import verrouiller
from partners.models import Organisme


def un_acte_a_la_fois(dossier: Dossier) -> None:
    """Two acts at once would each miss the share that the other opens or closes."""
    verrouiller(Dossier, dossier.pk)


def verifier_signature(
    dossier: Dossier, signe_le: date, representant: dict[str, Any] | None, *, retrait: bool = False
) -> None:
    """Raise ActionRefusee when the signature is in the future, or its author may not sign for the person."""
    if signe_le > timezone.localdate():
        quoi = "du retrait" if retrait else "de signature"
        raise ActionRefusee(f"La date {quoi} est dans le futur.", "signe_le")
    if faute := empechement(dossier.assure.date_naissance, signe_le, representant, retrait=retrait):
        champ = faute.champ if faute.champ == "signataire" else f"representant_{faute.champ}"
        raise ActionRefusee(faute.message, champ)


def verifier_formulaire(dossier: Dossier, formulaire: FormulaireConsentement | None, signe_le: date) -> None:
    """Raise ActionRefusee unless this printed form is hers, was printed before and is not recorded yet.

    A form whose proof was rejected may be recorded again: the paper is good, its scan was not.
    """
    if formulaire is None:
        return
    if formulaire.assure_id != dossier.assure_id:
        raise ActionRefusee("Ce formulaire n’est pas celui de cette personne.", "formulaire")
    if signe_le < timezone.localdate(formulaire.imprime_le):
        raise ActionRefusee(
            "La signature précède l’impression du formulaire\u00a0: vérifiez sa référence.", "signe_le"
        )
    deja = formulaire.consentements.exclude(confirmation__decision=AvisPreuve.REJETE).first()
    if deja:
        raise ActionRefusee(
            f"Le formulaire {formulaire.reference} est déjà enregistré, signé le {jour(deja.signe_le)}.",
            "formulaire",
        )


def refuser_un_accord_depasse(
    dossier: Dossier,
    signe_le: date,
    decisions: Mapping[int, str],
    formulaire: FormulaireConsentement | None = None,
) -> None:
    """A paper signed before a refusal or a withdrawal cannot undo it.

    On the very day of it, nor can a form that was already printed when it was recorded.
    """
    accordes = [pk for pk, decision in decisions.items() if decision == DecisionConsentement.ACCORDE]
    apres = Q(consentement__signe_le__gt=signe_le)
    if formulaire is not None:
        apres |= Q(consentement__signe_le=signe_le, effet_le__gt=formulaire.imprime_le)
    fermetures = (
        LigneConsentement.objects.filter(apres, dossier=dossier, organisme__in=accordes)
        .exclude(decision=DecisionConsentement.ACCORDE)
        .select_related("organisme", "consentement")
        .order_by("-consentement__signe_le", "-pk")
    )
    if depasse := fermetures.first():
        raise ActionRefusee(
            f"La personne a fermé l’accès de {depasse.organisme} le {jour(depasse.consentement.signe_le)}, après la "
            "signature ou l’impression de ce papier : faites signer un nouveau formulaire.",
            "signe_le",
        )


def inscrire(dossier: Dossier, representant: dict[str, Any] | None, **acte: Any) -> Consentement:
    """Write the act, with its representative when the person did not sign herself."""
    signataire = _representant(dossier.assure, representant) if representant else None
    return Consentement.objects.create(dossier=dossier, representant=signataire, **acte)


def _representant(assure: Assure, champs: dict[str, Any]) -> RepresentantLegal:
    if connu := champs.get("connu"):
        return connu
    return ajouter_representant(
        assure, **{nom: valeur for nom, valeur in champs.items() if nom not in ("connu", "cosigne")}
    )


def inscrire_lignes(consentement: Consentement, decisions: Iterable[tuple[Organisme, str]]) -> None:
    """What the act says for each recipient."""
    for organisme, decision in decisions:
        LigneConsentement.objects.create(
            consentement=consentement, dossier=consentement.dossier, organisme=organisme, decision=decision
        )
