"""Recording what a partner decides."""

from decimal import Decimal
from typing import Any

from django import forms

from dossiers.contributions.models import ACCORDEES, TRANSITIONS, Contribution, EtatContribution
from dossiers.demandes.champs import ChampEuros
from dossiers.textes import euros
from dossierunique.ui.formulaires import ChampDate


class FormContribution(forms.Form):
    """State, amount, date and shared comment; the states offered are those that the table allows."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    etat = forms.ChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez votre réponse."},
    )
    montant = ChampEuros(label="Montant", error_messages={"required": "Indiquez le montant accordé."})
    date_effet = ChampDate(
        label="Date de la décision",
        help_text="Celle de votre accord ou de votre refus.",
        error_messages={"required": "Indiquez la date de la décision."},
    )
    commentaire = forms.CharField(
        label="Commentaire partagé",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Lu par la CNMSS et par les autres organismes qui voient le dossier, sans élément médical.",
    )

    def __init__(self, *args: Any, contribution: Contribution, libre: Decimal | None, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "version": contribution.version,
                "etat": contribution.etat,
                "montant": contribution.montant or None,
                "date_effet": contribution.date_effet,
                "commentaire": contribution.commentaire,
            },
        )
        super().__init__(*args, **kwargs)
        if libre is not None:
            self.fields["montant"].help_text = f"Pour un accord : {euros(libre)} au plus."
        if self.is_bound:
            accord = self.data.get("etat") in ACCORDEES - {EtatContribution.CLOSE}
            self.fields["montant"].required = self.fields["date_effet"].required = accord
        possibles = TRANSITIONS[contribution.etat] | {contribution.etat}
        possibles -= {EtatContribution.SOLLICITEE, EtatContribution.INTERROMPUE}
        self.fields["etat"].choices = [  # type: ignore[attr-defined]
            (etat.value, etat.label.capitalize()) for etat in EtatContribution if etat in possibles
        ]
