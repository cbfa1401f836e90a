"""The life of a demande: draft, filing, completeness, instruction, and its possible ends."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from dossiers.contributions.actions import solliciter
from dossiers.demandes.etats import EN_INSTRUCTION, TRANSITIONS, EtatDemande
from dossiers.demandes.models import Demande, LigneBudget
from dossiers.demandes.pieces import pieces_manquantes
from dossiers.echanges.actions import produire_courrier, raconter
from dossiers.echanges.models import Genre, GenreCourrier
from dossiers.justificatifs.models import EtatJustificatif, EtatPieceDemandee, PieceDemandee, TypePiece
from dossiers.partages.actions import recalculer_situation
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique import etats as machine
from dossierunique import numeros
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

SEQUENCE = "dossiers_numero_demande"
RENVOI = timedelta(seconds=30)
CHAMPS_BROUILLON = frozenset(
    {"type_aide", "ayant_droit", "besoin", "periodicite", "cout", "deja_couvert", "montant_demande"}
)


def passer(demande: Demande, vers: str) -> None:
    """Move a locked demande along its table. Raises ActionRefusee when there is no such arrow."""
    try:
        machine.verifier(TRANSITIONS, demande.etat, vers)
    except machine.TransitionInterdite:
        raise ActionRefusee(
            f"La demande est « {demande.get_etat_display()} » : ce geste n’est plus possible."
        ) from None
    demande.etat = vers
    demande.version += 1


def _journal(habilitation: Habilitation, demande: Demande, geste: str, acte: Acte = Acte.MODIFIER) -> None:
    journaliser(
        habilitation, acte, demande.dossier.numero, details={"geste": geste, "demande": demande.numero}
    )


@transaction.atomic
def creer_demande(habilitation: Habilitation, dossier: Dossier, champs: dict[str, Any]) -> Demande:
    """Start a draft with its first step (aid type, beneficiary, need). Sent twice in a row, it is started once."""
    exiger(habilitation, Droit.DEPOSER_DEMANDE, dossier)
    _verifier_champs(dossier, champs)
    verrouiller(Dossier, dossier.pk)
    depuis = timezone.now() - RENVOI
    identique = dossier.demandes.filter(
        cree_par=habilitation, etat=EtatDemande.BROUILLON, version=1, cree_le__gte=depuis, **champs
    ).first()
    if identique:
        return identique
    demande = Demande.objects.create(
        numero=numeros.suivant("DM", timezone.localdate().year, SEQUENCE),
        dossier=dossier, cree_par=habilitation, periodicite=champs["type_aide"].periodicite, **champs,
    )  # fmt: skip
    _journal(habilitation, demande, "brouillon", Acte.CREER)
    return demande


def _verifier_champs(dossier: Dossier, champs: dict[str, Any]) -> None:
    if not set(champs) <= CHAMPS_BROUILLON:
        raise ValueError(f"champs inattendus : {set(champs) - CHAMPS_BROUILLON}")
    ayant_droit = champs.get("ayant_droit")
    if ayant_droit is not None and ayant_droit.assure_id != dossier.assure_id:
        raise ActionRefusee("Ce bénéficiaire n’est pas un ayant droit de la personne.", "ayant_droit")


def _brouillon(habilitation: Habilitation, demande: Demande, version: int | None) -> Demande:
    exiger(habilitation, Droit.DEPOSER_DEMANDE, demande.dossier)
    demande = verrouiller(Demande, demande.pk, version)
    if demande.etat != EtatDemande.BROUILLON:
        raise ActionRefusee("La demande est déjà déposée : elle ne se modifie plus.")
    if demande.cree_par.organisme_id != habilitation.organisme_id:
        raise AccesRefuse(demande.dossier.numero, "brouillon d’un autre organisme")
    return demande


@transaction.atomic
def enregistrer_etape(
    habilitation: Habilitation, demande: Demande, champs: dict[str, Any], version: int
) -> Demande:
    """Save one step of the draft. Raises ModifieDepuis when someone else saved it in between."""
    demande = _brouillon(habilitation, demande, version)
    _verifier_champs(demande.dossier, champs)
    for nom, valeur in champs.items():
        setattr(demande, nom, valeur)
    _verifier_couts(demande)
    demande.version += 1
    demande.save()
    _journal(habilitation, demande, "etape")
    return demande


def _verifier_couts(demande: Demande) -> None:
    if demande.cout is None:
        return
    if demande.cout <= 0:
        raise ActionRefusee("Le coût doit être supérieur à zéro.", "cout")
    if demande.deja_couvert > demande.cout:
        raise ActionRefusee("Le montant déjà pris en charge dépasse le coût.", "deja_couvert")
    if demande.montant_demande is not None and demande.montant_demande > demande.cout - demande.deja_couvert:
        raise ActionRefusee("L’aide demandée dépasse ce qui reste à financer.", "montant_demande")


@transaction.atomic
def enregistrer_budget(
    habilitation: Habilitation, demande: Demande, lignes: Iterable[tuple[str, str, Decimal]], version: int
) -> Demande:
    """Replace the household's monthly resources and charges: (nature, libellé, montant)."""
    demande = _brouillon(habilitation, demande, version)
    demande.budget.all().delete()
    LigneBudget.objects.bulk_create(
        [LigneBudget(demande=demande, nature=n, libelle=libelle, montant=m) for n, libelle, m in lignes]
    )
    demande.version += 1
    demande.save(update_fields=["version", "modifiee_le"])
    _journal(habilitation, demande, "budget")
    return demande


@transaction.atomic
def soumettre(habilitation: Habilitation, demande: Demande, version: int | None = None) -> Demande:
    """File the draft: the CNMSS and the partners who may read it find it, the acknowledgement is produced.

    Missing papers do not prevent it: they are listed in the acknowledgement.
    """
    demande = _brouillon(habilitation, demande, version)
    if not demande.besoin.strip():
        raise ActionRefusee("Décrivez le besoin avant de déposer la demande.", "besoin")
    if demande.cout is None:
        raise ActionRefusee("Indiquez le coût avant de déposer la demande.", "cout")
    passer(demande, EtatDemande.SOUMISE)
    demande.soumise_le = timezone.now()
    demande.echeance = timezone.localdate() + timedelta(days=demande.type_aide.delai_jours)
    demande.save()
    solliciter(demande)
    recalculer_situation(demande.dossier)
    raconter(demande.dossier, Genre.DEMANDE_SOUMISE, habilitation, demande=demande)
    produire_courrier(demande.dossier, GenreCourrier.ACCUSE, demande.pk, demande)
    _journal(habilitation, demande, "soumettre")
    return demande


@transaction.atomic
def abandonner(habilitation: Habilitation, demande: Demande) -> Demande:
    """Give up a draft."""
    demande = _brouillon(habilitation, demande, None)
    passer(demande, EtatDemande.ANNULEE)
    demande.save()
    _journal(habilitation, demande, "abandonner")
    return demande


def _instruite(habilitation: Habilitation, demande: Demande, version: int | None) -> Demande:
    exiger(habilitation, Droit.INSTRUIRE, demande.dossier)
    return verrouiller(Demande, demande.pk, version)


@transaction.atomic
def demander_pieces(
    habilitation: Habilitation,
    demande: Demande,
    pieces: Iterable[tuple[TypePiece, str]],
    echeance: date,
    version: int | None = None,
) -> list[PieceDemandee]:
    """Ask for missing papers, each with a word of explanation, until a date. The delay of answer is suspended."""
    demande = _instruite(habilitation, demande, version)
    pieces = list(pieces)
    if not pieces:
        raise ActionRefusee("Choisissez au moins une pièce.", "pieces")
    if echeance <= timezone.localdate():
        raise ActionRefusee("La date limite doit être à venir.", "echeance")
    if demande.etat != EtatDemande.INCOMPLETE:
        passer(demande, EtatDemande.INCOMPLETE)
    attendues = set(
        demande.pieces_demandees.filter(etat=EtatPieceDemandee.ATTENDUE).values_list("type_id", flat=True)
    )
    demandees = [
        PieceDemandee.objects.create(
            demande=demande,
            type=type_piece,
            precision=precision,
            demandee_par=habilitation,
            echeance=echeance,
        )
        for type_piece, precision in pieces
        if type_piece.pk not in attendues
    ]
    if not demandees:
        raise ActionRefusee("Ces pièces sont déjà demandées.", "pieces")
    demande.echeance = echeance
    demande.save()
    recalculer_situation(demande.dossier)
    evenement = raconter(
        demande.dossier, Genre.PIECES_DEMANDEES, habilitation, demande=demande,
        pieces=[p.pk for p in demandees], echeance=echeance.isoformat(),
    )  # fmt: skip
    produire_courrier(demande.dossier, GenreCourrier.PIECES, evenement.pk, demande)
    _journal(habilitation, demande, "demander_pieces")
    return demandees


@transaction.atomic
def declarer_complete(habilitation: Habilitation, demande: Demande, version: int | None = None) -> Demande:
    """Declare that every required paper is there and none waits for a check: the delay of answer starts.

    Raises ActionRefusee naming what is still missing. A medical paper counts once received: only the
    médecin-conseil may read it.
    """
    demande = _instruite(habilitation, demande, version)
    a_verifier = demande.justificatifs.filter(
        etat__in=[EtatJustificatif.A_VERIFIER, EtatJustificatif.DEPOSE]
    ).exclude(type__classe="medical")
    if a_verifier.exists():
        raise ActionRefusee("Des pièces attendent encore d’être vérifiées.")
    manquantes = pieces_manquantes(demande)
    if manquantes:
        noms = ", ".join(str(t) for t in manquantes)
        raise ActionRefusee(
            f"Il manque encore : {noms}. Demandez ces pièces, ou vérifiez celles qui sont rejetées."
        )
    passer(demande, EtatDemande.COMPLETE)
    demande.pieces_demandees.filter(etat=EtatPieceDemandee.ATTENDUE).update(etat=EtatPieceDemandee.ANNULEE)
    demande.complete_le = timezone.now()
    demande.echeance = timezone.localdate() + timedelta(days=demande.type_aide.delai_jours)
    demande.save()
    recalculer_situation(demande.dossier)
    raconter(demande.dossier, Genre.DEMANDE_COMPLETE, habilitation, demande=demande)
    _journal(habilitation, demande, "declarer_complete")
    return demande


@transaction.atomic
def prendre_en_instruction(
    habilitation: Habilitation, demande: Demande, version: int | None = None
) -> Demande:
    """The gestionnaire takes the demande: it becomes hers to instruct. One left by a colleague keeps its state."""
    demande = _instruite(habilitation, demande, version)
    if demande.etat in EN_INSTRUCTION - {EtatDemande.COMPLETE} and demande.instruite_par_id is None:
        demande.version += 1
    else:
        passer(demande, EtatDemande.EN_INSTRUCTION)
    demande.instruite_par = habilitation
    demande.save()
    raconter(demande.dossier, Genre.DEMANDE_INSTRUITE, habilitation, demande=demande)
    _journal(habilitation, demande, "prendre_en_instruction")
    return demande


FINS = {"sans_suite", "irrecevable", "reorientee", "annulee"}


@transaction.atomic
def classer(
    habilitation: Habilitation, demande: Demande, fin: str, motif: str, version: int | None = None
) -> Demande:
    """End a demande without a decision (sans suite, irrecevable, réorientée, annulée), with its reason."""
    demande = _instruite(habilitation, demande, version)
    if fin not in FINS:
        raise ActionRefusee("Choisissez comment la demande se termine.", "fin")
    if not motif.strip():
        raise ActionRefusee("Indiquez le motif.", "motif")
    passer(demande, fin)
    demande.echeance = None
    demande.save()
    demande.pieces_demandees.filter(etat=EtatPieceDemandee.ATTENDUE).update(etat=EtatPieceDemandee.ANNULEE)
    demande.avis.filter(etat="demande").update(etat="retire")
    recalculer_situation(demande.dossier)
    raconter(
        demande.dossier, Genre.DEMANDE_CLASSEE, habilitation, demande=demande, fin=fin, motif=motif.strip()
    )
    _journal(habilitation, demande, fin)
    return demande
