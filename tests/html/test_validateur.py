"""The checker is really run, says what it finds, and has nothing to say of the pages of errors."""

import pytest
from django.template.loader import render_to_string

from tests.html import textes
from tests.html.lecture import PageServie
from tests.html.validateur import valider

FAUSSE = "<!doctype html><html lang=fr><title>Faux</title><p id=a><p id=a><ul><p>non</p></ul></html>"
# What a test cannot ask for through a browser, or only by breaking the portal.
ERREURS = ("403.html", "403_csrf.html", "404.html", "429.html", "500.html")


def test_a_folder_without_a_page_proves_nothing(tmp_path):
    with pytest.raises(pytest.fail.Exception, match="aucune page"):
        valider(tmp_path)


@pytest.mark.django_db
def test_a_broken_page_is_found_and_the_pages_of_errors_are_whole(tmp_path):
    (tmp_path / "fausse.html").write_text(FAUSSE)
    for nom in ERREURS:
        source = render_to_string(nom, {"attente": 60})
        (tmp_path / nom).write_text(source)
        page = PageServie("", nom, "http://portail/", source)
        assert not textes.defauts_de_forme(page)
        assert not [defaut for phrase in page.phrases for defaut in textes.defauts(phrase)]
    defauts = valider(tmp_path)
    assert any("Duplicate ID" in d for d in defauts) and any("not allowed as child" in d for d in defauts)
    assert {d.split(":")[0] for d in defauts} == {"fausse.html"}
