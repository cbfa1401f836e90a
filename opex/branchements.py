"""Where the OPEX programme joins the house: its tabs; each room then registers its menu, words and jobs."""

from dossiers.partages.profils import Droit
from dossiers.vues import declarer_programme
from partners.organismes.models import Programme

declarer_programme(
    Programme.OPEX,
    "vie:page",
    [
        ("vie", "Vie du dossier", "vie:page", None),
        ("suivi", "Blessures et suivi", "suivi:page", None),
        ("aides", "Aides reçues", "aides:liste", Droit.VOIR_AIDES),
        ("imprime", "Imprimé", "imprimes:liste", None),
    ],
    gardes=("demandes", "pieces", "courriers", "consentement", "acces"),
)
