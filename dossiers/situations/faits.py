"""What the portal can tell by itself of the points of a list: a few questions, however many lists are looked at.

A programme adds its own facts: `@fournir`.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dossiers.consentements.models import DecisionConsentement, LigneConsentement
from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.pieces import avec_pieces
from dossiers.situations.models import ListeSituation
from dossierunique.ui.formats import jour
from partners.models import Habilitation

CONSENTEMENT, PREUVE = "consentement", "preuve"
COMMENCEE, DEPOSEE, PIECES = "commencee", "deposee", "pieces"

FINIES = etats.TERMINEES | etats.DECIDEES


@dataclass
class Constat:
    """What is known of one list: the demande that it speaks of, and code of a fact → how it is known, in words."""

    demande: Demande | None = None
    faits: dict[str, str] = field(default_factory=dict)


Listes = Sequence[ListeSituation]
# For each list, by its key.
Fournisseur = Callable[[Listes], dict[int, dict[str, str]]]
_fournisseurs: list[Fournisseur] = []


def fournir(fonction: Fournisseur) -> Fournisseur:
    """Register a function that finds facts in a constant number of queries."""
    if fonction not in _fournisseurs:
        _fournisseurs.append(fonction)
    return fonction


def constater(habilitation: Habilitation, listes: Listes) -> dict[int, Constat]:
    """What is known of each of these lists."""
    if not listes:
        return {}
    demandes = _demandes(habilitation, listes)
    constats = {liste.pk: Constat(demandes.get(liste.pk)) for liste in listes}
    for constat in constats.values():
        constat.faits = _faits_de(constat.demande) if constat.demande else {}
    for fonction in _fournisseurs:
        for cle, trouves in fonction(listes).items():
            constats[cle].faits |= trouves
    return constats


@fournir
def _consentements(listes: Listes) -> dict[int, dict[str, str]]:
    """Whether an organisme is accordé today, and whether the signed form of such an accord is there."""
    dernieres = (
        LigneConsentement.objects.filter(dossier__in={liste.dossier_id for liste in listes})
        .order_by("dossier_id", "organisme_id", "-effet_le", "-pk")
        .distinct("dossier_id", "organisme_id")
        .values_list("dossier_id", "decision", "consentement__signe_le", "consentement__preuve_id")
    )
    connus: dict[int, dict[str, str]] = defaultdict(dict)
    for dossier, decision, signe_le, preuve in dernieres:
        if decision == DecisionConsentement.ACCORDE:
            connus[dossier][CONSENTEMENT] = f"consentement signé le {jour(signe_le)}"
            if preuve:
                connus[dossier][PREUVE] = f"papier joint au consentement du {jour(signe_le)}"
    return {liste.pk: connus[liste.dossier_id] for liste in listes if liste.dossier_id in connus}


def _demandes(habilitation: Habilitation, listes: Listes) -> dict[int, Demande]:
    """The demande that each list speaks of: the last of its dossier, unless it was over before the list began."""
    dernieres = (
        avec_pieces(Demande.objects.visibles_par(habilitation))
        .filter(dossier__in={liste.dossier_id for liste in listes})
        .exclude(etat=EtatDemande.ANNULEE)
        .order_by("dossier_id", "-pk")
        .distinct("dossier_id")
    )
    par_dossier = {demande.dossier_id: demande for demande in dernieres}
    return {
        liste.pk: demande
        for liste in listes
        if (demande := par_dossier.get(liste.dossier_id))
        and (demande.etat not in FINIES or demande.cree_le >= liste.ouverte_le)
    }


def _faits_de(demande: Demande) -> dict[str, str]:
    faits = {COMMENCEE: f"{demande.numero}, commencée le {jour(demande.cree_le)}"}
    if demande.soumise_le:
        faits[DEPOSEE] = f"{demande.numero}, déposée le {jour(demande.soumise_le)}"
    if demande.tout_fourni:  # type: ignore[attr-defined]
        faits[PIECES] = f"rien ne manque à {demande.numero}"
    return faits
