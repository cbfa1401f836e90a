"""The proof of a consent, and who judges it."""

import pytest
from django.utils import timezone

from dossiers.consentements.actions import enregistrer_consentement, retirer_consentement, texte_en_vigueur
from dossierunique.fichiers.depot import enregistrer_pdf
from tests import fabriques


@pytest.fixture
def recueillir():
    """Record what a person signed, with its scan: `recueillir(par, dossier, uneo="accorde")`."""

    def _recueillir(
        par, dossier, *, preuve=True, signe_le=None, formulaire=None, representant=None, **decisions
    ):
        fichier = enregistrer_pdf(fabriques.pdf("Signé"), nom="acte.pdf", cree_par=par) if preuve else None
        return enregistrer_consentement(
            par, dossier, texte=texte_en_vigueur(), signe_le=signe_le or timezone.localdate(), preuve=fichier,
            formulaire=formulaire, representant=representant,
            decisions={fabriques.organisme(code).pk: decision for code, decision in decisions.items()},
        )  # fmt: skip

    return _recueillir


@pytest.fixture
def retirer():
    """Withdraw organismes by their codes; none for the whole scheme."""

    def _retirer(par, dossier, *codes):
        vises = [fabriques.organisme(code) for code in codes] or None
        return retirer_consentement(par, dossier, vises, signe_le=timezone.localdate())

    return _retirer


@pytest.fixture
def lisent():
    """Codes of the organismes that read a dossier by consent."""

    def _lisent(dossier):
        partages = dossier.partages.actifs().filter(nature="consentement")
        return set(partages.values_list("organisme__code", flat=True))

    return _lisent


@pytest.fixture
def ouvert(correspondant):
    """A dossier that nobody was asked about yet."""
    fabriques.organismes()
    return fabriques.dossier(par=correspondant, accordes=(), refuses=())
