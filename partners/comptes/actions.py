"""Opening an account: the person chooses the password by a link that serves once."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.sortie import deposer
from partners.comptes.models import Utilisateur
from partners.habilitations import policies
from partners.habilitations.models import Habilitation


@transaction.atomic
def creer_utilisateur(
    par: Habilitation, *, identifiant: str, prenom: str, nom: str, courriel: str, telephone: str = ""
) -> Utilisateur:
    """Create an account that nobody knows the password of, and invite its owner to choose one."""
    policies.exiger_administrateur(par)
    if Utilisateur.objects.filter(username__iexact=identifiant).exists():
        raise ActionRefusee("Cet identifiant est déjà pris.", "identifiant")
    if Utilisateur.objects.filter(email__iexact=courriel).exists():
        raise ActionRefusee("Un compte existe déjà avec cette adresse.", "courriel")
    utilisateur = Utilisateur.objects.create_user(
        identifiant,
        courriel,
        get_random_string(48),
        first_name=prenom,
        last_name=nom,
        telephone=telephone,
    )
    journaliser(par, Acte.CREER, reference(utilisateur))
    _inviter(utilisateur)
    return utilisateur


@transaction.atomic
def renvoyer_invitation(par: Habilitation, utilisateur: Utilisateur) -> None:
    """Send another link, which replaces the earlier ones as soon as it has served."""
    policies.exiger_administrateur(par)
    if not utilisateur.is_active:
        raise ActionRefusee("Ce compte est fermé.")
    journaliser(par, Acte.MODIFIER, reference(utilisateur), motif="nouvelle invitation")
    _inviter(utilisateur)


def reference(utilisateur: Utilisateur) -> str:
    """How the journal names an account."""
    return f"utilisateur {utilisateur.pk}"


def _inviter(utilisateur: Utilisateur) -> None:
    # The link is made when the e-mail leaves: no secret waits in the outbox.
    cle = f"invitation-{utilisateur.pk}-{timezone.now():%Y%m%d%H%M%S%f}"
    deposer("comptes.invitation", {"utilisateur": utilisateur.pk}, cle)
