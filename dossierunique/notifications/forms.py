"""The form of a person's notification preferences."""

from typing import Any

from django import forms

from dossierunique.notifications.genres import declares, est_impose
from dossierunique.notifications.models import Preference, Rythme

GENERAL = "general"
PREFIXE = "genre_"


class FormulairePreferences(forms.Form):
    """One general rhythm, and one for each declared genre that differs from it; an imposed genre is not a choice."""

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
        choisis = ((code, libelle) for code, libelle in declares().items() if not est_impose(code))
        for code, libelle in sorted(choisis, key=lambda genre: genre[1]):
            self.fields[PREFIXE + code] = forms.ChoiceField(
                label=libelle,
                choices=[(GENERAL, "comme en général"), *Rythme.choices],
                initial=choix.get(code, GENERAL),
            )

    @property
    def par_genre(self) -> list[forms.BoundField]:
        """The fields of the genres, apart from the general one."""
        return [saisie for saisie in self if saisie.name != GENERAL]

    @property
    def imposes(self) -> list[str]:
        """The words of the genres whose e-mails leave at once whatever is chosen here."""
        return sorted(libelle for code, libelle in declares().items() if est_impose(code))

    def enregistrer(self) -> None:
        """Keep what differs from the general choice, forget the rest."""
        choix = {n.removeprefix(PREFIXE): r for n, r in self.cleaned_data.items() if n != GENERAL}
        oublies = [genre for genre, rythme in choix.items() if rythme == GENERAL]
        retenus = {"": self.cleaned_data[GENERAL], **{g: r for g, r in choix.items() if r != GENERAL}}
        Preference.objects.filter(utilisateur=self.utilisateur, genre__in=oublies).delete()
        Preference.objects.bulk_create(
            [Preference(utilisateur=self.utilisateur, genre=g, rythme=r) for g, r in retenus.items()],
            update_conflicts=True,
            unique_fields=["utilisateur", "genre"],
            update_fields=["rythme"],
        )
