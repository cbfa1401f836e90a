"""The kinds of aid that each sort of partner usually gives: a start, that the CNMSS then adapts partner by partner."""

from dataclasses import dataclass

from opex.contributions.models import Forme
from partners.organismes.models import TypeOrganisme


@dataclass(frozen=True)
class GenreHabituel:
    code: str
    nom: str
    forme: str
    avec_taux: bool = False


def _capital(code: str, nom: str) -> GenreHabituel:
    return GenreHabituel(code, nom, Forme.CAPITAL)


def _rente(code: str, nom: str, *, avec_taux: bool = False) -> GenreHabituel:
    return GenreHabituel(code, nom, Forme.RENTE, avec_taux)


def _pret(code: str, nom: str) -> GenreHabituel:
    return GenreHabituel(code, nom, Forme.PRET)


def _nature(code: str, nom: str) -> GenreHabituel:
    return GenreHabituel(code, nom, Forme.NATURE)


HABITUELS: dict[str, tuple[GenreHabituel, ...]] = {
    TypeOrganisme.SDP: (
        _rente("pmi", "Pension militaire d’invalidité", avec_taux=True),
        _capital("indemnisation-complementaire", "Indemnisation complémentaire"),
        _rente("reversion", "Pension de réversion"),
    ),
    TypeOrganisme.ONACVG: (
        _capital("secours", "Secours"),
        _capital("reconversion", "Aide à la reconversion"),
        _nature("sejour", "Séjour"),
    ),
    TypeOrganisme.MUTUELLE: (
        _capital("secours-urgence", "Secours d’urgence"),
        _pret("pret", "Prêt"),
        _capital("aide-exceptionnelle", "Aide exceptionnelle"),
    ),
    TypeOrganisme.PREVOYANCE: (
        _capital("capital-invalidite", "Capital invalidité"),
        _rente("rente", "Rente d’invalidité", avec_taux=True),
        _capital("capital-deces", "Capital décès"),
    ),
    TypeOrganisme.CELLULE: (
        _capital("aide-immediate", "Aide immédiate"),
        _nature("sejour", "Séjour"),
        _nature("aide-nature", "Aide en nature"),
    ),
    TypeOrganisme.ASD: (
        _capital("secours", "Secours"),
        _pret("pret-social", "Prêt social"),
        _capital("aide-menagere", "Aide ménagère"),
        _capital("allocation-fonds-prevoyance", "Allocation du fonds de prévoyance"),
    ),
    TypeOrganisme.SSA: (
        _nature("reeducation", "Séjour de rééducation"),
        _nature("appareillage", "Appareillage"),
    ),
    TypeOrganisme.MDPH: (
        _rente("prestation-compensation", "Prestation de compensation"),
        _capital("amenagement", "Aménagement du logement ou du véhicule"),
    ),
    TypeOrganisme.ASSOCIATION: (
        _capital("secours", "Secours"),
        _nature("sejour", "Séjour"),
        _nature("accompagnement", "Accompagnement"),
    ),
    TypeOrganisme.ETAT_MAJOR: (_nature("sejour", "Séjour"), _nature("aide-nature", "Aide en nature")),
}


def habituels(type_organisme: str) -> tuple[GenreHabituel, ...]:
    """The usual kinds of a sort of partner; none for the CNMSS, which contributes to the demandes."""
    return HABITUELS.get(type_organisme, ())
