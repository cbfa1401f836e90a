"""Digests: one e-mail for what a person has not yet read, never an empty one."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from dossierunique.notifications.centre import a_envoyer
from dossierunique.notifications.courriels import adresse_absolue, envoyer, lien
from dossierunique.notifications.models import Notification, Rythme
from dossierunique.notifications.sortie import deposer_lot, traitement

LIGNES_MAX = 50


def en_attente(rythme: str) -> Any:
    """Unread notifications that wait for a digest of this rhythm."""
    return Notification.objects.filter(rythme=rythme, courriel_le__isnull=True, lue_le__isnull=True)


def preparer(rythme: Rythme) -> int:
    """Promise today's digest to each person who has something to read; how many."""
    jour = timezone.localdate().isoformat()
    personnes = (
        en_attente(rythme).order_by("destinataire_id").values_list("destinataire_id", flat=True).distinct()
    )
    lot = [
        ({"personne": p, "rythme": rythme.value, "jour": jour}, f"resume:{rythme}:{jour}:{p}")
        for p in personnes
    ]
    return len(deposer_lot("resume", lot)) if lot else 0


@traitement("resume")
def envoyer_un_resume(donnees: dict[str, Any]) -> None:
    """Send the digest of one person with what is still unread now; nothing when all was read meanwhile."""
    personne = get_user_model()._default_manager.filter(pk=donnees["personne"], is_active=True).first()
    if personne is None or not personne.email:
        return
    lignes = a_envoyer(en_attente(donnees["rythme"]).filter(destinataire=personne).order_by("cree_le", "pk"))
    if not lignes:
        return
    envoyer(
        personne.email,
        "resume",
        {
            "lignes": [{"texte": n.texte, "lien": lien(n)} for n in lignes[:LIGNES_MAX]],
            "nombre": len(lignes),
            "autres": max(0, len(lignes) - LIGNES_MAX),
            "hebdomadaire": donnees["rythme"] == Rythme.HEBDOMADAIRE,
            "liste": adresse_absolue("/notifications/"),
        },
        identifiant=f"resume-{donnees['rythme']}-{donnees['jour']}-{personne.pk}",
    )
    Notification.objects.filter(pk__in=[n.pk for n in lignes]).update(courriel_le=timezone.now())
