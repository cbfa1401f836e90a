"""Identities and steps shared by the tests of an opening."""

import pytest

from tests import fabriques

NIR = "284058832102532"
IDENTITE = {
    "nom_naissance": "D’Haussonville-Fictif", "nom_usage": "", "prenoms": "Éloïse, Anne", "sexe": "F",
    "date_naissance": "1984-05-14", "lieu_naissance": "L’Haÿ-les-Roses", "adresse": "3 rue de l’Église\n64100 Bayonne",
    "telephone": "05 00 00 00 01", "courriel": "", "statut": "activite",
    "grade": "caporal-chef", "matricule": "", "mutuelle": "",
}  # fmt: skip


@pytest.fixture
def identite(correspondant):
    """What a correspondant types for the person of NIR."""
    fabriques.organismes()
    return IDENTITE | {"unite": correspondant.unites.get().pk}


@pytest.fixture
def assure(correspondant):
    """A person whose opening is in progress."""
    fabriques.organismes()
    return fabriques.assure(par=correspondant, nir=NIR)
