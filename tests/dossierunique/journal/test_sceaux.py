"""Sealing: what is committed, whatever its number or its date, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone
from psycopg2.errors import InsufficientPrivilege

from dossierunique.journal import sceaux
from dossierunique.journal.empreintes import cachet, contenu, details_normes, marque_juste, marquer
from dossierunique.journal.models import LigneJournal, Sceau
from dossierunique.journal.sceaux import FICHE, rediger, sceller, valeurs
from dossierunique.journal.verification import verifier

en_vrai = pytest.mark.django_db(transaction=True)


class TestMarque:
    quand = datetime(2026, 11, 22, 6, 41, 52, 123456, tzinfo=UTC)

    def test_every_field_counts(self):
        champs = [3, 7, 1, "Claire", "consulter", "DU-1", ["a"], "motif", "requete"]
        marque = marquer(contenu(self.quand, *champs, details="{}"))
        assert marque_juste(marque, contenu(self.quand, *champs, details="{}"))
        for rang in range(len(champs)):
            autres = [*champs[:rang], "autre", *champs[rang + 1 :]]
            assert not marque_juste(marque, contenu(self.quand, *autres, details="{}"))
        plus_tard = self.quand + timedelta(microseconds=1)
        assert not marque_juste(marque, contenu(plus_tard, *champs, details="{}"))
        assert not marque_juste(marque, contenu(self.quand, *champs, details='{"n": 1}'))

    @pytest.mark.parametrize("marque", [b"", b"\x01court", b"\x09" + bytes(16)])
    def test_what_is_no_mark_is_refused(self, marque):
        assert not marque_juste(marque, b"octets")

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "texte",
        [
            '{"b": 1, "a": [1.50, -0.0, 1e22, 1E-7, 12345678901234567890]}',
            '{"é": "l’été", "x": null, "y": true}',
        ],
    )
    def test_details_are_the_same_after_their_stay_in_the_database(self, texte):
        with connections["default"].cursor() as curseur:
            curseur.execute("SELECT %s::jsonb::text", [texte])
            assert details_normes(curseur.fetchone()[0]) == details_normes(texte)

    def test_a_number_is_not_its_text(self):
        assert details_normes('{"n": 1}') != details_normes('{"n": "1"}')

    def test_a_stamp_has_letters_only(self):
        assert cachet(bytes(range(32))).replace("-", "").isalpha()


@en_vrai
class TestSceller:
    def test_seals_what_waits_once_and_the_chain_grows(self, ecrire):
        ecrire(3)
        assert sceller() == 3
        assert sceller() == 0
        ecrire(2)
        assert sceller() == 2
        un, deux = Sceau.objects.all()
        assert (un.nombre, deux.nombre) == (3, 2)
        assert bytes(deux.precedent) == bytes(un.signature)
        assert LigneJournal.objects.filter(sceau__isnull=True).count() == 0
        assert verifier().sain

    def test_batches_are_bounded(self, ecrire, monkeypatch):
        monkeypatch.setattr(sceaux, "LOT", 4)
        ecrire(10)
        assert sceller() == 10
        assert [s.nombre for s in Sceau.objects.all()] == [4, 4, 2]

    def test_a_row_committed_after_later_ones_were_sealed_is_sealed_too(self, ecrire):
        """A transaction is open, with its row, while the sealer passes."""
        lente = connections["default"].copy()
        try:
            lente.set_autocommit(False)
            with lente.cursor() as curseur:
                quand = timezone.now() - timedelta(seconds=5)
                champs = [None, None, None, "", "consulter", "lente", [], "", ""]
                marque = marquer(contenu(quand, *champs, details="{}"))
                curseur.execute(
                    "INSERT INTO journal_ligne (quand, action, objet, marque) VALUES (%s, 'consulter', 'lente', %s)",
                    [quand, marque],
                )
            ecrire(2)
            assert sceller() == 2
            lente.commit()
        finally:
            lente.close()
        tardive = LigneJournal.objects.get(objet="lente")
        assert tardive.pk < LigneJournal.objects.exclude(objet="lente").order_by("pk")[0].pk
        assert sceller() == 1
        assert verifier().sain

    def test_rows_of_an_older_version_are_taken_first_and_only_once(self, ecrire):
        LigneJournal.objects.create(action="consulter", objet="ancienne")
        ecrire(2)
        sceller()
        assert [s.nature for s in Sceau.objects.all()] == ["reprise", "lignes"]
        rapport = verifier()
        assert (rapport.sain, rapport.reprises, rapport.lignes) == (True, 1, 3)

    def test_another_key_is_used_and_the_former_still_read(self, ecrire, settings):
        ecrire()
        sceller()
        settings.CLES_SCEAUX = {**settings.CLES_SCEAUX, 2: b"sceaux-2" + bytes(24)}
        settings.CLE_SCEAUX_COURANTE = 2
        ecrire()
        sceller()
        assert [s.cle for s in Sceau.objects.all()] == [1, 2]
        assert verifier().sain


@en_vrai
class TestApplicationSansCle:
    """What the application's role may do to the chain without the key: make it longer, and be found."""

    @pytest.mark.parametrize(
        "requete",
        [
            "INSERT INTO journal_sceau SELECT * FROM journal_sceau",
            "UPDATE journal_sceau SET nombre = 1",
            "DELETE FROM journal_sceau",
            "TRUNCATE journal_sceau",
            "SELECT journal_enchainer(s) FROM journal_sceau s",
            "UPDATE journal_verification SET anomalies = 0",
            "DELETE FROM journal_verification",
        ],
    )
    def test_writes_nothing_in_the_chain(self, requete):
        with pytest.raises(DatabaseError) as erreur, connections["default"].cursor() as curseur:
            curseur.execute(requete)
        assert erreur.value.__cause__.pgcode == "42501"

    @pytest.mark.parametrize("requete", ["UPDATE journal_sceau SET nombre = 9", "DELETE FROM journal_sceau"])
    def test_the_owner_is_stopped_by_the_trigger(self, ecrire, proprietaire, requete):
        ecrire()
        sceller()
        with pytest.raises(InsufficientPrivilege, match="ne se modifient pas"):
            proprietaire(requete, gardes=True)

    def _appeler(self, fiche, lignes):
        with transaction.atomic(), connections["default"].cursor() as curseur:
            curseur.execute(
                f"SELECT journal_sceller({FICHE}, %s::bigint[], %s::timestamptz[])",
                [*valeurs(fiche), [ligne.pk for ligne in lignes], [ligne.quand for ligne in lignes]],
            )

    def test_a_seal_must_follow_the_last_one(self, ecrire):
        ecrire()
        ligne = LigneJournal.objects.get()
        fiche = rediger("lignes", ligne.quand, ligne.quand, 1, bytes(32))
        with pytest.raises(DatabaseError, match="ne suit pas"):
            self._appeler({**fiche, "id": 4}, [ligne])

    def test_a_sealed_row_is_not_sealed_again(self, ecrire):
        ecrire()
        sceller()
        ligne = LigneJournal.objects.get()
        fiche = rediger("lignes", ligne.quand, ligne.quand, 1, bytes(32))
        with pytest.raises(DatabaseError, match="lignes annoncées"):
            self._appeler(fiche, [ligne])

    def test_a_forged_seal_is_found(self, ecrire):
        ecrire()
        ligne = LigneJournal.objects.get()
        fiche = rediger("lignes", ligne.quand, ligne.quand, 1, bytes(32))
        self._appeler({**fiche, "signature": b"f" * 32}, [ligne])
        assert "sceau_altere" in {a.genre for a in verifier().anomalies}
