"""Organismes and units, as an administrator may change them."""

from django import forms
from django.utils import timezone

from dossierunique.ui.formulaires import ChampDate
from partners.organismes.models import Organisme, Unite


class FormulaireCoordonnees(forms.ModelForm):
    """What changes in the life of an organisme without changing its rights."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Organisme
        fields = ["nom", "telephone", "courriel", "adresse", "version"]
        widgets = {"adresse": forms.Textarea(attrs={"rows": 3})}


class FormulaireNom(forms.Form):
    """A new name, from a day on."""

    sigle = forms.CharField(label="Nouveau sigle", max_length=30)
    nom = forms.CharField(label="Nouveau nom", max_length=150)
    le = ChampDate(
        label="Porté depuis le",
        initial=timezone.localdate,
        help_text="L’ancien nom reste affiché, et les courriers d’avant ce jour le gardent.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


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
