"""Papers at the same instant: the demande is locked first, by everybody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from dossiers.justificatifs import actions
from dossiers.justificatifs.models import TypePiece
from dossierunique.fichiers import depot
from tests import fabriques


def verrous(geste: Callable[[], Any]) -> list[str]:
    """The tables whose rows this action locks, in order."""
    with CaptureQueriesContext(connection) as requetes:
        geste()
    tables = ("dossiers_demande", "dossiers_justificatif")
    return [
        table
        for requete in requetes
        if "FOR UPDATE" in requete["sql"]
        for table in tables
        if f'FROM "{table}"' in requete["sql"]
    ]


@pytest.mark.django_db
def test_tous_verrouillent_la_demande_avant_la_piece(dossier, correspondant, gestionnaire):
    demande = fabriques.demande(dossier, par=correspondant)
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    piece, jointe = fabriques.piece(demande, "rib"), fabriques.piece(brouillon, "rib", par=correspondant)
    gestes = (
        partial(actions.rejeter_piece, gestionnaire, piece, "Le document est illisible."),
        partial(actions.valider_piece, gestionnaire, piece),
        partial(actions.retirer_piece, correspondant, jointe),
    )
    for geste in gestes:
        assert verrous(geste) == ["dossiers_demande", "dossiers_justificatif"]


@pytest.mark.django_db(transaction=True)
def test_deux_clics_au_meme_instant_gardent_une_piece(monkeypatch):
    demande = fabriques.demande(fabriques.dossier())
    par, contenu = demande.dossier.ouvert_par, fabriques.pdf("Devis")
    type_piece, depart, deposer = TypePiece.objects.get(code="devis"), Barrier(2), depot.deposer

    def deposer_ensemble(*args: Any, **options: Any) -> Any:
        fichier = deposer(*args, **options)
        depart.wait(timeout=30)
        return fichier

    def cliquer(nom: str) -> list[str]:
        recu = SimpleUploadedFile(nom, contenu, content_type="application/pdf")
        try:
            return actions.deposer_fichiers(par, demande, type_piece, [recu])
        finally:
            connections.close_all()

    monkeypatch.setattr(depot, "deposer", deposer_ensemble)
    with ThreadPoolExecutor(2) as fils:
        refus = [message for messages in fils.map(cliquer, ("a.pdf", "b.pdf")) for message in messages]
    assert demande.justificatifs.filter(type=type_piece).count() == 1
    assert len(refus) == 1
    assert "déjà joint" in refus[0]
