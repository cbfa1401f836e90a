"""The life of a list: filed, its columns joined, tried, applied in one transaction, or given up; emptied at its end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from annuaire import policies
from annuaire.echanges.colonnes import defauts
from annuaire.echanges.essai import REFUSE, Ecriture, Essai, compter
from annuaire.echanges.models import A_PREPARER, TRANSITIONS, Depot, EtatDepot, Nature
from annuaire.fiches.models import Competence, Contact, Service
from dossierunique import etats
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.fichiers.noms import nom_affichable
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.listes_deposees import Tableau
from dossierunique.verrou import verrouiller
from partners.models import Habilitation, Organisme

EXTENSIONS = frozenset({"csv", "txt", "xlsx", "ods"})
DEJA_FINIE = "Cette liste est déjà appliquée, ou abandonnée : son résultat est affiché ci-dessous."


def depots_visibles(par: Habilitation) -> QuerySet[Depot]:
    """The lists of the organismes that one keeps."""
    return Depot.objects.filter(organisme__in=policies.organismes_tenus(par))


def depot_visible(par: Habilitation, reference: UUID) -> Depot:
    """A list of an organisme that one keeps, or AccesRefuse."""
    lus = depots_visibles(par).select_related("organisme", "depose_par__utilisateur")
    depot = lus.filter(reference=reference).first()
    if depot is None:
        raise AccesRefuse(str(reference), "liste inconnue")
    return depot


@transaction.atomic
def deposer(par: Habilitation, tableau: Tableau, *, nature: str, nom: str, organisme: Organisme) -> Depot:
    """Keep the cells of a list until it is applied. Raises AccesRefuse."""
    policies.exiger_de_tenir(par, organisme)
    extension = nom.rpartition(".")[2].lower()
    depot = Depot.objects.create(
        nature=nature,
        nom=nom_affichable(nom, extension if extension in EXTENSIONS else "csv"),
        organisme=organisme,
        contenu={
            "titres": tableau.titres,
            "lignes": [[numero, cellules] for numero, cellules in tableau.lignes],
        },
        nombre=len(tableau.lignes),
        depose_par=par,
    )
    journaliser(
        par,
        Acte.CREER,
        str(depot.reference),
        details={"geste": "liste de l’annuaire", "lignes": depot.nombre},
    )
    return depot


@transaction.atomic
def associer(par: Habilitation, depot: Depot, colonnes: Mapping[str, str], version: int) -> Depot:
    """Say what each column is, and try the list with it. Raises ActionRefusee, ModifieDepuis, AccesRefuse."""
    tenu = _verrouiller(par, depot, version)
    if fautes := defauts(colonnes, tenu.nature):
        raise ActionRefusee(" ".join(fautes))
    if tenu.etat != EtatDepot.VERIFIE:
        _aller(tenu, EtatDepot.VERIFIE)
    tenu.colonnes = dict(colonnes)
    tenu.rapport = Essai(par, tenu).verdict().rapport
    tenu.version += 1
    tenu.save(update_fields=["colonnes", "rapport", "etat", "version"])
    return tenu


@transaction.atomic
def appliquer(par: Habilitation, depot: Depot, version: int) -> Depot:
    """Write what the good lines say, all at once; what the file does not name stays. Asked twice, it is done once.

    Tried again first: when the directory has changed since, nothing is written and the new report is to be read.
    Raises ActionRefusee, ModifieDepuis, AccesRefuse.
    """
    tenu = _verrouiller(par, depot, version)
    verdict = Essai(par, tenu).verdict()
    tenu.version += 1
    if verdict.rapport != tenu.rapport:
        tenu.rapport = verdict.rapport
        tenu.save(update_fields=["rapport", "version"])
        return tenu
    if not any(e["constat"] != REFUSE for e in tenu.rapport):
        raise ActionRefusee(
            "Aucune ligne ne peut être appliquée : corrigez la liste, puis déposez-la de nouveau."
        )
    for ecriture in verdict.ecritures:
        _ecrire(tenu.nature, ecriture)
    _aller(tenu, EtatDepot.APPLIQUE)
    tenu.contenu = {}
    tenu.save(update_fields=["contenu", "etat", "version"])
    details = {"geste": "liste de l’annuaire appliquée", **compter(tenu.rapport)}
    journaliser(par, Acte.MODIFIER, str(tenu.reference), details=details)
    return tenu


@transaction.atomic
def abandonner(par: Habilitation, depot: Depot, version: int) -> Depot:
    """Give a list up: it is emptied. Raises ActionRefusee, ModifieDepuis, AccesRefuse."""
    tenu = _verrouiller(par, depot, version)
    _vider(tenu)
    journaliser(par, Acte.MODIFIER, str(tenu.reference), details={"geste": "liste de l’annuaire abandonnée"})
    return tenu


@transaction.atomic
def abandonner_les_oubliees() -> int:
    """Empty the lists that nobody applied in time; how many. For the nightly task."""
    limite = timezone.now() - timedelta(days=settings.ANNUAIRE_LISTE_JOURS)
    oubliees = Depot.objects.select_for_update().filter(etat__in=A_PREPARER, depose_le__lt=limite)
    for depot in oubliees:
        _vider(depot)
        journaliser(None, Acte.MODIFIER, str(depot.reference), details={"geste": "liste oubliée"})
    return len(oubliees)


def _vider(depot: Depot) -> None:
    _aller(depot, EtatDepot.ABANDONNE)
    depot.contenu, depot.rapport, depot.version = {}, [], depot.version + 1
    depot.save(update_fields=["contenu", "rapport", "etat", "version"])


def _verrouiller(par: Habilitation, depot: Depot, version: int) -> Depot:
    depot_visible(par, depot.reference)
    tenu = verrouiller(Depot, depot.pk)
    if tenu.etat not in A_PREPARER:
        raise ActionRefusee(DEJA_FINIE)
    if tenu.version != version:
        raise ModifieDepuis(tenu)
    return tenu


def _aller(depot: Depot, vers: str) -> None:
    try:
        etats.verifier(TRANSITIONS, depot.etat, vers)
    except etats.TransitionInterdite:
        raise ActionRefusee("Associez d’abord les colonnes de la liste.") from None
    depot.etat = vers


def _ecrire(nature: str, ecriture: Ecriture) -> None:
    """One line: an entry created, or the fields that it changes; a list only adds to what a service looks after."""
    if ecriture.cible is not None and not ecriture.changements and not ecriture.ajouts:
        return
    entree = ecriture.cible or _neuve(nature, ecriture)
    champs: dict[str, Any] = {**ecriture.changements, "verifie_le": timezone.localdate()}
    for nom, valeur in champs.items():
        setattr(entree, nom, valeur)
    if ecriture.cible is None:
        entree.save()
    else:
        entree.version += 1
        entree.save(update_fields=[*champs, "version"])
    Competence.objects.bulk_create(
        [Competence(service_id=entree.pk, **chose.champs()) for chose in ecriture.ajouts],
        ignore_conflicts=True,
    )


def _neuve(nature: str, ecriture: Ecriture) -> Service | Contact:
    if nature == Nature.SERVICES:
        return Service(organisme=ecriture.ligne.organisme)
    return Contact()
