"""The totals are those of a ledger kept by hand, whatever was recorded, corrected and cancelled."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opex.contributions.actions import Saisie, annuler_aide, corriger_aide, enregistrer_aide
from opex.contributions.models import TRANSITIONS, ContributionOpex, GenreContribution
from opex.contributions.totaux import Rythme, Totaux, totaux
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db
AUJOURD_HUI = timezone.localdate()
MOIS = {"mensuelle": 1, "trimestrielle": 3, "annuelle": 12}
JOURS = st.dates(AUJOURD_HUI - timedelta(days=3000), AUJOURD_HUI + timedelta(days=800))
# Month ends and leap days, where arithmetic on dates goes wrong.
BORNES = st.sampled_from(
    [
        date(2020, 2, 29),
        date(2024, 2, 29),
        date(2023, 1, 31),
        date(2023, 8, 31),
        date(2022, 11, 30),
        date(2025, 2, 28),
    ]
)
DATES = st.one_of(JOURS, BORNES)
MONTANTS = st.decimals("0.01", "9999.99", places=2)


def versements(periodicite: str, debut: date, limite: date) -> int:
    """Instalments from `debut` to `limite`, one by one."""
    if periodicite == "unique":
        return 1 if debut <= limite else 0
    nombre = 0
    while _terme(debut, nombre * MOIS[periodicite]) <= limite:
        nombre += 1
    return nombre


def _terme(debut: date, mois: int) -> date:
    """The same day some months later, or the last day of a month that is too short."""
    annee, rang = divmod(debut.year * 12 + debut.month - 1 + mois, 12)
    return date(annee, rang + 1, min(debut.day, monthrange(annee, rang + 1)[1]))


@dataclass
class Ecriture:
    """A line of the ledger: what was said last of one aid."""

    saisie: Saisie
    etat: str

    def verse(self, jour: date) -> Decimal:
        if self.etat not in ("en_versement", "versee"):
            return Decimal(0)
        s = self.saisie
        return s.montant * versements(s.periodicite, s.debut, min(s.fin or jour, jour))

    def promis(self, jour: date) -> Decimal:
        s = self.saisie
        if self.etat == "annulee" or (s.periodicite != "unique" and s.fin is None):
            return Decimal(0)
        return s.montant * versements(
            s.periodicite, s.debut, s.fin or date.max.replace(year=2999)
        ) - self.verse(jour)


def total(ecritures: list[Ecriture], jour: date) -> dict[tuple[str, str], tuple]:
    """(partner, kind) → number, paid, promised, rhythms."""
    lignes: dict[tuple[str, str], tuple] = {}
    for e in ecritures:
        if e.etat == "annulee":
            continue
        genre = e.saisie.genre
        cle = (genre.organisme.sigle, genre.nom)
        nombre, verse, promis, rythmes = lignes.get(cle, (0, Decimal(0), Decimal(0), {}))
        if e.saisie.periodicite != "unique" and e.saisie.fin is None:
            rythmes = {
                **rythmes,
                e.saisie.periodicite: rythmes.get(e.saisie.periodicite, 0) + e.saisie.montant,
            }
        lignes[cle] = (nombre + 1, verse + e.verse(jour), promis + e.promis(jour), rythmes)
    return lignes


def lus(calcules: Totaux) -> dict[tuple[str, str], tuple]:
    return {
        (ligne.organisme, ligne.genre): (
            ligne.nombre, ligne.verse, ligne.promis, {r.periodicite: r.montant for r in ligne.rythmes},
        )
        for ligne in calcules.lignes
    }  # fmt: skip


@st.composite
def saisies(draw, genres: list[GenreContribution], etats: frozenset[str] | None = None) -> Saisie:
    """Something that holds together, in one of these states when they are given."""
    genre, debut = draw(st.sampled_from(genres)), draw(DATES)
    rythmes = list(MOIS) if genre.forme == "rente" else ["unique", "unique", *MOIS]
    periodicite = draw(st.sampled_from(rythmes))
    fin = None
    if periodicite != "unique" and draw(st.booleans()):
        fin = debut + timedelta(days=draw(st.integers(0, 1500)))
    permis = {"promise", "accordee"}
    if debut <= AUJOURD_HUI:
        if periodicite != "unique":
            permis.add("en_versement")
        if periodicite == "unique" or (fin and fin <= AUJOURD_HUI):
            permis.add("versee")
    voulus = sorted(permis if etats is None else permis & etats)
    return Saisie(
        genre=genre, etat=draw(st.sampled_from(voulus)) if voulus else "", montant=draw(MONTANTS),
        periodicite=periodicite, debut=debut, fin=fin,
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["unique", *MOIS]), DATES, st.integers(-40, 4000))
def test_instalments_fall_on_the_days_of_a_calendar(periodicite, debut, ecart):
    limite = debut + timedelta(days=ecart)
    with connection.cursor() as curseur:
        curseur.execute("SELECT opex_versements(%s, %s, %s)", [periodicite, debut, limite])
        assert curseur.fetchone()[0] == versements(periodicite, debut, limite)


def test_any_sequence_gives_the_totals_of_a_ledger(dossier, gestionnaire):
    genres = [opex.genre_aide("uneo", forme) for forme in ("capital", "rente", "pret", "nature")]
    genres.append(opex.genre_aide("asd", "capital", nom="Secours"))
    vus = {"corriger": 0, "annuler": 0}

    @settings(
        max_examples=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def suite(donnees):
        with transaction.atomic():
            _jouer(donnees, dossier, gestionnaire, genres, vus)
            transaction.set_rollback(True)

    suite()
    assert vus["corriger"] and vus["annuler"]


def _jouer(donnees, dossier, par, genres, vus) -> None:
    """A few gestures, each written in the ledger too, then both compared on several days."""
    registre: dict[int, Ecriture] = {}
    for _ in range(donnees.draw(st.integers(1, 6))):
        vivantes = [pk for pk, e in registre.items() if e.etat != "annulee"]
        geste = donnees.draw(st.sampled_from(["ajouter", "corriger", "annuler"] if vivantes else ["ajouter"]))
        if geste == "ajouter":
            # Each of its own object: the same one twice in a moment is a form sent twice.
            saisie = replace(donnees.draw(saisies(genres)), libelle=f"Objet {len(registre)}")
            registre[enregistrer_aide(par, dossier, saisie.genre.organisme, saisie).pk] = Ecriture(
                saisie, saisie.etat
            )
            continue
        pk = donnees.draw(st.sampled_from(vivantes))
        aide = ContributionOpex.objects.select_related("genre", "organisme", "dossier").get(pk=pk)
        if geste == "annuler":
            annuler_aide(par, aide, "Essai.", aide.version)
            registre[pk].etat = "annulee"
        else:
            siens = [g for g in genres if g.organisme_id == aide.organisme_id]
            saisie = donnees.draw(saisies(siens, TRANSITIONS[aide.etat] | {aide.etat}))
            if not saisie.etat:
                continue
            corriger_aide(par, aide, saisie, "Essai.", aide.version)
            registre[pk] = Ecriture(saisie, saisie.etat)
        vus[geste] += 1
    for jour in (AUJOURD_HUI, donnees.draw(DATES)):
        assert lus(totaux(dossier, jour)) == total(list(registre.values()), jour)


def test_loans_are_apart_and_rhythms_are_told(dossier):
    opex.aide(dossier, montant="100.00")
    opex.aide(dossier, forme="pret", montant="1000.00")
    opex.aide(dossier, forme="rente", montant="450.00", etat="accordee", debut=date(2026, 1, 1))
    opex.aide(dossier, forme="rente", montant="50.00", etat="accordee", debut=date(2026, 1, 1))
    opex.aide(dossier, organisme="asd", montant="30.00", etat="promise")
    calcules = totaux(dossier, date(2026, 6, 30))
    assert (calcules.verse, calcules.promis, calcules.prets) == (100, 30, 1000)
    assert calcules.rythmes == (Rythme("mensuelle", Decimal(500)),)
    assert str(calcules.rythmes[0]) == "500,00\xa0€ par mois"
    assert [(o.sigle, o.verse, o.promis, o.prets) for o in calcules.par_organisme] == [
        ("ASD", 0, 30, 0), ("Unéo", 100, 0, 1000),
    ]  # fmt: skip


def test_a_pension_counts_instalment_by_instalment(dossier):
    opex.aide(dossier, forme="rente", montant="450.00", debut=date(2026, 1, 31), fin=date(2026, 12, 31))
    attendus = {
        date(2026, 1, 30): 0,
        date(2026, 1, 31): 1,
        date(2026, 2, 27): 1,
        date(2026, 2, 28): 2,
        date(2027, 5, 1): 12,
    }
    for jour, nombre in attendus.items():
        calcules = totaux(dossier, jour)
        assert (calcules.verse, calcules.promis) == (450 * nombre, 450 * (12 - nombre)), jour


def test_the_totals_are_one_query(dossier, django_assert_num_queries):
    opex.aide(dossier)
    opex.aide(dossier, organisme="asd")
    with django_assert_num_queries(1):
        assert len(totaux(dossier).par_organisme) == 2
