"""The only way in: check, clean, encrypt, store, then write the row."""

import hashlib
import io
import uuid
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from dossierunique.acteurs import Acteur
from dossierunique.fichiers import antivirus, entrepot, nettoyage, noms, reglages
from dossierunique.fichiers.erreurs import FichierRefuse
from dossierunique.fichiers.models import Analyse, EtatFichier, Fichier
from dossierunique.notifications import sortie
from dossierunique.securite.coffres import Coffre

MORCEAU = 1024 * 1024

__all__ = ["FichierRefuse", "deposer", "enregistrer_pdf"]


def deposer(
    televerse: UploadedFile, *, cree_par: Acteur, nom: str | None = None, coffre: Coffre = Coffre.ORDINAIRE
) -> Fichier:
    """Keep what a person uploads, as a clean PDF; raises FichierRefuse with the message to show.

    Cleaning is done in memory: nothing of it is stored before it is encrypted under the keys of its safe.
    """
    _verifier_taille(televerse.size or 0)
    propre = nettoyage.nettoyer(_contenu(televerse))
    etat, analyse = _etat_initial()
    fichier = _ranger(
        propre.contenu,
        nom=noms.nom_affichable(nom or televerse.name or ""),
        taille=propre.taille,
        pages=propre.pages,
        etat=etat,
        analyse=analyse,
        cree_par_id=cree_par.utilisateur_id,
        coffre=coffre,
    )
    if antivirus.configure():
        sortie.deposer("fichier.analyser", {"fichier": fichier.pk}, f"fichier.analyser:{fichier.reference}")
    return fichier


def enregistrer_pdf(
    octets: bytes, *, nom: str, cree_par: Acteur | None, coffre: Coffre = Coffre.ORDINAIRE
) -> Fichier:
    """Keep one of our own PDFs, open at once: nobody but us wrote it."""
    return _ranger(
        io.BytesIO(octets),
        nom=noms.nom_affichable(nom),
        taille=len(octets),
        pages=nettoyage.compter_pages(octets),
        etat=EtatFichier.DISPONIBLE,
        analyse=Analyse.SAIN,
        cree_par_id=cree_par.utilisateur_id if cree_par else None,
        coffre=coffre,
    )


def _verifier_taille(taille: int) -> None:
    if taille == 0:
        raise FichierRefuse(
            "Ce fichier est vide. Vérifiez le document d’origine, puis déposez-le de nouveau."
        )
    if taille > reglages.taille_max():
        limite = reglages.taille_max() // reglages.MEGAOCTET
        raise FichierRefuse(
            f"Ce fichier dépasse {limite}\u00a0Mo. Numérisez en 300 points par pouce et en niveaux de gris, "
            "ou partagez le document en plusieurs fichiers."
        )


def _contenu(televerse: UploadedFile) -> BinaryIO:
    contenu = cast("BinaryIO", televerse.file)
    # The upload handler drops the content of what goes past the limit of a whole request.
    if contenu.seek(0, io.SEEK_END) == 0:
        limite = reglages.requete_max() // reglages.MEGAOCTET
        raise FichierRefuse(
            f"Ces fichiers dépassent ensemble {limite}\u00a0Mo. Déposez-les en plusieurs fois."
        )
    return contenu


def _etat_initial() -> tuple[EtatFichier, Analyse]:
    if antivirus.configure():
        return EtatFichier.EN_ANALYSE, Analyse.EN_ATTENTE
    if reglages.antivirus_exige():
        return EtatFichier.EN_ANALYSE, Analyse.NON_CONFIGURE
    return EtatFichier.DISPONIBLE, Analyse.NON_CONFIGURE


def _empreinte(contenu: BinaryIO) -> str:
    calcul = hashlib.sha256()
    contenu.seek(0)
    while morceau := contenu.read(MORCEAU):
        calcul.update(morceau)
    contenu.seek(0)
    return calcul.hexdigest()


def _ranger(contenu: BinaryIO, coffre: Coffre, **champs) -> Fichier:
    reference = uuid.uuid4()
    sha256 = _empreinte(contenu)
    chemin, cle_id = entrepot.ranger(contenu, reference, coffre)
    try:
        return Fichier.objects.create(
            reference=reference,
            type_mime="application/pdf",
            sha256=sha256,
            chemin=chemin,
            cle_id=cle_id,
            coffre=coffre,
            coffre_cle=coffre,
            **champs,
        )
    except BaseException:
        entrepot.retirer(chemin)
        raise
