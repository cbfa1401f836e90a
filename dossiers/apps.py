from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        # Importing registers: outbox handlers, menu entries, tasks and their genres, ready lists, what passes into
        # other hands.
        from dossiers.consentements import succession
        from dossiers.controle import navigation as navigation_controle  # noqa: F401
        from dossiers.controle import traitements as traitements_controle  # noqa: F401
        from dossiers.correspondants import navigation as navigation_correspondants  # noqa: F401
        from dossiers.demandes import catalogue, releve  # noqa: F401
        from dossiers.echanges import traitements  # noqa: F401
        from dossiers.exceptions import cartes  # noqa: F401
        from dossiers.exceptions import traitements as traitements_exceptions  # noqa: F401
        from dossiers.partages import navigation, tasks  # noqa: F401
        from dossiers.situations import contenus  # noqa: F401
        from partners.successions.reprise import register

        register(succession)
