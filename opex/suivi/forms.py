"""Forms of the wounds and of what follows them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from dossiers.consentements.signature import en_tete
from dossierunique.ui.formats import pluriel
from dossierunique.ui.formulaires import ChampDate, sans_memoire
from opex.imprimes.models import Operation
from opex.suivi.etats import TRANSITIONS_RECONNAISSANCE
from opex.suivi.models import (
    Blessure,
    Circonstances,
    Evacuation,
    GenreEvolution,
    Gravite,
    Reconnaissance,
)

SANS_TERME_MEDICAL = "Avec les mots du message, sans terme médical ni diagnostic."
CHOISIR = ("", "Choisir…")


class ChampHeure(forms.TimeField):
    """An hour typed in the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(**kwargs)


class FormBlessure(forms.Form):
    """What the message says of a wound."""

    survenue_le = ChampDate(label="Date", error_messages={"required": "Indiquez la date de la blessure."})
    heure = ChampHeure(label="Heure", required=False, help_text="Heure du lieu, si le message la donne.")
    operation = forms.ModelChoiceField(
        Operation.objects.all(), label="Opération", required=False, empty_label="Aucune, ou inconnue"
    )
    theatre = forms.CharField(
        label="Théâtre", max_length=80, required=False, help_text="Vide : celui de l’opération choisie."
    )
    lieu = forms.CharField(label="Lieu", max_length=120, required=False)
    circonstances = forms.ChoiceField(
        label="Circonstances",
        choices=[CHOISIR, *en_tete(Circonstances.choices)],
        error_messages={"required": "Choisissez les circonstances."},
    )
    gravite = forms.ChoiceField(
        label="Gravité",
        choices=en_tete(Gravite.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la gravité."},
    )
    recit = forms.CharField(
        label="Précision", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=SANS_TERME_MEDICAL,
    )  # fmt: skip
    message = forms.CharField(label="Référence du message", max_length=80, required=False)
    evacuation = forms.ChoiceField(
        label="Évacuation", choices=en_tete(Evacuation.choices), initial=Evacuation.AUCUNE
    )
    evacuee_le = ChampDate(label="Évacuée le", required=False)
    hopital = forms.CharField(label="Hôpital", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sans_memoire(self)

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        if not propres.get("theatre") and "theatre" not in self.errors:
            if operation := propres.get("operation"):
                propres["theatre"] = operation.theatre
            else:
                self.add_error("theatre", "Indiquez le théâtre, ou choisissez l’opération.")
        return propres

    def champs(self) -> dict[str, Any]:
        """The fields of the wound, ready for the actions."""
        return {nom: self.cleaned_data[nom] for nom in FormBlessure.base_fields}


class FormBlessureCompletee(FormBlessure):
    """The same, of a wound that was told already."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, blessure: Blessure, **kwargs: Any) -> None:
        debut = {nom: getattr(blessure, nom) for nom in FormBlessure.base_fields}
        super().__init__(*args, initial={**debut, "version": blessure.version}, **kwargs)


class FormReconnaissance(forms.Form):
    """The next step of the recognition as a wound of war, and its day."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    vers = forms.ChoiceField(
        label="Reconnaissance comme blessure de guerre",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qui est enregistré."},
    )
    le = ChampDate(label="Date", help_text="De la demande, ou de la décision.", initial=timezone.localdate)

    def __init__(self, *args: Any, blessure: Blessure, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": blessure.version}, **kwargs)
        suites = TRANSITIONS_RECONNAISSANCE[blessure.reconnaissance]
        choix = [(e.value, e.label) for e in Reconnaissance if e in suites]
        self.fields["vers"].choices = en_tete(choix)  # type: ignore[attr-defined]
        if len(choix) == 1:
            self.fields["vers"].initial = choix[0][0]


class FormEvolution(forms.Form):
    """What became of a wound."""

    genre = forms.ChoiceField(
        label="Évolution",
        choices=[CHOISIR, *en_tete(GenreEvolution.choices)],
        error_messages={"required": "Choisissez l’évolution."},
    )
    depuis = ChampDate(label="Depuis le", error_messages={"required": "Indiquez le premier jour."})
    jusque = ChampDate(label="Jusqu’au", required=False, help_text="Vide : encore en cours, ou un seul jour.")
    lieu = forms.CharField(label="Lieu", max_length=120, required=False)
    precision = forms.CharField(
        label="Précision", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Sans terme médical ni diagnostic.",
    )  # fmt: skip


class FormMotif(forms.Form):
    """Why something is struck out."""

    motif = forms.CharField(
        label="Motif",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Dites pourquoi : le motif reste lisible."},
    )


class FormDapias(forms.Form):
    """A DAPIAS, or the one that renews it."""

    reference = forms.CharField(
        label="Référence",
        max_length=60,
        error_messages={"required": "Indiquez la référence de la déclaration."},
    )
    depuis = ChampDate(label="Depuis le", error_messages={"required": "Indiquez le premier jour."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mois = pluriel(settings.DAPIAS_MOIS, "mois,mois")
        self.fields["depuis"].help_text = f"La DAPIAS vaut {mois} à partir de ce jour."


class FormDapiasRenouvelee(FormDapias):
    version = forms.IntegerField(widget=forms.HiddenInput)


class FormDapiasClose(FormMotif):
    version = forms.IntegerField(widget=forms.HiddenInput)


class FormEcheance(forms.Form):
    """A next step written by who follows the person."""

    libelle = forms.CharField(
        label="Étape",
        max_length=160,
        help_text="Lue par tous ceux qui lisent le dossier : ni nom, ni terme médical.",
        error_messages={"required": "Dites ce qui est à faire."},
    )
    le = ChampDate(label="Avant le", error_messages={"required": "Choisissez un jour."})
