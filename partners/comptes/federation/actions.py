"""Linking an account to an identity at the provider, unlinking it, finding it again: by `sub`, never by e-mail."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from partners.comptes.actions import reference
from partners.comptes.avertissements import avertir
from partners.comptes.models import IdentiteFederee, Utilisateur


def compte_de(sub: str) -> Utilisateur | None:
    """The open account linked to this identity of the configured provider."""
    identite = (
        IdentiteFederee.objects.filter(emetteur=settings.OIDC_EMETTEUR, sub=sub, utilisateur__is_active=True)
        .select_related("utilisateur")
        .first()
    )
    if identite is None:
        return None
    IdentiteFederee.objects.filter(pk=identite.pk).update(vue_le=timezone.now())
    return identite.utilisateur


@transaction.atomic
def rattacher(utilisateur: Utilisateur, sub: str) -> IdentiteFederee:
    """Link the account to this identity. Raises ActionRefusee when either is already linked elsewhere."""
    try:
        with transaction.atomic():
            identite = IdentiteFederee.objects.create(
                utilisateur=utilisateur, emetteur=settings.OIDC_EMETTEUR, sub=sub
            )
    except IntegrityError as erreur:
        raise ActionRefusee(
            "Cette identité ProConnect, ou ce compte, est déjà rattaché. Détachez d’abord l’ancien rattachement."
        ) from erreur
    journaliser(
        Personne(utilisateur), Acte.MODIFIER, reference(utilisateur), motif="ProConnect : rattachement"
    )
    avertir(utilisateur, "proconnect_ajout")
    return identite


@transaction.atomic
def detacher(utilisateur: Utilisateur) -> bool:
    """Undo the link; says whether there was one."""
    faits, _ = IdentiteFederee.objects.filter(
        utilisateur=utilisateur, emetteur=settings.OIDC_EMETTEUR
    ).delete()
    if faits:
        journaliser(
            Personne(utilisateur), Acte.MODIFIER, reference(utilisateur), motif="ProConnect : détachement"
        )
        avertir(utilisateur, "proconnect_retrait")
    return bool(faits)


def noter_inconnu() -> None:
    """Somebody the provider knows and we do not: nothing of the identity is kept."""
    journaliser(
        None, Acte.REFUS, "connexion", motif="identité ProConnect non rattachée à un compte",
        details={"identifiant": "inconnu"},
    )  # fmt: skip
