"""Forms of a list: the file and what it holds, then what each column is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from annuaire import policies
from annuaire.echanges.colonnes import defauts, exemple, libelles
from annuaire.echanges.models import Depot, Nature
from dossierunique.listes_deposees import (
    LIGNES_MAX,
    ListeIllisible,
    Tableau,
    en_paragraphes,
    lire_tableau,
)
from dossierunique.ui.formats import nombre
from partners.models import Habilitation, Organisme

EXEMPLES = 5


class FormDepot(forms.Form):
    """What the list holds, whose entries they are; the file is read at once and never kept."""

    nature = forms.ChoiceField(
        label="La liste contient", choices=Nature, widget=forms.RadioSelect, initial=Nature.PERSONNES,
        error_messages={"required": "Dites ce que la liste contient."},
    )  # fmt: skip
    organisme = forms.ModelChoiceField(
        label="Organisme", queryset=Organisme.objects.none(), empty_label="Choisir…",
        help_text="Celui des lignes qui n’en nomment pas.",
        error_messages={"required": "Choisissez l’organisme."},
    )  # fmt: skip
    fichier = forms.FileField(
        label="Le fichier",
        help_text=f"CSV, Excel (.xlsx) ou LibreOffice (.ods) ; {nombre(LIGNES_MAX)} lignes et 2 Mo au plus. "
        "Les titres des colonnes d’abord.",
        error_messages={"required": "Choisissez le fichier de la liste.", "empty": "Ce fichier est vide."},
    )

    tableau: Tableau

    def __init__(self, *args: Any, habilitation: Habilitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tenus = policies.organismes_tenus(habilitation).filter(jusque__isnull=True).order_by("sigle", "pk")
        self.fields["organisme"].queryset = tenus  # type: ignore[attr-defined]
        self.fields["organisme"].initial = habilitation.organisme_id
        self.fields["fichier"].widget.attrs["accept"] = ".csv,.txt,.xlsx,.ods"

    def clean_fichier(self) -> Any:
        televerse = self.cleaned_data["fichier"]
        nature = self.cleaned_data.get("nature", Nature.PERSONNES)
        try:
            self.tableau = lire_tableau(televerse.read(), exemple(nature), en_paragraphes)
        except ListeIllisible as refus:
            raise ValidationError(str(refus)) from None
        return televerse


class FormColonnes(forms.Form):
    """What each column of a list is; the guess is shown, everything may be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, depot: Depot, associees: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nature, self.titres = depot.nature, depot.contenu["titres"]
        self.exemples = [cellules for _, cellules in depot.contenu["lignes"][:EXEMPLES]]
        choix = [("", "Ne pas reprendre"), *libelles(depot.nature).items()]
        for rang, titre in enumerate(self.titres):
            self.fields[f"colonne_{rang}"] = forms.ChoiceField(
                label=f"Colonne « {titre} »" if titre else f"Colonne {rang + 1}, sans titre",
                choices=choix, required=False, initial=associees.get(str(rang), ""),
            )  # fmt: skip

    def colonnes(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column with a few of its cells."""
        return [
            (self[f"colonne_{rang}"], [ligne[rang][:60] for ligne in self.exemples if ligne[rang]])
            for rang in range(len(self.titres))
        ]

    def association(self) -> dict[str, str]:
        """column → field, for the action."""
        choisies = {str(r): self.cleaned_data.get(f"colonne_{r}", "") for r in range(len(self.titres))}
        return {colonne: code for colonne, code in choisies.items() if code}

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        for faute in defauts(self.association(), self.nature):
            self.add_error(None, faute)
        return propres
