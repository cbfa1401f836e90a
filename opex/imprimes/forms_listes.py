"""Forms of a list: the file and its departure, then what each column is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dossiers.assures.forms import unites_possibles
from dossiers.assures.nir import SEPARATEURS
from dossierunique.listes_deposees import LIGNES_MAX, ListeIllisible, Tableau, lire_tableau
from dossierunique.securite.nir import MASQUE, contient_un_nir
from dossierunique.ui.formats import nombre
from dossierunique.ui.formulaires import ChampDate
from opex.imprimes.colonnes import defauts
from opex.imprimes.models import Operation
from partners.habilitations.models import Habilitation

EXEMPLES = 5
TITRES = "NIR, nom, prénoms, date de naissance"


class FormListe(forms.Form):
    """Who leaves, from where, for what; the file is read at once and never kept."""

    fichier = forms.FileField(
        label="La liste",
        help_text=f"CSV, Excel (.xlsx) ou LibreOffice (.ods)\u00a0; {nombre(LIGNES_MAX)} lignes et 2\u00a0Mo au plus. "
        "Une ligne par personne, les titres des colonnes d’abord.",
        error_messages={"required": "Choisissez le fichier de la liste.", "empty": "Ce fichier est vide."},
    )
    unite = forms.ModelChoiceField(
        label="Unité qui part", queryset=Operation.objects.none(), empty_label="Choisir…",
        error_messages={"required": "Choisissez l’unité."},
    )  # fmt: skip
    operation = forms.ModelChoiceField(
        label="Opération", queryset=Operation.objects.none(), empty_label="Choisir…",
        error_messages={"required": "Choisissez l’opération."},
    )  # fmt: skip
    depart_le = ChampDate(label="Départ le", error_messages={"required": "Indiquez la date de départ."})

    tableau: Tableau

    def __init__(self, *args: Any, habilitation: Habilitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unite"].queryset = unites_possibles(habilitation).select_related("organisme")  # type: ignore[attr-defined]
        self.fields["operation"].queryset = Operation.objects.all()  # type: ignore[attr-defined]
        self.fields["fichier"].widget.attrs["accept"] = ".csv,.txt,.xlsx,.ods"
        if len(habilitation.unites_ids) == 1:
            self.fields["unite"].initial = next(iter(habilitation.unites_ids))

    def clean_fichier(self) -> Any:
        televerse = self.cleaned_data["fichier"]
        try:
            self.tableau = lire_tableau(televerse.read(), TITRES)
        except ListeIllisible as refus:
            raise ValidationError(str(refus)) from None
        return televerse


class FormColonnes(forms.Form):
    """What each column of a list is; the guess is shown, everything may be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        contenu: dict[str, Any],
        choix: dict[str, str],
        associees: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titres = contenu["titres"]
        self.exemples = [cellules for _, cellules in contenu["lignes"][:EXEMPLES]]
        for rang, titre in enumerate(self.titres):
            self.fields[f"colonne_{rang}"] = forms.ChoiceField(
                label=f"Colonne «\u00a0{titre}\u00a0»" if titre else f"Colonne {rang + 1}, sans titre",
                choices=[("", "Ne pas reprendre"), *choix.items()],
                required=False,
                initial=associees.get(str(rang), ""),
            )

    def colonnes(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column with a few of its cells, the NIR masked."""
        return [
            (
                self[f"colonne_{rang}"],
                [masquer_cellule(ligne[rang]) for ligne in self.exemples if ligne[rang]],
            )
            for rang in range(len(self.titres))
        ]

    def association(self) -> dict[str, str]:
        """column → field, for the action."""
        choisies = {str(r): self.cleaned_data.get(f"colonne_{r}", "") for r in range(len(self.titres))}
        return {colonne: code for colonne, code in choisies.items() if code}

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        for faute in defauts(self.association()):
            self.add_error(None, faute)
        return propres


def masquer_cellule(cellule: str) -> str:
    """A cell as it may be shown: a number that looks like a NIR, even mistyped, keeps its beginning only."""
    serre = SEPARATEURS.sub("", cellule)
    chiffres = sum(caractere.isdigit() for caractere in serre)
    if chiffres >= 11 and chiffres >= len(serre) - 2:
        return f"{serre[:5]}••••••••••"
    return MASQUE if contient_un_nir(cellule) else cellule
