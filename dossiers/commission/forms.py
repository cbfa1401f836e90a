"""Recording a decision."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from dossiers.commission.actions import ACCORDS, disponible
from dossiers.commission.models import Issue
from dossiers.demandes.champs import ChampEuros
from dossiers.demandes.models import Demande
from dossiers.textes import euros
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
    montant = ChampEuros(label="Montant accordé", error_messages={"required": "Indiquez le montant accordé."})
    motif = forms.CharField(
        label="Motif",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Repris dans le courrier à la personne : en mots simples, sans élément médical.",
        error_messages={"required": "La décision doit être motivée."},
    )
    prise_le = ChampDate(
        label="Date de la décision",
        initial=timezone.localdate,
        error_messages={"required": "Indiquez la date de la décision."},
    )

    def __init__(self, *args: Any, demande: Demande, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reste = euros(disponible(demande))
        par_mois = " par mois" if demande.periodicite == "mensuel" else ""
        self.fields["montant"].help_text = f"Pour un accord, total ou partiel : {reste}{par_mois} au plus."
        if self.is_bound:
            self.fields["montant"].required = self.data.get("issue") in ACCORDS

    def decision(self) -> dict[str, Any]:
        """What the action records."""
        champs = {nom: self.cleaned_data[nom] for nom in ("issue", "motif", "prise_le")}
        return {**champs, "montant": self.cleaned_data["montant"] or Decimal(0)}
