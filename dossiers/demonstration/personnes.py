"""The 300 fictitious persons, their dossiers, consents and shares."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from dossiers.assures.models import Assure, AyantDroit
from dossiers.assures.nir import Nir
from dossiers.consentements.models import Consentement, LigneConsentement, TexteConsentement
from dossiers.demonstration import catalogue, consentements
from dossiers.demonstration.acteurs import Acteurs
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.actions import SEQUENCE
from dossiers.partages.models import Dossier, Nature, Partage
from dossierunique import numeros
from partners.models import Habilitation, Organisme, Unite

# The two correspondants whose accounts are offered have more people than the other units.
PART_DES_PREMIERES_UNITES = (0.11, 0.08)


@dataclass
class Foyer:
    """A dossier of the demo with what its demandes need."""

    dossier: Dossier
    correspondant: Habilitation
    accordes: list[Organisme]
    ouvert_le: datetime


def heures_ouvrees(quand: datetime) -> datetime:
    """The same day at an hour when offices work."""
    locale = timezone.localtime(quand)
    return locale.replace(hour=8 + (locale.hour + locale.day) % 10)


def nir_fictif(hasard: Random, sexe: str, naissance: date, departement: str) -> Nir:
    """A well-formed NIR for an invented person."""
    lieu = (
        departement
        if len(departement) == 3
        else departement + f"{hasard.randrange(1, 990):03d}"[: 5 - len(departement)]
    )
    corps = f"{'1' if sexe == 'H' else '2'}{naissance:%y%m}{lieu}{hasard.randrange(1, 999):03d}"
    if len(departement) == 3:
        corps = f"{corps[:5]}{departement}{hasard.randrange(1, 99):02d}{hasard.randrange(1, 999):03d}"
    chiffres = corps.replace("2A", "19", 1) if corps[5:7] == "2A" else corps
    chiffres = chiffres.replace("2B", "18", 1) if corps[5:7] == "2B" else chiffres
    return Nir(f"{corps}{97 - int(chiffres) % 97:02d}")


def creer(acteurs: Acteurs, hasard: Random) -> list[Foyer]:
    """The persons with their dossier, consent and shares, opened over the last eighteen months."""
    texte = TexteConsentement.objects.filter(programme="DU").order_by("-version")[0]
    return [_foyer(acteurs, hasard, texte, rang) for rang in range(catalogue.PERSONNES)]


def _unite(acteurs: Acteurs, hasard: Random) -> Unite:
    tirage = hasard.random()
    fixes = [acteurs.habilitations[c].unites.all()[0] for c in ("correspondant", "correspondant2")]
    if tirage < PART_DES_PREMIERES_UNITES[0]:
        return fixes[0]
    if tirage < sum(PART_DES_PREMIERES_UNITES):
        return fixes[1]
    return hasard.choice([u for u in acteurs.unites if u.pk in acteurs.correspondants])


def _assure(acteurs: Acteurs, hasard: Random, unite: Unite) -> Assure:
    sexe = hasard.choice("HF")
    naissance = date(1955, 1, 1) + timedelta(days=hasard.randrange(18000))
    departement = hasard.choice([u.departement for u in acteurs.unites])
    prenoms = catalogue.PRENOMS_H if sexe == "H" else catalogue.PRENOMS_F
    age = 2026 - naissance.year
    assure = Assure(
        nom_naissance=f"{hasard.choice(catalogue.NOMS)}-Fictif",
        nom_usage=f"{hasard.choice(catalogue.NOMS)}-Fictif" if sexe == "F" and hasard.random() < 0.4 else "",
        prenoms=hasard.choice(prenoms), sexe=sexe, date_naissance=naissance,
        adresse=f"{hasard.randrange(1, 90)} rue de l’Exemple\n00000 Ville-Fictive",
        telephone="06 00 00 00 00", statut="retraite" if age > 56 else "activite",
        grade=hasard.choice(catalogue.GRADES), unite=unite, cree_par=acteurs.correspondants[unite.pk],
        mutuelle=acteurs.organismes[hasard.choice(["uneo", "uneo", "mspp"])],
    )  # fmt: skip
    while True:
        nir = nir_fictif(hasard, sexe, naissance, departement)
        if not Assure.objects.par_nir(nir).exists():
            break
    assure.definir_nir(nir)
    assure.save()
    if hasard.random() < 0.5:
        AyantDroit.objects.create(
            assure=assure, nom=assure.nom_naissance, prenoms=hasard.choice(catalogue.PRENOMS_F),
            date_naissance=date(2015, 1, 1) + timedelta(days=hasard.randrange(3600)), lien="enfant",
        )  # fmt: skip
    return assure


def _foyer(acteurs: Acteurs, hasard: Random, texte: TexteConsentement, rang: int) -> Foyer:
    unite = _unite(acteurs, hasard)
    assure = _assure(acteurs, hasard, unite)
    correspondant = acteurs.correspondants[unite.pk]
    ouvert_le = timezone.now() - timedelta(
        days=2 + (catalogue.PERSONNES - rang) * 1.7, hours=hasard.randrange(8)
    )
    ouvert_le = heures_ouvrees(ouvert_le)
    dossier = Dossier.objects.create(
        numero=numeros.suivant("DU", ouvert_le.year, SEQUENCE), assure=assure, unite=unite, ouvert_le=ouvert_le,
        ouvert_par=correspondant,
    )  # fmt: skip
    Partage.objects.create(
        dossier=dossier, organisme=acteurs.organismes["cnmss"], nature=Nature.MISSION, depuis=ouvert_le
    )
    Partage.objects.create(dossier=dossier, unite=unite, nature=Nature.UNITE, depuis=ouvert_le)
    evenements = [
        Evenement(dossier=dossier, genre=Genre.DOSSIER_OUVERT, quand=ouvert_le, auteur=correspondant)
    ]
    accordes = []
    if hasard.random() < 0.9:
        consentement, accordes = _consentir(acteurs, hasard, dossier, texte, correspondant, ouvert_le)
        evenements.append(
            Evenement(
                dossier=dossier, genre=Genre.CONSENTEMENT, quand=ouvert_le + timedelta(minutes=9),
                auteur=correspondant, donnees={"consentement": consentement.pk},
            )
        )  # fmt: skip
    Evenement.objects.bulk_create(evenements)
    return Foyer(dossier, correspondant, accordes, ouvert_le)


def _consentir(
    acteurs: Acteurs,
    hasard: Random,
    dossier: Dossier,
    texte: TexteConsentement,
    auteur: Habilitation,
    quand: datetime,
) -> tuple[Consentement, list[Organisme]]:
    consentement = Consentement.objects.create(
        dossier=dossier,
        texte=texte,
        signe_le=timezone.localdate(quand),
        preuve=consentements.papier(dossier, auteur),
        enregistre_par=auteur,
        enregistre_le=quand,
    )
    accordes = []
    for code, part in (("asd", 0.85), (dossier.assure.mutuelle.code, 0.8), ("tego", 0.25)):
        accorde = hasard.random() < part
        ligne = LigneConsentement.objects.create(
            consentement=consentement, dossier=dossier, organisme=acteurs.organismes[code],
            decision="accorde" if accorde else "refuse", effet_le=quand,
        )  # fmt: skip
        if accorde:
            accordes.append(ligne.organisme)
            Partage.objects.create(
                dossier=dossier, organisme=ligne.organisme, nature=Nature.CONSENTEMENT, depuis=quand,
                consentement_ligne=ligne,
            )  # fmt: skip
    if accordes:
        consentements.suivre(consentement, acteurs, hasard)
    return consentement, accordes
