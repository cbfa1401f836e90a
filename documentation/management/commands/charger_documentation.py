from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documentation.articles.chargement import charger
from documentation.articles.fichiers_source import FichierIllisible, lire_tous
from documentation.demonstration import animer
from partners.organismes.models import Organisme, TypeOrganisme


class Command(BaseCommand):
    help = "Publishes the articles brought with the portal; may be run again at each update."

    def handle(self, *args: Any, **options: Any) -> None:
        cnmss = Organisme.objects.filter(type=TypeOrganisme.CNMSS, jusque__isnull=True).order_by("pk").first()
        if cnmss is None:
            raise CommandError(
                "Il manque l’organisme CNMSS, qui signe ces articles : lancez creer_administrateur."
            )
        try:
            bilan = charger(lire_tous(), cnmss)
        except FichierIllisible as illisible:
            raise CommandError(str(illisible)) from illisible
        self.stdout.write(
            f"Documentation : {len(bilan.crees)} articles ajoutés, {len(bilan.mis_a_jour)} mis à jour."
        )
        if settings.MODE_DEMO:
            animer()
        for slug in bilan.laisses:
            self.stdout.write(f"  {slug} a été modifié ou retiré dans le portail : il est laissé tel quel.")
