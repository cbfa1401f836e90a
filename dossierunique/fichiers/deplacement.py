"""A file goes from a safe to another, or from a key to the one in force: encrypted again, read again, then replaced."""

import hashlib
from functools import partial

from django.db import transaction

from dossierunique.fichiers import chiffrement, entrepot, lecture
from dossierunique.fichiers.erreurs import FichierAltere
from dossierunique.fichiers.models import Fichier
from dossierunique.securite.coffres import Coffre


def est_en_place(fichier: Fichier, coffre: Coffre) -> bool:
    """Whether the file is in this safe, under its key in force."""
    dedans = fichier.coffre == fichier.coffre_cle == coffre
    return dedans and fichier.cle_id == chiffrement.cle_courante(coffre)


@transaction.atomic
def mettre_au_coffre(fichier: Fichier, coffre: Coffre, nom: str = "") -> Fichier:
    """Put a file in a safe, under another name if one is given; what is already in place is not touched.

    The former object goes when the transaction is committed. Raises FichierAltere, and changes nothing, when the
    content is not the expected one before or after.
    """
    fichier = Fichier.objects.select_for_update().get(pk=fichier.pk)
    if nom and fichier.nom != nom:
        fichier.nom = nom
        fichier.save(update_fields=["nom"])
    if est_en_place(fichier, coffre):
        return fichier
    ancien = fichier.chemin
    source = entrepot.Flux(lecture.flux(fichier))
    fichier.chemin, fichier.cle_id = entrepot.ranger(source, fichier.reference, coffre)
    fichier.coffre = fichier.coffre_cle = coffre
    try:
        _relire(fichier)
        fichier.save(update_fields=["chemin", "cle_id", "coffre", "coffre_cle"])
    except BaseException:
        entrepot.retirer(fichier.chemin)
        raise
    transaction.on_commit(partial(entrepot.retirer, ancien))
    return fichier


def _relire(fichier: Fichier) -> None:
    calcul = hashlib.sha256()
    for morceau in lecture.flux(fichier):
        calcul.update(morceau)
    if calcul.hexdigest() != fichier.sha256:
        raise FichierAltere("empreinte différente")
