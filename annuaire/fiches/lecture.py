"""Fetching what the pages of the directory show: an organisme, a service, a person, or a 404."""

from django.db.models import Count, Prefetch, Q, QuerySet

from annuaire import policies
from annuaire.fiches.models import Competence, Contact, Service
from dossierunique.journal.refus import AccesRefuse
from partners.models import Habilitation, Organisme

COMPETENCES = Prefetch("competences", Competence.objects.select_related("unite"))


def organisme_lisible(code: str) -> Organisme:
    """Any partner, even one that takes part in nothing, or that has ceased."""
    organisme = Organisme.objects.select_related("successeur").filter(code=code).first()
    if organisme is None:
        raise AccesRefuse(motif="organisme inconnu")
    return organisme


def service_lisible(par: Habilitation, pk: int) -> Service:
    """A service, with what it looks after; a hidden one for who keeps it."""
    service = policies.services_lisibles(par).prefetch_related(COMPETENCES).filter(pk=pk).first()
    if service is None:
        raise AccesRefuse(motif="service inconnu ou masqué")
    return service


def contact_lisible(par: Habilitation, pk: int) -> Contact:
    """A person, with her stand-in; a hidden one for who keeps her, and for herself."""
    lus = policies.contacts_lisibles(par).select_related("suppleant__service", "utilisateur")
    contact = lus.filter(pk=pk).first()
    if contact is None:
        raise AccesRefuse(motif="personne inconnue ou masquée")
    return contact


def services_de(par: Habilitation, organisme: Organisme) -> QuerySet[Service]:
    """The services of an organisme, with what they look after and how many people they show."""
    montres = Count("contacts", filter=Q(contacts__visible=True))
    services = policies.services_lisibles(par).filter(organisme=organisme).annotate(nombre=montres)
    return services.prefetch_related(COMPETENCES)


def personnes_de(par: Habilitation, organisme: Organisme) -> QuerySet[Contact]:
    """The people of an organisme, by name."""
    return policies.contacts_lisibles(par).select_related("suppleant").filter(service__organisme=organisme)


def fiche_de(par: Habilitation) -> Contact | None:
    """One's own card."""
    lues = Contact.objects.select_related("service__organisme", "suppleant")
    return lues.filter(utilisateur=par.utilisateur_id).first()
