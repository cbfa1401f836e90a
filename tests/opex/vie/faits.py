"""Facts of a life: the rows that the other rooms write, with the events that they raise."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.models import Dossier
from dossierunique.securite.identite import systeme
from opex.contributions.models import ContributionOpex, GenreContribution
from opex.imprimes.models import Imprime
from opex.suivi.ayants_cause import AccordAyantCause, AyantCause
from opex.suivi.models import Blessure, Dapias, Echeance, Evolution, Relais, Suivi
from partners.models import Habilitation
from tests import fabriques
from tests.opex.fabriques import imprime as version

JOUR = date(2026, 3, 12)
_rang = count(1)


def blessure(dossier: Dossier, par: Habilitation, **k: Any) -> Blessure:
    """A wound, signalled."""
    champs = {
        "survenue_le": JOUR, "theatre": "Sahel", "lieu": "marqueurlieu", "circonstances": "engin_explosif",
        "gravite": "grave", "recit": "Un marqueurrecit", "hopital": "marqueurhopital", "evacuation": "metropole",
        "evacuee_le": JOUR, **k,
    }  # fmt: skip
    with systeme("essai"):
        rang = dossier.blessures.count() + 1
        creee = Blessure.objects.create(dossier=dossier, rang=rang, signalee_par=par, **champs)
        raconter(dossier, Genre.BLESSURE, par, jour=creee.survenue_le, blessure=creee.pk)
    return creee


def evolution(blessure: Blessure, par: Habilitation, genre: str = "hospitalisation", **k: Any) -> Evolution:
    """What became of it."""
    champs = {"depuis": JOUR + timedelta(days=3), "lieu": "marqueurclinique", **k}
    with systeme("essai"):
        creee = Evolution.objects.create(
            dossier=blessure.dossier, blessure=blessure, genre=genre, par=par, **champs
        )
        raconter(blessure.dossier, Genre.EVOLUTION, par, jour=creee.depuis, evolution=creee.pk)
    return creee


def dapias(blessure: Blessure, par: Habilitation, **k: Any) -> Dapias:
    """A DAPIAS, opened."""
    champs = {"reference": "marqueurdapias", "depuis": JOUR, "jusque": date(2026, 9, 12), **k}
    with systeme("essai"):
        creee = Dapias.objects.create(dossier=blessure.dossier, blessure=blessure, par=par, **champs)
        raconter(blessure.dossier, Genre.DAPIAS, par, jour=creee.depuis, dapias=creee.pk, etat="en_cours")
    return creee


def genre_d_aide(organisme: str = "uneo", nom: str = "Capital blessure", forme: str = "capital"):
    """A kind of contribution of a partner."""
    tenu = fabriques.organisme(organisme)
    return GenreContribution.objects.get_or_create(
        organisme=tenu,
        nom=nom,
        defaults={"code": f"genre-{next(_rang)}", "forme": forme, "avec_taux": forme == "rente"},
    )[0]


def aide(dossier: Dossier, par: Habilitation, organisme: str = "uneo", **k: Any) -> ContributionOpex:
    """An aid of a partner, paid."""
    nom, forme = k.pop("nom", "Capital blessure"), k.pop("forme", "capital")
    champs = {"etat": "versee", "montant": Decimal("4321.17"), "debut": JOUR + timedelta(days=20), **k}
    with systeme("essai"):
        genre = genre_d_aide(organisme, nom, forme)
        creee = ContributionOpex.objects.create(
            dossier=dossier, organisme=genre.organisme, genre=genre, saisie_par=par, **champs
        )
        raconter(dossier, Genre.AIDE, par, organisme=genre.organisme, jour=creee.debut, aide=creee.pk)
    return creee


def ayant_cause(dossier: Dossier, par: Habilitation, accordes: tuple[str, ...] = (), **k: Any) -> AyantCause:
    """A member of the family, who accords some recipients."""
    champs = {"nom": "marqueurayant", "prenoms": "Lise", "relation": "conjoint", **k}
    with systeme("essai"):
        cree = AyantCause.objects.create(dossier=dossier, par=par, **champs)
        raconter(dossier, Genre.AYANT_CAUSE, par, ayant_cause=cree.pk)
    for code in accordes:
        accord(cree, par, code)
    return cree


def accord(
    ayant: AyantCause, par: Habilitation, organisme: str, decision: str = "accorde", signe_le: date = JOUR
) -> None:
    """What a member of the family says for one recipient."""
    with systeme("essai"):
        AccordAyantCause.objects.create(
            ayant_cause=ayant, dossier=ayant.dossier, organisme=fabriques.organisme(organisme), decision=decision,
            signe_le=signe_le, enregistre_par=par,
        )  # fmt: skip


def partir(dossier: Dossier, par: Habilitation) -> Imprime:
    """A form filled before a departure."""
    with systeme("essai"):
        rempli = version(dossier)
        raconter(dossier, Genre.IMPRIME, par, jour=date(2026, 1, 5), imprime=rempli.pk)
    return rempli


def relais(dossier: Dossier, par: Habilitation, vers: str = "uneo") -> Relais:
    """A handover."""
    with systeme("essai"):
        cree = Relais.objects.create(
            dossier=dossier, vers=fabriques.organisme(vers), de=fabriques.organisme("asd"), par=par,
            motif="Retour au service",
        )  # fmt: skip
        raconter(dossier, Genre.RELAIS, par, relais=cree.pk)
    return cree


def activer(dossier: Dossier, **k: Any) -> None:
    """The follow-up that a first wound starts."""
    with systeme("essai"):
        Suivi.objects.filter(dossier=dossier).update(etat="active", active_le=timezone.now(), **k)


def deceder(dossier: Dossier, par: Habilitation, le: date = date(2026, 6, 1)) -> None:
    """A death."""
    activer(dossier)
    with systeme("essai"):
        Suivi.objects.filter(dossier=dossier).update(etat="decede", decede_le=le)
        raconter(dossier, Genre.DECES, par, jour=le)


def echeance(dossier: Dossier, libelle: str, le: date, **k: Any) -> Echeance:
    """A next step."""
    with systeme("essai"):
        return Echeance.objects.create(dossier=dossier, libelle=libelle, le=le, **k)


def vie_entiere(dossier: Dossier, par: Habilitation) -> Dossier:
    """One event of each OPEX genre, and two aids of which one goes to an ayant cause of nobody's accord."""
    partir(dossier, par)
    blesse = blessure(dossier, par)
    with systeme("essai"):
        raconter(dossier, Genre.BLESSURE_COMPLETEE, par, blessure=blesse.pk)
        raconter(dossier, Genre.RECONNAISSANCE, par, blessure=blesse.pk, reconnaissance="reconnue")
        raconter(dossier, Genre.SUIVI, par, etat="active")
    evolution(blesse, par)
    dapias(blesse, par)
    donnee = aide(dossier, par)
    with systeme("essai"):
        raconter(
            dossier, Genre.AIDE_CORRIGEE, par, organisme=donnee.organisme, jour=donnee.debut, aide=donnee.pk
        )
    relais(dossier, par)
    deceder(dossier, par)
    ayant = ayant_cause(dossier, par)
    aide(dossier, par, "asd", nom="Secours", montant=Decimal("917.53"), beneficiaire=ayant)
    return dossier


def en_nombre(dossier: Dossier, par: Habilitation, combien: int) -> None:
    """`combien` events more, in the same mix whatever their number, over as many days."""
    blesse = blessure(dossier, par)
    evolue, donnee = evolution(blesse, par), aide(dossier, par)
    modeles = [
        (Genre.BLESSURE, {"blessure": blesse.pk}, None), (Genre.EVOLUTION, {"evolution": evolue.pk}, None),
        (Genre.AIDE, {"aide": donnee.pk}, donnee.organisme), (Genre.SUIVI, {"etat": "en_suivi"}, None),
    ]  # fmt: skip
    with systeme("essai"):
        Evenement.objects.bulk_create(
            Evenement(
                dossier=dossier, genre=genre, donnees=donnees, organisme=organisme, auteur=par,
                jour=JOUR - timedelta(days=rang), quand=timezone.now() - timedelta(days=1),
            )
            for rang in range(combien)
            for genre, donnees, organisme in [modeles[rang % len(modeles)]]
        )  # fmt: skip
