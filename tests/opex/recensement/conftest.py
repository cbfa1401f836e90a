"""A small population of wounded persons, of three armées, with what they received."""

from datetime import date
from typing import Any

import pytest

from opex.models import ContributionOpex, GenreContribution
from partners.models import Habilitation, Organisme, Unite
from tests import fabriques
from tests.opex import fabriques as opex

# When 2026, in which the tests open their dossiers, is due.
PARUTION = date(2027, 5, 1)
# armée, how many, year of the wound, theatre
GROUPES = (
    ("Armée de Terre", 8, 2013, "Sahel"),
    ("Armée de Terre", 6, 2014, "Sahel"),
    ("Armée de l’Air", 7, 2014, "Levant"),
    ("Marine nationale", 3, 2014, "=Golfe"),
)


@pytest.fixture
def superviseur(db):
    return fabriques.habilitation("superviseur")


@pytest.fixture
def blesses(db):
    """24 of them, by group; the first one was wounded twice."""
    dossiers = []
    for rang, (armee, combien, annee, theatre) in enumerate(GROUPES):
        par = fabriques.habilitation("correspondant", unites=[_unite(rang, armee)])
        # Only the first one is shared: its aids go through the action, those of the others are laid down.
        groupe = [
            opex.dossier_opex(par, accordes=() if dossiers or n else ("asd", "uneo"), endormi=False)
            for n in range(combien)
        ]
        for dossier in groupe:
            opex.blessure_inscrite(dossier, survenue_le=date(annee, 3, 2), theatre=theatre)
        dossiers.append(groupe)
    opex.blessure_inscrite(dossiers[0][0], survenue_le=date(2014, 9, 9), theatre="Levant")
    return dossiers


def _unite(rang: int, armee: str) -> Unite:
    tenu = Organisme.objects.get_or_create(
        sigle=armee,
        defaults={
            "code": f"armee-{rang}", "nom": armee, "type": "etat_major", "depuis": date(2000, 1, 1),
            "programmes": ["DU", "OPEX"], "contributeur": False,
        },
    )[0]  # fmt: skip
    return Unite.objects.create(code=f"unite-{rang}", nom=f"Unité {rang}", organisme=tenu)


@pytest.fixture
def aides(blesses, gestionnaire):
    """Unéo helped the first two groups once; the ASD lent to three of the last, and pays a pension to the first."""
    _poser((*blesses[0], *blesses[1]), opex.genre_aide("uneo"), gestionnaire, 100, date(2015, 5, 1))
    _poser(blesses[3], opex.genre_aide("asd", "pret"), gestionnaire, 900, date(2016, 1, 1))
    opex.aide(
        blesses[0][0], par=gestionnaire, organisme="asd", forme="rente", montant="50.00", debut=date(2015, 11, 1),
        fin=date(2016, 2, 1), etat="versee",
    )  # fmt: skip
    return blesses


def _poser(dossiers: Any, genre: GenreContribution, par: Habilitation, montant: int, debut: date) -> None:
    """The same amount, paid once, on each of these dossiers."""
    ContributionOpex.objects.bulk_create(
        [
            ContributionOpex(
                dossier=dossier, organisme=genre.organisme, genre=genre, etat="versee", montant=montant, debut=debut,
                saisie_par=par,
            )
            for dossier in dossiers
        ]
    )  # fmt: skip
