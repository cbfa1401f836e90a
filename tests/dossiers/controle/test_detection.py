"""The rules on plain rows, without the database."""

from datetime import UTC, datetime, time, timedelta

import pytest

from dossiers.controle.detection import Trace, nuit_de, nuits, par_jour, rafales
from dossiers.controle.models import RegleAlerte

MIDI = datetime(2026, 11, 22, 11, tzinfo=UTC)  # noon in Paris


def trace(rang, quand, action="consulter", objet=None, habilitation=7):
    numero = f"DU-2026-{rang:07d}-K" if objet is None else objet
    return Trace(rang, quand, 3, habilitation, 1, action, numero)


def lues(nombre, pas=timedelta(minutes=1), **k):
    return [trace(rang, MIDI + rang * pas, **k) for rang in range(nombre)]


class TestRafales:
    regle = RegleAlerte(code="rafale", seuil=5, fenetre=60)

    def test_counts_dossiers_and_not_pages(self):
        assert rafales(self.regle, lues(20, objet="DU-2026-0000001-K")) == []
        (episode,) = rafales(self.regle, lues(5))
        assert (episode.nombre, episode.sujet) == (5, "h7")

    def test_the_window_slides_over_the_hour(self):
        dix_heures_50 = MIDI + timedelta(minutes=50)
        traces = [trace(n, dix_heures_50 + timedelta(minutes=5 * n)) for n in range(5)]
        assert len(rafales(self.regle, traces)) == 1

    def test_the_window_has_an_end(self):
        assert rafales(self.regle, lues(20, pas=timedelta(minutes=15))) == []

    def test_what_goes_on_is_one_episode_and_what_comes_back_another(self):
        (episode,) = rafales(self.regle, lues(50))
        assert episode.nombre == 50
        assert (episode.debut, episode.fin) == (MIDI, MIDI + timedelta(minutes=49))
        plus_tard = [trace(100 + n, MIDI + timedelta(hours=6, minutes=n)) for n in range(5)]
        assert len(rafales(self.regle, [*lues(5), *plus_tard])) == 2

    @pytest.mark.parametrize("action", ["rechercher", "lister", "refus"])
    def test_searching_is_not_opening(self, action):
        assert rafales(self.regle, lues(10, action=action)) == []

    @pytest.mark.parametrize(
        ("code", "action", "autre"),
        [("refus", "refus", "consulter"), ("revelations", "reveler_nir", "consulter"),
         ("sorties", "imprimer", "lister"), ("sorties", "telecharger", "modifier"), ("sorties", "exporter", "creer")],
    )  # fmt: skip
    def test_each_rule_counts_its_acts(self, code, action, autre):
        regle = RegleAlerte(code=code, seuil=5, fenetre=60)
        assert len(rafales(regle, lues(5, action=action))) == 1
        assert rafales(regle, lues(4, action=action)) == []
        assert rafales(regle, lues(10, action=autre)) == []

    def test_a_wrong_password_is_not_a_refused_dossier(self):
        regle = RegleAlerte(code="refus", seuil=5, fenetre=60)
        assert rafales(regle, lues(10, action="refus", objet="connexion")) == []


class TestNuits:
    regle = RegleAlerte(code="nuit", seuil=3, debut_nuit=time(22), fin_nuit=time(5))

    @pytest.mark.parametrize(
        ("quand", "nuit"),
        [
            # in winter Paris is one hour ahead, in summer two
            (datetime(2026, 11, 22, 20, 59, tzinfo=UTC), False),
            (datetime(2026, 11, 22, 21, 0, tzinfo=UTC), True),
            (datetime(2026, 11, 23, 3, 59, tzinfo=UTC), True),
            (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), False),
            (datetime(2026, 7, 14, 20, 0, tzinfo=UTC), True),
            (datetime(2026, 7, 14, 3, 0, tzinfo=UTC), False),
        ],
    )
    def test_the_hours_are_those_of_paris(self, quand, nuit):
        assert (nuit_de(self.regle, quand) is not None) is nuit

    def test_a_night_that_does_not_cross_midnight(self):
        regle = RegleAlerte(code="nuit", seuil=1, debut_nuit=time(1), fin_nuit=time(5))
        assert nuit_de(regle, datetime(2026, 11, 23, 2, tzinfo=UTC)) is not None
        assert nuit_de(regle, datetime(2026, 11, 22, 22, tzinfo=UTC)) is None

    def test_before_and_after_midnight_is_one_night(self):
        avant, apres = datetime(2026, 11, 22, 22, 30, tzinfo=UTC), datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
        traces = [trace(1, avant), trace(2, apres), trace(3, apres)]
        (episode,) = nuits(self.regle, traces)
        assert (episode.nombre, episode.debut) == (3, datetime(2026, 11, 22, 21, tzinfo=UTC))
        assert nuits(self.regle, traces[:2]) == []


def test_a_day_and_a_dossier_make_one_episode():
    regle = RegleAlerte(code="homonyme", seuil=1)
    traces = [
        trace(1, MIDI),
        trace(1, MIDI + timedelta(hours=2)),
        trace(2, MIDI),
        trace(1, MIDI + timedelta(days=1)),
    ]
    assert sorted((e.objet, e.nombre) for e in par_jour(regle, traces)) == [
        ("DU-2026-0000001-K", 1), ("DU-2026-0000001-K", 2), ("DU-2026-0000002-K", 1),
    ]  # fmt: skip
