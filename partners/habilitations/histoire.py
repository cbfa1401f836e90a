"""What happened to a person's habilitations, from the history that the database keeps."""

from typing import Any

from django.apps import apps

from partners.comptes.models import Utilisateur

VERBES = {
    "active": "accordée",
    "suspendue": "suspendue",
    "close": "close",
    "demandee": "demandée",
    "validee": "validée",
}


def histoire(utilisateur: Utilisateur, limite: int = 30) -> list[dict[str, Any]]:
    """Events for the timeline, latest first."""
    evenements = (
        apps.get_model("partners", "HabilitationEvent")
        .objects.filter(utilisateur_id=utilisateur.pk)
        .select_related("organisme")
        .order_by("-pgh_id")[:limite]
    )
    return [
        {
            "quand": evenement.pgh_created_at,
            "texte": f"{evenement.get_profil_display()}, {evenement.organisme} : {_verbe(evenement)}",
            "detail": evenement.motif,
        }
        for evenement in evenements
    ]


def _verbe(evenement: Any) -> str:
    if evenement.pgh_label == "update" and evenement.etat == "active":
        return "reprise"
    return VERBES[evenement.etat]
