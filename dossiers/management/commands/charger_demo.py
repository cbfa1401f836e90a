from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from dossiers.demonstration.charger import charger


class Command(BaseCommand):
    help = "Loads the fictitious data of the demo, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MODE_DEMO:
            raise CommandError("Les données fictives ne se chargent qu’en mode démonstration.")
        fait = charger()
        # By its name: the documentation knows no dossier, and the dossiers do not know it.
        call_command("charger_documentation", stdout=self.stdout)
        self.stdout.write("Données de démonstration chargées." if fait else "Données déjà présentes.")
