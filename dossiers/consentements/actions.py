"""Consent acts: recording, refusing, withdrawing. Each takes effect in its own transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import choice
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.assures.recherche import peut_ouvrir_pour
from dossiers.consentements import actes
from dossiers.consentements.models import (
    Canal,
    Consentement,
    DecisionConsentement,
    FormulaireConsentement,
    PreuveAConfirmer,
    TexteConsentement,
)
from dossiers.consentements.soutiens import accordes_par, ajuster
from dossiers.contributions.actions import solliciter_partout
from dossiers.echanges.actions import produire_courrier, raconter
from dossiers.echanges.models import Genre, GenreCourrier
from dossiers.partages.actions import creer_dossier
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
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


def texte_en_vigueur(programme: str = Programme.DU, le: date | None = None) -> TexteConsentement:
    """The wording in force on a day, today by default; the first one for what is older than it."""
    textes = TexteConsentement.objects.filter(programme=programme).order_by("-version")
    return textes.filter(en_vigueur_depuis__lte=le or timezone.localdate()).first() or textes.reverse()[0]


def destinataires(programme: str = Programme.DU) -> list[Organisme]:
    """Organismes that the person may let read her dossier: living partners of the programme, never the CNMSS."""
    return list(
        Organisme.objects.filter(
            programmes__contains=[programme], contributeur=True, jusque__isnull=True
        ).exclude(type=TypeOrganisme.CNMSS)
    )


@transaction.atomic
def imprimer_formulaire(
    habilitation: Habilitation, assure: Assure, programme: str = Programme.DU
) -> FormulaireConsentement:
    """Note that a form is printed for this person, with the wording it carries, under a reference without meaning."""
    dossier = assure.dossiers.filter(programme=programme).first()
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, dossier)
    if dossier is None and not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(assure.reference), "personne hors du périmètre")
    formulaire = FormulaireConsentement.objects.create(
        reference="FC-" + "".join(choice(LETTRES) for _ in range(REFERENCE_LONGUEUR)),
        assure=assure,
        texte=texte_en_vigueur(programme),
        imprime_par=habilitation,
    )
    journaliser(
        habilitation,
        Acte.IMPRIMER,
        dossier.numero if dossier else str(assure.reference),
        details={"geste": "formulaire", "ref": formulaire.reference},
    )
    return formulaire


@transaction.atomic
def ouvrir_dossier(
    habilitation: Habilitation, assure: Assure, programme: str = Programme.DU, *, endormi: bool = False
) -> Dossier:
    """Open the dossier of a person, shared with nobody: what a request without consent needs (rule 7).

    An `endormi` one waits, whatever she accords, until it is woken up (soutiens.reveiller).
    Raises ActionRefusee when it exists already (rule 4).
    """
    if not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(assure.reference), "personne hors du périmètre")
    Assure.objects.select_for_update().get(pk=assure.pk)
    if assure.dossiers.filter(programme=programme).exists():
        raise ActionRefusee("Cette personne a déjà un dossier.")
    dossier = creer_dossier(habilitation, assure, programme, endormi=endormi)
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
    formulaire: FormulaireConsentement | None = None,
) -> Consentement:
    """Record one act of consent and let it take effect at once; its proof then waits for a gestionnaire.

    Arguments: decisions, organisme id → "accorde" or "refuse" (a recipient left out is not collected);
    representant, the fields of the legal representative who signed, None for the person herself; formulaire, the
    printed form that was signed.
    Raises ActionRefusee on a date in the future, a signature that does not count, a form already recorded, a
    recipient that may not be one, or no decision at all.
    """
    exiger(habilitation, Droit.RECUEILLIR_CONSENTEMENT, dossier)
    actes.un_acte_a_la_fois(dossier)
    actes.verifier_signature(dossier, signe_le, representant)
    actes.verifier_formulaire(dossier, formulaire, signe_le)
    admis = {organisme.pk: organisme for organisme in destinataires(dossier.programme)}
    if not decisions or not set(decisions) <= set(admis):
        raise ActionRefusee("Indiquez pour au moins un destinataire s’il est accordé ou refusé.", "decisions")
    if set(decisions.values()) - {DecisionConsentement.ACCORDE, DecisionConsentement.REFUSE}:
        raise ActionRefusee("Un destinataire est accordé ou refusé.", "decisions")
    if texte.programme != dossier.programme:
        raise ActionRefusee("Ce texte n’est pas celui de ce programme.", "formulaire")
    actes.refuser_un_accord_depasse(dossier, signe_le, decisions, formulaire)
    with systeme("consentement"):
        consentement = actes.inscrire(
            dossier, representant, texte=texte, signe_le=signe_le, canal=canal, preuve=preuve,
            formulaire=formulaire, enregistre_par=habilitation,
        )  # fmt: skip
        _appliquer(consentement, [(admis[pk], decision) for pk, decision in sorted(decisions.items())])
        raconter(dossier, Genre.CONSENTEMENT, habilitation, consentement=consentement.pk)
        produire_courrier(dossier, GenreCourrier.RECU_CONSENTEMENT, consentement.pk)
    journaliser(
        habilitation, Acte.CREER, dossier.numero, details={"geste": "consentement", "id": consentement.pk}
    )
    return consentement


def _appliquer(consentement: Consentement, decisions: list[tuple[Organisme, str]]) -> list[Organisme]:
    """Write the lines and let the shares follow; the organismes that read no more."""
    dossier = consentement.dossier
    actes.inscrire_lignes(consentement, decisions)
    if DecisionConsentement.ACCORDE in dict(decisions).values():
        PreuveAConfirmer.objects.create(
            consentement=consentement, dossier=dossier, depuis=_attendue_depuis(dossier, decisions)
        )
    changes = [(o, ajuster(dossier, o, f"consentement {decision}")) for o, decision in decisions]
    if any(change for _, change in changes):
        solliciter_partout(dossier)
    return [organisme for organisme, change in changes if change is False]


def _attendue_depuis(dossier: Dossier, decisions: list[tuple[Organisme, str]]) -> datetime:
    """When the wait for a proof began: recording the same accord again does not make it begin again."""
    accordes = [organisme for organisme, decision in decisions if decision == DecisionConsentement.ACCORDE]
    deja = PreuveAConfirmer.objects.filter(
        dossier=dossier, suspendu_le__isnull=True, consentement__lignes__organisme__in=accordes,
        consentement__lignes__decision=DecisionConsentement.ACCORDE,
    )  # fmt: skip
    return deja.aggregate(plus_ancienne=Min("depuis"))["plus_ancienne"] or timezone.now()


@transaction.atomic
def retirer_consentement(
    habilitation: Habilitation,
    dossier: Dossier,
    organismes: list[Organisme] | None,
    *,
    signe_le: date,
    canal: str = Canal.GUICHET,
    representant: dict[str, Any] | None = None,
    preuve: Fichier | None = None,
) -> Consentement:
    """Withdraw some recipients, or all (None): the shares close in this transaction, what was contributed stays.

    Who may see the consents names recipients that have an accord. A partner, which may not know them, names any
    possible recipient: to withdraw one that had nothing looks the same (rule 8).
    Raises ActionRefusee on a recipient that cannot be withdrawn, a date in the future or a signature that does not
    count.
    """
    regard = exiger(habilitation, Droit.RETIRER_CONSENTEMENT, dossier)
    with systeme("retrait"):
        actes.un_acte_a_la_fois(dossier)
        voit = regard.peut(Droit.VOIR_CONSENTEMENTS)
        possibles = retirables(dossier) if voit else tous_les_retirables(dossier)
        organismes = possibles if organismes is None else organismes
        if not organismes or not set(organismes) <= set(possibles):
            raise ActionRefusee(
                "Choisissez au moins un destinataire qui a l’accord de la personne."
                if voit
                else "Choisissez au moins un organisme de la liste.",
                "organismes",
            )
        consentement = inscrire_retrait(
            habilitation, dossier, organismes, signe_le=signe_le, canal=canal, representant=representant,
            preuve=preuve,
        )  # fmt: skip
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero, details={"geste": "retrait", "id": consentement.pk}
    )
    return consentement


def inscrire_retrait(
    habilitation: Habilitation,
    dossier: Dossier,
    organismes: list[Organisme],
    *,
    signe_le: date,
    representant: dict[str, Any] | None,
    **acte: Any,
) -> Consentement:
    """The withdrawal itself, whoever asked for it: lines, shares, history, receipt. The caller checks and journals.

    Must run as the system, with the dossier locked: it reaches beyond what its author may know.
    """
    actes.verifier_signature(dossier, signe_le, representant, retrait=True)
    consentement = actes.inscrire(
        dossier, representant, texte=texte_en_vigueur(dossier.programme), signe_le=signe_le,
        enregistre_par=habilitation, **acte,
    )  # fmt: skip
    lignes = [(organisme, DecisionConsentement.RETIRE) for organisme in organismes]
    for organisme in _appliquer(consentement, lignes):  # type: ignore[arg-type]
        raconter(dossier, Genre.RETRAIT, habilitation, organisme=organisme)
    produire_courrier(dossier, GenreCourrier.RECU_RETRAIT, consentement.pk)
    return consentement


def partages_consentis(dossier: Dossier) -> list[Any]:
    """The shares open today by consent, with their organisme."""
    return list(
        dossier.partages.actifs()
        .filter(nature="consentement")
        .select_related("organisme")
        .order_by("organisme__sigle")
    )


def retirables(dossier: Dossier) -> list[Organisme]:
    """The organismes that have the person's accord today, whether their share is open or suspended."""
    tous = set(accordes_par(dossier)) | {p.organisme for p in partages_consentis(dossier)}
    return sorted(tous, key=lambda o: (o.sigle, o.pk))


def tous_les_retirables(dossier: Dossier) -> list[Organisme]:
    """Every possible recipient, and those of the past that still have an accord: what « toute la démarche » means."""
    tous = set(destinataires(dossier.programme)) | set(retirables(dossier))
    return sorted(tous, key=lambda o: (o.sigle, o.pk))
