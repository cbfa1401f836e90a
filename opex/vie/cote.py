"""The side of the life of a dossier: where it stands, what comes next, what was given, who sees it."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from dossiers.consentements.models import PreuveAConfirmer
from dossiers.exceptions.listes import exceptions_montrees
from dossiers.partages.apercu import partages_montres
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard
from opex.contributions.totaux import Totaux, totaux
from opex.suivi.lecture import echeances_lues
from opex.suivi.models import Echeance, EtatEcheance
from partners.models import Organisme

ECHEANCES_MONTREES = 5


def totaux_montres(dossier: Dossier, regard: Regard) -> Totaux | None:
    """What was given, as this regard may know it; None when it reads no aid."""
    if not regard.lit(Donnee.AIDE_OPEX):
        return None
    return totaux(dossier, famille=regard.lit(Donnee.AYANT_CAUSE))


def partenaires_de(donne: Totaux | None, organisme: Organisme) -> list[tuple[str, str]]:
    """Code and sigle of the partners to choose from: one's own organisme first."""
    connus = {ligne.code: ligne.organisme for ligne in donne.lignes} if donne else {}
    return sorted(connus.items(), key=lambda partenaire: partenaire[0] != organisme.code)


def autres_dossiers(dossier: Dossier, regard: Regard) -> list[dict[str, str]]:
    """The person's dossiers of the other programmes that this habilitation reads."""
    autres = (
        Dossier.objects.visibles_par(regard.habilitation)
        .filter(assure=dossier.assure_id)
        .exclude(pk=dossier.pk)
    )
    return [
        {"numero": d.numero, "programme": d.get_programme_display()} for d in autres.order_by("programme")
    ]


def contexte_cote(dossier: Dossier, regard: Regard, donne: Totaux | None) -> dict[str, Any]:
    """What the side of the page shows."""
    return {
        "echeances": echeances(dossier, regard) if regard.lit(Donnee.SUIVI) else [],
        "totaux": donne,
        "partages": partages_montres(dossier, regard),
        "exceptions": exceptions_montrees(dossier, regard),
        "partage_suspendu": regard.lit(Donnee.CONSENTEMENTS) and _suspendu(dossier),
        "autres_dossiers": autres_dossiers(dossier, regard),
        "aujourdhui": timezone.localdate(),
    }


def _suspendu(dossier: Dossier) -> bool:
    return PreuveAConfirmer.objects.filter(dossier=dossier, suspendu_le__isnull=False).exists()


def echeances(dossier: Dossier, regard: Regard) -> Iterable[Echeance]:
    """The first steps still to be taken, of those that this regard reads."""
    a_faire = echeances_lues(dossier, regard).filter(etat=EtatEcheance.A_FAIRE)
    return list(a_faire.order_by("le", "pk")[:ECHEANCES_MONTREES])
