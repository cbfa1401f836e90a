"""What waits for whom: the requests to decide, the suspended habilitations asked back, one organisme's people."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from partners.habilitations import policies
from partners.habilitations.models import CauseSuspension, EtatHabilitation, Habilitation, Profil

NOMMEES = ("utilisateur", "organisme", "demandee_par", "validee_par")


def _avec_responsable() -> Exists:
    """Whether somebody other than the person validates for her organisme."""
    autres = (
        Habilitation.objects.en_vigueur()
        .filter(profil=Profil.RESPONSABLE, organisme=OuterRef("organisme"))
        .exclude(utilisateur=OuterRef("utilisateur"))
    )
    return Exists(autres)


def a_decider(par: Habilitation) -> QuerySet[Habilitation]:
    """The requests whose next step is this person's."""
    demandes = Habilitation.objects.exclude(utilisateur=par.utilisateur_id).select_related(*NOMMEES)
    if policies.peut_administrer(par):
        validees = Q(etat=EtatHabilitation.VALIDEE) & ~Q(validee_par=par.utilisateur_id)
        return demandes.filter(validees | Q(~_avec_responsable(), etat=EtatHabilitation.DEMANDEE))
    if policies.est_responsable(par, par.organisme_id):
        return demandes.filter(etat=EtatHabilitation.DEMANDEE, organisme=par.organisme_id)
    return demandes.none()


def reprises(par: Habilitation) -> QuerySet[Habilitation]:
    """The suspended habilitations asked back, that this person may give back."""
    suspendues = Habilitation.objects.filter(
        etat=EtatHabilitation.SUSPENDUE, reprise_demandee_le__isnull=False
    )
    suspendues = suspendues.exclude(utilisateur=par.utilisateur_id).select_related(*NOMMEES)
    if policies.peut_administrer(par):
        return suspendues.filter(Q(cause=CauseSuspension.DECISION) | ~Q(_avec_responsable()))
    if policies.est_responsable(par, par.organisme_id):
        return suspendues.filter(organisme=par.organisme_id).exclude(cause=CauseSuspension.DECISION)
    return suspendues.none()


def equipe(par: Habilitation) -> QuerySet[Habilitation]:
    """The living habilitations of a responsable's organisme."""
    return (
        Habilitation.objects.filter(organisme=par.organisme_id)
        .exclude(etat=EtatHabilitation.CLOSE)
        .select_related("utilisateur", "organisme")
        .prefetch_related("unites")
    )
