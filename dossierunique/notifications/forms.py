"""The form of a person's notification preferences."""

from typing import Any

from django import forms

from dossierunique.notifications.genres import declares
from dossierunique.notifications.models import Preference, Rythme

GENERAL = "general"
PREFIXE = "genre_"


class FormulairePreferences(forms.Form):
    """One general rhythm, and one for each declared genre that differs from it."""

    def __init__(self, *args: Any, utilisateur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        choix = dict(Preference.objects.filter(utilisateur=utilisateur).values_list("genre", "rythme"))
        self.fields[GENERAL] = forms.ChoiceField(
            label="Vos courriels",
            choices=Rythme.choices,
            initial=choix.get("", Rythme.IMMEDIAT),
            help_text="Un courriel ne contient qu’un numéro et un lien. "
            "Un résumé sans rien à lire n’est pas envoyé.",
        )
        for code, libelle in sorted(declares().items(), key=lambda genre: genre[1]):
            self.fields[PREFIXE + code] = forms.ChoiceField(
                label=libelle,
                choices=[("", "comme vos courriels en général"), *Rythme.choices],
                initial=choix.get(code, ""),
                required=False,
            )

    def enregistrer(self) -> None:
        """Keep what differs from the general choice, forget the rest."""
        choix = {
            nom.removeprefix(PREFIXE): rythme for nom, rythme in self.cleaned_data.items() if nom != GENERAL
        }
        retenus = {
            "": self.cleaned_data[GENERAL],
            **{genre: rythme for genre, rythme in choix.items() if rythme},
        }
        oublies = [genre for genre, rythme in choix.items() if not rythme]
        Preference.objects.filter(utilisateur=self.utilisateur, genre__in=oublies).delete()
        Preference.objects.bulk_create(
            [Preference(utilisateur=self.utilisateur, genre=g, rythme=r) for g, r in retenus.items()],
            update_conflicts=True,
            unique_fields=["utilisateur", "genre"],
            update_fields=["rythme"],
        )
