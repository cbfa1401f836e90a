"""May this habilitation do this on this dossier? One question, asked by every action and every view."""

from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.partages.models import Dossier, Partage
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.refus import AccesRefuse
from partners.models import Habilitation


def regard_sur(habilitation: Habilitation, dossier: Dossier) -> Regard:
    """How this habilitation looks at a dossier that it reads: to be read only, when a bris de glace alone opens it."""
    if not Regard(habilitation).peut(Droit.BRISER_LA_GLACE):
        return Regard(habilitation)
    # What opens it otherwise is what gives the rights: an access of emergency may have ended since it was found.
    urgence, autrement = acces_d_urgence(habilitation, dossier.numero), _lu_autrement(habilitation, dossier)
    return Regard(habilitation, urgence, lecture_seule=not autrement)


def _lu_autrement(habilitation: Habilitation, dossier: Dossier) -> bool:
    """Whether a share or a loan opens this dossier, in one question."""
    partages = Partage.objects.visibles_par(habilitation).filter(dossier=dossier.pk).order_by()
    prets = Pret.objects.vivants().filter(dossier=dossier.pk, habilitation=habilitation.pk).order_by()
    return partages.values("pk").union(prets.values("pk")).exists()


def acces_d_urgence(habilitation: Habilitation, numero: str) -> BrisDeGlace | None:
    """The bris de glace by which this habilitation reads the dossier of this number now."""
    # The others have none: the question is spared to their pages.
    if not Regard(habilitation).peut(Droit.BRISER_LA_GLACE):
        return None
    return BrisDeGlace.objects.vivants().filter(habilitation=habilitation.pk, dossier__numero=numero).first()


def exiger(habilitation: Habilitation, droit: Droit, dossier: Dossier | None = None) -> Regard:
    """The regard of an habilitation that may do `droit`, on `dossier` when given, at this very moment.

    Raises AccesRefuse (a 404, and a row in the journal): forbidden looks like unknown.
    """
    regard = exiger_sur(habilitation, droit, dossier) if dossier else _exiger(Regard(habilitation), droit, "")
    if dossier and not Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists():
        raise AccesRefuse(dossier.numero, "dossier non partagé")
    return regard


def exiger_sur(habilitation: Habilitation, droit: Droit, dossier: Dossier) -> Regard:
    """As `exiger`, for a view that has just fetched the dossier among those that the habilitation reads."""
    return _exiger(regard_sur(habilitation, dossier), droit, dossier.numero)


def _exiger(regard: Regard, droit: Droit, objet: str) -> Regard:
    if not regard.habilitation.en_vigueur() or not regard.peut(droit):
        raise AccesRefuse(objet, f"droit absent : {droit.value}")
    return regard


def refuser_les_copies(habilitation: Habilitation, dossier: Dossier) -> None:
    """Raise AccesRefuse when the dossier is read through a bris de glace only: no file of it leaves the screen."""
    if regard_sur(habilitation, dossier).lecture_seule:
        raise AccesRefuse(dossier.numero, "copie d’un dossier ouvert en urgence")


def dossier_visible(habilitation: Habilitation, numero: str) -> Dossier:
    """The dossier of this number with its person and unit, or AccesRefuse."""
    dossier = (
        Dossier.objects.visibles_par(habilitation)
        .filter(numero=numero)
        .select_related("assure", "unite")
        .first()
    )
    if dossier is None:
        raise AccesRefuse(numero, "dossier inconnu ou non partagé")
    return dossier
