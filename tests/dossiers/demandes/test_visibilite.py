"""What was never filed is seen by nobody but those who wrote it."""

import pytest
from django.urls import reverse

from dossiers.demandes.actions import abandonner
from dossiers.demandes.models import Demande
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("geste", [lambda h, d: d, abandonner])
def test_a_draft_even_given_up_stays_with_its_authors(
    geste, dossier, correspondant, gestionnaire, uneo, connexion
):
    demande = fabriques.demande(dossier, etat="brouillon")
    piece = fabriques.piece(demande, "devis")
    geste(correspondant, demande)
    vues = {h.profil: Demande.objects.filter(pk=demande.pk).visibles_par(h).exists()
            for h in (correspondant, gestionnaire, uneo)}  # fmt: skip
    assert vues == {"correspondant": True, "gestionnaire": False, "partenaire": False}
    for habilitation in (gestionnaire, uneo):
        client = connexion(habilitation)
        assert client.get(reverse("demandes:detail", args=[demande.numero])).status_code == 404
        assert client.get(reverse("pieces:fichier", args=[piece.reference])).status_code == 404
        for onglet in ("demandes", "pieces", "apercu"):
            page = client.get(reverse(f"dossiers:{onglet}", args=[dossier.numero])).content.decode()
            assert demande.numero not in page
            assert str(piece.reference) not in page
