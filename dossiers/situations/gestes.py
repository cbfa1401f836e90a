"""Where the points of a list are done: words for a link, and the address on one dossier."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.partages.models import Dossier


@dataclass(frozen=True)
class Lien:
    """A link ready to be shown."""

    mots: str
    url: str


# The dossier, and the demande that the list speaks of, if any.
Geste = Callable[[Dossier, Demande | None], Lien | None]


def page(mots: str, vue: str) -> Geste:
    """A page that belongs to no dossier."""
    return lambda dossier, demande: Lien(mots, reverse(vue))


def du_dossier(mots: str, vue: str) -> Geste:
    """A page of the dossier, by the name of its address."""
    return lambda dossier, demande: Lien(mots, reverse(vue, args=[dossier.numero]))


def _demande(dossier: Dossier, demande: Demande | None) -> Lien | None:
    if demande is None:
        return Lien("Commencer la demande", reverse("demandes:creer", args=[dossier.numero]))
    if demande.etat == EtatDemande.BROUILLON:
        return Lien(f"Reprendre {demande.numero}", reverse("demandes:besoin", args=[demande.numero]))
    return Lien(f"Ouvrir {demande.numero}", reverse("demandes:detail", args=[demande.numero]))


def _pieces(dossier: Dossier, demande: Demande | None) -> Lien | None:
    if demande is None or demande.etat not in etats.PIECES_ACCEPTEES:
        return None
    brouillon = demande.etat == EtatDemande.BROUILLON
    vue = "demandes:pieces" if brouillon else "pieces:deposer"
    return Lien("Déposer une pièce", reverse(vue, args=[demande.numero]))


def _dire(dossier: Dossier, demande: Demande | None) -> Lien | None:
    if demande is None:
        return None
    return Lien("Ce que vous pouvez dire", reverse("demandes:dire", args=[demande.numero]))


DEMANDE: Geste = _demande
PIECES: Geste = _pieces
DIRE: Geste = _dire
DOSSIER = du_dossier("Voir le dossier", "dossiers:apercu")
CONSENTEMENT = du_dossier("Consentement", "consentements:detail")
AYANT_DROIT = du_dossier("Ajouter un ayant droit", "demandes:ayant_droit")
COURRIERS = du_dossier("Courriers", "dossiers:courriers")
PIECES_DU_DOSSIER = du_dossier("Pièces du dossier", "dossiers:pieces")
QUI_VOIT_QUOI = page("Qui voit quoi", "qui_voit_quoi")
ANNUAIRE = page("Annuaire", "annuaire:accueil")
