"""Drops the months of the journal older than JOURNAL_MOIS_GARDES; only says which, unless --appliquer."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dossierunique.journal.retention import PurgeImpossible, a_purger, purger
from dossierunique.securite.identite import systeme


class Command(BaseCommand):
    help = "Supprime les mois du journal plus vieux que JOURNAL_MOIS_GARDES (à blanc sans --appliquer)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--appliquer", action="store_true", help="supprime pour de bon")

    def handle(self, *args: Any, **options: Any) -> None:
        with systeme("purger-journal"):
            mois = a_purger()
        if not mois:
            self.stdout.write(f"Rien à purger : {settings.JOURNAL_MOIS_GARDES} mois sont gardés.")
        echecs = [str(echec) for m in mois if (echec := self._un_mois(m, options["appliquer"]))]
        if echecs:
            raise CommandError(" ".join(echecs))

    def _un_mois(self, mois: Any, appliquer: bool) -> PurgeImpossible | None:
        if not appliquer:
            self.stdout.write(
                f"{mois} : {mois.lignes} lignes à supprimer, {mois.a_sceller} à sceller d’abord"
            )
            return None
        try:
            with systeme("purger-journal"):
                purger(mois)
        except PurgeImpossible as echec:
            return echec
        self.stdout.write(f"{mois} : {mois.lignes} lignes supprimées")
        return None
