"""The ready lists as data: complete, leading somewhere, on one sheet each."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from documentation.articles.fichiers_source import lire_tous
from dossiers.situations.catalogue import SITUATIONS, Situation
from dossiers.situations.models import ListeSituation, PointFait
from dossiers.situations.papier import papier
from dossierunique.securite.nir import contient_un_nir

ARTICLES = {source.slug for source in lire_tous()}
TOUTES = pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)


def test_the_situations_of_both_programmes_are_there():
    par_programme = {code: s.programme for code, s in SITUATIONS.items()}
    assert par_programme == {
        "premiere-demande": "DU", "naissance-difficile": "DU", "retour-hospitalisation": "DU", "enfant-handicap": "DU",
        "blesse": "OPEX", "deces": "OPEX",
    }  # fmt: skip


@TOUTES
def test_its_points_have_a_code_of_their_own_and_an_article_that_exists(situation: Situation):
    codes = [point.code for point in situation.points]
    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= PointFait._meta.get_field("code").max_length
    assert len(situation.code) <= ListeSituation._meta.get_field("situation").max_length
    assert {point.aide for point in situation.points} | {situation.fiche} <= ARTICLES | {""}
    assert not any(contient_un_nir(point.mots) for point in situation.points)


@TOUTES
def test_it_is_one_tagged_sheet_that_says_every_point(situation: Situation):
    octets = papier(situation)
    with pypdfium2.PdfDocument(octets) as pdf:
        assert (len(pdf), pdf.is_tagged()) == (1, True)
        lu = " ".join(pdf[0].get_textpage().get_text_range().split())
    with pikepdf.open(BytesIO(octets)) as pdf:
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    for groupe in situation.groupes:
        assert groupe.titre in lu
    # The beginning of each point: the rest may turn at the end of a line.
    for point in situation.points:
        assert " ".join(point.mots.split()[:3]) in lu.replace("\xa0", " "), point.code
