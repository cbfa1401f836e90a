"""The home shows nothing that the lists would refuse."""

import pytest

from tests import fabriques

pytestmark = pytest.mark.django_db


def test_a_gestionnaire_of_the_other_programme_reads_no_name_and_no_number(dossier, connexion):
    demande = fabriques.demande(dossier)
    fabriques.piece(demande, "devis")
    page = connexion(fabriques.habilitation("gestionnaire", programmes=["OPEX"])).get("/").content.decode()
    assert demande.numero not in page
    assert dossier.assure.nom not in page
    assert "<b>1</b>" not in page
    ordinaire = connexion(fabriques.habilitation("gestionnaire")).get("/").content.decode()
    assert demande.numero in ordinaire
