"""The owner of the database alters, deletes, inserts, swaps, seals again: it is found, and named."""

import json
from datetime import UTC, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from dossierunique.journal import tasks, veille
from dossierunique.journal.empreintes import cachet
from dossierunique.journal.models import LigneJournal, Sceau, VerificationJournal
from dossierunique.journal.sceaux import sceller
from dossierunique.journal.verification import verifier

pytestmark = pytest.mark.django_db(transaction=True)
COPIE = (
    "quand, utilisateur_id, habilitation_id, organisme_id, acteur_nom, action, objet, objets, motif, details,"
    " requete_id"
)


@pytest.fixture
def lignes(ecrire):
    """Ten sealed rows in two seals."""
    numeros = ecrire(6)
    sceller()
    numeros += ecrire(4)
    sceller()
    assert verifier().sain
    return numeros


def trouve():
    """(kind, row) of everything that is found."""
    return [(a.genre, a.ligne) for a in verifier().anomalies]


class TestLignes:
    @pytest.mark.parametrize(
        "changement",
        [
            "objet = 'DU-2026-9999999-Z'", "acteur_nom = 'Quelqu’un d’autre'", "details = '{\"n\": 99}'",
            "quand = quand + interval '1 microsecond'", "utilisateur_id = 4", "organisme_id = NULL",
            "objets = '{x}'", "motif = 'rien'", "requete_id = 'x'", "action = 'lister'", "marque = NULL",
        ],
    )  # fmt: skip
    def test_an_altered_row_is_named(self, lignes, proprietaire, changement):
        assert proprietaire(f"UPDATE journal_ligne SET {changement} WHERE id = %s", lignes[2]) == 1
        assert trouve() == [("modifiee", lignes[2])]

    def test_a_row_moved_out_of_its_seal_is_named(self, lignes, proprietaire):
        proprietaire("UPDATE journal_ligne SET quand = quand - interval '1 day' WHERE id = %s", lignes[2])
        assert ("modifiee", lignes[2]) in trouve()

    def test_a_deleted_row_is_named_with_its_date(self, lignes, proprietaire):
        quand = LigneJournal.objects.get(pk=lignes[7]).quand
        proprietaire("DELETE FROM journal_ligne WHERE id = %s", lignes[7])
        rapport = verifier()
        assert [(a.genre, a.ligne, a.sceau) for a in rapport.anomalies] == [("supprimee", lignes[7], 2)]
        assert timezone.localtime(quand).strftime("%d/%m/%Y à %H:%M:%S") in rapport.anomalies[0].message

    @pytest.mark.parametrize("sceau", ["NULL", "1", "2", "99"])
    @pytest.mark.parametrize("marque", ["NULL", "marque"])
    def test_an_inserted_row_is_named_whatever_it_claims(self, lignes, proprietaire, sceau, marque):
        proprietaire(
            f"INSERT INTO journal_ligne ({COPIE}, marque, sceau)"
            f" SELECT {COPIE}, {marque}, {sceau} FROM journal_ligne WHERE id = %s",
            lignes[0],
        )
        nouvelle = LigneJournal.objects.order_by("-pk")[0].pk
        assert trouve() == [("inseree", nouvelle)]

    def test_it_is_still_named_once_the_sealer_has_passed(self, lignes, proprietaire):
        proprietaire("INSERT INTO journal_ligne (action, objet) VALUES ('consulter', 'DU-2026-0000001-K')")
        nouvelle = LigneJournal.objects.order_by("-pk")[0].pk
        assert sceller() == 1
        assert trouve() == [("inseree", nouvelle)]

    def test_a_row_altered_before_its_seal_is_named(self, ecrire, proprietaire):
        ecrire()
        sceller()
        (numero,) = ecrire()
        proprietaire("UPDATE journal_ligne SET objet = 'autre' WHERE id = %s", numero)
        assert trouve() == [("inseree", numero)]
        sceller()
        assert trouve() == [("inseree", numero)]

    def test_swapped_rows_are_both_named(self, lignes, proprietaire):
        a, b = lignes[1], lignes[2]
        proprietaire("UPDATE journal_ligne SET id = -id WHERE id IN (%s, %s)", a, b)
        proprietaire(
            "UPDATE journal_ligne SET id = CASE id WHEN -%s THEN %s ELSE %s END WHERE id < 0", a, b, a
        )
        assert sorted(trouve()) == [("modifiee", a), ("modifiee", b)]

    def test_a_row_given_to_another_seal_is_named(self, lignes, proprietaire):
        proprietaire("UPDATE journal_ligne SET sceau = 2 WHERE id = %s", lignes[0])
        assert trouve() == [("modifiee", lignes[0])]

    def test_a_row_freed_and_sealed_again_is_named(self, lignes, proprietaire):
        proprietaire(
            "UPDATE journal_ligne SET sceau = NULL, objet = 'DU-2026-9999999-Z' WHERE id = %s", lignes[0]
        )
        sceller()
        assert lignes[0] in [ligne for _, ligne in trouve()]

    def test_a_row_that_nobody_seals_is_an_anomaly_after_a_while(self, ecrire, settings):
        (numero,) = ecrire()
        assert verifier().sain
        settings.JOURNAL_SCEAU_RETARD = 0
        assert trouve() == [("retard", numero)]

    def test_only_the_last_days_are_read_again_when_asked(self, lignes, proprietaire):
        proprietaire("DELETE FROM journal_ligne WHERE id = %s", lignes[0])
        assert verifier(timezone.now() + timedelta(hours=1)).sain
        assert not verifier(timezone.now() - timedelta(hours=1)).sain


class TestSceaux:
    @pytest.mark.parametrize(
        "changement",
        ["nombre = 4, lignes = substr(lignes, 1, 128)", "fait_le = now() - interval '1 day'",
         "a = a + interval '1 day'", "signature = decode(repeat('ab', 32), 'hex')", "nature = 'reprise'"],
    )  # fmt: skip
    def test_an_altered_seal_is_named(self, lignes, proprietaire, changement):
        proprietaire(f"UPDATE journal_sceau SET {changement} WHERE id = 1")
        assert ("sceau_altere", 1) in [(a.genre, a.sceau) for a in verifier().anomalies]

    def test_its_list_alone_altered_is_named(self, lignes, proprietaire):
        proprietaire("UPDATE journal_sceau SET lignes = overlay(lignes PLACING '\\x00' FROM 30) WHERE id = 1")
        assert [(a.genre, a.sceau) for a in verifier().anomalies] == [("sceau_altere", 1)]

    def test_a_missing_seal_is_named(self, lignes, proprietaire, ecrire):
        ecrire()
        sceller()
        proprietaire("DELETE FROM journal_sceau WHERE id = 2")
        rapport = verifier()
        assert ("sceau_manquant", 2) in [(a.genre, a.sceau) for a in rapport.anomalies]
        assert {a.ligne for a in rapport.anomalies if a.genre == "inseree"} == set(lignes[6:])

    def test_a_missing_tail_shows_by_its_rows(self, lignes, proprietaire):
        proprietaire("DELETE FROM journal_sceau WHERE id = 2")
        assert {ligne for _, ligne in trouve()} == set(lignes[6:])

    def test_a_tail_made_again_shows_by_what_was_noted_outside(self, lignes, proprietaire):
        """Seals and rows are removed, the others freed: the application seals them again in good faith."""
        ancre = (2, cachet(bytes(Sceau.objects.get(pk=2).signature)))
        proprietaire("DELETE FROM journal_sceau WHERE id = 2")
        proprietaire("DELETE FROM journal_ligne WHERE id = %s", lignes[8])
        proprietaire("UPDATE journal_ligne SET sceau = NULL WHERE sceau = 2")
        assert sceller() == 3
        assert verifier().sain
        assert [(a.genre, a.sceau) for a in verifier(ancres=[ancre]).anomalies] == [("ancre", 2)]

    def test_two_seals_swapped_are_both_named(self, lignes, proprietaire):
        proprietaire("UPDATE journal_sceau SET id = id + 100 WHERE id IN (1, 2)")
        proprietaire("UPDATE journal_sceau SET id = 103 - id WHERE id > 100")
        assert {1, 2} <= {a.sceau for a in verifier().anomalies}

    def test_a_month_emptied_shows_by_each_of_its_rows(self, lignes, proprietaire):
        proprietaire(f"TRUNCATE journal_ligne_{self.mois(lignes):%Y_%m}")
        assert trouve() == [("supprimee", ligne) for ligne in lignes]

    def test_a_month_put_aside_shows_by_each_of_its_rows(self, lignes, proprietaire):
        mois = self.mois(lignes)
        table, suivant = f"journal_ligne_{mois:%Y_%m}", mois + timedelta(days=32)
        proprietaire(f"ALTER TABLE journal_ligne DETACH PARTITION {table}")
        try:
            assert trouve() == [("supprimee", ligne) for ligne in lignes]
        finally:
            proprietaire(
                f"ALTER TABLE journal_ligne ATTACH PARTITION {table}"
                f" FOR VALUES FROM ('{mois:%Y-%m}-01 00:00+00') TO ('{suivant:%Y-%m}-01 00:00+00')"
            )
        assert verifier().sain

    def mois(self, lignes):
        """The first day of the month that holds these rows, as the partitions count it."""
        return LigneJournal.objects.get(pk=lignes[0]).quand.astimezone(UTC).replace(day=1)

    def test_the_whole_journal_emptied_shows_too(self, lignes, proprietaire):
        ancre = (2, cachet(bytes(Sceau.objects.get(pk=2).signature)))
        proprietaire("DELETE FROM journal_sceau")
        proprietaire("DELETE FROM journal_ligne")
        assert [(a.genre, a.sceau) for a in verifier(ancres=[ancre]).anomalies] == [("ancre", 2)]


class TestVeille:
    def test_the_result_is_kept_and_told_and_the_head_remembered(self, lignes, proprietaire, caplog):
        caplog.set_level("INFO")
        assert tasks.verifier() == 0
        premiere = VerificationJournal.objects.get()
        assert (premiere.saine, premiere.tete, veille.etat()) == (True, 2, "vérifié")
        assert veille.cachet_de(premiere) in caplog.text
        proprietaire("DELETE FROM journal_sceau WHERE id = 2")
        proprietaire("UPDATE journal_ligne SET sceau = NULL WHERE sceau = 2")
        assert tasks.verifier() == 1
        seconde = VerificationJournal.objects.first()
        assert [e["genre"] for e in seconde.exemples] == ["ancre"]
        assert veille.etat() == "anomalie"

    def test_a_kept_result_may_not_be_changed_unseen(self, lignes, proprietaire):
        tasks.verifier()
        proprietaire("UPDATE journal_verification SET lignes = 1")
        assert tasks.verifier() == 1
        assert VerificationJournal.objects.first().exemples[0]["genre"] == "verification"

    def test_its_age_shows(self, lignes):
        assert veille.etat() == "jamais vérifié"
        import time_machine

        with time_machine.travel(timezone.now() - timedelta(hours=30), tick=True):
            tasks.verifier()
        assert veille.etat() == "vérification ancienne"

    def test_watchers_see_it_as_a_detail(self, client, lignes):
        tasks.verifier()
        assert client.get("/sante/pret").json()["details"] == {"journal": "vérifié"}


class TestCommande:
    def appeler(self, *options):
        sortie = StringIO()
        call_command("verifier_journal", *options, stdout=sortie)
        return sortie.getvalue()

    def test_says_that_all_is_well_and_gives_the_head(self, lignes):
        texte = self.appeler()
        assert "10 lignes relues, 2 sceaux, 0 anomalies" in texte
        assert f"2:{cachet(bytes(Sceau.objects.get(pk=2).signature))}" in texte

    def test_fails_and_names(self, lignes, proprietaire):
        proprietaire("DELETE FROM journal_ligne WHERE id = %s", lignes[3])
        sortie = StringIO()
        with pytest.raises(CommandError):
            call_command("verifier_journal", "--json", stdout=sortie)
        dit = json.loads(sortie.getvalue())
        assert (dit["sain"], dit["anomalies"][0]["ligne"]) == (False, lignes[3])

    def test_takes_an_anchor(self, lignes):
        with pytest.raises(CommandError):
            self.appeler("--ancre", "2:abcde")
        with pytest.raises(CommandError):
            self.appeler("--ancre", "deux")

    def test_takes_a_date(self, lignes):
        assert "0 lignes relues" in self.appeler(
            "--depuis", (timezone.localdate() + timedelta(2)).isoformat()
        )
        with pytest.raises(CommandError):
            self.appeler("--depuis", "hier")
