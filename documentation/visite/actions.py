"""The only writers of the visit: going to a step, finishing it, setting it aside. Each may be done twice."""

from django.db import transaction
from django.utils import timezone

from documentation.visite.models import VisiteGuidee
from partners.models import Habilitation


@transaction.atomic
def aller(par: Habilitation, etape: int) -> VisiteGuidee:
    """Stand at a step: the visit begins, goes on, or begins again once it was over."""
    visite = _la_sienne(par)
    if not visite.en_cours:
        visite.commencee_le, visite.terminee_le, visite.ecartee_le = timezone.now(), None, None
    visite.etape = etape
    visite.save()
    return visite


@transaction.atomic
def terminer(par: Habilitation) -> VisiteGuidee:
    """See the last word; a visit that is not under way stays as it is."""
    visite = _la_sienne(par)
    if visite.en_cours:
        visite.terminee_le = timezone.now()
        visite.save()
    return visite


@transaction.atomic
def ecarter(par: Habilitation) -> VisiteGuidee:
    """Be offered it no more; its step is kept for who takes it up again."""
    visite = _la_sienne(par)
    if visite.terminee_le is None and visite.ecartee_le is None:
        visite.ecartee_le = timezone.now()
        visite.save()
    return visite


def _la_sienne(par: Habilitation) -> VisiteGuidee:
    visites = VisiteGuidee.objects.select_for_update(of=("self",))
    return visites.get_or_create(utilisateur_id=par.utilisateur_id, profil=par.profil)[0]
