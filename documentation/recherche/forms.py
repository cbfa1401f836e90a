"""The search box of the space."""

from typing import Any

from django import forms

from documentation.articles.contenu import GenreArticle
from documentation.articles.models import Rubrique
from dossierunique.securite.nir import saisie_suspecte

CHIFFRES = "Ce champ ne cherche que des mots : n’y tapez jamais un NIR. Rien n’a été cherché ni gardé."


class FormRecherche(forms.Form):
    """Words, in a rubrique or of a genre."""

    que_des_criteres = True
    q = forms.CharField(
        label="Rechercher dans la documentation", max_length=200, required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    rubrique = forms.ModelChoiceField(
        label="Rubrique",
        queryset=Rubrique.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Toutes",
    )
    genre = forms.ChoiceField(
        label="Genre", required=False,
        choices=[("", "Tous"), *((g.value, g.label.capitalize()) for g in GenreArticle)],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_q(self) -> str:
        """What holds as many digits as a NIR is not searched for, nor shown again."""
        saisie = self.cleaned_data["q"].strip()
        if saisie_suspecte(saisie):
            self.data = self.data.copy()
            self.data["q"] = ""
            raise forms.ValidationError(CHIFFRES)
        return saisie
