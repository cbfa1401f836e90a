"""The plan de financement of a demande, as a regard may read it, ready for the `plan` tag of the interface."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from dossiers.contributions.models import ACCORDEES, EtatContribution
from dossiers.demandes import etats
from dossiers.demandes.models import Demande, Periodicite
from dossiers.partages.models import Partage
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard

TONS_PARTENAIRES = (3, 4)


def plan(demande: Demande, regard: Regard) -> dict[str, Any] | None:
    """Lines, cost and reste à charge, or None when this regard sees no amount or nothing is costed yet.

    A partner that reads nothing any more stays when it has given something: what was contributed remains.
    The CNMSS's amount shows once notified, to its own people before.
    """
    if demande.cout is None or not regard.lit(Donnee.COUT):
        return None
    prefetch_related_objects([demande], "contributions__organisme")
    return composer(
        demande, contributions_visibles(demande, lecteurs_connus(demande.dossier_id, regard)), regard
    )


def composer(demande: Any, contributions: Iterable[Any], regard: Regard) -> dict[str, Any]:
    """The plan of a costed demande with the contributions that may be shown, for a regard that sees amounts."""
    lignes = [_deja_couvert(demande), _cnmss(demande, regard)]
    for rang, c in enumerate(contributions):
        etat = EtatContribution(c.etat).label
        lignes.append(_ligne(demande, c.organisme.sigle, etat, c.montant or None, TONS_PARTENAIRES[rang % 2]))
    return {
        "demande": demande,
        "lignes": [ligne for ligne in lignes if ligne],
        "cout": demande.cout,
        "reste": reste(demande, regard),
        "precision": Periodicite.MENSUEL.label if demande.periodicite == Periodicite.MENSUEL else "",
    }


def decision_visible(demande: Demande, regard: Regard) -> bool:
    """Before its notification, a decision is known to who instructs only."""
    notifiee = demande.etat != etats.EtatDemande.DECIDEE
    return demande.etat in etats.DECIDEES and (notifiee or regard.lit(Donnee.DECISION_EN_COURS))


def reste(demande: Demande, regard: Regard) -> Decimal | None:
    """What is left to pay, without the CNMSS's amount while this regard may not know it."""
    if demande.reste_a_charge is None or decision_visible(demande, regard):
        return demande.reste_a_charge
    return demande.reste_a_charge + demande.montant_cnmss


def lecteurs_consentis(dossier_id: int) -> frozenset[int]:
    """The organismes that read the dossier today by consent."""
    return frozenset(
        Partage.objects.actifs()
        .filter(dossier=dossier_id, nature="consentement")
        .values_list("organisme_id", flat=True)
    )


def lecteurs_connus(dossier_id: int, regard: Regard) -> frozenset[int]:
    """The organismes that this regard may know to read the dossier: for a partner, itself (rule 8).

    Were it shown the others while they read, it would learn from a missing line whom the person refused.
    """
    return lecteurs_consentis(dossier_id) if connait_les_lecteurs(regard) else soi_seul(regard)


def connait_les_lecteurs(regard: Regard) -> bool:
    """Whether it may know who else reads the dossier: the CNMSS's people, and who sees the person's choices."""
    return regard.est_cnmss or regard.lit(Donnee.CONSENTEMENTS)


def soi_seul(regard: Regard) -> frozenset[int]:
    """What a partner knows of the readers: itself."""
    return frozenset({regard.habilitation.organisme_id})


def contributions_visibles(demande: Demande, lecteurs: frozenset[int]) -> list[Any]:
    """Contributions of these readers, and of whoever gave something, reading still or not.

    Expects `contributions__organisme` prefetched when called on several demandes.
    """
    return visibles(demande.contributions.all(), lecteurs)


def visibles(contributions: Iterable[Any], lecteurs: frozenset[int]) -> list[Any]:
    """Those of `lecteurs`, and those that gave (rule 8)."""
    return [c for c in contributions if c.organisme_id in lecteurs or c.etat in ACCORDEES]


def _largeur(demande: Demande, montant: Decimal | None) -> float:
    return float(100 * montant / demande.cout) if montant and demande.cout else 0.0


def _ligne(demande: Demande, libelle: str, etat: str, montant: Decimal | None, ton: int) -> dict[str, Any]:
    return {
        "libelle": libelle, "etat": etat, "montant": montant, "ton": ton, "largeur": _largeur(demande, montant),
    }  # fmt: skip


def _deja_couvert(demande: Demande) -> dict[str, Any] | None:
    if not demande.deja_couvert:
        return None
    return _ligne(demande, "Déjà pris en charge", "", demande.deja_couvert, 1)


def _cnmss(demande: Demande, regard: Regard) -> dict[str, Any]:
    if decision_visible(demande, regard):
        etat = "accordé" if demande.montant_cnmss else "pas d’aide"
        return _ligne(demande, "CNMSS", etat, demande.montant_cnmss or None, 2)
    if demande.montant_demande:
        return {**_ligne(demande, "CNMSS", "demandé", demande.montant_demande, 2), "largeur": 0.0}
    return _ligne(demande, "CNMSS", "à étudier", None, 2)
