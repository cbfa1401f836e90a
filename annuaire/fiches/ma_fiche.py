"""One's own card: changed by its person whatever her profile, made by her the first time."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from annuaire import policies
from annuaire.fiches.actions import MA_FICHE, ecrire, enregistrer, poser, reference, verifier_suppleant
from annuaire.fiches.models import Contact, Service
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.verrou import verrouiller
from partners.models import Habilitation, Utilisateur


@transaction.atomic
def modifier_ma_fiche(
    par: Habilitation, contact: Contact, valeurs: Mapping[str, Any], version: int
) -> Contact:
    """Change one's own card, whatever one's profile. Raises AccesRefuse, ActionRefusee, ModifieDepuis."""
    frais = verrouiller(Contact, contact.pk, version)
    if frais.utilisateur_id is None and reconnue(par) == frais:
        frais.utilisateur_id = par.utilisateur_id
        frais.save(update_fields=["utilisateur"])
    if not policies.est_la_sienne(par, frais):
        raise AccesRefuse(motif="fiche d’une autre personne")
    changes = poser(frais, valeurs, MA_FICHE)
    verifier_suppleant(frais)
    return enregistrer(par, frais, changes)


@transaction.atomic
def creer_ma_fiche(par: Habilitation, service: Service, valeurs: Mapping[str, Any]) -> Contact:
    """Enter oneself in a service of the organisme that one acts for; asked twice, it is done once."""
    if service.organisme_id != par.organisme_id or not service.visible:
        raise ActionRefusee("Choisissez un service de votre organisme.", "service")
    # Two submits at once wait for each other here.
    personne = Utilisateur.objects.select_for_update().get(pk=par.utilisateur_id)
    deja = Contact.objects.filter(utilisateur=personne).first()
    if deja is not None:
        return deja
    contact = Contact(
        service=service, utilisateur=personne, prenom=personne.first_name, nom=personne.last_name or personne.username,
        **{k: v for k, v in valeurs.items() if k in MA_FICHE},
    )  # fmt: skip
    verifier_suppleant(contact)
    ecrire(contact, None)
    journaliser(par, Acte.CREER, reference(contact))
    return contact


def reconnue(par: Habilitation) -> Contact | None:
    """The card of one's organisme that bears one's e-mail, and that no account holds yet."""
    adresse = par.utilisateur.email
    if not adresse or Contact.objects.filter(utilisateur=par.utilisateur_id).exists():
        return None
    siennes = Contact.objects.filter(
        courriel__iexact=adresse, utilisateur__isnull=True, service__organisme=par.organisme_id
    )
    return siennes.order_by("pk").first()
