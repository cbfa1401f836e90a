"""An organisme changes its name: the old ones stay, with their dates."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from partners.models import AncienNom
from partners.organismes import actions
from tests import fabriques

pytestmark = pytest.mark.django_db


def test_le_nom_a_chaque_date(admin) -> None:
    uneo = fabriques.organisme("uneo")
    actions.renommer(admin, uneo, "Nova", "Nova mutuelle", date(2026, 6, 1), 1)
    uneo = actions.renommer(admin, uneo, "Alto", "Alto mutuelle", date(2026, 9, 1), 2)
    noms = [
        uneo.nom_au(date(2026, mois, jour))[0] for mois, jour in ((5, 31), (6, 1), (8, 31), (9, 1), (11, 1))
    ]
    assert noms == ["Unéo", "Nova", "Nova", "Alto", "Alto"]


def test_ce_qui_est_refuse(admin) -> None:
    uneo, demain = fabriques.organisme("uneo"), timezone.localdate() + timedelta(days=1)
    for sigle, nom, le in (
        (uneo.sigle, uneo.nom, date(2026, 6, 1)), ("Nova", "Nova", demain), ("Nova", "Nova", date(1999, 1, 1)),
    ):  # fmt: skip
        with pytest.raises(ActionRefusee):
            actions.renommer(admin, uneo, sigle, nom, le, 1)
    with pytest.raises(ActionRefusee):
        actions.renommer(fabriques.habilitation("dpo"), uneo, "Nova", "Nova", date(2026, 6, 1), 1)
    actions.renommer(admin, uneo, "Nova", "Nova", date(2026, 6, 1), 1)
    with pytest.raises(ActionRefusee, match="plus récent"):
        actions.renommer(admin, uneo, "Alto", "Alto", date(2026, 5, 1), 2)
    with pytest.raises(ModifieDepuis):
        actions.renommer(admin, uneo, "Alto", "Alto", date(2026, 9, 1), 1)


def test_un_ancien_nom_ne_se_recrit_pas(admin) -> None:
    actions.renommer(admin, fabriques.organisme("uneo"), "Nova", "Nova", date(2026, 6, 1), 1)
    for ordre in ("UPDATE partners_ancien_nom SET nom = 'x'", "DELETE FROM partners_ancien_nom"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(ordre)
    assert AncienNom.objects.get().nom == "Mutuelle Unéo"


def test_par_la_page(client_admin) -> None:
    fabriques.organisme("uneo")
    page = reverse("administration:organisme_renommer", args=["uneo"])
    envoi = {"sigle": "Nova", "nom": "Nova mutuelle", "le": "2026-06-01", "version": 1}
    assert "champ--erreur" in client_admin.post(page, envoi | {"le": "2199-01-01"}).content.decode()
    assert client_admin.post(page, envoi).status_code == 302
    fiche = client_admin.get(reverse("administration:organisme", args=["uneo"])).content.decode()
    assert "Anciennement Unéo, Mutuelle Unéo, jusqu’au 31\u00a0mai\u00a02026" in fiche
    assert client_admin.post(page, envoi | {"nom": "Autre"}).status_code == 409
