"""The first administrator, who opens all the other accounts."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners.habilitations.policies import peut_administrer
from partners.models import Habilitation

pytestmark = pytest.mark.django_db
QUI = ("a.premier", "premier@exemple.fr", "--prenom=Alix", "--nom=Premier-Fictif")


def test_le_premier_administrateur(client) -> None:
    sortie = StringIO()
    call_command("creer_administrateur", *QUI, stdout=sortie)
    assert peut_administrer(Habilitation.objects.get(utilisateur__username="a.premier"))
    chemin = re.search(r"https?://[^/]+(/\S+)", sortie.getvalue()).group(1)
    assert "Choisir un mot de passe" in client.get(chemin, follow=True).content.decode()


def test_il_n_y_en_a_qu_un_premier(admin) -> None:
    with pytest.raises(CommandError, match="déjà en fonction"):
        call_command("creer_administrateur", *QUI)
