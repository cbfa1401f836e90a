"""The makers of test data themselves: every state of a demande is reached by the real actions."""

import pytest

from tests import fabriques

ETATS = [
    "brouillon",
    "soumise",
    "en_completude",
    "incomplete",
    "complete",
    "en_instruction",
    "decidee",
    "notifiee",
]


@pytest.mark.parametrize("etat", ETATS)
@pytest.mark.django_db
def test_demande_dans_chaque_etat(etat):
    assert fabriques.demande(etat=etat).etat == etat


@pytest.mark.django_db
def test_dossier_partage_avec_les_seuls_accordes():
    dossier = fabriques.dossier()
    noms = set(
        dossier.partages.actifs().filter(nature="consentement").values_list("organisme__code", flat=True)
    )
    assert noms == {"asd", "uneo"}
