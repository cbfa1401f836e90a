"""Who may give which habilitation to whom. The screens and the actions ask here."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from dossierunique.erreurs import ActionRefusee
from partners.comptes.models import Utilisateur
from partners.habilitations.models import TYPES_PAR_PROFIL, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme

# These give accesses or count: every other profil opens dossiers, or votes on them.
OUVRENT_DES_DOSSIERS = frozenset(
    set(Profil.values) - {Profil.ADMINISTRATEUR, Profil.RESPONSABLE, Profil.SUPERVISEUR}
)
COMMISSION = frozenset({Profil.MEMBRE, Profil.PRESIDENT, Profil.SECRETAIRE})


class Incompatibilite(NamedTuple):
    """A profil, those that one person may not hold together with it, and why."""

    profil: str
    autres: frozenset[str]
    raison: str


# The whole matrix [P]. A trigger of the database is made from it: a change here needs a migration.
INCOMPATIBLES = (
    Incompatibilite(
        Profil.MEDECIN,
        COMMISSION,
        "le médecin-conseil donne un avis à la commission : il n’y siège pas et n’en tient pas le secrétariat",
    ),
    Incompatibilite(
        Profil.ADMINISTRATEUR,
        OUVRENT_DES_DOSSIERS,
        "qui donne les accès n’ouvre jamais de dossier",
    ),
    Incompatibilite(
        Profil.RESPONSABLE,
        OUVRENT_DES_DOSSIERS,
        "qui valide les accès de son organisme n’ouvre jamais de dossier",
    ),
    Incompatibilite(
        Profil.ADMINISTRATEUR,
        frozenset({Profil.RESPONSABLE}),
        "une demande est validée puis activée par deux personnes différentes",
    ),
    Incompatibilite(
        Profil.DPO,
        OUVRENT_DES_DOSSIERS - {Profil.DPO},
        "le délégué à la protection des données contrôle les accès : il ne traite pas de dossier",
    ),
    Incompatibilite(
        Profil.GESTIONNAIRE,
        frozenset({Profil.MEMBRE, Profil.PRESIDENT}),
        "qui instruit une demande ne vote pas sur elle",
    ),
)


def peut_administrer(par: Habilitation | None) -> bool:
    """Only an administrateur des habilitations in force gives or takes back anything."""
    return par is not None and par.profil == Profil.ADMINISTRATEUR and par.en_vigueur()


def exiger_administrateur(par: Habilitation | None) -> None:
    """Raise ActionRefusee unless `par` may administer."""
    if not peut_administrer(par):
        raise ActionRefusee("Seul un administrateur des habilitations peut le faire.")


def raison(profil: str, autre: str) -> str:
    """Why one person may not hold both; empty when she may."""
    for regle in INCOMPATIBLES:
        if (regle.profil == profil and autre in regle.autres) or (
            regle.profil == autre and profil in regle.autres
        ):
            return regle.raison
    return ""


def incompatible(profil: str, autres: Iterable[str]) -> str | None:
    """The profil among `autres` that one person may not hold together with `profil`."""
    return next((autre for autre in sorted(autres) if raison(profil, autre)), None)


def paires_incompatibles() -> list[tuple[str, str]]:
    """Each pair once, in both orders: what the trigger of the database compares with."""
    paires = {(str(r.profil), str(autre)) for r in INCOMPATIBLES for autre in r.autres}
    return sorted(paires | {(b, a) for a, b in paires})


def profils_detenus(utilisateur: Utilisateur, sauf: int | None = None) -> set[str]:
    """Profils that a person holds or may take up again."""
    vivantes = Habilitation.objects.filter(utilisateur=utilisateur).exclude(etat=EtatHabilitation.CLOSE)
    if sauf is not None:
        vivantes = vivantes.exclude(pk=sauf)
    return set(vivantes.values_list("profil", flat=True))


def profil_possible(profil: str, organisme: Organisme) -> bool:
    """Whether this kind of organisme holds this profil."""
    return organisme.type in TYPES_PAR_PROFIL.get(profil, frozenset())


def est_responsable(par: Habilitation | None, organisme_id: int | None) -> bool:
    """Whether `par` is, in force, the responsable of this organisme."""
    return (
        par is not None
        and par.profil == Profil.RESPONSABLE
        and par.organisme_id == organisme_id
        and par.en_vigueur()
    )


def responsables(organisme_id: int, sauf: int | None = None) -> QuerySet[Habilitation]:
    """The responsables of an organisme in force, but the person `sauf`."""
    en_vigueur = Habilitation.objects.en_vigueur().filter(profil=Profil.RESPONSABLE, organisme=organisme_id)
    return en_vigueur.exclude(utilisateur=sauf).select_related("utilisateur", "organisme").order_by("pk")


def administrateurs(sauf: int | None = None) -> QuerySet[Habilitation]:
    """The administrators in force, but the person `sauf`."""
    en_vigueur = Habilitation.objects.en_vigueur().filter(profil=Profil.ADMINISTRATEUR)
    return en_vigueur.exclude(utilisateur=sauf).select_related("utilisateur", "organisme").order_by("pk")


def valideurs(habilitation: Habilitation) -> QuerySet[Habilitation]:
    """Who validates a request for the organisme: nobody at the CNMSS, whose administrators decide alone."""
    return responsables(habilitation.organisme_id, sauf=habilitation.utilisateur_id)


def peut_valider(par: Habilitation | None, demande: Habilitation) -> bool:
    """The responsable of the organisme, for anyone but himself, while it is only asked for."""
    return (
        demande.etat == EtatHabilitation.DEMANDEE
        and est_responsable(par, demande.organisme_id)
        and par is not None
        and par.utilisateur_id != demande.utilisateur_id
    )


def peut_activer(par: Habilitation | None, demande: Habilitation) -> bool:
    """An administrator who is neither the person nor who validated; before validation, where nobody could validate."""
    if not peut_administrer(par) or par is None or par.utilisateur_id == demande.utilisateur_id:
        return False
    if demande.etat == EtatHabilitation.VALIDEE:
        return demande.validee_par_id != par.utilisateur_id
    return demande.etat == EtatHabilitation.DEMANDEE and not valideurs(demande).exists()


def peut_decider(par: Habilitation | None, demande: Habilitation) -> bool:
    """Whether a request waits for this person."""
    return peut_valider(par, demande) or peut_activer(par, demande)


def gere(par: Habilitation | None, habilitation: Habilitation) -> bool:
    """Whether `par` looks after it: an administrator, or its organisme's responsable; never one's own."""
    if par is None or par.utilisateur_id == habilitation.utilisateur_id:
        return False
    return peut_administrer(par) or est_responsable(par, habilitation.organisme_id)


def autres_administrateurs(habilitation: Habilitation) -> QuerySet[Habilitation]:
    """Administrators in force besides this one: the last of them may not go."""
    return Habilitation.objects.en_vigueur().filter(profil=Profil.ADMINISTRATEUR).exclude(pk=habilitation.pk)
