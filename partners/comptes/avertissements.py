"""What opens an account has changed: its owner is told by e-mail, with what to do if it was not her.

Always sent, whatever she chose to receive: who took her account over would choose for her.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from dossierunique.notifications.courriels import adresse_absolue
from dossierunique.notifications.sortie import deposer, traitement
from partners.comptes.models import Utilisateur

GENRE = "comptes.avertissement"
# Recovery codes come and go with the first and the last factor: one message says both.
FAITS = {
    "totp_ajout": "Une application d’authentification a été ajoutée à votre compte",
    "totp_retrait": "L’application d’authentification de votre compte a été retirée",
    "webauthn_ajout": "Une clé d’accès a été ajoutée à votre compte",
    "webauthn_retrait": "Une clé d’accès de votre compte a été retirée",
    "codes": "De nouveaux codes de secours ont été faits pour votre compte\u00a0; les anciens ne servent plus",
    "mot_de_passe": "Le mot de passe de votre compte a changé",
    "proconnect_ajout": "Votre compte a été rattaché à une identité ProConnect",
    "proconnect_retrait": "Votre compte n’est plus rattaché à ProConnect",
}


def avertir(utilisateur: Utilisateur, geste: str) -> None:
    """Promise the e-mail in the current transaction; a gesture that no message tells of is left out."""
    if geste not in FAITS or not utilisateur.email:
        return
    quand = timezone.now()
    cle = f"avertissement-{utilisateur.pk}-{geste}-{quand:%Y%m%d%H%M%S%f}"
    deposer(GENRE, {"utilisateur": utilisateur.pk, "geste": geste, "quand": quand.isoformat()}, cle)


@traitement(GENRE)
def envoyer(donnees: dict[str, Any]) -> None:
    """Send it: what happened, when, and what to do; nothing that names anybody."""
    utilisateur = Utilisateur.objects.filter(pk=donnees["utilisateur"], is_active=True).first()
    if utilisateur is None or not utilisateur.email:
        return
    contexte = {
        "fait": FAITS[donnees["geste"]],
        "quand": parse_datetime(donnees["quand"]),
        "mot_de_passe": adresse_absolue(reverse("account_reset_password")),
        "securite": adresse_absolue(reverse("mfa_index")),
        "mode_demo": settings.MODE_DEMO,
    }
    corps = render_to_string("partners/courriels/avertissement.txt", contexte)
    objet = "Dossier unique\u00a0: la sécurité de votre compte a changé"
    EmailMessage(objet, corps, to=[utilisateur.email], headers={"Auto-Submitted": "auto-generated"}).send()
