"""Re-reads every stored file, compares it with its fingerprint, and looks for objects that nobody owns."""

import hashlib
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dossierunique.fichiers import entrepot, lecture
from dossierunique.fichiers.erreurs import FichierAltere
from dossierunique.fichiers.models import Fichier
from dossierunique.securite.identite import systeme

# An object is stored before its row is committed: a young one may belong to a request in progress.
AGE_ORPHELIN = timedelta(hours=24)


class Command(BaseCommand):
    help = "Relit et recalcule l’empreinte de tous les fichiers ; signale les objets orphelins."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--supprimer-orphelins",
            action="store_true",
            help="retire les objets sans ligne, vieux de plus d’un jour",
        )

    def handle(self, *args, **options) -> None:
        with systeme("verifier-fichiers"):
            verifies, alteres = self._relire()
            orphelins = self._orphelins()
        for chemin in orphelins:
            self.stdout.write(f"orphelin : {chemin}")
            if options["supprimer_orphelins"]:
                entrepot.retirer(chemin)
        self.stdout.write(f"{verifies} fichiers vérifiés, {alteres} altérés, {len(orphelins)} orphelins")
        if alteres:
            raise CommandError("des fichiers sont altérés ou absents")

    def _relire(self) -> tuple[int, int]:
        verifies = alteres = 0
        for fichier in Fichier.objects.order_by("pk").iterator(chunk_size=500):
            verifies += 1
            if ennui := defaut(fichier):
                alteres += 1
                self.stdout.write(f"altéré : {fichier.reference} ({ennui})")
        return verifies, alteres

    def _orphelins(self) -> list[str]:
        stockage, limite = entrepot.entrepot(), timezone.now() - AGE_ORPHELIN
        return [
            chemin
            for chemin in entrepot.inventaire()
            if not Fichier.objects.filter(chemin=chemin).exists()
            and stockage.get_modified_time(chemin) < limite
        ]


def defaut(fichier: Fichier) -> str:
    """What is wrong with a stored file, or ""."""
    calcul, taille = hashlib.sha256(), 0
    try:
        for morceau in lecture.flux(fichier):
            calcul.update(morceau)
            taille += len(morceau)
    except FichierAltere as erreur:
        return str(erreur)
    if taille != fichier.taille or calcul.hexdigest() != fichier.sha256:
        return "empreinte différente"
    return ""
