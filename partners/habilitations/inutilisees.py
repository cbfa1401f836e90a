"""An habilitation that nobody uses is a door left open: warned of, then suspended."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.formats import jour as en_mots
from dossierunique.verrou import verrouiller
from partners.habilitations import policies, regles
from partners.habilitations.actions import poser
from partners.habilitations.annonces import annoncer_alerte, numero
from partners.habilitations.models import CauseSuspension, EtatHabilitation, Habilitation, Profil


def noter_utilisation(habilitation: Habilitation, jour: date) -> None:
    """Remember that it was used that day; one UPDATE a day, whoever comes first."""
    Habilitation.objects.filter(pk=habilitation.pk).exclude(derniere_utilisation=jour).update(
        derniere_utilisation=jour
    )
    habilitation.derniere_utilisation = jour


def _inutilisees_depuis(limite: date) -> QuerySet[Habilitation]:
    usage = Greatest(Coalesce(F("derniere_utilisation"), F("debut")), F("active_depuis"), F("debut"))
    return (
        Habilitation.objects.en_vigueur()
        .annotate(usage=usage)
        .filter(usage__lte=limite)
        .select_related("utilisateur", "organisme")
        .order_by("pk")
    )


def avertir() -> int:
    """Tell who is about to be suspended, and his responsable, some days before; once for each spell."""
    jours, preavis = settings.HABILITATION_INUTILISEE_JOURS, settings.HABILITATION_INUTILISEE_PREAVIS
    aujourdhui = timezone.localdate()
    proches = _inutilisees_depuis(aujourdhui - timedelta(days=jours - preavis))
    for habilitation in proches:
        depuis = habilitation.inutilisee_depuis
        fin = max(depuis + timedelta(days=jours), aujourdhui)
        annoncer_alerte(
            habilitation,
            f"L’habilitation {numero(habilitation)} n’a pas servi depuis le {en_mots(depuis)} : elle sera suspendue "
            f"le {en_mots(fin)}. S’en servir une fois suffit à la garder.",
            f"habilitation-{habilitation.pk}-inutilisee-{depuis}",
        )
    return len(proches)


def suspendre_inutilisees() -> int:
    """Suspend what nobody used for HABILITATION_INUTILISEE_JOURS; the last administrator in force stays."""
    limite = timezone.localdate() - timedelta(days=settings.HABILITATION_INUTILISEE_JOURS)
    return sum(_suspendre(h, limite) for h in list(_inutilisees_depuis(limite)))


@transaction.atomic
def _suspendre(vue: Habilitation, limite: date) -> bool:
    regles.verrouiller_administrateurs(vue)
    habilitation = verrouiller(Habilitation, vue.pk)
    # It may have been used, suspended or closed since the list was made.
    if habilitation.etat != EtatHabilitation.ACTIVE or habilitation.inutilisee_depuis > limite:
        return False
    dernier = habilitation.profil == Profil.ADMINISTRATEUR
    if dernier and not policies.autres_administrateurs(habilitation).exists():
        return False
    suspendre_d_office(
        habilitation,
        f"inutilisée depuis le {en_mots(habilitation.inutilisee_depuis)}",
        CauseSuspension.INUTILISEE,
    )
    return True


def suspendre_d_office(habilitation: Habilitation, motif: str, cause: CauseSuspension) -> None:
    """Suspend a locked habilitation by the calendar, and tell the person and those who may give it back."""
    regles.passer(habilitation, EtatHabilitation.SUSPENDUE)
    poser(habilitation, motif, cause)
    journaliser(
        None,
        Acte.MODIFIER,
        habilitation.reference,
        motif=motif,
        details={"de": "active", "vers": "suspendue"},
    )
    annoncer_alerte(
        habilitation,
        f"L’habilitation {numero(habilitation)} est suspendue : {motif}. Sa reprise se demande dans le portail.",
        f"habilitation-{habilitation.pk}-suspendue-{habilitation.version}",
    )
