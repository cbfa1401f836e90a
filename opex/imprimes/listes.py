"""The life of a list: filed, its columns joined, tried, taken over by one job, or given up; emptied at its end."""

import json
import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from dossierunique import etats
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.fichiers.noms import nom_affichable
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.listes_deposees import Tableau
from dossierunique.notifications.sortie import deposer
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from opex.imprimes.acces import exiger_depart, lot_visible
from opex.imprimes.actions import verifier_operation
from opex.imprimes.colonnes import defauts
from opex.imprimes.models import TRANSITIONS_LOT, EtatLot, LotImport, Operation
from opex.imprimes.verification import bonnes, refusees, verifier_lot
from partners.models import Habilitation, Unite

GENRE = "opex.reprendre_liste"
EXTENSIONS = frozenset({"csv", "txt", "xlsx", "ods"})
DEJA_LANCEE = "Cette liste est déjà reprise, ou abandonnée\u00a0: son résultat est affiché ci-dessous."


@transaction.atomic
def deposer_liste(
    habilitation: Habilitation,
    tableau: Tableau,
    *,
    nom: str,
    unite: Unite,
    operation: Operation,
    depart_le: date,
) -> LotImport:
    """Keep the cells of a list, encrypted, until it is taken over. Raises ActionRefusee, AccesRefuse.

    Refused for a foreign unit, an operation that does not hold that day, or beyond the lines that a user may try in a
    day: nobody walks the numbers by lists.
    """
    regard = exiger_depart(habilitation)
    if regard.est_correspondant and unite.pk not in habilitation.unites_ids:
        raise ActionRefusee("Cette unité n’est pas dans votre périmètre.", "unite")
    verifier_operation(operation, depart_le)
    _verifier_quota(habilitation, len(tableau.lignes))
    extension = nom.rpartition(".")[2].lower()
    lot = LotImport.objects.create(
        reference=uuid.uuid4(),
        nom=nom_affichable(nom, extension if extension in EXTENSIONS else "csv"),
        unite=unite,
        operation=operation,
        depart_le=depart_le,
        nombre=len(tableau.lignes),
        depose_par=habilitation,
        lignes=json.dumps({"titres": tableau.titres, "lignes": tableau.lignes}, ensure_ascii=False),
    )
    journaliser(
        habilitation, Acte.CREER, str(lot.reference), details={"geste": "liste", "lignes": lot.nombre}
    )
    return lot


def _verifier_quota(habilitation: Habilitation, nombre: int) -> None:
    veille = timezone.now() - timedelta(days=1)
    deposees = LotImport.objects.filter(
        depose_par__utilisateur=habilitation.utilisateur_id, depose_le__gte=veille
    )
    with systeme("listes-deposees"):
        # Whatever the unit, and under whichever habilitation.
        deja = deposees.aggregate(somme=Sum("nombre"))["somme"] or 0
    if deja + nombre > settings.OPEX_LISTE_LIGNES_PAR_JOUR:
        raise ActionRefusee(
            f"Vous avez déposé {deja} lignes depuis hier\u00a0: le maximum est "
            f"{settings.OPEX_LISTE_LIGNES_PAR_JOUR} en un jour. Reprenez demain.",
            "fichier",
        )


@transaction.atomic
def associer_colonnes(
    habilitation: Habilitation, lot: LotImport, colonnes: Mapping[str, str], version: int
) -> LotImport:
    """Say what each column is, and try the list with it. Raises ActionRefusee, ModifieDepuis, AccesRefuse."""
    lot = _verrouiller(habilitation, lot, version)
    if lot.etat != EtatLot.VERIFIE:
        _aller(lot, EtatLot.VERIFIE)
    if fautes := defauts(colonnes):
        raise ActionRefusee(" ".join(fautes))
    lot.colonnes = dict(colonnes)
    verdict = verifier_lot(habilitation, lot)
    lot.rapport, lot.version = verdict.rapport, lot.version + 1
    lot.save(update_fields=["colonnes", "rapport", "etat", "version"])
    journaliser(
        habilitation, Acte.RECHERCHER, str(lot.reference), objets=verdict.dossiers,
        details={"par": "liste", "lignes": lot.nombre, "refusees": len(refusees(lot.rapport))},
    )  # fmt: skip
    return lot


@transaction.atomic
def lancer_reprise(habilitation: Habilitation, lot: LotImport, version: int) -> LotImport:
    """Promise the job that takes the good lines over, under this habilitation. Asked twice, it is done once.

    Raises ActionRefusee, ModifieDepuis, AccesRefuse.
    """
    lot = _verrouiller(habilitation, lot, version)
    if not bonnes(lot.rapport):
        raise ActionRefusee(
            "Aucune ligne ne peut être reprise\u00a0: corrigez la liste, puis importez-la de nouveau."
        )
    _aller(lot, EtatLot.EN_COURS)
    lot.version += 1
    lot.save(update_fields=["etat", "version"])
    promettre(lot, habilitation.pk)
    journaliser(
        habilitation, Acte.MODIFIER, str(lot.reference),
        details={"geste": "reprise de liste", "lignes": len(bonnes(lot.rapport))},
    )  # fmt: skip
    return lot


def promettre(lot: LotImport, habilitation_id: int, depuis: int = 0) -> None:
    """Put the job, or what is left of it after a line, in the outbox."""
    deposer(GENRE, {"lot": lot.pk, "habilitation": habilitation_id}, f"{GENRE}-{lot.pk}-{depuis}")


@transaction.atomic
def abandonner_liste(habilitation: Habilitation, lot: LotImport, version: int) -> LotImport:
    """Give a list up: it is emptied. Raises ActionRefusee, ModifieDepuis, AccesRefuse."""
    lot = _verrouiller(habilitation, lot, version)
    _aller(lot, EtatLot.ABANDONNE)
    vider_lot(lot)
    journaliser(habilitation, Acte.MODIFIER, str(lot.reference), details={"geste": "liste abandonnée"})
    return lot


@transaction.atomic
def abandonner_les_oubliees() -> int:
    """Empty the lists that nobody took over in time; how many. For the nightly task."""
    limite = timezone.now() - timedelta(days=settings.OPEX_LISTE_JOURS)
    oubliees = LotImport.objects.select_for_update().filter(
        etat__in=(EtatLot.A_ASSOCIER, EtatLot.VERIFIE), depose_le__lt=limite
    )
    for lot in oubliees:
        _aller(lot, EtatLot.ABANDONNE)
        vider_lot(lot)
        journaliser(None, Acte.MODIFIER, str(lot.reference), details={"geste": "liste oubliée"})
    return len(oubliees)


def vider_lot(lot: LotImport) -> None:
    """Keep of a list what became of it, and nothing of what it said."""
    lot.lignes, lot.version = "", lot.version + 1
    if lot.etat == EtatLot.ABANDONNE:
        lot.rapport = []
    lot.save(update_fields=["etat", "lignes", "rapport", "version"])


def _verrouiller(habilitation: Habilitation, lot: LotImport, version: int) -> LotImport:
    lot_visible(habilitation, lot.reference)
    tenu = verrouiller(LotImport, lot.pk)
    if tenu.etat not in (EtatLot.A_ASSOCIER, EtatLot.VERIFIE):
        raise ActionRefusee(DEJA_LANCEE)
    if tenu.version != version:
        raise ModifieDepuis(tenu)
    return tenu


def _aller(lot: LotImport, vers: str) -> None:
    try:
        etats.verifier(TRANSITIONS_LOT, lot.etat, vers)
    except etats.TransitionInterdite:
        raise ActionRefusee("Associez d’abord les colonnes de la liste.") from None
    lot.etat = vers
