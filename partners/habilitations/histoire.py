"""What happened to a person's habilitations, from the history that the database keeps."""

from typing import Any

from django.apps import apps

from partners.comptes.models import Utilisateur

VERBES = {
    "active": "accordée",
    "suspendue": "suspendue",
    "close": "close",
    "demandee": "demandée",
    "validee": "validée par l’organisme",
}
# What the same state means after another one.
APRES = {
    ("suspendue", "active"): "reprise",
    ("demandee", "active"): "activée",
    ("validee", "active"): "activée",
    ("demandee", "close"): "demande refusée ou retirée",
    ("validee", "close"): "demande refusée ou retirée",
}


def histoire(utilisateur: Utilisateur, limite: int = 30) -> list[dict[str, Any]]:
    """Events for the timeline, latest first: changes of state, and the charter accepted."""
    evenements = list(
        apps.get_model("partners", "HabilitationEvent")
        .objects.filter(utilisateur_id=utilisateur.pk)
        .select_related("organisme")
        .order_by("-pgh_id")[: limite * 3]
    )
    precedents: dict[int, Any] = {}
    lignes = []
    for evenement in reversed(evenements):
        verbe = _verbe(evenement, precedents.get(evenement.pgh_obj_id))
        precedents[evenement.pgh_obj_id] = evenement
        if verbe:
            lignes.append(_ligne(evenement, verbe))
    return lignes[::-1][:limite]


def _ligne(evenement: Any, verbe: str) -> dict[str, Any]:
    return {
        "quand": evenement.pgh_created_at,
        "texte": f"{evenement.get_profil_display()}, {evenement.organisme} : {verbe}",
        "detail": evenement.motif,
    }


def _verbe(evenement: Any, avant: Any) -> str:
    if avant is None:
        return VERBES[evenement.etat]
    if avant.etat != evenement.etat:
        return APRES.get((avant.etat, evenement.etat), VERBES[evenement.etat])
    return "charte acceptée" if avant.charte_signee_le != evenement.charte_signee_le else ""
