"""The yearly review: opened by the CNMSS, answered by each organisme, closed by the calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from dossierunique.ui.formats import jour, pluriel
from dossierunique.verrou import verrouiller
from partners.departs.actions import mettre_fin
from partners.departs.models import Depart
from partners.habilitations import policies, regles
from partners.habilitations.inutilisees import suspendre_d_office
from partners.habilitations.models import CauseSuspension, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme
from partners.revues.models import TRANSITIONS, CampagneRevue, EtatCampagne, EtatLigne, LigneRevue

REVUE = "habilitation_revue"
genres.declarer(REVUE, "La revue annuelle des habilitations attend vos réponses")
# Days before the due date on which those who have not finished are told again.
RAPPELS = (15, 3)


def campagne_ouverte() -> CampagneRevue | None:
    """The campaign in progress."""
    return CampagneRevue.objects.filter(etat=EtatCampagne.OUVERTE).first()


@transaction.atomic
def ouvrir(par: Habilitation, annee: int, echeance: date) -> CampagneRevue:
    """Open the review of a year: one line for each habilitation in force today."""
    policies.exiger_administrateur(par)
    if echeance <= timezone.localdate():
        raise ActionRefusee("Laissez au moins un jour pour répondre.", "echeance")
    try:
        with transaction.atomic():
            campagne = CampagneRevue.objects.create(
                annee=annee, echeance=echeance, ouverte_par_id=par.utilisateur_id
            )
    except IntegrityError:
        raise ActionRefusee(
            "Une campagne est déjà en cours, ou celle de cette année a déjà eu lieu.", "annee"
        ) from None
    en_vigueur = Habilitation.objects.en_vigueur().order_by("pk").values_list("pk", flat=True)
    LigneRevue.objects.bulk_create(
        (LigneRevue(campagne=campagne, habilitation_id=pk) for pk in en_vigueur), batch_size=2000
    )
    journaliser(par, Acte.CREER, f"revue {annee}", details={"habilitations": len(en_vigueur)})
    rappeler(campagne, "ouverture")
    return campagne


def lignes_de(par: Habilitation, campagne: CampagneRevue) -> QuerySet[LigneRevue]:
    """The lines that `par` answers for, never his own.

    A responsable: those of his organisme. An administrator: those that no responsable can answer.
    """
    lignes = campagne.lignes.exclude(habilitation__utilisateur=par.utilisateur_id)
    if policies.peut_administrer(par):
        return _sans_responsable(lignes)
    if par.profil == Profil.RESPONSABLE:
        return lignes.filter(habilitation__organisme=par.organisme_id)
    return lignes.none()


def _sans_responsable(lignes: QuerySet[LigneRevue]) -> QuerySet[LigneRevue]:
    autres = (
        Habilitation.objects.en_vigueur()
        .filter(profil=Profil.RESPONSABLE, organisme=OuterRef("habilitation__organisme"))
        .exclude(utilisateur=OuterRef("habilitation__utilisateur"))
    )
    return lignes.filter(~Exists(autres))


@transaction.atomic
def confirmer(par: Habilitation, campagne: CampagneRevue, lignes: Iterable[int]) -> int:
    """Confirm the ticked lines, in one row of the journal; how many. What was answered meanwhile is left alone."""
    _exiger_ouverte(campagne)
    choisies = lignes_de(par, campagne).filter(pk__in=list(lignes), etat=EtatLigne.A_CONFIRMER)
    a_confirmer = list(choisies.select_for_update(of=("self",)).select_related("habilitation").order_by("pk"))
    if not a_confirmer:
        raise ActionRefusee("Cochez au moins une habilitation à confirmer.")
    LigneRevue.objects.filter(pk__in=[ligne.pk for ligne in a_confirmer]).update(
        etat=EtatLigne.CONFIRMEE, decidee_par=par.utilisateur_id, decidee_le=timezone.now()
    )
    journaliser(
        par, Acte.MODIFIER, f"revue {campagne.annee}",
        objets=[ligne.habilitation.reference for ligne in a_confirmer], details={"geste": "confirmation"},
    )  # fmt: skip
    return len(a_confirmer)


@transaction.atomic
def terminer(
    par: Habilitation, ligne: LigneRevue, motif: str, successeur: Habilitation | None = None
) -> Depart:
    """The organisme does not need this habilitation any more: it ends at once, and its work is handed over."""
    _exiger_ouverte(ligne.campagne)
    if not policies.gere(par, ligne.habilitation):
        raise AccesRefuse(motif="ligne de revue d’un autre organisme")
    ligne = LigneRevue.objects.select_for_update(of=("self",)).select_related("habilitation").get(pk=ligne.pk)
    _passer(ligne, EtatLigne.CLOSE, par.utilisateur_id)
    return mettre_fin(par, ligne.habilitation, motif, successeur)


def _passer(ligne: LigneRevue, vers: str, par: int | None = None) -> None:
    try:
        verifier(TRANSITIONS, ligne.etat, vers)
    except TransitionInterdite as erreur:
        raise ActionRefusee("Cette ligne a déjà reçu sa réponse.") from erreur
    ligne.etat, ligne.decidee_le, ligne.decidee_par_id = vers, timezone.now(), par
    ligne.save(update_fields=["etat", "decidee_le", "decidee_par"])


def _exiger_ouverte(campagne: CampagneRevue) -> None:
    if (
        not CampagneRevue.objects.select_for_update()
        .filter(pk=campagne.pk, etat=EtatCampagne.OUVERTE)
        .exists()
    ):
        raise ActionRefusee("Cette campagne est terminée.")


def rappeler(campagne: CampagneRevue, moment: str) -> int:
    """Tell those who still have lines to answer, once for each moment; how many people. Never an empty reminder."""
    prevenus = 0
    attente = campagne.lignes.filter(etat=EtatLigne.A_CONFIRMER)
    concernes = Organisme.objects.filter(pk__in=attente.values("habilitation__organisme"))
    charges = [h for organisme in concernes.order_by("pk") for h in policies.responsables(organisme.pk)]
    for charge in [*charges, *policies.administrateurs()]:
        reste = lignes_de(charge, campagne).filter(etat=EtatLigne.A_CONFIRMER).count()
        if reste:
            _rappeler_a(charge, campagne, moment, reste)
            prevenus += 1
    return prevenus


def _rappeler_a(charge: Habilitation, campagne: CampagneRevue, moment: str, reste: int) -> None:
    attendent = pluriel(reste, "habilitation attend,habilitations attendent")
    notifier(
        [charge.utilisateur],
        genre=REVUE,
        texte=f"Revue {campagne.annee} : {attendent} votre confirmation, au plus tard le {jour(campagne.echeance)}.",
        url=reverse("habilitations:revue"),
        cle=f"revue-{campagne.pk}-{moment}-{charge.pk}",
    )


def avancer() -> int:
    """What the calendar asks today of the campaign in progress: a reminder, or its end. How many people or lines."""
    campagne = campagne_ouverte()
    if campagne is None:
        return 0
    reste = (campagne.echeance - timezone.localdate()).days
    if reste < 0:
        return cloturer(campagne)
    ouverte = timezone.localdate(campagne.ouverte_le)
    for seuil in sorted(RAPPELS):
        if reste <= seuil and ouverte < campagne.echeance - timedelta(days=seuil):
            return rappeler(campagne, f"j-{seuil}")
    return 0


@transaction.atomic
def cloturer(campagne: CampagneRevue) -> int:
    """After the due date: what nobody confirmed is suspended, what has ended by itself is of no matter."""
    campagne = CampagneRevue.objects.select_for_update().get(pk=campagne.pk)
    lignes = campagne.lignes.filter(etat=EtatLigne.A_CONFIRMER).select_related("habilitation").order_by("pk")
    suspendues = sum(_sans_reponse(campagne, ligne) for ligne in lignes)
    campagne.etat, campagne.close_le = EtatCampagne.CLOSE, timezone.now()
    campagne.save(update_fields=["etat", "close_le"])
    journaliser(
        None, Acte.MODIFIER, f"revue {campagne.annee}", details={"geste": "fin", "suspendues": suspendues}
    )
    return suspendues


def _sans_reponse(campagne: CampagneRevue, ligne: LigneRevue) -> bool:
    regles.verrouiller_administrateurs(ligne.habilitation)
    habilitation = verrouiller(Habilitation, ligne.habilitation_id)
    dernier = (
        habilitation.profil == Profil.ADMINISTRATEUR
        and not policies.autres_administrateurs(habilitation).exists()
    )
    if habilitation.etat != EtatHabilitation.ACTIVE or dernier:
        _passer(ligne, EtatLigne.SANS_OBJET)
        return False
    suspendre_d_office(habilitation, f"non confirmée à la revue {campagne.annee}", CauseSuspension.REVUE)
    _passer(ligne, EtatLigne.SUSPENDUE)
    return True
