"""The outbox: nothing lost, nothing done twice, failures kept and told."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kombu import Connection

from dossierunique.contexte import requete_id
from dossierunique.notifications import sortie, tasks
from dossierunique.notifications.models import Envoi, EtatEnvoi

GENRE = "essai"


@pytest.fixture
def faits(monkeypatch):
    """A genre whose handler notes what it was given."""
    recus = []
    monkeypatch.setitem(sortie._traitements, GENRE, recus.append)
    return recus


@pytest.fixture
def messages(monkeypatch):
    """What the broker was told: (ids, queue, lifetime of the message)."""
    recus = []

    def noter(args, queue, expires, retry):
        recus.append((args[0], queue, expires))

    monkeypatch.setattr(tasks.traiter_envoi, "apply_async", noter)
    monkeypatch.setattr(sortie, "_muet_jusqu_a", 0.0)
    return recus


@pytest.fixture
def courtier_en_panne(monkeypatch):
    """A real attempt to publish, at an address where nobody listens."""
    essais = []
    publier = tasks.traiter_envoi.apply_async

    def publier_nulle_part(**options):
        essais.append(options["args"])
        with Connection("redis://127.0.0.1:1/0", transport_options={"max_retries": 0}) as nulle_part:
            return publier(**options, connection=nulle_part)

    monkeypatch.setattr(tasks.traiter_envoi, "apply_async", publier_nulle_part)
    monkeypatch.setattr(sortie, "_muet_jusqu_a", 0.0)
    return essais


def avancer(envoi: Envoi) -> None:
    Envoi.objects.filter(pk=envoi.pk).update(pas_avant=timezone.now())


@pytest.mark.django_db(transaction=True)
class TestDeposer:
    def test_tells_the_broker_only_once_committed(self, messages):
        with transaction.atomic():
            envoi = sortie.deposer(GENRE, {"dossier": 1}, "a")
            assert messages == []
        assert messages == [(envoi.pk, "celery", None)]

    def test_is_undone_with_the_act(self, messages):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            sortie.deposer(GENRE, {}, "a")
            raise ZeroDivisionError
        assert (messages, Envoi.objects.count()) == ([], 0)

    def test_letters_go_to_their_own_queue(self, messages):
        envoi = sortie.deposer("courrier.notification", {}, "a")
        assert messages == [(envoi.pk, "pdf", None)]

    def test_a_later_job_does_not_wake_anybody_now(self, messages, faits):
        envoi = sortie.deposer(GENRE, {}, "a", pas_avant=timezone.now() + timedelta(hours=1))
        assert messages == []
        assert sortie.traiter(envoi.pk) is False
        assert sortie.balayer() == 0


@pytest.mark.django_db
class TestIdempotence:
    def test_the_same_key_twice_is_one_row(self):
        premier = sortie.deposer(GENRE, {"dossier": 1}, "a")
        second = sortie.deposer(GENRE, {"dossier": 2}, "a")
        assert (second.pk, second.donnees) == (premier.pk, {"dossier": 1})
        assert Envoi.objects.count() == 1

    def test_a_job_done_is_not_done_again(self, faits):
        envoi = sortie.deposer(GENRE, {}, "a")
        assert sortie.traiter(envoi.pk) is True
        assert sortie.traiter(envoi.pk) is False
        sortie.deposer(GENRE, {}, "a")
        assert sortie.vider() == 0
        assert len(faits) == 1

    def test_many_jobs_cost_two_queries(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            envois = sortie.deposer_lot(GENRE, [({"n": n}, f"a{n}") for n in range(50)])
        assert len(envois) == 50


@pytest.mark.django_db(transaction=True)
class TestCourtierEnPanne:
    def test_the_request_does_not_fail_and_nothing_is_lost(self, courtier_en_panne, faits):
        with transaction.atomic():
            envoi = sortie.deposer(GENRE, {"dossier": 1}, "a")
        assert courtier_en_panne == [[envoi.pk]]
        envoi.refresh_from_db()
        assert (envoi.etat, envoi.essais) == (EtatEnvoi.A_FAIRE, 0)
        assert sortie.vider() == 1
        assert faits == [{"dossier": 1}]

    def test_the_other_jobs_do_not_wait_for_their_own_timeout(self, courtier_en_panne):
        for n in range(20):
            sortie.deposer(GENRE, {}, f"a{n}")
        assert len(courtier_en_panne) == 1

    def test_the_sweep_tells_again_when_it_is_back(self, courtier_en_panne, monkeypatch):
        envoi = sortie.deposer(GENRE, {}, "a")
        courrier = sortie.deposer("courrier.essai", {}, "b")
        recus = []
        monkeypatch.setattr(sortie, "_muet_jusqu_a", 0.0)
        monkeypatch.setattr(
            tasks.traiter_envoi, "apply_async", lambda args, queue, **o: recus.append((args[0], queue))
        )
        assert sortie.balayer() == 2
        assert recus == [(envoi.pk, "celery"), (courrier.pk, "pdf")]

    def test_messages_of_the_sweep_expire_before_the_next_one(self, messages):
        envoi = sortie.deposer(GENRE, {}, "a")
        messages.clear()
        sortie.balayer()
        assert messages == [(envoi.pk, "celery", 30)]


@pytest.mark.django_db
class TestEchecs:
    @pytest.fixture
    def qui_echoue(self, monkeypatch, django_user_model):
        def ecrire_puis_echouer(donnees):
            django_user_model.objects.create(username="trace", email="trace@exemple.fr")
            raise OSError("le relais refuse eloise.martin@exemple.fr, NIR 284058832102532")

        monkeypatch.setitem(sortie._traitements, GENRE, ecrire_puis_echouer)

    def test_waits_longer_after_each_failure(self, qui_echoue):
        envoi = sortie.deposer(GENRE, {}, "a")
        attentes = []
        for _ in range(3):
            avancer(envoi)
            assert sortie.traiter(envoi.pk) is False
            envoi.refresh_from_db()
            attentes.append(round((envoi.pas_avant - timezone.now()).total_seconds(), -1))
        assert attentes == [30, 60, 120]
        assert sortie.traiter(envoi.pk) is False
        assert envoi.essais == 3

    def test_undoes_what_the_handler_wrote(self, qui_echoue, django_user_model):
        sortie.traiter(sortie.deposer(GENRE, {}, "a").pk)
        assert not django_user_model.objects.filter(username="trace").exists()

    def test_keeps_the_kind_of_the_error_but_not_its_words(self, qui_echoue, caplog):
        envoi = sortie.deposer(GENRE, {}, "a")
        sortie.traiter(envoi.pk)
        envoi.refresh_from_db()
        assert envoi.erreur.startswith("OSError (test_sortie.py, ligne ")
        for texte in (envoi.erreur, caplog.text):
            assert "eloise" not in texte and "284058832102532" not in texte

    def test_gives_up_after_eight_tries_and_starts_again_on_demand(self, qui_echoue, monkeypatch):
        envoi = sortie.deposer(GENRE, {}, "a")
        for _ in range(8):
            avancer(envoi)
            sortie.traiter(envoi.pk)
        envoi.refresh_from_db()
        assert (envoi.etat, envoi.essais) == (EtatEnvoi.MORT, 8)
        avancer(envoi)
        assert sortie.traiter(envoi.pk) is False
        assert sortie.renvoyer(envoi.pk) is True
        assert sortie.renvoyer(envoi.pk) is False
        monkeypatch.setitem(sortie._traitements, GENRE, lambda donnees: None)
        assert sortie.vider() == 1
        envoi.refresh_from_db()
        assert (envoi.etat, envoi.erreur) == (EtatEnvoi.FAIT, "")
        assert envoi.fait_le is not None

    def test_an_unknown_genre_says_so(self):
        envoi = sortie.deposer("genre.inconnu", {}, "a")
        sortie.traiter(envoi.pk)
        envoi.refresh_from_db()
        assert envoi.erreur == "aucun traitement pour le genre «\u00a0genre.inconnu\u00a0»"
        assert envoi.etat == EtatEnvoi.A_FAIRE

    def test_a_database_error_in_a_handler_is_a_failure_like_another(self, monkeypatch):
        def casser(donnees):
            with connection.cursor() as curseur:
                curseur.execute("SELECT 1/0")

        monkeypatch.setitem(sortie._traitements, GENRE, casser)
        envoi = sortie.deposer(GENRE, {}, "a")
        assert sortie.traiter(envoi.pk) is False
        envoi.refresh_from_db()
        assert (envoi.essais, envoi.erreur.split(" ")[0]) == (1, "DataError")

    def test_what_a_handler_journals_names_its_job(self, monkeypatch):
        vus = []
        monkeypatch.setitem(sortie._traitements, GENRE, lambda donnees: vus.append(requete_id.get()))
        envoi = sortie.deposer(GENRE, {}, "a")
        sortie.traiter(envoi.pk)
        assert vus == [f"envoi-{envoi.pk}"]
        assert requete_id.get() == ""


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_it_once(monkeypatch, messages):
    entre, sortir, appels, resultats = threading.Event(), threading.Event(), [], {}

    def lentement(donnees):
        appels.append(donnees)
        entre.set()
        assert sortir.wait(5)

    monkeypatch.setitem(sortie._traitements, GENRE, lentement)
    envoi = sortie.deposer(GENRE, {}, "a")

    def travailler(nom):
        try:
            resultats[nom] = sortie.traiter(envoi.pk)
        finally:
            connection.close()

    premier = threading.Thread(target=travailler, args=["premier"])
    premier.start()
    assert entre.wait(5)
    second = threading.Thread(target=travailler, args=["second"])
    second.start()
    second.join(5)
    assert resultats == {"second": False}, "the second worker neither waits nor works"
    sortir.set()
    premier.join(5)
    assert resultats == {"second": False, "premier": True}
    assert len(appels) == 1
    assert sortie.traiter(envoi.pk) is False


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_the_job_to_the_next(monkeypatch, messages, faits):
    class Tue(BaseException):
        """Like SIGKILL seen by the database: the connection goes without a commit."""

    def mourir(donnees):
        raise Tue

    envoi = sortie.deposer(GENRE, {}, "a")
    with monkeypatch.context() as m, pytest.raises(Tue):
        m.setitem(sortie._traitements, GENRE, mourir)
        sortie.traiter(envoi.pk)
    envoi.refresh_from_db()
    assert (envoi.etat, envoi.essais) == (EtatEnvoi.A_FAIRE, 0)
    assert sortie.vider() == 1


@pytest.mark.django_db
def test_jobs_done_long_ago_are_forgotten_and_the_others_kept(settings):
    settings.ENVOIS_GARDES_JOURS = 30
    vieux = timezone.now() - timedelta(days=31)
    for cle, etat, fait_le in (("a", "fait", vieux), ("b", "fait", timezone.now()), ("c", "mort", None)):
        Envoi.objects.create(genre="essai", cle=cle, etat=etat, fait_le=fait_le, cree_le=vieux)
    assert sortie.purger() == 1
    assert set(Envoi.objects.values_list("cle", flat=True)) == {"b", "c"}
