"""Form fields for a NIR and a birth date."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from dossiers.assures.nir import Nir, NirInvalide, lire


class ChampNir(forms.CharField):
    """A NIR of 15 characters, spaced or not; its value is a Nir. Never prefilled, never kept by the browser."""

    def __init__(self) -> None:
        super().__init__(
            label="NIR",
            max_length=40,
            help_text="Numéro de sécurité sociale, 15 caractères avec la clé.",
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "text"}),
        )

    def clean(self, value: str) -> Nir:
        texte = super().clean(value)
        try:
            return lire(texte)
        except NirInvalide as erreur:
            raise ValidationError(str(erreur)) from None


class ChampNaissance(forms.DateField):
    """A birth date, in the past and within a human life."""

    def __init__(self) -> None:
        super().__init__(
            label="Date de naissance",
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "1900-01-01"}),
        )

    def clean(self, value: str) -> date:
        naissance = super().clean(value)
        if naissance and not date(1900, 1, 1) <= naissance <= timezone.localdate():
            raise ValidationError("Cette date de naissance n’est pas possible.")
        return naissance
