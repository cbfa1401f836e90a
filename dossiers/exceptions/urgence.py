"""Bris de glace: opening in an emergency a dossier that was not shared, ending it, reviewing it (ADR 7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.assures.nir import Nir
from dossiers.assures.recherche import verifier_limite
from dossiers.exceptions.actions import ouvrir_exception, une_a_la_fois
from dossiers.exceptions.listes import bris_visibles
from dossiers.exceptions.models import BrisDeGlace, EtatExamen, GenreUrgence
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.sortie import deposer
from dossierunique.securite.identite import systeme
from partners.models import Habilitation

GESTE = "bris de glace"
SYSTEME = "bris-de-glace"


class Constat(StrEnum):
    """What came of an attempt."""

    OUVERT = "ouvert"
    DEJA_LU = "déjà lu"
    INTROUVABLE = "introuvable"


@dataclass(frozen=True)
class Cible:
    """The dossier that somebody names: by its exact number, or by the two traits of its person."""

    numero: str = ""
    nir: Nir | None = None
    naissance: date | None = None


@dataclass(frozen=True)
class Resultat:
    """What came of an attempt, and the number of the dossier when it is open."""

    constat: Constat
    numero: str = ""


@transaction.atomic
def briser_la_glace(habilitation: Habilitation, cible: Cible, *, genre: str, motif: str) -> Resultat:
    """Open a dossier to be read for some minutes, tell the DPO and its manager, and have it reviewed.

    Each attempt leaves one row of the journal, also when nothing is found. Raises ActionRefusee beyond the limit.
    """
    exiger(habilitation, Droit.BRISER_LA_GLACE)
    une_a_la_fois(habilitation)
    _verifier_essais(habilitation, cible)
    with systeme(SYSTEME):
        dossier = _dossier_vise(habilitation, cible)
    if dossier is None:
        return _noter(habilitation, cible, Resultat(Constat.INTROUVABLE), "")
    if Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists():
        return _noter(habilitation, cible, Resultat(Constat.DEJA_LU, dossier.numero), genre)
    with systeme(SYSTEME):
        _ouvrir(habilitation, dossier, genre, motif)
    return _noter(habilitation, cible, Resultat(Constat.OUVERT, dossier.numero), genre)


def _verifier_essais(habilitation: Habilitation, cible: Cible) -> None:
    if cible.nir:
        verifier_limite(habilitation)
    maximum = settings.BRIS_DE_GLACE_ESSAIS_PAR_HEURE
    faits = LigneJournal.objects.filter(
        utilisateur_id=habilitation.utilisateur_id,
        quand__gte=timezone.now() - timedelta(hours=1),
        details__geste=GESTE,
    )[:maximum]
    if len(faits.values_list("pk", flat=True)) >= maximum:
        raise ActionRefusee(
            f"Vous avez fait {maximum} essais en une heure, c’est le maximum. Appelez la CNMSS si l’urgence continue."
        )


def _dossier_vise(habilitation: Habilitation, cible: Cible) -> Dossier | None:
    dossiers = Dossier.objects.filter(programme__in=habilitation.programmes).order_by("programme")
    if cible.nir is None:
        return dossiers.filter(numero=cible.numero).first()
    assure = Assure.objects.par_nir(cible.nir).first()
    if assure is None or assure.date_naissance != cible.naissance:
        return None
    return dossiers.filter(assure=assure).first()


def _ouvrir(habilitation: Habilitation, dossier: Dossier, genre: str, motif: str) -> None:
    maintenant = timezone.now()
    bris = BrisDeGlace.objects.create(
        dossier=dossier, habilitation=habilitation, genre=genre, motif=motif.strip(), depuis=maintenant,
        jusque=maintenant + timedelta(minutes=settings.BRIS_DE_GLACE_MINUTES),
    )  # fmt: skip
    ouvrir_exception(bris, par=habilitation, motif=GenreUrgence(genre).label, bris_de_glace=bris)
    deposer("urgence", {"bris": bris.pk, "fait": "ouvert"}, f"urgence-{bris.pk}")


def _noter(habilitation: Habilitation, cible: Cible, resultat: Resultat, genre: str) -> Resultat:
    details = {"geste": GESTE, "par": "nir" if cible.nir else "numéro", "constat": resultat.constat.value}
    ouvert = resultat.constat is Constat.OUVERT
    journaliser(
        habilitation, Acte.CREER if ouvert else Acte.RECHERCHER, resultat.numero,
        motif=GESTE, details=details | ({"urgence": genre} if ouvert else {}),
    )  # fmt: skip
    return resultat


@transaction.atomic
def terminer_urgence(habilitation: Habilitation, bris: BrisDeGlace) -> None:
    """Its author gives back what she opened. Raises AccesRefuse to anybody else, ActionRefusee when it is over."""
    if bris.habilitation_id != habilitation.pk or not habilitation.en_vigueur():
        raise AccesRefuse(bris.dossier.numero, "bris de glace d’une autre personne")
    une_a_la_fois(habilitation)
    with systeme(SYSTEME):
        _clore(bris)
    journaliser(habilitation, Acte.MODIFIER, bris.dossier.numero, motif=GESTE, details={"geste": "terminer"})


def _clore(bris: BrisDeGlace) -> None:
    if not BrisDeGlace.objects.vivants().filter(pk=bris.pk).update(termine_le=timezone.now()):
        raise ActionRefusee("Cet accès d’urgence a déjà pris fin.")
    ExceptionUtilisateur.objects.filter(bris_de_glace=bris).delete()


@transaction.atomic
def examiner(habilitation: Habilitation, bris: BrisDeGlace, *, etat: str, commentaire: str) -> BrisDeGlace:
    """The DPO says whether it was justified; what was not is cut at once if it still lasts. Raises ActionRefusee."""
    exiger(habilitation, Droit.EXAMINER_BRIS, bris.dossier)
    bris = bris_visibles(habilitation).select_for_update(of=("self",)).get(pk=bris.pk)
    if bris.habilitation.utilisateur_id == habilitation.utilisateur_id:
        raise ActionRefusee("Vous avez ouvert cet accès : quelqu’un d’autre doit l’examiner.")
    if bris.etat != EtatExamen.A_EXAMINER:
        raise ActionRefusee(f"Cet accès est déjà examiné : {bris.get_etat_display()}.")
    if etat == EtatExamen.INJUSTIFIE and bris.vivant:
        _clore(bris)
        bris.refresh_from_db(fields=["termine_le"])
    bris.etat, bris.commentaire = etat, commentaire.strip()
    bris.examine_par, bris.examine_le = habilitation, timezone.now()
    bris.save(update_fields=["etat", "commentaire", "examine_par", "examine_le"])
    journaliser(
        habilitation,
        Acte.MODIFIER,
        bris.dossier.numero,
        details={"geste": "examiner un bris de glace", "avis": etat},
    )
    if etat == EtatExamen.INJUSTIFIE:
        deposer("urgence", {"bris": bris.pk, "fait": "injustifie"}, f"urgence-injustifiee-{bris.pk}")
    return bris
