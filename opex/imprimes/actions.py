"""Writing a version of the form, keeping its signed paper, keeping the catalogue of operations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossiers.textes import jour
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from opex.imprimes.acces import exiger_depart
from opex.imprimes.codes import nouvelle_reference
from opex.imprimes.models import Contrat, Imprime, Operation, PersonneAPrevenir, Proche, SourceImprime
from opex.suivi.etats import EtatSuivi
from opex.suivi.models import Suivi
from opex.suivi.parcours import passer, retenir
from partners.models import Habilitation
from partners.organismes.models import Programme

Lignes = Sequence[dict[str, Any]]
A_PREVENIR_ABSENTE = (
    "Indiquez au moins une personne à prévenir\u00a0: c’est elle que l’on appelle s’il arrive quelque chose."
)


@transaction.atomic
def enregistrer_imprime(
    habilitation: Habilitation,
    dossier: Dossier,
    champs: dict[str, Any],
    a_prevenir: Lignes = (),
    proches: Lignes = (),
    contrats: Lignes = (),
    *,
    version: int | None = None,
    source: str = SourceImprime.ECRAN,
) -> Imprime:
    """Write a new version of the form; a departure wakes a dossier that had expired, or whose person had left.

    Arguments: champs, the fields of Imprime; a_prevenir in the order in which they are called; version, the rank that
    the form was filled over (0 for none), None when nobody was looking at one.
    Raises ActionRefusee, ModifieDepuis when another version came meanwhile, AccesRefuse.
    """
    regard = exiger(habilitation, Droit.SAISIR_IMPRIME, dossier)
    if dossier.programme != Programme.OPEX:
        raise ActionRefusee("Ce dossier n’est pas celui du programme OPEX.")
    # One version at a time: the dossier is what they have in common.
    suivi = retenir(dossier)
    dernier = dossier.imprimes.first()
    rang = dernier.rang if dernier else 0
    if version is not None and version != rang:
        raise ModifieDepuis(dernier)
    verifier_champs(regard, champs)
    if source == SourceImprime.ECRAN and not a_prevenir:
        raise ActionRefusee(A_PREVENIR_ABSENTE)
    _reprendre(suivi)
    imprime = Imprime.objects.create(
        dossier=dossier, rang=rang + 1, reference=nouvelle_reference(), source=source, saisi_par=habilitation,
        **champs,
    )  # fmt: skip
    _inscrire_lignes(imprime, a_prevenir, proches, contrats)
    _raconter(habilitation, imprime)
    return imprime


def _raconter(habilitation: Habilitation, imprime: Imprime) -> None:
    aujourd_hui = timezone.localdate()
    raconter(
        imprime.dossier, Genre.IMPRIME, habilitation, jour=min(imprime.depart_le or aujourd_hui, aujourd_hui),
        imprime=imprime.pk,
    )  # fmt: skip
    journaliser(
        habilitation, Acte.CREER, imprime.dossier.numero,
        details={"geste": "imprime", "ref": imprime.reference, "version": imprime.rang},
    )  # fmt: skip


def verifier_champs(regard: Regard, champs: dict[str, Any]) -> None:
    """Raise ActionRefusee on a foreign unit, or dates that do not hold together."""
    if regard.est_correspondant and champs["unite"].pk not in regard.habilitation.unites_ids:
        raise ActionRefusee("Cette unité n’est pas dans votre périmètre.", "unite")
    depart, retour = champs.get("depart_le"), champs.get("retour_le")
    if retour and not depart:
        raise ActionRefusee("Indiquez la date de départ.", "depart_le")
    if depart and retour and retour < depart:
        raise ActionRefusee("Le retour précède le départ.", "retour_le")
    if depart and (operation := champs.get("operation")):
        verifier_operation(operation, depart)


def verifier_operation(operation: Operation, depart: date) -> None:
    """Raise ActionRefusee when somebody would leave for an operation before it begins, or once it is over."""
    if depart < operation.debut:
        raise ActionRefusee(f"L’opération {operation.nom} commence le {jour(operation.debut)}.", "depart_le")
    if operation.fin and depart > operation.fin:
        raise ActionRefusee(
            f"L’opération {operation.nom} s’est terminée le {jour(operation.fin)}.", "depart_le"
        )


def _reprendre(suivi: Suivi) -> None:
    """A new departure of somebody never wounded: the dossier sleeps again, waiting for a wound that may not come."""
    if suivi.etat == EtatSuivi.DECEDE:
        raise ActionRefusee(
            "Le dossier dit que cette personne est décédée\u00a0: aucun départ ne s’y ajoute."
        )
    if suivi.etat in (EtatSuivi.EXPIRE, EtatSuivi.RADIE):
        passer(suivi, EtatSuivi.IDENTIFIE, radie_le=None)


def _inscrire_lignes(imprime: Imprime, a_prevenir: Lignes, proches: Lignes, contrats: Lignes) -> None:
    PersonneAPrevenir.objects.bulk_create(
        PersonneAPrevenir(imprime=imprime, ordre=ordre, **ligne) for ordre, ligne in enumerate(a_prevenir, 1)
    )
    Proche.objects.bulk_create(Proche(imprime=imprime, **ligne) for ligne in proches)
    Contrat.objects.bulk_create(Contrat(imprime=imprime, **ligne) for ligne in contrats)


@transaction.atomic
def joindre_scan(
    habilitation: Habilitation, imprime: Imprime, *, fichier: Fichier, signe_le: date, signe_a: str
) -> Imprime:
    """Attach the signed paper of a version; it has one, kept as it was filed.

    Raises ActionRefusee on a date in the future or a version already signed, AccesRefuse.
    """
    exiger(habilitation, Droit.SAISIR_IMPRIME, imprime.dossier)
    imprime = Imprime.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=imprime.pk)
    if imprime.scan_id:
        raise ActionRefusee("Le papier signé de cette version est déjà joint.")
    if signe_le > timezone.localdate():
        raise ActionRefusee("La date de signature est dans le futur.", "signe_le")
    imprime.scan, imprime.signe_le, imprime.signe_a = fichier, signe_le, signe_a
    imprime.save(update_fields=["scan", "signe_le", "signe_a"])
    journaliser(
        habilitation, Acte.MODIFIER, imprime.dossier.numero,
        details={"geste": "imprime signé", "ref": imprime.reference, "version": imprime.rang},
    )  # fmt: skip
    return imprime


@transaction.atomic
def noter_impression(habilitation: Habilitation, imprime: Imprime) -> None:
    """A version leaves on paper. Raises AccesRefuse."""
    exiger(habilitation, Droit.SAISIR_IMPRIME, imprime.dossier)
    journaliser(
        habilitation, Acte.IMPRIMER, imprime.dossier.numero,
        details={"geste": "imprime", "ref": imprime.reference, "version": imprime.rang},
    )  # fmt: skip


@transaction.atomic
def ajouter_operation(habilitation: Habilitation, champs: dict[str, Any]) -> Operation:
    """A new operation in the catalogue. Raises ActionRefusee on a code that is taken, AccesRefuse."""
    exiger_depart(habilitation)
    exiger(habilitation, Droit.GERER_GENRES)
    _verifier_periode(champs)
    try:
        with transaction.atomic():
            operation = Operation.objects.create(**champs)
    except IntegrityError:
        raise ActionRefusee("Ce code est déjà celui d’une autre opération.", "code") from None
    journaliser(habilitation, Acte.CREER, details={"geste": "operation", "operation": operation.code})
    return operation


@transaction.atomic
def modifier_operation(
    habilitation: Habilitation, operation: Operation, champs: dict[str, Any], version: int
) -> Operation:
    """Correct an operation, or say when it ended; its code stays. Raises ActionRefusee, ModifieDepuis, AccesRefuse."""
    exiger_depart(habilitation)
    exiger(habilitation, Droit.GERER_GENRES)
    _verifier_periode(champs)
    operation = verrouiller(Operation, operation.pk, version)
    for nom in ("nom", "theatre", "debut", "fin"):
        setattr(operation, nom, champs[nom])
    operation.version = version + 1
    operation.save()
    journaliser(habilitation, Acte.MODIFIER, details={"geste": "operation", "operation": operation.code})
    return operation


def _verifier_periode(champs: dict[str, Any]) -> None:
    if champs.get("fin") and champs["fin"] < champs["debut"]:
        raise ActionRefusee("La fin précède le début.", "fin")
