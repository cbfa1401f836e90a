from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dossiers.partages.verification import ecarts


class Command(BaseCommand):
    help = "Vérifie que les partages, le second verrou et les règles disent la même chose."

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = 0
        for ecart in ecarts():
            nombre += 1
            self.stdout.write(str(ecart))
        if nombre:
            raise CommandError(f"{nombre} écarts")
        self.stdout.write("Partages, second verrou et règles concordent.")
