"""The entries of the menu for those who watch the accesses."""

from django.http import HttpRequest

from dossiers.controle.policies import est_dpo, est_responsable
from dossierunique.ui.navigation import Entree, enregistrer


def entrees(request: HttpRequest) -> list[Entree]:
    """The control space of the data protection officer; for a manager, the accesses of his people."""
    habilitation = getattr(request, "habilitation", None)
    if est_dpo(habilitation):
        return [Entree("Contrôle des accès", "controle:accueil", "/controle/")]
    if est_responsable(habilitation):
        return [Entree("Accès de mes agents", "controle:mes_agents", "/acces-de-mes-agents/")]
    return []


enregistrer(entrees)
