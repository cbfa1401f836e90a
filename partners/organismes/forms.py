"""Organismes and units, as an administrator may change them."""

from django import forms

from partners.organismes.models import Organisme, Unite


class FormulaireCoordonnees(forms.ModelForm):
    """What changes in the life of an organisme without changing its rights."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Organisme
        fields = ["nom", "telephone", "courriel", "adresse", "version"]
        widgets = {"adresse": forms.Textarea(attrs={"rows": 3})}


class FormulaireUnite(forms.ModelForm):
    """A unit: its organisme and its code are given once."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Unite
        fields = ["organisme", "code", "nom", "ville", "departement", "active", "version"]
        help_texts = {
            "code": "Court et stable : lettres minuscules, chiffres et tirets, par exemple 1er-rpima.",
            "departement": "Par exemple 64, 2A ou 974.",
            "active": "Décochez quand l’unité est dissoute : elle n’est plus proposée, ses dossiers restent.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for nom in ("organisme", "code"):
                self.fields.pop(nom)
