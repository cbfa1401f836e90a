from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        # Importing registers: the outbox handlers, the entries of the menu, the tasks and their genres.
        from dossiers.echanges import traitements  # noqa: F401
        from dossiers.exceptions import traitements as exceptions  # noqa: F401
        from dossiers.partages import navigation, tasks  # noqa: F401
