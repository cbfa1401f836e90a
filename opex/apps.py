from django.apps import AppConfig


class OpexConfig(AppConfig):
    name = "opex"
    verbose_name = "Dossier unique OPEX"

    def ready(self) -> None:
        # Importing registers: words of the history, announcements, tabs, menu entries, outbox handlers, letters.
        from opex import branchements  # noqa: F401
