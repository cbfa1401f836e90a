"""Leaving an organisme, or moving to another unit: the access ends at once, the open work passes into other hands."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.verrou import verrouiller
from partners.departs.models import Depart, NatureDepart
from partners.departs.remise import remettre
from partners.habilitations import actions, parcours, policies, regles
from partners.habilitations.annonces import annoncer_suivi, numero, prevenir
from partners.habilitations.models import EN_ATTENTE, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Unite

Acteur = parcours.Demandeur


def partir(
    par: Acteur,
    habilitation: Habilitation,
    motif: str,
    successeur: Habilitation | None = None,
    version: int | None = None,
) -> Depart:
    """She leaves: said by herself, her organisme's responsable or an administrator. Nothing is given back after."""
    if par.utilisateur_id != habilitation.utilisateur_id:
        _exiger_charge(par, habilitation)
    return _quitter(par, habilitation, NatureDepart.DEPART, motif, successeur, version)


def mettre_fin(
    par: Acteur,
    habilitation: Habilitation,
    motif: str,
    successeur: Habilitation | None = None,
    version: int | None = None,
) -> Depart:
    """Those in charge end it, without her leaving (the yearly review says that it is of no use any more)."""
    _exiger_charge(par, habilitation)
    return _quitter(par, habilitation, NatureDepart.FIN, motif, successeur, version)


@transaction.atomic
def muter(
    par: Habilitation,
    habilitation: Habilitation,
    unites: Iterable[Unite],
    motif: str,
    successeur: Habilitation | None = None,
    version: int | None = None,
) -> Depart:
    """He moves: the habilitation for the old unit ends, one is asked for the new, with his training and charter."""
    unites = list(unites)
    _exiger_charge(par, habilitation)
    if habilitation.profil != Profil.CORRESPONDANT:
        raise ActionRefusee("Seul un correspondant a un périmètre d’unités : enregistrez plutôt un départ.")
    if not unites or {u.pk for u in unites} == set(habilitation.unites_ids):
        raise ActionRefusee("Choisissez la nouvelle unité.", "unites")
    depart = _quitter(par, habilitation, NatureDepart.MUTATION, motif, successeur, version)
    ancienne = depart.habilitation
    depart.suite = parcours.demander(
        par, ancienne.utilisateur, ancienne.organisme, profil=ancienne.profil, unites=unites,
        programmes=ancienne.programmes, debut=timezone.localdate(),
        formation_le=ancienne.formation_le, motif=motif, remplace=ancienne,
    )  # fmt: skip
    depart.save(update_fields=["suite"])
    return depart


def successeurs(habilitation: Habilitation) -> list[Habilitation]:
    """Who may take over: colleagues in force under the same profil; for a correspondant, of one of his units."""
    colleges = Habilitation.objects.en_vigueur().filter(
        organisme=habilitation.organisme_id, profil=habilitation.profil
    )
    if habilitation.profil == Profil.CORRESPONDANT:
        colleges = colleges.filter(unites__in=habilitation.unites_ids).distinct()
    colleges = colleges.exclude(utilisateur=habilitation.utilisateur_id)
    return list(
        colleges.select_related("utilisateur", "organisme").order_by("utilisateur__last_name", "pk")[:200]
    )


def _exiger_charge(par: Acteur, habilitation: Habilitation) -> None:
    if not policies.gere(par if isinstance(par, Habilitation) else None, habilitation):
        raise AccesRefuse(motif="habilitation d’un autre organisme")


@transaction.atomic
def _quitter(
    par: Acteur,
    habilitation: Habilitation,
    nature: str,
    motif: str,
    successeur: Habilitation | None,
    version: int | None,
) -> Depart:
    regles.exiger_motif(motif)
    regles.verrouiller_administrateurs(habilitation)
    regles.verrouiller_personne(habilitation.utilisateur_id)
    fraiche = verrouiller(Habilitation, habilitation.pk, version)
    if fraiche.etat in EN_ATTENTE:
        raise ActionRefusee("Ce n’est encore qu’une demande : elle se refuse ou se retire.")
    if successeur is not None and successeur not in successeurs(fraiche):
        raise ActionRefusee(
            "Cette personne ne peut pas reprendre ce travail : choisissez dans la liste.", "successeur"
        )
    actions.garder_un_administrateur(fraiche)
    avant = fraiche.etat
    regles.passer(fraiche, EtatHabilitation.CLOSE)
    actions.poser(fraiche, motif.strip())
    depart = remettre(par, fraiche, nature, successeur)
    journaliser(
        par, Acte.MODIFIER, fraiche.reference, motif=motif,
        details={"geste": nature, "de": avant, "vers": "close", "remises": len(depart.remises)},
    )  # fmt: skip
    annoncer_suivi(fraiche, f"Votre habilitation {numero(fraiche)} est close.", par.utilisateur_id)
    if par.utilisateur_id == fraiche.utilisateur_id:
        _annoncer_depart(fraiche)
    return depart


def _annoncer_depart(partie: Habilitation) -> None:
    """Who leaves on her own: her organisme learns it, and sees what nobody may have taken over."""
    charges = list(policies.valideurs(partie)) or list(policies.administrateurs(partie.utilisateur_id))
    prevenir(
        [h.utilisateur for h in charges],
        f"La personne de l’habilitation {numero(partie)} annonce son départ : son accès est fermé.",
        reverse("habilitations:bilan", args=[partie.pk]),
        f"habilitation-{partie.pk}-depart",
    )
