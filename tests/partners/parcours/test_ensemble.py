"""Two people at the same moment: one act is done, the other refused."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from partners.habilitations import actions, parcours
from partners.habilitations.models import Habilitation, Profil
from tests import fabriques
from tests.partners.parcours.aides import JOUR, demander

pytestmark = pytest.mark.django_db


def a_la_fois(gestes) -> list[str]:
    """Run the acts at the same moment, each in its thread: which were done, which refused."""
    depart, resultats = Barrier(len(gestes)), []

    def lancer(geste) -> None:
        try:
            depart.wait(10)
            geste()
            resultats.append("fait")
        except (ActionRefusee, ModifieDepuis):
            resultats.append("refus")
        finally:
            connection.close()

    fils = [Thread(target=lancer, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    return sorted(resultats)


@pytest.mark.django_db(transaction=True)
def test_deux_administrateurs_a_la_fois_ne_donnent_pas_deux_profils_incompatibles() -> None:
    admins = [fabriques.habilitation("administrateur") for _ in range(2)]
    personne, cnmss = fabriques.utilisateur(), fabriques.organisme("cnmss")

    def accorder(par, profil):
        return lambda: actions.accorder(par, personne, cnmss, profil, [], ["DU"], JOUR)

    assert a_la_fois([accorder(admins[0], "medecin"), accorder(admins[1], "membre")]) == ["fait", "refus"]
    assert Habilitation.objects.en_vigueur().filter(utilisateur=personne).count() == 1


@pytest.mark.django_db(transaction=True)
def test_deux_administrateurs_activent_la_meme_demande_une_fois() -> None:
    admins = [fabriques.habilitation("administrateur") for _ in range(2)]
    demande = demander(organisme="cnmss", profil="gestionnaire")

    def activer(par):
        return lambda: parcours.activer(par, demande, demande.version)

    assert a_la_fois([activer(par) for par in admins]) == ["fait", "refus"]


@pytest.mark.django_db(transaction=True)
def test_deux_administrateurs_ne_se_suspendent_pas_l_un_l_autre() -> None:
    un, deux = (fabriques.habilitation("administrateur") for _ in range(2))
    depart, issues = Barrier(2), []

    def suspendre(par: Habilitation, autre: Habilitation) -> None:
        depart.wait()
        try:
            actions.suspendre(par, autre, "croisée")
            issues.append("faite")
        except ActionRefusee:
            issues.append("refusée")
        finally:
            connection.close()

    fils = [Thread(target=suspendre, args=paire) for paire in ((un, deux), (deux, un))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(issues) == ["faite", "refusée"]
    assert Habilitation.objects.en_vigueur().filter(profil=Profil.ADMINISTRATEUR).count() == 1
