"""The note of a list. Its points are boxes of the page: what they mean is in the catalogue."""

from django import forms

from dossiers.exceptions.forms import sans_nir
from dossiers.situations.models import NOTE_MAX


class FormNote(forms.Form):
    """A few words for the correspondants of the unit."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    note = forms.CharField(
        label="Note", max_length=NOTE_MAX, required=False, validators=[sans_nir],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lue par les correspondants de l’unité seulement. Rien de médical, pas de NIR.",
    )  # fmt: skip
