"""What may be a NIR is recognised however it is written, and never reaches an address, a log or the journal."""

import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from dossierunique.journal.forms import FiltreJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.nir import contient_un_nir, masquer_les_nir, saisie_suspecte
from dossierunique.settings import traces

NIR = "284058832102532"
# A reference whose digits, by chance, follow one another as those of a NIR: two in a hundred do.
REFERENCE = "0198a1b2-7840-4588-8321-025aa4c5d6e7"
ECRITURES = [
    NIR,
    NIR[:13],
    "2 84 05 88 321 025 32",
    "2\u00a084\u00a005\u00a088\u00a0321\u00a0025\u00a032",
    "2 84  05 88 321 025 32",
    "2,84,05,88,321,025,32",
    "2840588321025-32",
    f"NIR{NIR}0",
    "284052A32102552",
    "2-84-05-2b-321-025-79",
]


@pytest.mark.parametrize("ecrit", ECRITURES)
def test_every_writing_is_recognised(ecrit):
    assert contient_un_nir(f"avant {ecrit}, après")
    assert saisie_suspecte(ecrit)
    assert sum(c.isdigit() for c in masquer_les_nir(f"/dossiers/{ecrit}/")) == 0


@pytest.mark.parametrize(
    "texte",
    [
        "DU-2026-0000001-K",
        "06 12 34 56 78",
        "RIB 30003 01234",
        "fait en 0.012345678901234 s",
        "c.durand",
        f"/acces-urgence/{REFERENCE}/",
    ],
)
def test_what_is_not_is_left(texte):
    assert not contient_un_nir(texte)
    assert masquer_les_nir(texte) == texte


def test_a_reference_hides_no_nir_beside_it():
    assert contient_un_nir(f"/acces-urgence/{REFERENCE}/{NIR}/")
    assert masquer_les_nir(f"{REFERENCE} {NIR}") == f"{REFERENCE} numéro masqué"


@given(st.uuids())
def test_no_reference_is_taken_for_a_nir(reference):
    assert not contient_un_nir(f"/pieces/{reference}/")


@pytest.mark.parametrize(
    ("objet", "garde"),
    [
        ("DU-2026-0000001-J", "DU-2026-0000001-J"),
        ("DU-2026-0000001-Z", ""),
        ("01902b1c-6f0e-7c1e-8b0a-3f2a4c5d6e7f", "01902b1c-6f0e-7c1e-8b0a-3f2a4c5d6e7f"),
        ("/journal/", ""),
        *((ecrit, "") for ecrit in ECRITURES),
    ],
)
def test_a_refusal_keeps_only_our_own_numbers(objet, garde):
    assert AccesRefuse(objet, "inconnu").objet == garde


@pytest.mark.parametrize("champ", ["agent", "numero"])
@pytest.mark.parametrize("saisie", ["284052A32102552", f"A{NIR}", "284 052 A32 102 552"])
def test_the_journal_is_not_searched_by_nir(rf, champ, saisie):
    formulaire = FiltreJournal(rf.get("/journal/", {champ: saisie}).GET)
    assert champ in formulaire.errors


@pytest.mark.parametrize("en_json", [True, False])
def test_no_log_line_quotes_one(en_json):
    reglages = traces.journaux(json=en_json)["formatters"]["lignes"]
    formateur = structlog.stdlib.ProcessorFormatter(
        processors=reglages["processors"], foreign_pre_chain=reglages["foreign_pre_chain"]
    )
    try:
        raise ValueError(f"dossier de {NIR}")
    except ValueError as erreur:
        origine = (ValueError, erreur, erreur.__traceback__)
    ligne = formateur.format(
        logging.LogRecord("django.request", 30, "", 1, "Not Found: %s", (f"/dossiers/{NIR}/",), origine)
    )
    assert NIR not in ligne
    assert "Not Found: /dossiers/numéro masqué/" in ligne
    assert "ValueError" in ligne
    if en_json:
        assert json.loads(ligne)["logger"] == "django.request"
