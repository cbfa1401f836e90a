"""The steps to come in the dossiers that somebody reads: their list, and their card on the home."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from dossiers.demandes.corbeilles import PERSONNES
from dossiers.partages.cartes import Carte, chiffre
from dossiers.partages.models import Partage
from dossiers.partages.profils import Droit, Regard
from opex.suivi.lecture import marquer
from opex.suivi.models import Echeance, EtatEcheance, Suivi
from partners.models import Habilitation
from partners.organismes.models import Programme

NOMMES = ("dossier__unite", Prefetch("dossier__assure", PERSONNES))
PREMIERES = 6


def lues(habilitation: Habilitation) -> QuerySet[Echeance]:
    """The steps to do in the dossiers that this habilitation reads."""
    partages = Partage.objects.visibles_par(habilitation).filter(dossier=OuterRef("dossier"))
    return Echeance.objects.filter(Exists(partages), etat=EtatEcheance.A_FAIRE)


def filtrer(lignes: QuerySet[Echeance], regard: Regard, code: str) -> QuerySet[Echeance]:
    """Those that are late, those of the dossiers that one follows oneself, or all."""
    if code == "en-retard":
        return lignes.filter(le__lt=timezone.localdate())
    if code == "miennes":
        suivis = Q(referent=regard.habilitation)
        if regard.est_cnmss:
            # Without a referent, the steps are recalled to the gestionnaires.
            suivis |= Q(referent__isnull=True)
        return lignes.filter(dossier__in=Suivi.objects.filter(suivis).values("dossier"))
    return lignes


def marquer_proches(lignes: Iterable[Echeance]) -> None:
    """Say which are late, and which are due soon."""
    bientot = timezone.localdate() + timedelta(days=settings.ECHEANCE_RAPPEL_JOURS)
    for ligne in lignes:
        marquer(ligne).proche = ligne.le <= bientot  # type: ignore[attr-defined]


def carte(regard: Regard) -> Carte | None:
    """On the home of who follows the wounded: the next steps of her own dossiers."""
    if Programme.OPEX not in regard.habilitation.programmes or not regard.peut(Droit.SUIVRE):
        return None
    miennes = filtrer(lues(regard.habilitation), regard, "miennes").order_by("le", "pk")
    lignes = list(miennes.prefetch_related(*NOMMES)[:PREMIERES])
    if not lignes:
        return None
    marquer_proches(lignes)
    ton = "alerte" if lignes[0].le < timezone.localdate() else "attente"
    return Carte(
        "opex/suivi/_accueil.html",
        chiffre(miennes, ("étape OPEX à suivre", "étapes OPEX à suivre"), "/opex/echeances/", ton),
        lignes,
        [ligne.dossier.numero for ligne in lignes],
    )
