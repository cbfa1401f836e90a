"""An organisme disappears into another one: decided on one page, carried out on the day by the outbox, in batches.

What becomes of the habilitations: an active one is closed and given anew at the successor, with the same profil, units,
dates, training and charter, when the successor may hold it; a suspended one and a request are closed only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.sortie import deposer, traitement
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from partners.departs.models import NatureDepart
from partners.departs.remise import remettre
from partners.habilitations import policies, regles
from partners.habilitations.actions import poser
from partners.habilitations.annonces import annoncer_suivi, numero, prevenir
from partners.habilitations.models import EtatHabilitation, Habilitation
from partners.organismes.models import Organisme, Unite
from partners.successions.models import TRANSITIONS, EtatSuccession, Succession
from partners.successions.reprise import Comptes, reprise

GENRE = "organismes.succession"
LOT = 200


@dataclass(frozen=True)
class Apercu:
    """What a succession would do, in numbers, before anybody decides."""

    ancien: Organisme
    transferees: int
    closes: int
    unites: int
    partages: Comptes


def apercu(par: Habilitation, ancien: Organisme, successeur: Organisme, effet_le: date) -> Apercu:
    """Count what would move and what would end."""
    policies.exiger_administrateur(par)
    vivantes = _vivantes(ancien)
    transferees = sum(transferable(h, successeur, effet_le) for h in vivantes)
    with systeme("succession"):
        partages = reprise().compter(ancien, successeur)
    return Apercu(ancien, transferees, len(vivantes) - transferees, ancien.unites.count(), partages)


def _vivantes(ancien: Organisme) -> list[Habilitation]:
    vivantes = Habilitation.objects.filter(organisme=ancien).exclude(etat=EtatHabilitation.CLOSE)
    return list(vivantes.select_related("utilisateur", "organisme").order_by("utilisateur_id", "pk"))


def transferable(habilitation: Habilitation, successeur: Organisme, effet_le: date) -> bool:
    """Whether it goes on at the successor: active, not over, a profil and programme that it has, not held there."""
    return (
        habilitation.etat == EtatHabilitation.ACTIVE
        and (habilitation.fin is None or habilitation.fin >= effet_le)
        and policies.profil_possible(habilitation.profil, successeur)
        and bool(set(habilitation.programmes) & set(successeur.programmes))
        and _deja(habilitation, successeur) is None
    )


def _deja(habilitation: Habilitation, successeur: Organisme) -> Habilitation | None:
    return (
        Habilitation.objects.filter(
            utilisateur=habilitation.utilisateur_id, organisme=successeur, profil=habilitation.profil
        )
        .exclude(etat=EtatHabilitation.CLOSE)
        .first()
    )


@transaction.atomic
def decider(
    par: Habilitation, anciens: Iterable[Organisme], successeur: Organisme, effet_le: date
) -> list[Succession]:
    """Decide that organismes cease into another: the work starts on that day, at once when it has come."""
    policies.exiger_administrateur(par)
    anciens = sorted(anciens, key=lambda o: o.pk)
    if not anciens:
        raise ActionRefusee("Choisissez au moins un organisme qui cesse.", "anciens")
    if effet_le < timezone.localdate():
        raise ActionRefusee(
            "La date d’effet ne peut pas être passée : les accès changent ce jour-là.", "effet_le"
        )
    # Always in the same order: two opposite decisions at once wait for each other instead of crossing.
    verrouilles = Organisme.objects.select_for_update().filter(
        pk__in=[successeur.pk, *(o.pk for o in anciens)]
    )
    par_cle = {o.pk: o for o in verrouilles.order_by("pk")}
    return [_decider_un(par, par_cle[o.pk], par_cle[successeur.pk], effet_le) for o in anciens]


def _decider_un(par: Habilitation, ancien: Organisme, successeur: Organisme, effet_le: date) -> Succession:
    _verifier(ancien, successeur, effet_le)
    succession = Succession.objects.create(ancien=ancien, successeur=successeur, effet_le=effet_le, par=par)
    journaliser(
        par, Acte.MODIFIER, f"organisme {ancien.code}",
        details={"geste": "succession", "successeur": successeur.code, "effet": effet_le},
    )  # fmt: skip
    debut = timezone.make_aware(datetime.combine(effet_le, time.min))
    deposer(GENRE, {"succession": succession.pk}, f"succession-{succession.pk}", pas_avant=debut)
    return succession


def _verifier(ancien: Organisme, successeur: Organisme, effet_le: date) -> None:
    if ancien.pk == successeur.pk:
        raise ActionRefusee("Un organisme ne se succède pas à lui-même.", "successeur")
    if ancien.est_cnmss or successeur.est_cnmss:
        raise ActionRefusee("La CNMSS, dépositaire des dossiers, n’entre pas dans une fusion.", "anciens")
    tenues = Succession.objects.tenues()
    if ancien.jusque or tenues.filter(ancien=ancien).exists():
        raise ActionRefusee(f"{ancien} a déjà cessé, ou sa fin est déjà décidée.", "anciens")
    if successeur.jusque or tenues.filter(ancien=successeur).exists():
        raise ActionRefusee(
            f"{successeur} a cessé, ou va cesser : choisissez son propre successeur.", "successeur"
        )
    if tenues.filter(successeur=ancien).exclude(etat=EtatSuccession.TERMINEE).exists():
        raise ActionRefusee(f"{ancien} est en train d’en reprendre un autre : attendez la fin.", "anciens")
    if effet_le <= ancien.depuis:
        raise ActionRefusee(f"{ancien} n’existait pas encore la veille.", "effet_le")


@transaction.atomic
def annuler(par: Habilitation, succession: Succession, motif: str) -> Succession:
    """Give up a merger that has not begun: nothing has moved yet. Raises ActionRefusee."""
    policies.exiger_administrateur(par)
    regles.exiger_motif(motif)
    succession = verrouiller(Succession, succession.pk)
    try:
        verifier(TRANSITIONS, succession.etat, EtatSuccession.ANNULEE)
    except TransitionInterdite as erreur:
        raise ActionRefusee(
            f"Cette fusion est {succession.get_etat_display()} : elle ne s’annule plus."
        ) from erreur
    succession.etat, succession.motif = EtatSuccession.ANNULEE, motif.strip()
    succession.annulee_par, succession.annulee_le = par, timezone.now()
    succession.save(update_fields=["etat", "motif", "annulee_par", "annulee_le"])
    journaliser(
        par, Acte.MODIFIER, f"organisme {succession.ancien.code}", motif=succession.motif,
        details={"geste": "succession annulée", "successeur": succession.successeur.code, "effet": succession.effet_le},
    )  # fmt: skip
    return succession


@traitement(GENRE)
def avancer(donnees: dict[str, Any]) -> None:
    """One step: first the organisme, its units and its people; then the shares, one batch a job, until none is left."""
    with systeme("succession"):
        succession = Succession.objects.select_for_update(of=("self",)).get(pk=donnees["succession"])
        if succession.etat == EtatSuccession.PREVUE:
            _commencer(succession)
        elif succession.etat == EtatSuccession.EN_COURS:
            _continuer(succession)
        if succession.etat == EtatSuccession.EN_COURS:
            pas = f"succession-{succession.pk}-{succession.curseur}-{succession.partages_traites}"
            deposer(GENRE, {"succession": succession.pk}, pas)


def _commencer(succession: Succession) -> None:
    ancien, successeur = succession.ancien, succession.successeur
    succession.partages = reprise().compter(ancien, successeur).actifs
    ancien.jusque, ancien.successeur = succession.effet_le - timedelta(days=1), successeur
    ancien.version += 1
    ancien.save(update_fields=["jusque", "successeur", "version"])
    succession.unites = ancien.unites.update(organisme=successeur)
    for habilitation in _vivantes(ancien):
        if _transferer(succession, habilitation.pk):
            succession.habilitations_transferees += 1
        else:
            succession.habilitations_closes += 1
    succession.etat = EtatSuccession.EN_COURS
    succession.save()


def _transferer(succession: Succession, pk: int) -> bool:
    """Close one habilitation of the old organisme; whether it goes on at the successor."""
    ancienne = verrouiller(Habilitation, pk)
    regles.verrouiller_personne(ancienne.utilisateur_id)
    continue_ = transferable(ancienne, succession.successeur, succession.effet_le)
    unites = list(ancienne.unites.all())
    avant, fin = ancienne.etat, ancienne.fin
    regles.passer(ancienne, EtatHabilitation.CLOSE)
    poser(ancienne, f"{succession.ancien} devient {succession.successeur}")
    suite = _suite(succession, ancienne, unites, fin) if continue_ else _deja(ancienne, succession.successeur)
    depart = remettre(succession.par, ancienne, NatureDepart.FIN, suite)
    depart.suite = suite
    depart.save(update_fields=["suite"])
    journaliser(
        succession.par, Acte.MODIFIER, ancienne.reference, motif=ancienne.motif,
        details={"geste": "succession", "de": avant, "vers": "close", "suite": suite.reference if suite else ""},
    )  # fmt: skip
    devient = f"devient la {numero(suite)}" if suite else "est close"
    annoncer_suivi(ancienne, f"Votre habilitation {numero(ancienne)} {devient} : votre organisme change.")
    return continue_


def _suite(
    succession: Succession, ancienne: Habilitation, unites: list[Unite], fin: date | None
) -> Habilitation:
    suite = Habilitation.objects.create(
        utilisateur=ancienne.utilisateur, organisme=succession.successeur, profil=ancienne.profil,
        programmes=[p for p in ancienne.programmes if p in succession.successeur.programmes],
        etat=EtatHabilitation.ACTIVE, debut=max(ancienne.debut, succession.effet_le), fin=fin,
        formation_le=ancienne.formation_le, charte=ancienne.charte, charte_signee_le=ancienne.charte_signee_le,
        accordee_par_id=_qui_accorde(succession, ancienne), derniere_utilisation=ancienne.derniere_utilisation,
        active_depuis=ancienne.active_depuis, remplace=ancienne,
        motif=f"reprise de {succession.ancien}",
    )  # fmt: skip
    suite.unites.set(unites)
    return suite


def _qui_accorde(succession: Succession, ancienne: Habilitation) -> int | None:
    """Who decided the merger; for her own habilitation, who had granted her the one that it continues."""
    decideur = succession.par.utilisateur_id
    return ancienne.accordee_par_id if decideur == ancienne.utilisateur_id else decideur


def _continuer(succession: Succession) -> None:
    lot = reprise().reprendre(succession, succession.curseur, LOT)
    succession.partages_traites += lot.traites
    succession.partages_repris += lot.repris
    if lot.curseur:
        succession.curseur = lot.curseur
    else:
        _terminer(succession)
    succession.save()


def _terminer(succession: Succession) -> None:
    succession.etat, succession.terminee_le = EtatSuccession.TERMINEE, timezone.now()
    charges = [*policies.administrateurs(), *policies.responsables(succession.successeur_id)]
    prevenir(
        [h.utilisateur for h in charges],
        f"La reprise de {succession.ancien} par {succession.successeur} est terminée.",
        reverse("accueil"),
        f"succession-{succession.pk}-terminee",
    )
