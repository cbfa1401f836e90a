from django.apps import AppConfig
from django.conf import settings


class OpexConfig(AppConfig):
    name = "opex"
    verbose_name = "Dossier unique OPEX"

    def ready(self) -> None:
        # Importing registers: words of the history, announcements, tabs, menu entries, outbox handlers, letters.
        from opex import branchements  # noqa: F401
        from opex.imprimes import branchements as imprimes  # noqa: F401
        from opex.recensement import branchements as recensement  # noqa: F401
        from opex.suivi import branchements as suivi  # noqa: F401
        from opex.vie import branchements as vie  # noqa: F401

        if settings.MODE_DEMO:
            from opex.demonstration import charger  # noqa: F401
