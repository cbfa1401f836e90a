"""What the overview of a dossier shows to one regard."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.parcours import etapes
from dossiers.demandes.plan import composer, connait_les_lecteurs, visibles
from dossiers.echanges.faits import Faits
from dossiers.echanges.histoire import dire
from dossiers.exceptions.listes import exceptions_montrees
from dossiers.justificatifs.lignes import lignes_pieces
from dossiers.partages.models import Dossier, Nature
from dossiers.partages.natures import Donnee
from dossiers.partages.premier_ecran import FAITS_MONTRES, PremierEcran
from dossiers.partages.profils import Droit, Regard
from partners.habilitations.models import Profil
from partners.organismes.models import Programme


def contexte_apercu(ecran: PremierEcran, regard: Regard, derniere_visite: datetime | None) -> dict[str, Any]:
    """The cards of the overview: news, the demande in view, its papers, the last events, plan and readers."""
    demande = ecran.demande
    faits = dire(ecran.evenements, _faits(ecran, regard), regard, derniere_visite)[:FAITS_MONTRES]
    return {
        "demande": demande,
        "demande_etat": _etat(demande) if demande else None,
        "etapes": etapes(demande) if demande and demande.soumise_le else [],
        "pieces": lignes_pieces(ecran.pieces, regard),
        "plan": _plan(ecran, regard),
        "evenements": faits,
        "nouveautes": sum(fait.neuf for fait in faits),
        "derniere_visite": derniere_visite,
        "partages": lecteurs_montres(ecran.partages, regard),
        "partage_suspendu": ecran.suspendu and regard.lit(Donnee.CONSENTEMENTS),
        "autres_dossiers": [_autre(autre) for autre in ecran.autres],
        "exceptions": exceptions_montrees(ecran.dossier, regard),
        "ouvert_par": ecran.ouvert_par,
        "ouvert_par_profil": Profil(ecran.ouvert_par.profil).label,
    }


def _etat(demande: Any) -> dict[str, str]:
    etat = EtatDemande(demande.etat)
    return {"libelle": etat.label, "ton": etats.TONS.get(etat, "calme")}


def _autre(dossier: Any) -> dict[str, str]:
    return {"numero": dossier.numero, "programme": Programme(dossier.programme).label}


def _faits(ecran: PremierEcran, regard: Regard) -> Faits:
    faits = Faits({}, {}, {}, {}, set())
    contributions = []
    for e in ecran.evenements:
        if e.piece:
            faits.pieces[e.donnees["piece"]] = e.piece
        if e.decision:
            faits.decisions[e.donnees["decision"]] = e.decision
        if e.consentement:
            faits.consentements[e.donnees["consentement"]] = e.consentement
        if e.contribution:
            contributions.append(e.contribution)
        faits.demandees.update({demandee.pk: demandee for demandee in e.demandees or []})
    faits.contributions.update(c.pk for c in visibles(contributions, ecran.lecteurs_connus(regard)))
    return faits


def _plan(ecran: PremierEcran, regard: Regard) -> dict[str, Any] | None:
    demande = ecran.demande
    if demande is None or demande.cout is None or not regard.peut(Droit.VOIR_MONTANTS):
        return None
    return composer(demande, visibles(ecran.contributions, ecran.lecteurs_connus(regard)), regard)


def lecteurs_montres(partages: Iterable[Any], regard: Regard) -> list[Any]:
    """The shares that a regard may know: for a partner the CNMSS's and its own, so that no refusal shows (rule 8)."""
    if connait_les_lecteurs(regard):
        return list(partages) if regard.lit(Donnee.DESTINATAIRES) else []
    propre = regard.habilitation.organisme_id
    return [p for p in partages if p.nature == Nature.MISSION or p.organisme_id == propre]


def partages_montres(dossier: Dossier, regard: Regard) -> list[Any]:
    """Who reads the dossier today, as this regard may know it."""
    lignes = (
        dossier.partages.actifs()
        .exclude(nature=Nature.UNITE)
        .select_related("organisme")
        .only("dossier", "nature", "depuis", "organisme__code", "organisme__sigle", "organisme__nom")
        .order_by("-nature", "organisme__sigle")
    )
    return lecteurs_montres(lignes, regard)
