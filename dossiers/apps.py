from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        from dossiers.echanges import traitements  # noqa: F401  (registers the outbox handlers)
        from dossiers.partages import navigation  # noqa: F401  (registers the menu entries)
