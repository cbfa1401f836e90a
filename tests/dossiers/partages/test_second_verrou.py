"""The second lock: whatever the statement, the application's role reads what the identity of the transaction reads."""

from datetime import timedelta
from io import StringIO

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.exceptions.actions import ouvrir_exception
from dossiers.exceptions.models import Pret
from dossiers.partages.models import Dossier, Partage
from dossiers.partages.tasks import verifier_partages
from dossiers.partages.verification import ecarts
from dossierunique.notifications.models import Notification
from dossierunique.securite.identite import PERSONNE, Identite, courante, sous, systeme
from partners.habilitations.identite import agir_pour, identite_de
from tests import fabriques

pytestmark = pytest.mark.django_db

# What says nothing of anybody: the catalogue, the wordings, the rules of the watch.
SANS_PERSONNE = {
    "dossiers_regle_alerte",
    "dossiers_repere_surveillance",
    "dossiers_type_aide",
    "dossiers_type_piece",
    "dossiers_piece_requise",
    "dossiers_texte_consentement",
}


RETRAIT_A_LA_MAIN = """
WITH acte AS (
  INSERT INTO dossiers_consentement (dossier_id, texte_id, signe_le, canal, enregistre_par_id, enregistre_le)
  SELECT dossier_id, texte_id, signe_le, canal, enregistre_par_id, now() FROM dossiers_consentement WHERE id = %s
  RETURNING id, dossier_id)
INSERT INTO dossiers_ligne_consentement (consentement_id, dossier_id, organisme_id, decision, effet_le)
SELECT id, dossier_id, %s, 'retire', now() FROM acte
"""


def lire(requete: str, valeurs: tuple = ()) -> list[tuple]:
    with connections["default"].cursor() as curseur:
        curseur.execute(requete, valeurs)
        return curseur.fetchall()


def tables() -> list[str]:
    modeles = apps.get_app_config("dossiers").get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in modeles} - SANS_PERSONNE | {"fichiers_fichier"})


@pytest.fixture
def plein(correspondant):
    """A dossier with something in nearly every table."""
    dossier = fabriques.dossier(par=correspondant)
    fabriques.demande(dossier, etat="notifiee")
    return dossier


@pytest.mark.parametrize("table", tables())
def test_every_table_that_speaks_of_somebody_is_under_the_lock(table):
    [(active, politiques)] = lire(
        "SELECT relrowsecurity, ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid) "
        "FROM pg_class c WHERE c.oid = %s::regclass",
        (table,),
    )
    assert active
    # The files of the documentation's articles hang on no dossier: see tests/documentation/test_fichiers.py
    assert set(politiques) - {"documentation_lecture"} == {"second_verrou"}


def test_without_an_identity_nothing_comes_out(plein):
    pleines = {table for table in tables() if lire(f"SELECT 1 FROM {table} LIMIT 1")}
    assert len(pleines) >= 15
    with sous(PERSONNE):
        sorties = {table: lire(f"SELECT count(*) FROM {table}")[0][0] for table in tables()}
    assert {table: n for table, n in sorties.items() if n} == {}


def test_each_reads_its_own_and_no_more(plein, uneo, mspp, etranger, correspondant, gestionnaire):
    for qui, lit in (
        (uneo, 1), (gestionnaire, 1), (correspondant, 1), (mspp, 0), (etranger, 0),
        (fabriques.habilitation("administrateur"), 0), (fabriques.habilitation("superviseur"), 0),
    ):  # fmt: skip
        with agir_pour(qui):
            assert lire("SELECT count(*) FROM dossiers_dossier")[0][0] == lit, qui
            assert bool(lire("SELECT 1 FROM dossiers_demande")) is bool(lit), qui
            assert bool(lire("SELECT 1 FROM dossiers_assure")) is bool(lit), qui
            assert bool(lire("SELECT 1 FROM dossiers_justificatif")) is bool(lit), qui


def test_another_programme_is_another_dossier(plein, uneo):
    identite = identite_de(uneo)
    with sous(Identite(identite.lecteurs, ("OPEX",), identite.utilisateur)):
        assert lire("SELECT 1 FROM dossiers_dossier") == []


def test_a_withdrawal_closes_it_in_the_same_transaction(plein, uneo, gestionnaire):
    with transaction.atomic():
        retirer_consentement(gestionnaire, plein, [uneo.organisme], signe_le=timezone.localdate())
        with agir_pour(uneo):
            assert lire("SELECT 1 FROM dossiers_dossier") == []
            assert lire("SELECT 1 FROM dossiers_contribution") == []


def test_a_withdrawn_share_row_is_not_read_by_its_organisme(plein, uneo, gestionnaire):
    retirer_consentement(gestionnaire, plein, [uneo.organisme], signe_le=timezone.localdate())
    with agir_pour(uneo):
        assert lire("SELECT 1 FROM dossiers_partage") == []


@pytest.mark.parametrize(("depuis", "jusque", "lit"), [(-1, 1, True), (-2, -1, False), (1, 2, False)])
def test_an_exception_opens_while_it_lives(plein, etranger, depuis, jusque, lit):
    maintenant = timezone.now()
    periode = {"depuis": maintenant + timedelta(hours=depuis), "jusque": maintenant + timedelta(hours=jusque)}
    pret = Pret.objects.create(
        dossier=plein, habilitation=etranger, motif="relève", prete_par=plein.ouvert_par, **periode
    )
    ouvrir_exception(pret, par=plein.ouvert_par, motif=pret.motif, pret=pret)
    with agir_pour(etranger):
        assert bool(lire("SELECT 1 FROM dossiers_dossier")) is lit
        assert bool(lire("SELECT 1 FROM dossiers_demande")) is lit
    with agir_pour(fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])):
        assert lire("SELECT 1 FROM dossiers_dossier") == []


def test_an_exception_opens_to_one_habilitation_of_its_user(plein, etranger):
    """The same person, for another body, is another reader: for the database too."""
    mutuelle = fabriques.habilitation("partenaire", organisme="mspp", utilisateur=etranger.utilisateur)
    fabriques.pret(plein, etranger)
    with agir_pour(etranger):
        assert lire("SELECT numero FROM dossiers_dossier") == [(plein.numero,)]
    with agir_pour(mutuelle):
        assert lire("SELECT 1 FROM dossiers_dossier") == []
    assert ecarts() == []


@pytest.mark.parametrize(
    "ordre",
    [
        "INSERT INTO dossiers_visite (utilisateur_id, dossier_id, derniere) VALUES (%(qui)s, %(dossier)s, now())",
        "INSERT INTO dossiers_partage (dossier_id, organisme_id, nature, depuis, motif, programme, ouvert_le, "
        "situation, nom_tri, naissance_tri) "
        "VALUES (%(dossier)s, %(organisme)s, 'mission', now(), '', '', now(), '', '', '')",
    ],
)
def test_nothing_is_written_on_what_one_does_not_read(plein, mspp, ordre):
    valeurs = {"qui": mspp.utilisateur_id, "dossier": plein.pk, "organisme": mspp.organisme_id}
    with pytest.raises(DatabaseError), agir_pour(mspp), connections["default"].cursor() as curseur:
        curseur.execute(ordre, valeurs)


def test_the_watch_over_agents_is_the_dpo_s(plein, uneo, gestionnaire):
    """An alert names an agent and the dossier that she opened: nobody else reads it, not even who reads the dossier."""
    fabriques.alerte(uneo, objet=plein.numero)
    compter = "SELECT count(*) FROM dossiers_alerte"
    for habilitation, vues in ((uneo, 0), (gestionnaire, 0), (fabriques.habilitation("dpo"), 1)):
        with agir_pour(habilitation):
            assert lire(compter) == [(vues,)]
    with sous(PERSONNE):
        assert lire(compter) == [(0,)]


def test_an_update_touches_nothing_of_the_others(plein, mspp):
    with agir_pour(mspp), connections["default"].cursor() as curseur:
        curseur.execute("UPDATE dossiers_demande SET besoin = 'lu'")
        assert curseur.rowcount == 0


def test_the_array_is_what_the_shares_say_whatever_is_written_in_it(plein, uneo):
    attendu = sorted(
        f"o{p.organisme_id}" if p.organisme_id else f"u{p.unite_id}"
        for p in Partage.objects.actifs().filter(dossier=plein)
    )
    Dossier.objects.filter(pk=plein.pk).update(lecteurs=["o999999"])
    plein.refresh_from_db()
    assert plein.lecteurs == attendu
    assert f"o{uneo.organisme_id}" in attendu


@pytest.mark.parametrize(
    "ordre",
    [
        "ALTER TABLE dossiers_dossier DISABLE ROW LEVEL SECURITY",
        "DROP POLICY second_verrou ON dossiers_dossier",
        "SET row_security = off; SELECT 1 FROM dossiers_dossier",
        "SELECT dossiers_lecteurs(1)",
    ],
)
def test_the_application_cannot_open_the_lock(plein, ordre):
    with pytest.raises(DatabaseError, match=r"must be owner|permission|row-level security"), sous(PERSONNE):
        lire(ordre)


def test_an_identity_is_given_back_however_the_block_ends(plein, uneo, gestionnaire):
    with agir_pour(uneo):
        avec_uneo = lire("SELECT current_setting('du.lecteurs')")
        with systeme("essai"):
            assert courante().systeme == "essai"
        assert lire("SELECT current_setting('du.lecteurs')") == avec_uneo
        with pytest.raises(RuntimeError), agir_pour(gestionnaire):
            raise RuntimeError
        assert lire("SELECT current_setting('du.lecteurs')") == avec_uneo
        with pytest.raises(DatabaseError), systeme("essai"):
            lire("SELECT 1/0")
        assert lire("SELECT current_setting('du.systeme')") == [("",)]
        assert courante() == identite_de(uneo)


@pytest.mark.django_db(transaction=True)
def test_the_identity_ends_with_the_transaction(correspondant, gestionnaire):
    fabriques.dossier(par=correspondant)
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT set_config('du.systeme', '', false)")
    with agir_pour(gestionnaire):
        assert lire("SELECT count(*) FROM dossiers_dossier") == [(1,)]
    assert lire("SELECT count(*) FROM dossiers_dossier") == [(0,)]
    with pytest.raises(RuntimeError), agir_pour(gestionnaire):
        raise RuntimeError
    assert lire("SELECT count(*) FROM dossiers_dossier") == [(0,)]


@pytest.fixture
def maitre():
    """Statements of the database's owner, by hand, on a connection that Django does not flush."""
    reglages = connections["proprietaire"].get_connection_params()
    connexion = psycopg2.connect(**{k: v for k, v in reglages.items() if k != "cursor_factory"})

    def executer(requete, *valeurs):
        with connexion, connexion.cursor() as curseur:
            curseur.execute(requete, valeurs or None)

    yield executer
    connexion.close()


class TestVerification:
    def test_a_healthy_house_has_no_gap(self, plein, uneo, mspp, etranger, gestionnaire, capsys):
        fabriques.habilitation("administrateur")
        assert ecarts() == []
        assert verifier_partages() == 0
        call_command("verifier_partages")
        assert "concordent" in capsys.readouterr().out

    @pytest.mark.django_db(transaction=True)
    def test_an_array_changed_by_hand_is_named(self, correspondant, mspp, maitre):
        dossier = fabriques.dossier(par=correspondant)
        dpo = fabriques.habilitation("dpo")
        maitre("ALTER TABLE dossiers_dossier DISABLE TRIGGER dossiers_dossier_lecteurs")
        maitre(
            "UPDATE dossiers_dossier SET lecteurs = lecteurs || %s::text[] WHERE id = %s",
            [f"o{mspp.organisme_id}"], dossier.pk,
        )  # fmt: skip
        maitre("ALTER TABLE dossiers_dossier ENABLE TRIGGER dossiers_dossier_lecteurs")
        constats = {str(ecart) for ecart in ecarts()}
        assert f"{dossier.numero} : lecteurs différents des partages" in constats
        assert any("plus que la règle" in c and mspp.reference in c for c in constats)
        with pytest.raises(CommandError):
            call_command("verifier_partages", stdout=StringIO())
        assert verifier_partages() == len(constats)
        assert Notification.objects.get(destinataire=dpo.utilisateur).genre == "ecart_partages"

    @pytest.mark.django_db(transaction=True)
    def test_a_share_that_outlives_the_will_is_named(self, correspondant, uneo, maitre):
        dossier = fabriques.dossier(par=correspondant)
        ligne = dossier.lignes_consentement.get(organisme=uneo.organisme)
        maitre(RETRAIT_A_LA_MAIN, ligne.consentement_id, uneo.organisme_id)
        assert f"{dossier.numero} : partage avec uneo sans accord en vigueur" in {str(e) for e in ecarts()}
