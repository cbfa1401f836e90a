"""The family after a death: each one is entered, corrected, and says for herself who may read of her."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from dossiers.consentements.actions import destinataires
from dossiers.consentements.models import DecisionConsentement
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from opex.suivi.ayants_cause import AccordAyantCause, AyantCause
from opex.suivi.dates import pas_avant, pas_futur
from opex.suivi.etats import EtatSuivi
from opex.suivi.models import Suivi
from opex.suivi.parcours import retenir
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme

FERMEE = "La famille n’a de part propre dans le dossier qu’après un décès."
D = DecisionConsentement


@transaction.atomic
def ajouter_ayant_cause(habilitation: Habilitation, dossier: Dossier, **identite: Any) -> AyantCause:
    """Enter someone of the family whom the death gives rights to; nobody reads of her before she accords it.

    Raises ActionRefusee before a death, or when she is entered already.
    """
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, dossier)
    _apres_deces(dossier)
    _pas_deux_fois(AyantCause.objects.filter(dossier=dossier), identite)
    ayant_cause = AyantCause.objects.create(dossier=dossier, par=habilitation, **identite)
    raconter(dossier, Genre.AYANT_CAUSE, habilitation, ayant_cause=ayant_cause.pk)
    _journaliser(habilitation, Acte.CREER, ayant_cause, geste="ayant cause")
    return ayant_cause


@transaction.atomic
def corriger_ayant_cause(
    habilitation: Habilitation, ayant_cause: AyantCause, *, version: int, **identite: Any
) -> AyantCause:
    """Correct her identity or how to reach her. Raises ModifieDepuis, ActionRefusee on somebody entered already."""
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, ayant_cause.dossier)
    _apres_deces(ayant_cause.dossier)
    tenu = verrouiller(AyantCause, ayant_cause.pk, version)
    _pas_deux_fois(AyantCause.objects.filter(dossier=tenu.dossier).exclude(pk=tenu.pk), identite)
    for nom, valeur in identite.items():
        setattr(tenu, nom, valeur)
    tenu.version += 1
    tenu.save()
    _journaliser(habilitation, Acte.MODIFIER, tenu, geste="ayant cause")
    return tenu


@transaction.atomic
def enregistrer_accords(
    habilitation: Habilitation,
    ayant_cause: AyantCause,
    *,
    decisions: Mapping[int, str],
    signe_le: date,
    preuve: Fichier | None = None,
) -> list[AccordAyantCause]:
    """Record what she says for each recipient; it takes effect in this transaction.

    Arguments: decisions, organisme id → accorde, refuse or retire; preuve, the paper she signed, needed to accord or
    refuse.
    Raises ActionRefusee on no decision, a recipient that may not be one, a withdrawal of nothing, an impossible day.
    """
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, ayant_cause.dossier)
    suivi = _apres_deces(ayant_cause.dossier)
    # One act at a time for one person.
    verrouiller(AyantCause, ayant_cause.pk)
    pas_futur(signe_le, "signe_le", "La date de signature")
    pas_avant(signe_le, suivi.decede_le, "signe_le", "La signature")
    if preuve is None and set(decisions.values()) - {D.RETIRE}:
        raise ActionRefusee("Joignez le papier signé, numérisé.", "preuve")
    choisis = _verifier(ayant_cause, decisions, signe_le)
    accords = [
        AccordAyantCause.objects.create(
            ayant_cause=ayant_cause, dossier=ayant_cause.dossier, organisme=organisme, decision=decision,
            signe_le=signe_le, preuve=preuve, enregistre_par=habilitation,
        )
        for organisme, decision in choisis
    ]  # fmt: skip
    _journaliser(
        habilitation, Acte.MODIFIER, ayant_cause, geste="accord d’un ayant cause",
        lignes=[accord.pk for accord in accords],
    )  # fmt: skip
    return accords


def derniers_mots(ayant_cause: AyantCause | int) -> dict[int, AccordAyantCause]:
    """organisme id → the last word of someone of the family (or of her key) for it, for who may see them all."""
    lignes = AccordAyantCause.objects.filter(ayant_cause=ayant_cause).select_related("organisme")
    derniers = lignes.order_by("organisme_id", "-effet_le", "-pk").distinct("organisme_id")
    return {ligne.organisme_id: ligne for ligne in derniers}


def proposables(ayant_cause: AyantCause) -> list[Organisme]:
    """Possible recipients, and those of the past that still have her accord."""
    accordes = [m.organisme for m in derniers_mots(ayant_cause).values() if m.decision == D.ACCORDE]
    return sorted({*destinataires(Programme.OPEX), *accordes}, key=lambda o: (o.sigle, o.pk))


def _verifier(
    ayant_cause: AyantCause, decisions: Mapping[int, str], signe_le: date
) -> list[tuple[Organisme, str]]:
    connus, mots = {o.pk: o for o in proposables(ayant_cause)}, derniers_mots(ayant_cause)
    if not decisions or not set(decisions) <= set(connus) or set(decisions.values()) - set(D.values):
        raise ActionRefusee("Indiquez pour au moins un organisme ce que la personne décide.")
    for pk, decision in decisions.items():
        avant, sigle = mots.get(pk), connus[pk].sigle
        if decision == D.RETIRE and (avant is None or avant.decision != D.ACCORDE):
            raise ActionRefusee(f"La personne n’a pas d’accord à retirer à {sigle}.")
        if decision == D.ACCORDE and avant and avant.decision != D.ACCORDE and signe_le < avant.signe_le:
            raise ActionRefusee(
                f"La personne a fermé l’accès de {sigle} après la signature de ce papier : faites-en signer un "
                "nouveau.",
                "signe_le",
            )
    return [(connus[pk], decision) for pk, decision in sorted(decisions.items())]


def _apres_deces(dossier: Dossier) -> Suivi:
    suivi = retenir(dossier)
    if suivi.etat != EtatSuivi.DECEDE:
        raise ActionRefusee(FERMEE)
    return suivi


def _pas_deux_fois(famille: Any, identite: dict[str, Any]) -> None:
    memes = {"nom__iexact": identite["nom"], "prenoms__iexact": identite["prenoms"]}
    if famille.filter(date_naissance=identite.get("date_naissance"), **memes).exists():
        raise ActionRefusee("Cette personne est déjà enregistrée dans la famille.", "nom")


def _journaliser(habilitation: Habilitation, acte: Acte, ayant_cause: AyantCause, **details: Any) -> None:
    journaliser(
        habilitation, acte, ayant_cause.dossier.numero, details={"ayant_cause": ayant_cause.pk, **details}
    )
