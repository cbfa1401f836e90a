"""The form of a service: who answers, when, and for what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from annuaire.fiches import horaires
from annuaire.fiches.competences import GENRES, Chose
from annuaire.fiches.models import Service
from annuaire.fiches.telephones import Joignable
from dossierunique.departements import CHOIX as DEPARTEMENTS
from partners.aides import aides
from partners.models import Organisme, Unite
from partners.organismes.models import Programme

MULTIPLE = forms.CheckboxSelectMultiple


class FormService(Joignable, forms.ModelForm):
    """A service: who answers, when, and for what."""

    departements = forms.MultipleChoiceField(
        label="Départements", choices=DEPARTEMENTS, required=False, widget=MULTIPLE
    )
    unites = forms.ModelMultipleChoiceField(
        label="Unités suivies", queryset=Unite.objects.none(), required=False, widget=MULTIPLE,
        help_text="Les régiments, bases ou antennes dont il s’occupe.",
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(
        label="Programmes", choices=Programme, required=False, widget=MULTIPLE
    )
    aides = forms.MultipleChoiceField(label="Aides", required=False, widget=MULTIPLE)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Service
        fields = [
            "nom", "unite", "missions", "telephone", "courriel", "adresse", "note_horaires", "visible", "version",
        ]  # fmt: skip
        widgets = {
            "missions": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
            "adresse": forms.Textarea(attrs={"rows": 3, "maxlength": 400}),
        }
        help_texts = {
            "missions": "En une ou deux phrases, pour qui ne vous connaît pas.",
            "unite": "Laissez vide s’il n’est rattaché à aucune.",
            "note_horaires": "Par exemple : fermé la première semaine d’août.",
            "visible": "Décochez quand le service ferme : il n’est plus montré, et ses personnes non plus.",
        }

    def __init__(self, *args: Any, organisme: Organisme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisme = organisme
        self.fields["unite"].queryset = organisme.unites.filter(active=True)  # type: ignore[attr-defined]
        self.fields["unite"].empty_label = "Aucune"  # type: ignore[attr-defined]
        self.fields["unites"].queryset = Unite.objects.filter(active=True)  # type: ignore[attr-defined]
        self._offrir_les_aides()
        tenus = self.instance.horaires or {}
        for rang, jour in enumerate(horaires.JOURS):
            self.fields[f"jour_{rang}"] = forms.CharField(
                label=jour.capitalize(), required=False, max_length=80,
                initial=horaires.plages_en_mots(tenus.get(str(rang)) or []),
            )  # fmt: skip

    def _offrir_les_aides(self) -> None:
        choses = [Chose.de(c) for c in self.instance.competences.all()] if self.instance.pk else []
        par_genre: dict[str, list[Any]] = {}
        for chose in choses:
            par_genre.setdefault(chose.genre, []).append(chose.valeur)
        connues = aides()
        # What the catalogue does not know any more stays as it is.
        inconnues = [code for code in par_genre.get("aide", []) if code not in connues]
        self.fields["aides"].choices = [*connues.items(), *((c, c) for c in inconnues)]  # type: ignore[attr-defined]
        for genre in GENRES:
            self.fields[f"{genre}s"].initial = par_genre.get(genre, [])

    def jours(self) -> list[forms.BoundField]:
        """The fields of the days."""
        return [self[f"jour_{rang}"] for rang in range(len(horaires.JOURS))]

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        tenus: horaires.Horaires = {}
        for rang in range(len(horaires.JOURS)):
            try:
                plages = horaires.lire_jour(propres.get(f"jour_{rang}") or "")
            except ValidationError as erreur:
                self.add_error(f"jour_{rang}", erreur)
                continue
            if plages:
                tenus[str(rang)] = plages
        propres["horaires"] = tenus
        propres["competences"] = [
            *(Chose("departement", code) for code in propres.get("departements", [])),
            *(Chose("unite", unite.pk) for unite in propres.get("unites", [])),
            *(Chose("programme", code) for code in propres.get("programmes", [])),
            *(Chose("aide", code) for code in propres.get("aides", [])),
        ]
        return propres
