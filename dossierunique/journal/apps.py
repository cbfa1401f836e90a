from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dossierunique.journal"
    verbose_name = "Journal des accès"

    def ready(self) -> None:
        from dossierunique.journal import signaux  # noqa: F401
