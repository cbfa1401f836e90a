"""Writing the directory: services, people, and saying that an entry is still true."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from annuaire import policies
from annuaire.fiches.competences import Chose
from annuaire.fiches.models import Competence, Contact, Service
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from partners.models import Habilitation, Organisme

E = TypeVar("E", bound=Service | Contact)
SERVICE = frozenset({
    "nom", "unite", "missions", "telephone", "courriel", "adresse", "horaires", "note_horaires", "visible",
})  # fmt: skip
# What a person says of herself; her keeper says the rest.
MA_FICHE = frozenset({
    "fonction", "telephone", "portable", "courriel", "note_horaires", "absent_du", "absent_au", "suppleant",
})  # fmt: skip
CONTACT = MA_FICHE | {"prenom", "nom", "service", "utilisateur", "visible"}
NOM_PRIS = "Un service de cet organisme porte déjà ce nom."
COMPTE_PRIS = "Ce compte a déjà sa fiche dans l’annuaire."


def reference(entree: Service | Contact) -> str:
    """How the journal names an entry: never by a person's name."""
    return f"annuaire {entree._meta.verbose_name} {entree.pk}"


@transaction.atomic
def creer_service(par: Habilitation, organisme: Organisme, valeurs: Mapping[str, Any]) -> Service:
    """Add a service to an organisme that one keeps. Raises AccesRefuse, ActionRefusee."""
    policies.exiger_de_tenir(par, organisme)
    service = Service(organisme=organisme, **{k: v for k, v in valeurs.items() if k in SERVICE})
    _verifier_unite(service)
    ecrire(service, None)
    _fixer(service, valeurs.get("competences", ()))
    journaliser(par, Acte.CREER, reference(service))
    return service


@transaction.atomic
def modifier_service(
    par: Habilitation, service: Service, valeurs: Mapping[str, Any], version: int
) -> Service:
    """Change a service, and what it looks after when `competences` is given. Raises ModifieDepuis besides."""
    frais = verrouiller(Service, service.pk, version)
    policies.exiger_de_tenir(par, frais.organisme)
    changes = poser(frais, valeurs, SERVICE)
    _verifier_unite(frais)
    if "competences" in valeurs and _fixer(frais, valeurs["competences"]):
        changes = [*changes, "competences"]
    return enregistrer(par, frais, changes)


@transaction.atomic
def creer_contact(par: Habilitation, valeurs: Mapping[str, Any]) -> Contact:
    """Add a person to a service of an organisme that one keeps; sent twice, she is added once.

    Raises AccesRefuse, ActionRefusee.
    """
    contact = Contact(**{k: v for k, v in valeurs.items() if k in CONTACT})
    policies.exiger_de_tenir(par, contact.service.organisme)
    verifier_suppleant(contact)
    if (deja := _deja_la(contact)) is not None:
        return deja
    ecrire(contact, None)
    journaliser(par, Acte.CREER, reference(contact))
    return contact


def _deja_la(contact: Contact) -> Contact | None:
    """The same person of the same service; two submits at once wait for each other on the service."""
    Service.objects.select_for_update().get(pk=contact.service_id)
    memes = {"prenom": contact.prenom, "nom": contact.nom, "courriel": contact.courriel}
    return Contact.objects.filter(service=contact.service_id, **memes).order_by("pk").first()


@transaction.atomic
def modifier_contact(
    par: Habilitation, contact: Contact, valeurs: Mapping[str, Any], version: int
) -> Contact:
    """Change a person whom one keeps. Raises AccesRefuse, ActionRefusee, ModifieDepuis."""
    frais = verrouiller(Contact, contact.pk, version)
    policies.exiger_de_tenir(par, frais.service.organisme)
    changes = poser(frais, valeurs, CONTACT)
    # Moved to a service: its organisme is one's own too.
    policies.exiger_de_tenir(par, frais.service.organisme)
    verifier_suppleant(frais)
    return enregistrer(par, frais, changes)


@transaction.atomic
def confirmer(par: Habilitation, entree: E) -> E:
    """« Tout est exact »: by who keeps it, or by the person herself. Raises AccesRefuse."""
    frais = verrouiller(type(entree), entree.pk)
    if not (isinstance(frais, Contact) and policies.est_la_sienne(par, frais)):
        policies.exiger_de_tenir(par, frais.organisme)
    aujourdhui = timezone.localdate()
    if frais.verifie_le != aujourdhui:
        frais.verifie_le, frais.version = aujourdhui, frais.version + 1
        frais.save(update_fields=["verifie_le", "version"])
        journaliser(par, Acte.MODIFIER, reference(frais), details={"geste": "tout est exact"})
    return frais


def poser(entree: Service | Contact, valeurs: Mapping[str, Any], permis: Iterable[str]) -> list[str]:
    """Give an entry those of the values that may be given; the names of what changes."""
    changes = [nom for nom in sorted(permis) if nom in valeurs and getattr(entree, nom) != valeurs[nom]]
    for nom in changes:
        setattr(entree, nom, valeurs[nom])
    return changes


def enregistrer(par: Habilitation, entree: E, changes: list[str]) -> E:
    """Who saves a form has read it: the entry is verified today, changed or not."""
    aujourdhui = timezone.localdate()
    if not changes and entree.verifie_le == aujourdhui:
        return entree
    entree.verifie_le, entree.version = aujourdhui, entree.version + 1
    colonnes = [nom for nom in changes if nom != "competences"]
    ecrire(entree, [*colonnes, "verifie_le", "version"])
    journaliser(par, Acte.MODIFIER, reference(entree), details={"champs": changes})
    return entree


def ecrire(entree: Service | Contact, champs: list[str] | None) -> None:
    """Save an entry; what the database refuses is said beside its field. Raises ActionRefusee."""
    try:
        with transaction.atomic():
            entree.save(update_fields=champs)
    except IntegrityError as erreur:
        if "service_un_nom_par_organisme" in str(erreur):
            raise ActionRefusee(NOM_PRIS, "nom") from None
        if "utilisateur_id" in str(erreur):
            raise ActionRefusee(COMPTE_PRIS, "utilisateur") from None
        raise


def _verifier_unite(service: Service) -> None:
    if service.unite is not None and service.unite.organisme_id != service.organisme_id:
        raise ActionRefusee("Cette unité est d’un autre organisme.", "unite")


def verifier_suppleant(contact: Contact) -> None:
    """Somebody else, shown, for an absence that has dates. Raises ActionRefusee."""
    if contact.suppleant_id is None:
        return
    if contact.suppleant_id == contact.pk:
        raise ActionRefusee("Une personne ne se remplace pas elle-même.", "suppleant")
    if contact.absent_du is None:
        raise ActionRefusee("Indiquez d’abord les dates de l’absence.", "absent_du")
    if not contact.suppleant.visible:  # type: ignore[union-attr]
        raise ActionRefusee("Cette personne n’est plus dans l’annuaire.", "suppleant")


def _fixer(service: Service, choses: Iterable[Chose]) -> bool:
    """Make its competences these ones; whether anything changed."""
    voulues = set(choses)
    tenues = {Chose.de(c): c.pk for c in service.competences.all()}
    en_trop = [pk for chose, pk in tenues.items() if chose not in voulues]
    nouvelles = sorted(voulues - tenues.keys(), key=str)
    Competence.objects.filter(pk__in=en_trop).delete()
    Competence.objects.bulk_create(
        [Competence(service=service, **chose.champs()) for chose in nouvelles], ignore_conflicts=True
    )
    return bool(en_trop or nouvelles)
