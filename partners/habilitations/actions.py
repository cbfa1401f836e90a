"""Giving, suspending, resuming and ending an habilitation directly: the CNMSS's own people, and emergencies.

The ordinary way, from the request to the activation, is in parcours.py; leaving and moving are in partners/departs.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from dossierunique.verrou import verrouiller
from partners.comptes.models import Utilisateur
from partners.departs.models import NatureDepart
from partners.departs.remise import remettre
from partners.habilitations import policies, regles
from partners.habilitations.models import CauseSuspension, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme, Unite


@transaction.atomic
def accorder(
    par: Habilitation,
    utilisateur: Utilisateur,
    organisme: Organisme,
    profil: str,
    unites: Iterable[Unite],
    programmes: Iterable[str],
    debut: date,
    fin: date | None = None,
    formation_le: date | None = None,
    charte_signee_le: date | None = None,
) -> Habilitation:
    """Give an habilitation, active at once. Raises ActionRefusee when a rule forbids it."""
    unites, programmes = list(unites), list(programmes)
    policies.exiger_administrateur(par)
    regles.pas_soi_meme(par.utilisateur_id, utilisateur.pk)
    regles.verrouiller_personne(utilisateur.pk)
    regles.verifier_profil(utilisateur, organisme, profil)
    regles.verifier_portee(organisme, unites, programmes, debut, fin)
    regles.verifier_formation(profil, unites, formation_le)
    regles.verifier_charte(profil, charte_signee_le)
    habilitation = Habilitation.objects.create(
        utilisateur=utilisateur,
        organisme=organisme,
        profil=profil,
        programmes=programmes,
        etat=EtatHabilitation.ACTIVE,
        debut=debut,
        fin=fin,
        formation_le=formation_le,
        charte_signee_le=charte_signee_le,
        accordee_par_id=par.utilisateur_id,
    )
    habilitation.unites.set(unites)
    journaliser(
        par,
        Acte.CREER,
        habilitation.reference,
        details={
            "utilisateur": utilisateur.pk,
            "profil": profil,
            "organisme": organisme.code,
            "unites": [unite.code for unite in unites],
        },
    )
    return habilitation


def suspendre(
    par: Habilitation, habilitation: Habilitation, motif: str, version: int | None = None
) -> Habilitation:
    """Stop an habilitation for a time; the person loses access at the next request."""
    policies.exiger_administrateur(par)
    regles.exiger_motif(motif)
    return _changer(par, habilitation, EtatHabilitation.SUSPENDUE, motif, version)


def reprendre(
    par: Habilitation, habilitation: Habilitation, motif: str = "", version: int | None = None
) -> Habilitation:
    """Give back a suspended habilitation: the administrator any, the responsable what the calendar alone suspended."""
    return _changer(par, habilitation, EtatHabilitation.ACTIVE, motif, version)


def _verifier_reprise(par: Habilitation, habilitation: Habilitation) -> None:
    if habilitation.etat != EtatHabilitation.SUSPENDUE:
        # A request is activated, by whom and when parcours.py says: this is no shorter way.
        raise ActionRefusee(
            f"Cette habilitation est {habilitation.get_etat_display()} : l’acte n’est plus possible."
        )
    regles.verifier_compatible(habilitation)
    if habilitation.fin and habilitation.fin < timezone.localdate():
        raise ActionRefusee("Sa validité a pris fin : il faut une nouvelle habilitation.")
    if policies.peut_administrer(par):
        return
    if not policies.est_responsable(par, habilitation.organisme_id):
        policies.exiger_administrateur(par)
    if habilitation.cause not in (CauseSuspension.INUTILISEE, CauseSuspension.REVUE):
        raise ActionRefusee(
            "La CNMSS a suspendu cette habilitation : c’est à son administrateur de la rendre."
        )


def clore(
    par: Habilitation, habilitation: Habilitation, motif: str, version: int | None = None
) -> Habilitation:
    """End an habilitation for good, with its open work handed over; another one may be given later."""
    policies.exiger_administrateur(par)
    regles.exiger_motif(motif)
    return _changer(par, habilitation, EtatHabilitation.CLOSE, motif, version)


@transaction.atomic
def choisir(utilisateur: Utilisateur, habilitation_id: int) -> Habilitation:
    """Act under another of one's habilitations in force (Habilitation.DoesNotExist for any other)."""
    choix = Habilitation.objects.en_vigueur().select_related("organisme")
    habilitation = choix.get(pk=habilitation_id, utilisateur_id=utilisateur.pk)
    Habilitation.objects.filter(pk=habilitation.pk).update(choisie_le=timezone.now())
    journaliser(
        Personne(utilisateur), Acte.CONNEXION, habilitation.reference, motif="changement d’habilitation"
    )
    return habilitation


@transaction.atomic
def _changer(
    par: Habilitation, habilitation: Habilitation, vers: str, motif: str, version: int | None
) -> Habilitation:
    regles.verrouiller_administrateurs(habilitation)
    regles.verrouiller_personne(habilitation.utilisateur_id)
    fraiche = verrouiller(Habilitation, habilitation.pk, version)
    regles.pas_soi_meme(par.utilisateur_id, fraiche.utilisateur_id)
    avant = fraiche.etat
    if vers == EtatHabilitation.ACTIVE:
        _verifier_reprise(par, fraiche)
    else:
        garder_un_administrateur(fraiche)
    regles.passer(fraiche, vers)
    poser(fraiche, motif, CauseSuspension.DECISION if vers == EtatHabilitation.SUSPENDUE else "")
    if vers == EtatHabilitation.CLOSE:
        remettre(par, fraiche, NatureDepart.FIN, None)
    journaliser(par, Acte.MODIFIER, fraiche.reference, motif=motif, details={"de": avant, "vers": vers})
    return fraiche


def poser(habilitation: Habilitation, motif: str, cause: str = "") -> None:
    """Write the state that a locked habilitation has just taken, and what goes with it."""
    habilitation.motif, habilitation.cause, habilitation.reprise_demandee_le = motif, cause, None
    if habilitation.etat == EtatHabilitation.ACTIVE:
        habilitation.active_depuis = timezone.localdate()
    if habilitation.etat == EtatHabilitation.CLOSE:
        jour = min(habilitation.fin or date.max, timezone.localdate())
        habilitation.fin = max(habilitation.debut, jour)
    habilitation.save(
        update_fields=["etat", "motif", "cause", "version", "fin", "active_depuis", "reprise_demandee_le"]
    )


def garder_un_administrateur(habilitation: Habilitation) -> None:
    """The last administrator in force may not go: nobody could name the next one."""
    if (
        habilitation.profil == Profil.ADMINISTRATEUR
        and not policies.autres_administrateurs(habilitation).exists()
    ):
        raise ActionRefusee(
            "C’est le dernier administrateur en fonction : accordez d’abord ce profil à un autre."
        )
