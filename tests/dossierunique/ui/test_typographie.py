"""French spaces on the screens, and nowhere else."""

import pytest
from django.template.loader import render_to_string

from dossierunique.ui.typographie import espacer


@pytest.mark.parametrize(
    ("tape", "attendu"),
    [
        ("Qui voit quoi ?", "Qui voit quoi\u202f?"),
        ("Le n° {{ n }} : N° 2", "Le n°\u00a0{{ n }}\u00a0: N°\u00a02"),
        ("20 Mo, 3 €, 5 % et {% if n == 5 %}", "20\u00a0Mo, 3\u00a0€, 5\u00a0% et {% if n == 5 %}"),
        ("Rien : « tout » ; non !", "Rien\u00a0: «\u00a0tout\u00a0»\u202f; non\u202f!"),
        ("</b> : {{ n }} : {% if a %} ?", "</b>\u00a0: {{ n }}\u00a0: {% if a %}\u202f?"),
        ("{% if a != b %}{{ x|default:'?' }}{% endif %}", "{% if a != b %}{{ x|default:'?' }}{% endif %}"),
        ("?a=1&amp;b=2 https://exemple.fr", "?a=1&amp;b=2 https://exemple.fr"),
    ],
)
def test_only_the_spaces_of_punctuation_change(tape, attendu):
    assert espacer(tape) == attendu


def test_templates_are_read_with_them():
    assert "Notifications\u00a0:" in render_to_string("ui/tete.html", {"connecte": True, "non_lues": 2})
