"""The ordinary way to an habilitation: asked for, validated by the organisme, activated by the CNMSS, or refused."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.verrou import verrouiller
from partners.comptes.models import Utilisateur
from partners.habilitations import policies, regles
from partners.habilitations.actions import poser
from partners.habilitations.annonces import annoncer_suivante, annoncer_suivi, numero, prevenir
from partners.habilitations.models import Charte, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme, Unite

Demandeur = Habilitation | Personne


def charte_en_vigueur() -> Charte | None:
    """The wording of the charter in force today."""
    return Charte.objects.filter(en_vigueur_depuis__lte=timezone.localdate()).order_by("-version").first()


@transaction.atomic
def demander(
    par: Demandeur,
    utilisateur: Utilisateur,
    organisme: Organisme,
    *,
    profil: str,
    unites: Iterable[Unite],
    programmes: Iterable[str],
    debut: date,
    fin: date | None = None,
    formation_le: date | None = None,
    motif: str = "",
    remplace: Habilitation | None = None,
) -> Habilitation:
    """Ask for an habilitation, for oneself, or for one's people as their responsable (it is then validated by that).

    Raises ActionRefusee when a rule forbids it, AccesRefuse when one asks for somebody else without being in charge.
    """
    unites, programmes = list(unites), list(programmes)
    regles.verrouiller_personne(utilisateur.pk)
    regles.verifier_profil(utilisateur, organisme, profil)
    regles.verifier_portee(organisme, unites, programmes, debut, fin)
    regles.verifier_formation(profil, unites, formation_le)
    demande = Habilitation(
        utilisateur=utilisateur,
        organisme=organisme,
        profil=profil,
        programmes=programmes,
        debut=debut,
        fin=fin,
        formation_le=formation_le,
        motif=motif.strip(),
        remplace=remplace,
        demandee_par_id=par.utilisateur_id,
        demandee_le=timezone.now(),
    )
    if remplace is not None:
        demande.charte, demande.charte_signee_le = remplace.charte, remplace.charte_signee_le
    _valider_si_en_charge(par, demande)
    demande.save()
    demande.unites.set(unites)
    journaliser(par, Acte.CREER, demande.reference, details=_details(demande, unites))
    annoncer_suivante(demande)
    if par.utilisateur_id != utilisateur.pk:
        annoncer_suivi(
            demande,
            f"Une habilitation est demandée pour vous : demande {numero(demande)}.",
            par.utilisateur_id,
        )
    return demande


def _valider_si_en_charge(par: Demandeur, demande: Habilitation) -> None:
    """The responsable who asks for one of his people has judged already; anyone else asks for herself only."""
    mandat = par if isinstance(par, Habilitation) else None
    if par.utilisateur_id == demande.utilisateur_id or policies.peut_administrer(mandat):
        return
    if not policies.est_responsable(mandat, demande.organisme_id):
        raise AccesRefuse(motif="habilitation demandée pour un autre")
    demande.etat, demande.validee_le = EtatHabilitation.VALIDEE, timezone.now()
    demande.validee_par_id = par.utilisateur_id


def _details(demande: Habilitation, unites: list[Unite]) -> dict[str, object]:
    return {
        "geste": "demande",
        "utilisateur": demande.utilisateur_id,
        "profil": demande.profil,
        "organisme": demande.organisme.code,
        "unites": [unite.code for unite in unites],
        "etat": demande.etat,
    }


def valider(par: Habilitation, demande: Habilitation, version: int | None = None) -> Habilitation:
    """The organisme's responsable agrees: the CNMSS decides next."""
    return _avancer(par, demande, EtatHabilitation.VALIDEE, version)


def activer(par: Habilitation, demande: Habilitation, version: int | None = None) -> Habilitation:
    """The CNMSS's administrator gives it: the person may use it from its first day."""
    return _avancer(par, demande, EtatHabilitation.ACTIVE, version)


@transaction.atomic
def _avancer(par: Habilitation, demande: Habilitation, vers: str, version: int | None) -> Habilitation:
    regles.verrouiller_personne(demande.utilisateur_id)
    demande = verrouiller(Habilitation, demande.pk, version)
    regles.pas_soi_meme(par.utilisateur_id, demande.utilisateur_id)
    avant = demande.etat
    regles.passer(demande, vers)
    _exiger_charge(par, demande, avant, vers)
    regles.verifier_compatible(demande)
    if vers == EtatHabilitation.ACTIVE:
        _activer(par, demande)
    else:
        demande.validee_par_id, demande.validee_le = par.utilisateur_id, timezone.now()
    demande.save()
    journaliser(par, Acte.MODIFIER, demande.reference, details={"de": avant, "vers": vers})
    if vers == EtatHabilitation.VALIDEE:
        annoncer_suivante(demande)
    annoncer_suivi(demande, SUIVIS[vers].format(numero(demande)))
    return demande


SUIVIS = {
    "validee": "Votre demande d’habilitation {} est validée par l’organisme : la CNMSS décide ensuite.",
    "active": "Votre demande d’habilitation {} est acceptée : l’habilitation est active.",
    "close": "Votre demande d’habilitation {} est refusée : le motif est dans le portail.",
}


def _exiger_charge(par: Habilitation, demande: Habilitation, avant: str, vers: str) -> None:
    """The right person for this step; `demande` has taken its new state already."""
    arrivee, demande.etat = demande.etat, avant
    if vers == EtatHabilitation.VALIDEE:
        permis = policies.peut_valider(par, demande)
    elif vers == EtatHabilitation.ACTIVE:
        permis = policies.peut_activer(par, demande)
    else:
        permis = policies.peut_decider(par, demande)
    demande.etat = arrivee
    if not permis:
        raise ActionRefusee(_pourquoi(par, demande, avant))


def _pourquoi(par: Habilitation, demande: Habilitation, avant: str) -> str:
    if policies.peut_administrer(par) and avant == EtatHabilitation.DEMANDEE:
        return f"Le responsable d’habilitations de {demande.organisme} valide d’abord cette demande."
    if policies.peut_administrer(par) and demande.validee_par_id == par.utilisateur_id:
        return "Vous avez validé cette demande : un autre administrateur l’active."
    return "Cette demande n’attend pas votre décision."


def _activer(par: Habilitation, demande: Habilitation) -> None:
    unites = list(demande.unites.all())
    regles.verifier_formation(demande.profil, unites, demande.formation_le)
    regles.verifier_charte(demande.profil, demande.charte_signee_le)
    if demande.organisme.jusque and demande.organisme.jusque < timezone.localdate():
        raise ActionRefusee(f"{demande.organisme} a cessé d’exister : refusez cette demande.")
    demande.accordee_par_id, demande.active_depuis, demande.motif = (
        par.utilisateur_id,
        timezone.localdate(),
        "",
    )


@transaction.atomic
def refuser(par: Habilitation, demande: Habilitation, motif: str, version: int | None = None) -> Habilitation:
    """Whoever decides next may refuse, and says why."""
    regles.exiger_motif(motif)
    demande = verrouiller(Habilitation, demande.pk, version)
    regles.pas_soi_meme(par.utilisateur_id, demande.utilisateur_id)
    avant = demande.etat
    if avant not in (EtatHabilitation.DEMANDEE, EtatHabilitation.VALIDEE):
        raise ActionRefusee("Cette demande a déjà reçu sa réponse.")
    regles.passer(demande, EtatHabilitation.CLOSE)
    _exiger_charge(par, demande, avant, EtatHabilitation.CLOSE)
    poser(demande, motif.strip())
    journaliser(
        par,
        Acte.MODIFIER,
        demande.reference,
        motif=motif,
        details={"de": avant, "vers": "close", "geste": "refus"},
    )
    annoncer_suivi(demande, SUIVIS["close"].format(numero(demande)))
    return demande


@transaction.atomic
def annuler(personne: Utilisateur, demande: Habilitation) -> Habilitation:
    """The person gives up her own request while nobody has activated it."""
    demande = verrouiller(Habilitation, demande.pk)
    if demande.utilisateur_id != personne.pk:
        raise AccesRefuse(motif="demande d’un autre")
    if demande.etat not in (EtatHabilitation.DEMANDEE, EtatHabilitation.VALIDEE):
        raise ActionRefusee("Cette demande a déjà reçu sa réponse.")
    avant = demande.etat
    regles.passer(demande, EtatHabilitation.CLOSE)
    poser(demande, "demande retirée par la personne")
    journaliser(
        Personne(personne),
        Acte.MODIFIER,
        demande.reference,
        details={"de": avant, "vers": "close", "geste": "retrait"},
    )
    return demande


def reste_a_accepter(habilitation: Habilitation, charte: Charte) -> bool:
    """Whether a correspondant has not accepted this wording; a date without a version is a signature on paper."""
    if habilitation.profil != Profil.CORRESPONDANT:
        return False
    if habilitation.charte_signee_le is None:
        return True
    if habilitation.charte_id is None:
        return habilitation.charte_signee_le < charte.en_vigueur_depuis
    return habilitation.charte_id != charte.pk


@transaction.atomic
def accepter_charte(personne: Utilisateur, habilitation: Habilitation, charte: Charte) -> Habilitation:
    """The correspondant accepts the wording he has read: its version and the day are kept."""
    habilitation = verrouiller(Habilitation, habilitation.pk)
    if habilitation.utilisateur_id != personne.pk or habilitation.profil != Profil.CORRESPONDANT:
        raise AccesRefuse(motif="charte d’un autre")
    if habilitation.etat == EtatHabilitation.CLOSE:
        raise ActionRefusee("Cette habilitation est close : il n’y a plus rien à accepter.")
    if charte != charte_en_vigueur():
        raise ActionRefusee("Le texte de la charte vient de changer : relisez-le avant de l’accepter.")
    habilitation.charte, habilitation.charte_signee_le = charte, timezone.localdate()
    habilitation.version += 1
    habilitation.save(update_fields=["charte", "charte_signee_le", "version"])
    journaliser(
        Personne(personne), Acte.MODIFIER, habilitation.reference,
        details={"geste": "charte", "version": charte.version},
    )  # fmt: skip
    return habilitation


@transaction.atomic
def demander_reprise(personne: Utilisateur, habilitation: Habilitation) -> Habilitation:
    """The person asks for a suspended habilitation back; asked twice, those in charge are told once."""
    habilitation = verrouiller(Habilitation, habilitation.pk)
    if habilitation.utilisateur_id != personne.pk:
        raise AccesRefuse(motif="habilitation d’un autre")
    if habilitation.etat != EtatHabilitation.SUSPENDUE:
        raise ActionRefusee("Cette habilitation n’est pas suspendue.")
    if habilitation.reprise_demandee_le is None:
        habilitation.reprise_demandee_le = timezone.now()
        habilitation.version += 1
        habilitation.save(update_fields=["reprise_demandee_le", "version"])
        journaliser(
            Personne(personne), Acte.MODIFIER, habilitation.reference, details={"geste": "demande de reprise"}
        )
        _annoncer_reprise(habilitation)
    return habilitation


def _annoncer_reprise(habilitation: Habilitation) -> None:
    charges = list(policies.valideurs(habilitation)) if habilitation.cause != "decision" else []
    charges = charges or list(policies.administrateurs(habilitation.utilisateur_id))
    prevenir(
        [h.utilisateur for h in charges],
        f"La reprise de l’habilitation {numero(habilitation)} est demandée.",
        reverse("habilitations:personne", args=[habilitation.pk]),
        f"habilitation-{habilitation.pk}-reprise-{habilitation.version}",
    )
