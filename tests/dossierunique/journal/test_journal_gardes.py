"""The journal cannot be altered: the grants stop the application, the triggers stop the owner."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connections, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.partitions import mois_suivants, preparer_partitions

APPLICATION, PROPRIETAIRE = "default", "proprietaire"
GARDE = "le journal ne se modifie pas"

pytestmark = pytest.mark.django_db(databases=[APPLICATION, PROPRIETAIRE])


def executer(role: str, requete: str, *valeurs):
    with connections[role].cursor() as curseur:
        curseur.execute(requete, valeurs)
        return curseur.fetchall() if curseur.description else curseur.rowcount


def refus(role: str, requete: str, *valeurs) -> str:
    with pytest.raises(DatabaseError) as erreur, transaction.atomic(using=role):
        executer(role, requete, *valeurs)
    assert erreur.value.__cause__.pgcode == "42501"
    return str(erreur.value)


def partitions(role: str = APPLICATION) -> list[str]:
    requete = (
        "SELECT inhrelid::regclass::text FROM pg_inherits"
        " WHERE inhparent = 'journal_ligne'::regclass ORDER BY 1"
    )
    return [nom for (nom,) in executer(role, requete)]


@pytest.fixture
def objet():
    return f"essai-{uuid.uuid4()}"


@pytest.fixture
def ligne(objet):
    """A row written by the owner, whose transaction sees it."""
    return LigneJournal.objects.using(PROPRIETAIRE).create(
        action=Acte.CONSULTER, objet=objet, details={"n": 1}
    )


class TestApplication:
    ecritures = pytest.mark.parametrize(
        "requete",
        [
            "UPDATE {} SET objet = ''",
            "UPDATE {} SET sceau = 1",
            "DELETE FROM {}",
            "TRUNCATE {}",
            "ALTER TABLE {} DISABLE TRIGGER ALL",
            "DROP TABLE {}",
        ],
    )

    def test_adds_and_reads(self, objet):
        journaliser(None, Acte.CONSULTER, objet)
        assert LigneJournal.objects.filter(objet=objet).count() == 1

    @ecritures
    def test_changes_nothing(self, requete):
        assert GARDE not in refus(APPLICATION, requete.format("journal_ligne"))

    @ecritures
    def test_changes_nothing_through_a_partition(self, requete):
        for nom in partitions():
            assert GARDE not in refus(APPLICATION, requete.format(nom))

    def test_has_no_other_right_than_adding_and_reading(self):
        droits = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
        tenus = [
            d
            for d in droits
            if executer(APPLICATION, "SELECT has_table_privilege('journal_ligne', %s)", d)[0][0]
        ]
        assert tenus == ["SELECT", "INSERT"]

    def test_may_not_act_as_a_replica_to_silence_the_triggers(self):
        assert refus(APPLICATION, "SET session_replication_role = replica")

    def test_the_guarding_functions_are_out_of_reach(self):
        refus(APPLICATION, "SELECT journal_garder_partition('journal_ligne_autre')")
        refus(APPLICATION, "DROP FUNCTION journal_refuser() CASCADE")


class TestProprietaire:
    @pytest.mark.parametrize(
        "requete",
        [
            "UPDATE journal_ligne SET objet = 'autre' WHERE id = %s",
            "UPDATE journal_ligne SET quand = quand + interval '1 second' WHERE id = %s",
            "UPDATE journal_ligne SET details = '{\"n\": 1.0}' WHERE id = %s",
            "UPDATE journal_ligne SET sceau = 1, motif = 'x' WHERE id = %s",
            "UPDATE journal_ligne SET sceau = NULL WHERE id = %s",
            "DELETE FROM journal_ligne WHERE id = %s",
        ],
    )
    def test_is_stopped_by_the_trigger(self, ligne, requete):
        assert GARDE in refus(PROPRIETAIRE, requete, ligne.pk)

    def test_may_not_empty_the_table_nor_any_partition(self):
        for nom in ["journal_ligne", *partitions()]:
            assert GARDE in refus(PROPRIETAIRE, f"TRUNCATE {nom}")

    def test_sets_a_seal_once(self, ligne):
        assert executer(PROPRIETAIRE, "UPDATE journal_ligne SET sceau = 1 WHERE id = %s", ligne.pk) == 1
        assert GARDE in refus(PROPRIETAIRE, "UPDATE journal_ligne SET sceau = 2 WHERE id = %s", ligne.pk)


class TestPartitions:
    def test_the_coming_months_have_theirs_and_a_row_finds_it(self, objet):
        mois = mois_suivants(timezone.now().astimezone(UTC).date(), 13)
        assert {f"journal_ligne_{m:%Y_%m}" for m in mois} <= set(partitions())
        journaliser(None, Acte.CREER, objet)
        requete = "SELECT tableoid::regclass::text FROM journal_ligne WHERE objet = %s"
        assert executer(APPLICATION, requete, objet) == [(f"journal_ligne_{datetime.now(UTC):%Y_%m}",)]

    def test_a_row_without_partition_is_not_lost(self, objet):
        LigneJournal.objects.create(action=Acte.CREER, objet=objet, quand=datetime(1999, 1, 1, tzinfo=UTC))
        requete = "SELECT tableoid::regclass::text FROM journal_ligne WHERE objet = %s"
        assert executer(APPLICATION, requete, objet) == [("journal_ligne_autre",)]

    def test_the_application_makes_the_next_ones_and_gains_nothing_by_it(self):
        plus_tard = mois_suivants(timezone.localdate(), 15)[-1]
        nom = f"journal_ligne_{plus_tard:%Y_%m}"
        assert preparer_partitions(plus_tard, 0) == [nom]
        assert preparer_partitions(plus_tard, 0) == []
        assert nom in partitions()
        for geste in ("DELETE FROM {}", "UPDATE {} SET objet = ''", "TRUNCATE {}", "SELECT FROM {}"):
            refus(APPLICATION, geste.format(nom))

    def test_every_partition_has_the_three_guards(self):
        requete = (
            "SELECT array_agg(tgname::text ORDER BY tgname) FROM pg_trigger WHERE tgrelid = %s::regclass"
        )
        for nom in partitions():
            assert executer(APPLICATION, requete, nom) == [
                (["journal_ligne_fixe", "journal_ligne_pleine"],)
            ], nom

    def test_a_month_that_fell_in_the_default_partition_stays_there(self, objet):
        plus_tard = mois_suivants(timezone.localdate(), 16)[-1]
        quand = datetime(plus_tard.year, plus_tard.month, 3, tzinfo=UTC)
        LigneJournal.objects.create(action=Acte.CREER, objet=objet, quand=quand)
        assert preparer_partitions(plus_tard, 0) == []
        assert LigneJournal.objects.filter(objet=objet).exists()

    def test_a_far_month_is_refused(self):
        with pytest.raises(DatabaseError), transaction.atomic():
            preparer_partitions(date(2099, 1, 1), 0)

    def test_months_roll_over_the_year(self):
        assert mois_suivants(date(2026, 11, 22), 2) == [
            date(2026, 11, 1),
            date(2026, 12, 1),
            date(2027, 1, 1),
        ]

    def test_reading_one_object_uses_its_index(self, objet):
        with connections[APPLICATION].cursor() as curseur:
            curseur.execute("SET LOCAL enable_seqscan = off")
            curseur.execute(
                "EXPLAIN SELECT * FROM journal_ligne WHERE objet = %s ORDER BY quand DESC, id DESC LIMIT 50",
                [objet],
            )
            plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
        assert "Seq Scan" not in plan
        assert "objet_quand_idx" in plan
