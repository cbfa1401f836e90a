from django.apps import AppConfig


class FichiersConfig(AppConfig):
    name = "dossierunique.fichiers"
    label = "fichiers"
    verbose_name = "fichiers"

    def ready(self) -> None:
        from dossierunique.fichiers import analyse  # noqa: F401  registers the outbox handler
