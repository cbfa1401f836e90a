"""Sign-ins, sign-outs and failures in the journal."""

import pytest
from django.contrib.auth import authenticate

from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "girafe patine lucarne 41"


@pytest.fixture
def personne(django_user_model):
    return django_user_model.objects.create_user(
        "emartin", "e@exemple.fr", MOT_DE_PASSE, first_name="Éloïse", last_name="Martin-Fictif"
    )


def derniere():
    return LigneJournal.objects.order_by("-id").first()


def test_signing_in_and_out_leaves_a_row_each(client, personne):
    client.force_login(personne)
    assert (derniere().action, derniere().utilisateur_id) == (Acte.CONNEXION, personne.pk)
    assert derniere().acteur_nom == "Éloïse Martin-Fictif"
    client.logout()
    assert (derniere().action, derniere().utilisateur_id) == (Acte.DECONNEXION, personne.pk)


def test_signing_out_of_nothing_leaves_no_row(client):
    avant = LigneJournal.objects.count()
    client.logout()
    assert LigneJournal.objects.count() == avant


def test_a_failure_on_a_known_account_names_it(rf, personne):
    assert authenticate(rf.post("/"), username="emartin", password="faux mot secret") is None
    ligne = derniere()
    assert (ligne.action, ligne.objet, ligne.utilisateur_id) == (Acte.REFUS, "connexion", personne.pk)
    assert ligne.details == {"identifiant": "emartin"}
    assert "faux mot secret" not in f"{ligne.details}{ligne.motif}{ligne.acteur_nom}"


@pytest.mark.parametrize("saisie", [MOT_DE_PASSE, "284058832102532"])
def test_what_names_no_account_is_not_kept(rf, personne, saisie):
    authenticate(rf.post("/"), username=saisie, password="x")
    ligne = derniere()
    assert (ligne.utilisateur_id, ligne.details) == (None, {"identifiant": "inconnu"})
