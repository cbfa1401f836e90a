from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        # Importing registers: the outbox handlers, the entries of the menu, the tasks, what passes into other hands.
        from dossiers.consentements import succession
        from dossiers.demandes import releve  # noqa: F401
        from dossiers.echanges import traitements  # noqa: F401
        from dossiers.partages import navigation, tasks  # noqa: F401
        from partners.successions.reprise import register

        register(succession)
