"""Who may write what in the directory. Everybody who acts under an habilitation reads it: it is professional only.

Each organisme keeps its own entries (its responsable), the CNMSS's administrators any; each person keeps her own card.
"""

from django.db.models import Q, QuerySet

from annuaire.fiches.models import Contact, Service
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.models import Habilitation, Profil
from partners.habilitations.policies import est_responsable, peut_administrer
from partners.models import Organisme


def tient(par: Habilitation | None, organisme: Organisme) -> bool:
    """Whether `par` keeps the entries of this organisme, or of one that its own has succeeded."""
    if peut_administrer(par):
        return True
    return est_responsable(par, organisme.pk) or (
        organisme.successeur_id is not None and est_responsable(par, organisme.successeur_id)
    )


def tient_l_annuaire(par: Habilitation | None) -> bool:
    """Whether `par` keeps the entries of some organisme."""
    return par is not None and par.profil in (Profil.RESPONSABLE, Profil.ADMINISTRATEUR) and par.en_vigueur()


def organismes_tenus(par: Habilitation) -> QuerySet[Organisme]:
    """The organismes whose entries `par` keeps."""
    if not tient_l_annuaire(par):
        return Organisme.objects.none()
    if peut_administrer(par):
        return Organisme.objects.all()
    return Organisme.objects.filter(Q(pk=par.organisme_id) | Q(successeur=par.organisme_id))


def est_la_sienne(par: Habilitation | None, contact: Contact) -> bool:
    """Whether a card is the person's own, whatever her profile."""
    return par is not None and par.en_vigueur() and contact.utilisateur_id == par.utilisateur_id


def exiger_de_tenir(par: Habilitation | None, organisme: Organisme) -> None:
    """Raise AccesRefuse unless `par` keeps the entries of this organisme."""
    if not tient(par, organisme):
        raise AccesRefuse(motif="annuaire d’un autre organisme")


def exiger_tenue(par: Habilitation) -> None:
    """Raise AccesRefuse unless `par` keeps some entries."""
    if not tient_l_annuaire(par):
        raise AccesRefuse(motif="annuaire : profil sans entrées à tenir")


def services_lisibles(par: Habilitation | None) -> QuerySet[Service]:
    """The services shown to `par`: all but the hidden ones, which only their keeper sees."""
    lus = Service.objects.select_related("organisme__successeur", "unite")
    return lus.filter(Q(visible=True) | _gardes(par, "organisme")).order_by("tri", "pk")


def contacts_lisibles(par: Habilitation | None) -> QuerySet[Contact]:
    """The people shown to `par`; a hidden one sees her own card."""
    lus = Contact.objects.select_related("service__organisme__successeur", "service__unite")
    montres = Q(visible=True, service__visible=True) | _gardes(par, "service__organisme")
    if par is not None:
        montres |= Q(utilisateur=par.utilisateur_id)
    return lus.filter(montres).order_by("tri", "pk")


def _gardes(par: Habilitation | None, chemin: str) -> Q:
    """The entries that `par` keeps, whose organisme stands at this path."""
    if par is None or not tient_l_annuaire(par):
        return Q(pk__in=[])
    if peut_administrer(par):
        return Q(pk__isnull=False)
    return Q(**{chemin: par.organisme_id}) | Q(**{f"{chemin}__successeur": par.organisme_id})
