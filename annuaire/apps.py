from django.apps import AppConfig
from django.conf import settings


class AnnuaireConfig(AppConfig):
    name = "annuaire"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        # Importing registers: the menu entry, the genre of its reminders, what the header's search finds, the demo.
        from annuaire import navigation
        from annuaire.fiches import rappels  # noqa: F401
        from annuaire.recherche import portail  # noqa: F401
        from dossierunique.ui.navigation import enregistrer

        enregistrer(navigation.entrees)
        if settings.MODE_DEMO:
            from annuaire.demonstration import charger  # noqa: F401
