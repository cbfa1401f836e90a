"""Recording a decision."""

from typing import Any

from django import forms
from django.utils import timezone

from dossiers.commission.models import Issue
from dossiers.demandes.champs import ChampEuros
from dossierunique.ui.formulaires import ChampDate


class FormDecision(forms.Form):
    """Issue, amount, reason and date, as the person will read them in her letter."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    issue = forms.ChoiceField(
        label="Décision",
        choices=[(issue.value, issue.label.capitalize()) for issue in Issue],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la décision."},
    )
    montant = ChampEuros(
        label="Montant accordé", required=False, help_text="Pour un accord, total ou partiel."
    )
    motif = forms.CharField(
        label="Motif",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Repris dans le courrier à la personne : en mots simples, sans élément médical.",
        error_messages={"required": "La décision doit être motivée."},
    )
    prise_le = ChampDate(label="Date de la décision", initial=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        accord = valeurs.get("issue") in (Issue.ACCORD, Issue.ACCORD_PARTIEL)
        if accord and "montant" in valeurs and not valeurs["montant"]:
            self.add_error("montant", "Indiquez le montant accordé.")
        return valeurs
