"""Consent acts: recording, refusing, withdrawing. Each takes effect in its own transaction."""

from collections.abc import Mapping
from datetime import date
from secrets import choice
from typing import Any

from django.db import transaction
from django.utils import timezone

from dossiers.assures.actions import ajouter_representant
from dossiers.assures.models import Assure
from dossiers.assures.recherche import peut_ouvrir_pour
from dossiers.consentements.models import (
    Canal,
    Consentement,
    DecisionConsentement,
    FormulaireConsentement,
    LigneConsentement,
    TexteConsentement,
)
from dossiers.contributions.actions import solliciter_partout
from dossiers.echanges.actions import produire_courrier, raconter
from dossiers.echanges.models import Genre, GenreCourrier
from dossiers.partages.actions import creer_dossier, fermer_partage, ouvrir_partage
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.textes import jour
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.numeros import LETTRES
from dossierunique.securite.identite import systeme
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme, TypeOrganisme

REFERENCE_LONGUEUR = 8


def texte_en_vigueur(programme: str = Programme.DU) -> TexteConsentement:
    """The wording in force today."""
    return TexteConsentement.objects.filter(
        programme=programme, en_vigueur_depuis__lte=timezone.localdate()
    ).order_by("-version")[0]


def destinataires(programme: str = Programme.DU) -> list[Organisme]:
    """Organismes that the person may let read her dossier: living partners of the programme, never the CNMSS."""
    return list(
        Organisme.objects.filter(
            programmes__contains=[programme], contributeur=True, jusque__isnull=True
        ).exclude(type=TypeOrganisme.CNMSS)
    )


@transaction.atomic
def imprimer_formulaire(habilitation: Habilitation, assure: Assure) -> FormulaireConsentement:
    """Note that a form is printed for this person, with the wording it carries, under a reference without meaning."""
    dossier = assure.dossiers.first()
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, dossier)
    if dossier is None and not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(assure.reference), "personne hors du périmètre")
    formulaire = FormulaireConsentement.objects.create(
        reference="FC-" + "".join(choice(LETTRES) for _ in range(REFERENCE_LONGUEUR)),
        assure=assure,
        texte=texte_en_vigueur(),
        imprime_par=habilitation,
    )
    journaliser(
        habilitation,
        Acte.IMPRIMER,
        _objet(assure),
        details={"geste": "formulaire", "ref": formulaire.reference},
    )
    return formulaire


def _objet(assure: Assure) -> str:
    dossier = assure.dossiers.first()
    return dossier.numero if dossier else str(assure.reference)


@transaction.atomic
def ouvrir_dossier(habilitation: Habilitation, assure: Assure, programme: str = Programme.DU) -> Dossier:
    """Open the dossier of a person, shared with nobody: what a request without consent needs (rule 7).

    Raises ActionRefusee when it exists already (rule 4).
    """
    if not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(assure.reference), "personne hors du périmètre")
    Assure.objects.select_for_update().get(pk=assure.pk)
    if assure.dossiers.filter(programme=programme).exists():
        raise ActionRefusee("Cette personne a déjà un dossier.")
    dossier = creer_dossier(habilitation, assure, programme)
    raconter(dossier, Genre.DOSSIER_OUVERT, habilitation)
    journaliser(habilitation, Acte.CREER, dossier.numero, details={"geste": "ouverture"})
    return dossier


@transaction.atomic
def enregistrer_consentement(
    habilitation: Habilitation,
    dossier: Dossier,
    *,
    texte: TexteConsentement,
    signe_le: date,
    decisions: Mapping[int, str],
    canal: str = Canal.PAPIER,
    representant: dict[str, Any] | None = None,
    preuve: Fichier | None = None,
) -> Consentement:
    """Record one act of consent and let it take effect at once.

    Arguments: decisions, organisme id → "accorde" or "refuse" (a recipient left out is not collected);
    representant, the fields of the legal representative who signed, None for the person herself.
    Raises ActionRefusee on a date in the future, a recipient that may not be one, or no decision at all.
    """
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, dossier)
    _un_acte_a_la_fois(dossier)
    if signe_le > timezone.localdate():
        raise ActionRefusee("La date de signature est dans le futur.", "signe_le")
    admis = {organisme.pk: organisme for organisme in destinataires(dossier.programme)}
    if not decisions or not set(decisions) <= set(admis):
        raise ActionRefusee("Indiquez pour au moins un destinataire s’il est accordé ou refusé.", "decisions")
    if set(decisions.values()) - {DecisionConsentement.ACCORDE, DecisionConsentement.REFUSE}:
        raise ActionRefusee("Un destinataire est accordé ou refusé.", "decisions")
    _refuser_un_accord_depasse(dossier, signe_le, decisions)
    consentement = _acte(habilitation, dossier, texte, signe_le, canal, representant, preuve)
    for pk, decision in sorted(decisions.items()):
        _appliquer(consentement, admis[pk], decision)
    solliciter_partout(dossier)
    raconter(dossier, Genre.CONSENTEMENT, habilitation, consentement=consentement.pk)
    produire_courrier(dossier, GenreCourrier.RECU_CONSENTEMENT, consentement.pk)
    journaliser(
        habilitation, Acte.CREER, dossier.numero, details={"geste": "consentement", "id": consentement.pk}
    )
    return consentement


def _un_acte_a_la_fois(dossier: Dossier) -> None:
    """Two acts at once would each miss the share that the other opens or closes."""
    Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)


def _refuser_un_accord_depasse(dossier: Dossier, signe_le: date, decisions: Mapping[int, str]) -> None:
    """A paper signed before a refusal or a withdrawal cannot undo it."""
    accordes = [pk for pk, decision in decisions.items() if decision == DecisionConsentement.ACCORDE]
    fermetures = (
        LigneConsentement.objects.filter(
            dossier=dossier, organisme__in=accordes, consentement__signe_le__gt=signe_le
        )
        .exclude(decision=DecisionConsentement.ACCORDE)
        .select_related("organisme", "consentement")
        .order_by("-consentement__signe_le", "-pk")
    )
    if depasse := fermetures.first():
        raise ActionRefusee(
            f"La personne a fermé l’accès de {depasse.organisme} le {jour(depasse.consentement.signe_le)}, après la "
            "signature de ce formulaire : faites signer un nouveau formulaire.",
            "signe_le",
        )


def _acte(
    habilitation: Habilitation,
    dossier: Dossier,
    texte: TexteConsentement,
    signe_le: date,
    canal: str,
    representant: dict[str, Any] | None,
    preuve: Fichier | None,
) -> Consentement:
    signataire = ajouter_representant(dossier.assure, **representant) if representant else None
    return Consentement.objects.create(
        dossier=dossier,
        texte=texte,
        signe_le=signe_le,
        canal=canal,
        representant=signataire,
        preuve=preuve,
        enregistre_par=habilitation,
    )


def _appliquer(consentement: Consentement, organisme: Organisme, decision: str) -> None:
    dossier = consentement.dossier
    ligne = LigneConsentement.objects.create(
        consentement=consentement, dossier=dossier, organisme=organisme, decision=decision
    )
    if decision == DecisionConsentement.ACCORDE:
        ouvrir_partage(dossier, organisme, ligne.pk)
    else:
        fermer_partage(dossier, organisme, f"consentement {decision}")


@transaction.atomic
def retirer_consentement(
    habilitation: Habilitation,
    dossier: Dossier,
    organismes: list[Organisme],
    *,
    signe_le: date,
    canal: str = Canal.GUICHET,
    representant: dict[str, Any] | None = None,
    preuve: Fichier | None = None,
) -> Consentement:
    """Withdraw some recipients, or all of them: the shares close in this transaction, what was contributed stays.

    Raises ActionRefusee when one of them reads nothing today; AccesRefuse when a partner, which may not know the
    others, names one of them instead of itself or the whole scheme.
    """
    regard = exiger(habilitation, Droit.RETIRER_CONSENTEMENT, dossier)
    _un_acte_a_la_fois(dossier)
    if signe_le > timezone.localdate():
        raise ActionRefusee("La date du retrait est dans le futur.", "signe_le")
    acces = {p.organisme_id for p in partages_consentis(dossier)}
    vises = {o.pk for o in organismes}
    if not regard.peut(Droit.VOIR_CONSENTEMENTS) and vises not in ({habilitation.organisme_id}, acces):
        raise AccesRefuse(dossier.numero, "retrait au nom d’un autre organisme")
    if not vises or not vises <= acces:
        raise ActionRefusee(
            "Choisissez au moins un destinataire qui voit le dossier aujourd’hui.", "organismes"
        )
    # Whoever records it may be the one who stops reading: the rest of the act is not hers any more.
    with systeme("retrait"):
        consentement = _acte(
            habilitation, dossier, texte_en_vigueur(dossier.programme), signe_le, canal, representant, preuve
        )
        for organisme in organismes:
            _appliquer(consentement, organisme, DecisionConsentement.RETIRE)
            raconter(dossier, Genre.RETRAIT, habilitation, organisme=organisme)
        produire_courrier(dossier, GenreCourrier.RECU_RETRAIT, consentement.pk)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero, details={"geste": "retrait", "id": consentement.pk}
    )
    return consentement


def partages_consentis(dossier: Dossier) -> list[Any]:
    """The shares open today by consent, with their organisme."""
    return list(
        dossier.partages.actifs()
        .filter(nature="consentement")
        .select_related("organisme")
        .order_by("organisme__sigle")
    )
