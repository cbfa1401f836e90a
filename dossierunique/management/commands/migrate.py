"""`migrate`, run by the role that owns the schema."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    """Same as Django's; `--database` is `proprietaire` unless told otherwise."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="proprietaire")

    def handle(self, *args, **options) -> None:
        if options["database"] not in connections:
            raise CommandError(
                "DATABASE_OWNER_URL manque : les migrations se font sous le rôle propriétaire."
            )
        super().handle(*args, **options)
