"""Organismes, units, users and habilitations of the demo."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from dossiers.demonstration import catalogue
from partners.models import Habilitation, Organisme, Unite, Utilisateur

DEBUT = date(2026, 1, 1)


@dataclass
class Acteurs:
    """What the dossiers of the demo hang on."""

    organismes: dict[str, Organisme] = field(default_factory=dict)
    unites: list[Unite] = field(default_factory=list)
    habilitations: dict[str, Habilitation] = field(default_factory=dict)
    correspondants: dict[int, Habilitation] = field(default_factory=dict)
    gestionnaires: list[Habilitation] = field(default_factory=list)


def creer(hasard: Random) -> Acteurs:
    """12 organismes, 30 units, 40 users with one habilitation each."""
    acteurs = Acteurs()
    for code, sigle, nom, genre, programmes, voit_nir, contributeur in catalogue.ORGANISMES:
        acteurs.organismes[code] = Organisme.objects.create(
            code=code, sigle=sigle, nom=nom, type=genre, programmes=programmes, voit_nir=voit_nir,
            contributeur=contributeur, depuis=date(2008, 1, 1), courriel=f"contact@{code}.example",
        )  # fmt: skip
    _unites(acteurs)
    _comptes(acteurs, hasard)
    return acteurs


def _unites(acteurs: Acteurs) -> None:
    for code, (mot, villes) in catalogue.UNITES.items():
        for ville, departement in villes:
            acteurs.unites.append(
                Unite.objects.create(
                    code=slugify(f"{mot} {ville}"), nom=f"{mot} {ville}", departement=departement,
                    organisme=acteurs.organismes[code],
                )
            )  # fmt: skip


def _comptes(acteurs: Acteurs, hasard: Random) -> None:
    # One hash for all: argon2 is slow on purpose, and this password is public.
    secret = make_password(catalogue.MOT_DE_PASSE)
    rangs = count(1)
    for identifiant, prenom, nom, organisme, profil, rang in catalogue.COMPTES:
        habilitation = _compte(
            acteurs, secret, identifiant, prenom, nom, organisme, profil, rang, next(rangs)
        )
        acteurs.habilitations[identifiant] = habilitation
    suivants = dict.fromkeys(catalogue.UNITES, 1)
    for organisme, profil, nombre in catalogue.AUTRES_COMPTES:
        for i in range(nombre):
            rang = None
            if profil == "correspondant":
                rang, suivants[organisme] = suivants[organisme], suivants[organisme] + 1
            prenom = hasard.choice(catalogue.PRENOMS_F + catalogue.PRENOMS_H)
            nom = f"{hasard.choice(catalogue.NOMS)}-Fictif"
            identifiant = f"{profil}-{organisme}-{i + 1}"
            _compte(acteurs, secret, identifiant, prenom, nom, organisme, profil, rang, next(rangs))


def _compte(
    acteurs: Acteurs, secret: str, identifiant: str, prenom: str, nom: str, organisme: str, profil: str,
    rang: int | None, numero: int,
) -> Habilitation:  # fmt: skip
    utilisateur = Utilisateur.objects.create(
        username=identifiant, first_name=prenom, last_name=nom, email=f"{identifiant}@demo.example",
        telephone=f"05 00 00 00 {numero:02d}", password=secret,
    )  # fmt: skip
    habilitation = Habilitation.objects.create(
        utilisateur=utilisateur, organisme=acteurs.organismes[organisme], profil=profil, etat="active", debut=DEBUT,
        programmes=acteurs.organismes[organisme].programmes,
        formation_le=DEBUT if profil == "correspondant" else None,
        charte_signee_le=DEBUT if profil == "correspondant" else None,
    )  # fmt: skip
    if rang is not None:
        unite = [u for u in acteurs.unites if u.organisme.code == organisme][rang]
        habilitation.unites.add(unite)
        acteurs.correspondants[unite.pk] = habilitation
    if profil == "gestionnaire":
        acteurs.gestionnaires.append(habilitation)
    return habilitation
