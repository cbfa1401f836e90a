"""Two acts at the same instant on a dossier asleep: one awakening, and the person's last word holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.partages.models import Partage
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from opex.models import Blessure, Suivi
from opex.suivi.parcours import changer_etape
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db(transaction=True)


def ensemble(*gestes: Callable[[], Any]) -> list[Any]:
    """Run each in its own thread and connection, started together; a refusal is given back as a result."""
    depart = Barrier(len(gestes))

    def courir(geste: Callable[[], Any]) -> Any:
        depart.wait()
        try:
            return geste()
        except (ActionRefusee, ModifieDepuis) as refus:
            return refus
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(courir, gestes))


def lecteurs(dossier) -> set[str]:
    partages = Partage.objects.actifs().filter(dossier=dossier, nature="consentement")
    return set(partages.values_list("organisme__code", flat=True))


def test_two_people_tell_of_two_wounds():
    par, gestionnaire = fabriques.habilitation("correspondant"), fabriques.habilitation("gestionnaire")
    dossier = opex.dossier_opex(par)
    resultats = ensemble(
        lambda: opex.blessure(dossier, par=par), lambda: opex.blessure(dossier, par=gestionnaire)
    )
    assert {r.rang for r in resultats} == {1, 2}
    assert lecteurs(dossier) == {"asd", "uneo"}
    assert Partage.objects.filter(dossier=dossier, nature="consentement").count() == 2


def test_the_same_form_sent_twice_is_one_wound():
    par = fabriques.habilitation("correspondant")
    dossier = opex.dossier_opex(par)
    resultats = ensemble(*[lambda: opex.blessure(dossier, par=par)] * 2)
    assert sum(isinstance(r, ActionRefusee) for r in resultats) == 1
    assert Blessure.objects.filter(dossier=dossier).count() == 1


@pytest.mark.parametrize("tour", range(3))
def test_a_withdrawal_at_the_instant_of_the_wound_holds(tour):
    par, gestionnaire = fabriques.habilitation("correspondant"), fabriques.habilitation("gestionnaire")
    dossier = opex.dossier_opex(par)
    ensemble(
        lambda: opex.blessure(dossier, par=par),
        lambda: retirer_consentement(
            gestionnaire, dossier, [fabriques.organisme("uneo")], signe_le=timezone.localdate()
        ),
    )
    assert lecteurs(dossier) == {"asd"}


def test_two_gestures_on_the_follow_up_make_one():
    gestionnaire = fabriques.habilitation("gestionnaire")
    dossier = opex.blesse()
    version = Suivi.objects.get(dossier=dossier).version
    resultats = ensemble(
        *(
            lambda vers=vers: changer_etape(gestionnaire, dossier, vers, version)
            for vers in ("en_suivi", "en_veille")
        )
    )
    assert sum(isinstance(r, ModifieDepuis) for r in resultats) == 1
    assert Suivi.objects.get(dossier=dossier).version == version + 1


def attendre_que_quelqu_un_attende() -> None:
    """Until another connection waits for a row that this one holds."""
    limite = monotonic() + 20
    with connections["default"].cursor() as curseur:
        while monotonic() < limite:
            curseur.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if curseur.fetchone()[0]:
                return
            sleep(0.02)
    raise AssertionError("personne n’attend le dossier")


def test_what_is_withdrawn_while_an_act_waits_is_as_if_it_never_was(connexion):
    """The act had seen the dossier: the withdrawal is done first, and the page answers like an unknown address."""
    gestionnaire, uneo = (
        fabriques.habilitation("gestionnaire"),
        fabriques.habilitation("referent_opex", organisme="uneo"),
    )
    dossier = opex.blesse()
    client, adresse = connexion(uneo), reverse("suivi:evolution", args=[dossier.numero, 1])
    tenu, jour = Event(), dossier.blessures.get().survenue_le

    def retirer() -> None:
        with transaction.atomic():
            retirer_consentement(
                gestionnaire, dossier, [fabriques.organisme("uneo")], signe_le=timezone.localdate()
            )
            tenu.set()
            attendre_que_quelqu_un_attende()

    def noter() -> int:
        assert tenu.wait(20)
        return client.post(adresse, {"genre": "sejour", "depuis": jour.isoformat()}).status_code

    assert ensemble(retirer, noter) == [None, 404]
    assert not dossier.evolutions.exists()
