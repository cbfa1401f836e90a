"""Who reads a dossier by exception, whom it may be entrusted to, and the rows that the DPO reviews."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers.exceptions.models import BrisDeGlace, EtatExamen, Pret
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.models import LigneJournal
from partners.comptes.recherche import utilisateurs
from partners.habilitations.models import PROFILS_D_UNITE, PROFILS_SANS_DOSSIER, Habilitation

PERSONNES_MAX = 10
LECTURES_MAX = 200


def exceptions_montrees(dossier: Dossier, regard: Regard) -> list[ExceptionUtilisateur]:
    """The exceptions in force on a dossier: the CNMSS sees all of them, the others their own."""
    # The array of readers names them: nearly no dossier has one, and its page asks no more.
    if not any(cle.startswith("p") for cle in dossier.lecteurs):
        return []
    maintenant = timezone.now()
    lignes = dossier.exceptions.filter(depuis__lte=maintenant, jusque__gt=maintenant)
    if not regard.est_cnmss:
        lignes = lignes.filter(habilitation=regard.habilitation.pk)
    return list(lignes.select_related("user", "habilitation__organisme", "pret").order_by("jusque", "pk"))


def eligibles(dossier: Dossier) -> QuerySet[Habilitation]:
    """Habilitations that this dossier may be entrusted to.

    Correspondants, whatever their unit, and the people of the organismes that read it already: a loan never goes
    around the person's choice (rule 1).
    """
    lecteurs = dossier.partages.actifs().filter(organisme__isnull=False).values("organisme")
    return (
        Habilitation.objects.en_vigueur()
        .filter(Q(profil__in=PROFILS_D_UNITE) | Q(organisme__in=lecteurs))
        .exclude(profil__in=PROFILS_SANS_DOSSIER)
    )


def personnes(dossier: Dossier, mots: str, sauf: Habilitation) -> list[Habilitation]:
    """The first eligible habilitations whose user has these words in her name."""
    if not mots.strip():
        return []
    return list(
        eligibles(dossier)
        .filter(utilisateur__in=utilisateurs(mots).order_by().values("pk"))
        .exclude(utilisateur=sauf.utilisateur_id)
        .select_related("utilisateur", "organisme")
        .prefetch_related("unites")
        .order_by("utilisateur__last_name", "utilisateur__first_name", "pk")[: PERSONNES_MAX + 1]
    )


def prets_de(dossier: Dossier) -> QuerySet[Pret]:
    """The loans of a dossier, past and present, with the people they name."""
    return dossier.prets.select_related(
        "habilitation__utilisateur",
        "habilitation__organisme",
        "prete_par__utilisateur",
        "termine_par__utilisateur",
    )


def bris_visibles(habilitation: Habilitation) -> QuerySet[BrisDeGlace]:
    """The bris de glace that an habilitation may know of: all of them for who reviews them, else her own."""
    lignes = BrisDeGlace.objects.select_related(
        "dossier", "habilitation__utilisateur", "habilitation__organisme", "examine_par__utilisateur"
    )
    if Regard(habilitation).peut(Droit.EXAMINER_BRIS) and habilitation.en_vigueur():
        return lignes
    return lignes.filter(habilitation=habilitation.pk)


def a_examiner() -> QuerySet[BrisDeGlace]:
    """Those that wait for their review."""
    return BrisDeGlace.objects.filter(etat=EtatExamen.A_EXAMINER)


def actes_pendant(bris: BrisDeGlace) -> list[LigneJournal]:
    """What the journal tells of the author and this dossier from the beginning to the end, in order."""
    lignes = LigneJournal.objects.filter(
        objet=bris.dossier.numero, utilisateur_id=bris.habilitation.utilisateur_id,
        quand__gte=bris.depuis, quand__lte=bris.fin,
    )  # fmt: skip
    return list(lignes.order_by("quand", "id")[:LECTURES_MAX])
