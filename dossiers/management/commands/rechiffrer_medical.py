"""Puts every medical paper in the medical safe, under the key in force: after an update, or a rotation of keys.

May be stopped and run again: what is in place is not touched, and each paper is its own transaction.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dossiers.justificatifs.actions import nom_au_coffre, taire_le_rejet
from dossiers.justificatifs.models import Justificatif
from dossierunique.fichiers.deplacement import est_en_place, mettre_au_coffre
from dossierunique.fichiers.erreurs import FichierAltere
from dossierunique.securite.coffres import Coffre
from dossierunique.securite.identite import systeme


class Command(BaseCommand):
    help = "Chiffre les pièces médicales sous la clé médicale en vigueur ; sans --executer, dit ce qui reste à faire."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--executer", action="store_true", help="chiffre vraiment")

    def handle(self, *args, **options) -> None:
        with systeme("rechiffrer_medical"):
            restent = [cle for cle, a_faire in self._medicales() if a_faire]
        if not options["executer"]:
            self.stdout.write(f"{len(restent)} pièces à chiffrer (relancez avec --executer)")
            return
        alterees = sum(not self._chiffrer(cle) for cle in restent)
        self.stdout.write(f"{len(restent) - alterees} pièces chiffrées, {alterees} illisibles")
        if alterees:
            raise CommandError("des pièces sont altérées ou absentes : voir verifier_fichiers")

    def _medicales(self) -> list[tuple[int, bool]]:
        pieces = Justificatif.objects.filter(type__classe="medical").select_related("type", "fichier")
        return [(piece.pk, a_faire(piece)) for piece in pieces.order_by("pk").iterator(chunk_size=500)]

    def _chiffrer(self, cle: int) -> bool:
        try:
            with systeme("rechiffrer_medical"), transaction.atomic():
                pieces = Justificatif.objects.select_for_update(of=("self",)).select_related(
                    "type", "fichier"
                )
                piece = pieces.get(pk=cle)
                mettre_au_coffre(piece.fichier, Coffre.MEDICAL, nom_au_coffre(piece.type))
                taire_le_rejet(piece, piece.verifie_par or piece.depose_par)
                piece.save(update_fields=["motif_rejet"])
        except FichierAltere as erreur:
            self.stdout.write(f"illisible : pièce {cle} ({erreur})")
            return False
        return True


def a_faire(piece: Justificatif) -> bool:
    """Whether something of a medical paper is still under an ordinary key, or in clear."""
    en_place = est_en_place(piece.fichier, Coffre.MEDICAL) and piece.fichier.nom == nom_au_coffre(piece.type)
    return not en_place or piece.motif_rejet not in ("", piece.get_raison_rejet_display())
