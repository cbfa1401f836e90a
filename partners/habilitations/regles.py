"""What must hold of an habilitation, however it comes to be. Everything here raises ActionRefusee."""

from datetime import date

from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from partners.comptes.models import Utilisateur
from partners.habilitations import policies
from partners.habilitations.models import TRANSITIONS, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme, Unite


def verrouiller_personne(utilisateur_id: int) -> None:
    """Two acts at the same moment must not each miss the profil that the other gives."""
    Utilisateur.objects.select_for_update(of=("self",)).get(pk=utilisateur_id)


def verrouiller_administrateurs(habilitation: Habilitation) -> None:
    """Make the ends of administrators wait in turn: two at once would each count on the one that the other ends."""
    if habilitation.profil == Profil.ADMINISTRATEUR:
        # Not the whole row: what merely names the organisme, such as a share, does not wait.
        Organisme.objects.select_for_update(no_key=True).get(pk=habilitation.organisme_id)


def passer(habilitation: Habilitation, vers: str) -> None:
    """Move a locked habilitation along its table."""
    try:
        verifier(TRANSITIONS, habilitation.etat, vers)
    except TransitionInterdite as erreur:
        raise ActionRefusee(
            f"Cette habilitation est {habilitation.get_etat_display()} : l’acte n’est plus possible."
        ) from erreur
    habilitation.etat = vers
    habilitation.version += 1


def pas_soi_meme(utilisateur_id: int, autre_id: int) -> None:
    """Nobody changes what she holds herself."""
    if utilisateur_id == autre_id:
        raise ActionRefusee("Nul ne touche à ses propres habilitations : demandez à un autre.")


def exiger_motif(motif: str) -> None:
    """A reason is kept with the habilitation."""
    if not motif.strip():
        raise ActionRefusee("Dites pourquoi : le motif est gardé avec l’habilitation.", "motif")


def verifier_profil(utilisateur: Utilisateur, organisme: Organisme, profil: str) -> None:
    """The organisme may hold the profil, the person holds nothing incompatible, nor this very habilitation."""
    if not policies.profil_possible(profil, organisme):
        raise ActionRefusee(f"{organisme} ne peut pas tenir le profil « {Profil(profil).label} ».", "profil")
    refuser_incompatible(profil, policies.profils_detenus(utilisateur))
    deja = Habilitation.objects.filter(utilisateur=utilisateur, organisme=organisme, profil=profil)
    if deja.exclude(etat=EtatHabilitation.CLOSE).exists():
        raise ActionRefusee(
            "Cette personne a déjà cette habilitation, ou l’a déjà demandée : reprenez-la, ou closez-la d’abord.",
            "profil",
        )


def verifier_compatible(habilitation: Habilitation) -> None:
    """Nothing that the person holds besides is incompatible with it."""
    autres = policies.profils_detenus(habilitation.utilisateur, sauf=habilitation.pk)
    refuser_incompatible(habilitation.profil, autres)


def refuser_incompatible(profil: str, detenus: set[str]) -> None:
    """Say which two profils exclude each other, and why."""
    autre = policies.incompatible(profil, detenus)
    if autre:
        raise ActionRefusee(
            f"Une même personne ne peut pas être « {Profil(profil).label} » et « {Profil(autre).label} » : "
            f"{policies.raison(profil, autre)}.",
            "profil",
        )


def verifier_portee(
    organisme: Organisme, unites: list[Unite], programmes: list[str], debut: date, fin: date | None
) -> None:
    """Units, programmes and dates are within the organisme's."""
    if any(unite.organisme_id != organisme.pk for unite in unites):
        raise ActionRefusee(f"Le périmètre ne peut contenir que des unités de {organisme}.", "unites")
    if not programmes or not set(programmes) <= set(organisme.programmes):
        raise ActionRefusee(f"Choisissez parmi les programmes auxquels {organisme} participe.", "programmes")
    if fin and fin < debut:
        raise ActionRefusee("La fin ne peut pas précéder le début.", "fin")
    if organisme.jusque and organisme.jusque < debut:
        raise ActionRefusee(f"{organisme} a cessé d’exister avant cette date.", "debut")


def verifier_formation(profil: str, unites: list[Unite], formation_le: date | None) -> None:
    """A correspondant has a unit, and was trained."""
    if profil != Profil.CORRESPONDANT:
        return
    if not unites:
        raise ActionRefusee("Un correspondant a au moins une unité dans son périmètre.", "unites")
    if not formation_le:
        raise ActionRefusee(
            "Un correspondant est formé avant d’être habilité : donnez la date.", "formation_le"
        )


def verifier_charte(profil: str, charte_signee_le: date | None) -> None:
    """A correspondant has accepted the charter."""
    if profil == Profil.CORRESPONDANT and not charte_signee_le:
        raise ActionRefusee(
            "Un correspondant signe la charte avant d’être habilité : donnez la date, ou attendez qu’il l’accepte.",
            "charte_signee_le",
        )
