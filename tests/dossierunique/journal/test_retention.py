"""Whole months are dropped, never a recent one nor an unsealed one, and the chain is still verifiable."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from dossierunique.journal import tasks
from dossierunique.journal.models import LigneJournal, Sceau
from dossierunique.journal.partitions import preparer_partitions
from dossierunique.journal.retention import Mois, PurgeImpossible, a_purger, limite, purger
from dossierunique.journal.sceaux import FICHE, rediger, sceller, valeurs
from dossierunique.journal.verification import verifier

en_vrai = pytest.mark.django_db(transaction=True)
MAINTENANT = datetime(2026, 11, 22, 7, tzinfo=UTC)


def mois(annee, numero):
    return datetime(annee, numero, 1, tzinfo=UTC)


@pytest.fixture
def passe(ecrire, proprietaire):
    """Rows of September and October 2025 in partitions of their own, sealed with rows of today."""
    for debut in (mois(2025, 9), mois(2025, 10)):
        preparer_partitions(debut.date(), 0)
        with time_machine.travel(debut + timedelta(days=10), tick=True):
            ecrire(3)
    ecrire(2)
    yield
    # Partitions are not emptied by the cleaning of the base: they would be found by the next test.
    proprietaire("DROP TABLE IF EXISTS journal_ligne_2025_09, journal_ligne_2025_10", gardes=True)


@pytest.mark.parametrize(
    ("gardes", "attendu"),
    [(12, (2025, 11)), (6, (2026, 5)), (1, (2026, 5)), (36, (2023, 11)), (99, (2023, 11))],
)
def test_whole_months_are_kept_between_six_and_thirty_six(gardes, attendu):
    with time_machine.travel(MAINTENANT):
        assert limite(gardes) == mois(*attendu)


@en_vrai
class TestPurge:
    @pytest.fixture(autouse=True)
    def _maintenant(self):
        with time_machine.travel(MAINTENANT, tick=True):
            yield

    def test_drops_the_old_months_and_the_chain_holds(self, passe):
        sceller()
        assert [str(m) for m in a_purger()] == ["2025-09", "2025-10"]
        assert tasks.purger() == ["2025-09", "2025-10"]
        assert a_purger() == []
        assert not LigneJournal.objects.filter(quand__lt=mois(2025, 11)).exists()
        assert [(s.nature, s.nombre) for s in Sceau.objects.all()] == [
            ("lignes", 8),
            ("purge", 3),
            ("purge", 3),
        ]
        assert [ligne.details["mois"] for ligne in LigneJournal.objects.filter(action="purger").order_by("pk")] == [
            "2025-09", "2025-10",
        ]  # fmt: skip
        sceller()
        rapport = verifier()
        assert rapport.sain, rapport.anomalies
        assert rapport.lignes == 4

    def test_a_row_put_back_in_a_purged_month_is_named(self, passe, proprietaire):
        sceller()
        tasks.purger()
        proprietaire(
            "INSERT INTO journal_ligne (quand, action, objet, sceau) VALUES ('2025-09-11', 'consulter', 'x', 1)"
        )
        assert [a.genre for a in verifier().anomalies] == ["inseree"]

    def test_a_month_dropped_by_hand_is_not_a_purge(self, passe, proprietaire):
        sceller()
        proprietaire("DROP TABLE journal_ligne_2025_09", gardes=True)
        assert [a.genre for a in verifier().anomalies] == ["supprimee"] * 3

    def test_an_unsealed_month_stays(self, passe):
        with pytest.raises(PurgeImpossible, match="ne sont pas encore scellées"):
            purger(a_purger()[0])
        assert tasks.purger() == []
        assert LigneJournal.objects.filter(quand__lt=mois(2025, 11)).count() == 6

    def test_the_command_only_says_unless_told(self, passe):
        sceller()
        sortie = StringIO()
        call_command("purger_journal", stdout=sortie)
        assert "2025-09 : 3 lignes à supprimer" in sortie.getvalue()
        assert len(a_purger()) == 2
        call_command("purger_journal", "--appliquer", stdout=sortie)
        assert "2025-10 : 3 lignes supprimées" in sortie.getvalue()
        call_command("purger_journal", stdout=sortie)
        assert "Rien à purger" in sortie.getvalue()

    def test_the_command_fails_when_a_month_resists(self, passe):
        with pytest.raises(CommandError, match="2025-09"):
            call_command("purger_journal", "--appliquer", stdout=StringIO())

    def test_less_is_kept_when_less_is_asked(self, passe, settings):
        settings.JOURNAL_MOIS_GARDES = 36
        assert a_purger() == []


@en_vrai
class TestBornesDeLaBase:
    """The function of the owner does not believe the application."""

    def _purger(self, fiche):
        with transaction.atomic(), connections["default"].cursor() as curseur:
            curseur.execute(f"SELECT journal_purger({FICHE})", valeurs(fiche))

    def _mois(self, recul):
        jour = timezone.now().astimezone(UTC)
        rang = jour.year * 12 + jour.month - 1 - recul
        return [datetime(r // 12, r % 12 + 1, 1, tzinfo=UTC) for r in (rang, rang + 1)]

    @pytest.mark.parametrize("recul", [0, 3, 6])
    def test_six_months_are_always_kept(self, recul):
        de, a = self._mois(recul)
        with pytest.raises(DatabaseError, match="six mois de journal"):
            self._purger(rediger("purge", de, a, 0))

    def test_only_a_partition_of_the_journal(self):
        with pytest.raises(DatabaseError, match="aucune partition"):
            self._purger(rediger("purge", mois(2001, 1), mois(2001, 2), 0))

    def test_only_a_whole_month(self):
        with pytest.raises(DatabaseError, match="mois entier"):
            self._purger(rediger("purge", mois(2001, 1), mois(2002, 1), 0))

    def test_only_with_the_right_number_of_rows(self, passe):
        sceller()
        with pytest.raises(DatabaseError, match="2 lignes annoncées, 3 présentes"):
            self._purger(rediger("purge", mois(2025, 9), mois(2025, 10), 2))

    def test_nothing_unsealed(self, passe):
        with pytest.raises(DatabaseError, match="ne sont pas scellées"):
            self._purger(rediger("purge", mois(2025, 9), mois(2025, 10), 3))
        assert str(a_purger()[0]) == "2025-09"
        assert isinstance(a_purger()[0], Mois)
