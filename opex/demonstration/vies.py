"""What happened to each wounded person of the demo: wounds, stays, papers due, aids, handovers, deaths."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from dossiers.demonstration.acteurs import Acteurs
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.models import Dossier, Nature
from opex.contributions.models import ContributionOpex, Forme, GenreContribution, VersionContributionOpex
from opex.demonstration import catalogue
from opex.models import (
    AccordAyantCause,
    AyantCause,
    Blessure,
    Dapias,
    Echeance,
    Evolution,
    Operation,
    Relais,
    Suivi,
)
from partners.models import Habilitation

UN_JOUR = timedelta(days=1)
MONTANTS = {
    Forme.CAPITAL: (600, 25000),
    Forme.RENTE: (180, 900),
    Forme.PRET: (1500, 9000),
    Forme.NATURE: (0, 1),
}
AIDES = {"blesse": (2, 6), "a_posteriori": (1, 3), "decede": (3, 5)}


def noter(
    dossier: Dossier, genre: Genre, auteur: Habilitation, quand: datetime, jour: date | None = None, **k: Any
) -> None:
    """One event of the history, at the time when it was told."""
    organisme = k.pop("organisme", None)
    Evenement.objects.create(
        dossier=dossier, genre=genre, auteur=auteur, quand=quand, jour=jour or timezone.localdate(quand),
        organisme=organisme, donnees=k,
    )  # fmt: skip


def a_l_heure(jour: date, heure: int = 10) -> datetime:
    """A moment of that day, never in the future."""
    quand = datetime.combine(jour, time(heure), tzinfo=timezone.get_default_timezone())
    return min(quand, timezone.now())


def raconter_la_vie(
    acteurs: Acteurs,
    dossier: Dossier,
    sorte: str,
    operation: Operation,
    genres: dict[str, list[GenreContribution]],
    hasard: Random,
) -> None:
    """Bring the dossier to the state of its kind."""
    if sorte == "expire":
        Suivi.objects.filter(pk=dossier.pk).update(etat="expire")
    if sorte in ("dormant", "expire"):
        return
    blessure = _blessure(acteurs, dossier, sorte, operation, hasard)
    _activer(acteurs, dossier, blessure, hasard)
    for rang in range(hasard.randrange(1, 4)):
        _evolution(acteurs, dossier, blessure, rang, hasard)
    _dapias(acteurs, dossier, blessure, hasard)
    _echeances(acteurs, dossier, blessure, hasard)
    if sorte == "decede":
        _deces(acteurs, dossier, blessure, hasard)
    _aides(acteurs, dossier, blessure, sorte, genres, hasard)
    if sorte == "blesse" and blessure.survenue_le.year < 2022 and "onacvg" in dossier.accordes:
        _relais(acteurs, dossier, hasard)


def _blessure(
    acteurs: Acteurs, dossier: Dossier, sorte: str, operation: Operation, hasard: Random
) -> Blessure:
    jour = dossier.depart + timedelta(days=hasard.randrange(15, 110))
    circonstances = hasard.choice(list(catalogue.RECITS))
    evacuee = hasard.random() < 0.7
    quand = a_l_heure(jour, 22) if sorte != "a_posteriori" else timezone.now() - 2 * UN_JOUR
    blessure = Blessure.objects.create(
        dossier=dossier, rang=1, survenue_le=jour, lieu=hasard.choice(catalogue.LIEUX), theatre=operation.theatre,
        operation=operation, circonstances=circonstances, recit=catalogue.RECITS[circonstances],
        gravite=hasard.choice(["legere", "serieuse", "serieuse", "grave", "tres_grave"]),
        message=f"MSG-{jour:%Y%m%d}-{dossier.pk}", evacuation="metropole" if evacuee else "theatre",
        evacuee_le=jour + UN_JOUR if evacuee else None, hopital=hasard.choice(catalogue.HOPITAUX) if evacuee else "",
        a_posteriori=sorte == "a_posteriori", signalee_par=dossier.ouvert_par, signalee_le=quand,
        **_reconnaissance(jour, hasard),
    )  # fmt: skip
    noter(dossier, Genre.BLESSURE, dossier.ouvert_par, quand, jour, blessure=blessure.pk)
    return blessure


def _reconnaissance(jour: date, hasard: Random) -> dict[str, Any]:
    etat = hasard.choice(["non_demandee", "demandee", "reconnue", "reconnue", "refusee"])
    decidee = min(jour + timedelta(days=hasard.randrange(60, 240)), timezone.localdate())
    return {"reconnaissance": etat, "reconnue_le": decidee if etat in ("reconnue", "refusee") else None}


def _activer(acteurs: Acteurs, dossier: Dossier, blessure: Blessure, hasard: Random) -> None:
    referent = acteurs.habilitations["opex"] if "cabat" in dossier.accordes else None
    Suivi.objects.filter(pk=dossier.pk).update(
        etat="active", active_le=blessure.signalee_le, maj_le=blessure.signalee_le,
        porteur=referent.organisme if referent else None, referent=referent,
    )  # fmt: skip
    if blessure.survenue_le < timezone.localdate() - timedelta(days=200):
        Suivi.objects.filter(pk=dossier.pk).update(etat=hasard.choice(["en_suivi", "en_suivi", "en_veille"]))


def _suiveur(acteurs: Acteurs, dossier: Dossier, hasard: Random) -> Habilitation:
    return (
        acteurs.habilitations["opex"] if "cabat" in dossier.accordes else hasard.choice(acteurs.gestionnaires)
    )


def _evolution(acteurs: Acteurs, dossier: Dossier, blessure: Blessure, rang: int, hasard: Random) -> None:
    depuis = blessure.survenue_le + timedelta(days=3 + rang * 60 + hasard.randrange(30))
    if depuis > timezone.localdate():
        return
    par = _suiveur(acteurs, dossier, hasard)
    evolution = Evolution.objects.create(
        dossier=dossier, blessure=blessure, genre=catalogue.EVOLUTIONS[min(rang * 2, 5)], depuis=depuis,
        lieu=hasard.choice(catalogue.HOPITAUX) if rang == 0 else "", par=par, enregistree_le=a_l_heure(depuis, 15),
    )  # fmt: skip
    noter(dossier, Genre.EVOLUTION, par, a_l_heure(depuis, 15), depuis, evolution=evolution.pk)


def _dapias(acteurs: Acteurs, dossier: Dossier, blessure: Blessure, hasard: Random) -> None:
    if hasard.random() < 0.35:
        return
    par = _suiveur(acteurs, dossier, hasard)
    depuis = blessure.survenue_le + timedelta(days=10)
    recente = timezone.localdate() - timedelta(days=hasard.randrange(20, 170))
    ouverte = hasard.random() < 0.5
    depuis = max(depuis, recente) if ouverte else depuis
    jusque = depuis + timedelta(days=183)
    close = jusque < timezone.localdate()
    dapias = Dapias.objects.create(
        dossier=dossier, blessure=blessure, reference=f"DAPIAS-{depuis:%Y}-{dossier.pk}", depuis=depuis, jusque=jusque,
        etat="close" if close else "en_cours", motif_fin="Consolidation constatée." if close else "", par=par,
    )  # fmt: skip
    faits = {"dapias": dapias.pk, "blessure": blessure.pk}
    noter(dossier, Genre.DAPIAS, par, a_l_heure(depuis, 11), depuis, **faits, etat="en_cours")
    if close:
        noter(dossier, Genre.DAPIAS, par, a_l_heure(jusque, 11), jusque, **faits, etat="close")
    else:
        Echeance.objects.create(
            dossier=dossier, genre="dapias", libelle="Renouveler la DAPIAS", le=jusque, blessure=blessure,
            dapias=dapias, par=par,
        )  # fmt: skip


def _echeances(acteurs: Acteurs, dossier: Dossier, blessure: Blessure, hasard: Random) -> None:
    limite = date(blessure.survenue_le.year + 4, 12, 31)
    passee = limite < timezone.localdate()
    Echeance.objects.create(
        dossier=dossier, genre="epfp", libelle="Demande à l’EPFP", le=limite, blessure=blessure,
        etat="faite" if passee else "a_faire",
    )  # fmt: skip
    Echeance.objects.create(
        dossier=dossier, libelle=hasard.choice(catalogue.ETAPES),
        le=timezone.localdate() + timedelta(days=hasard.randrange(-10, 90)), blessure=blessure,
        par=_suiveur(acteurs, dossier, hasard),
    )  # fmt: skip


def _auteur(acteurs: Acteurs, code: str) -> Habilitation:
    """Somebody of the partner, else the CNMSS on its behalf."""
    propres = {"asd": "asd", "uneo": "uneo", "cabat": "opex"}
    habilitation = acteurs.habilitations.get(propres.get(code, f"{code}-opex"))
    return habilitation or acteurs.gestionnaires[0]


def _aides(
    acteurs: Acteurs,
    dossier: Dossier,
    blessure: Blessure,
    sorte: str,
    genres: dict[str, list[GenreContribution]],
    hasard: Random,
) -> None:
    famille = list(dossier.ayants_cause.all())
    codes = hasard.sample(dossier.accordes, min(len(dossier.accordes), hasard.randrange(*AIDES[sorte])))
    for code in codes:
        genre = hasard.choice(genres[code])
        debut = min(blessure.survenue_le + timedelta(days=hasard.randrange(20, 400)), timezone.localdate())
        beneficiaire = _beneficiaire(acteurs, famille, code)
        _aide(acteurs, dossier, blessure, genre, code, debut, hasard, beneficiaire)


def _beneficiaire(acteurs: Acteurs, famille: list[AyantCause], code: str) -> AyantCause | None:
    for ayant_cause in famille:
        if ayant_cause.accords.filter(organisme=acteurs.organismes[code], decision="accorde").exists():
            return ayant_cause
    return None


def _aide(
    acteurs: Acteurs, dossier: Dossier, blessure: Blessure, genre: GenreContribution, code: str, debut: date,
    hasard: Random, beneficiaire: AyantCause | None,
) -> None:  # fmt: skip
    bas, haut = MONTANTS[Forme(genre.forme)]
    rente = genre.forme == Forme.RENTE
    etat = "en_versement" if rente else hasard.choice(["versee", "versee", "accordee", "promise"])
    auteur = _auteur(acteurs, code)
    champs = {
        "genre": genre, "etat": etat, "montant": Decimal(hasard.randrange(bas, haut)),
        "periodicite": "mensuelle" if rente else "unique", "debut": debut,
        "taux": Decimal(hasard.choice([10, 25, 40, 65])) if genre.avec_taux else None,
    }  # fmt: skip
    aide = ContributionOpex.objects.create(
        dossier=dossier, blessure=blessure, organisme=acteurs.organismes[code], beneficiaire=beneficiaire,
        saisie_par=auteur, cree_le=a_l_heure(debut, 16), maj_le=a_l_heure(debut, 16), **champs,
    )  # fmt: skip
    VersionContributionOpex.objects.create(
        contribution=aide, rang=1, auteur=auteur, enregistree_le=a_l_heure(debut, 16), **champs
    )
    noter(dossier, Genre.AIDE, auteur, a_l_heure(debut, 16), debut, organisme=aide.organisme, aide=aide.pk)


def _relais(acteurs: Acteurs, dossier: Dossier, hasard: Random) -> None:
    onacvg = acteurs.organismes["onacvg"]
    quand = timezone.now() - timedelta(days=hasard.randrange(30, 300))
    relais = Relais.objects.create(
        dossier=dossier, de=acteurs.organismes["cabat"], vers=onacvg, motif="A quitté le service.",
        par=_suiveur(acteurs, dossier, hasard), quand=quand,
    )  # fmt: skip
    Suivi.objects.filter(pk=dossier.pk).update(
        porteur=onacvg, referent=None, radie_le=timezone.localdate(quand)
    )
    dossier.partages.actifs().filter(nature=Nature.UNITE).update(retire_le=quand, motif="a quitté le service")
    noter(dossier, Genre.RELAIS, relais.par, quand, relais=relais.pk)


def _deces(acteurs: Acteurs, dossier: Dossier, blessure: Blessure, hasard: Random) -> None:
    jour = min(blessure.survenue_le + 5 * UN_JOUR, timezone.localdate())
    gestionnaire = hasard.choice(acteurs.gestionnaires)
    Suivi.objects.filter(pk=dossier.pk).update(etat="decede", decede_le=jour)
    noter(dossier, Genre.DECES, gestionnaire, a_l_heure(jour, 12), jour)
    for prenoms, relation in (("Dominique", "conjoint"), ("Alix", "enfant")):
        ayant_cause = AyantCause.objects.create(
            dossier=dossier, nom=dossier.assure.nom_naissance, prenoms=prenoms, relation=relation,
            telephone="06 00 00 00 03", par=gestionnaire, enregistre_le=a_l_heure(jour, 14),
        )  # fmt: skip
        noter(dossier, Genre.AYANT_CAUSE, gestionnaire, a_l_heure(jour, 14), jour, ayant_cause=ayant_cause.pk)
        for code in dossier.accordes:
            AccordAyantCause.objects.create(
                ayant_cause=ayant_cause, dossier=dossier, organisme=acteurs.organismes[code],
                decision="accorde" if hasard.random() < 0.8 else "refuse", signe_le=jour,
                enregistre_par=gestionnaire, effet_le=a_l_heure(jour, 14),
            )  # fmt: skip
