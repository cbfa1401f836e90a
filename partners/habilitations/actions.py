"""Giving, suspending, resuming and ending an habilitation: the only writers of the table."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from dossierunique.verrou import verrouiller
from partners.comptes.models import Utilisateur
from partners.habilitations import policies
from partners.habilitations.models import TRANSITIONS, EtatHabilitation, Habilitation, Profil
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
    _pas_soi_meme(par, utilisateur.pk)
    # Two administrators may not give incompatible profils at the same moment.
    Utilisateur.objects.select_for_update(of=("self",)).get(pk=utilisateur.pk)
    _verifier_profil(utilisateur, organisme, profil)
    _verifier_portee(organisme, unites, programmes, debut, fin)
    if profil == Profil.CORRESPONDANT:
        _verifier_correspondant(unites, formation_le, charte_signee_le)
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
    return _changer(par, habilitation, EtatHabilitation.SUSPENDUE, motif, version)


def reprendre(
    par: Habilitation, habilitation: Habilitation, motif: str = "", version: int | None = None
) -> Habilitation:
    """Give back a suspended habilitation."""
    return _changer(par, habilitation, EtatHabilitation.ACTIVE, motif, version)


def clore(
    par: Habilitation, habilitation: Habilitation, motif: str, version: int | None = None
) -> Habilitation:
    """End an habilitation for good; another one may be given later."""
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
    policies.exiger_administrateur(par)
    fraiche = verrouiller(Habilitation, habilitation.pk, version)
    _pas_soi_meme(par, fraiche.utilisateur_id)
    if vers != EtatHabilitation.ACTIVE:
        _exiger_motif(motif)
        _garder_un_administrateur(fraiche)
    else:
        _verifier_reprise(fraiche)
    try:
        verifier(TRANSITIONS, fraiche.etat, vers)
    except TransitionInterdite as erreur:
        raise ActionRefusee(
            f"Cette habilitation est {fraiche.get_etat_display()} : l’acte n’est plus possible."
        ) from erreur
    avant, fraiche.etat, fraiche.motif, fraiche.version = fraiche.etat, vers, motif, fraiche.version + 1
    if vers == EtatHabilitation.CLOSE:
        fraiche.fin = max(fraiche.debut, min(fraiche.fin or date.max, timezone.localdate()))
    fraiche.save(update_fields=["etat", "motif", "version", "fin"])
    journaliser(par, Acte.MODIFIER, fraiche.reference, motif=motif, details={"de": avant, "vers": vers})
    return fraiche


def _pas_soi_meme(par: Habilitation, utilisateur_id: int) -> None:
    if par.utilisateur_id == utilisateur_id:
        raise ActionRefusee(
            "Un administrateur ne touche pas à ses propres habilitations : demandez à un autre."
        )


def _exiger_motif(motif: str) -> None:
    if not motif.strip():
        raise ActionRefusee("Dites pourquoi : le motif est gardé avec l’habilitation.", "motif")


def _garder_un_administrateur(habilitation: Habilitation) -> None:
    if (
        habilitation.profil == Profil.ADMINISTRATEUR
        and not policies.autres_administrateurs(habilitation).exists()
    ):
        raise ActionRefusee(
            "C’est le dernier administrateur en fonction : accordez d’abord ce profil à un autre."
        )


def _verifier_reprise(habilitation: Habilitation) -> None:
    autres = policies.profils_detenus(habilitation.utilisateur, sauf=habilitation.pk)
    _refuser_incompatible(habilitation.profil, autres)


def _verifier_profil(utilisateur: Utilisateur, organisme: Organisme, profil: str) -> None:
    if not policies.profil_possible(profil, organisme):
        raise ActionRefusee(f"{organisme} ne peut pas tenir le profil « {Profil(profil).label} ».", "profil")
    detenus = policies.profils_detenus(utilisateur)
    _refuser_incompatible(profil, detenus)
    vivantes = Habilitation.objects.filter(utilisateur=utilisateur, organisme=organisme, profil=profil)
    if vivantes.exclude(etat=EtatHabilitation.CLOSE).exists():
        raise ActionRefusee("Cette personne a déjà cette habilitation : reprenez-la ou closez-la.", "profil")


def _refuser_incompatible(profil: str, detenus: set[str]) -> None:
    autre = policies.incompatible(profil, detenus)
    if autre:
        raise ActionRefusee(
            f"Une même personne ne peut pas être « {Profil(profil).label} » et « {Profil(autre).label} ».",
            "profil",
        )


def _verifier_portee(
    organisme: Organisme, unites: list[Unite], programmes: list[str], debut: date, fin: date | None
) -> None:
    if any(unite.organisme_id != organisme.pk for unite in unites):
        raise ActionRefusee(f"Le périmètre ne peut contenir que des unités de {organisme}.", "unites")
    if not programmes or not set(programmes) <= set(organisme.programmes):
        raise ActionRefusee(f"Choisissez parmi les programmes auxquels {organisme} participe.", "programmes")
    if fin and fin < debut:
        raise ActionRefusee("La fin ne peut pas précéder le début.", "fin")
    if organisme.jusque and organisme.jusque < debut:
        raise ActionRefusee(f"{organisme} a cessé d’exister avant cette date.", "debut")


def _verifier_correspondant(
    unites: list[Unite], formation_le: date | None, charte_signee_le: date | None
) -> None:
    if not unites:
        raise ActionRefusee("Un correspondant a au moins une unité dans son périmètre.", "unites")
    if not formation_le:
        raise ActionRefusee(
            "Un correspondant est formé avant d’être habilité : donnez la date.", "formation_le"
        )
    if not charte_signee_le:
        raise ActionRefusee(
            "Un correspondant signe la charte avant d’être habilité : donnez la date.", "charte_signee_le"
        )
