"""The steps of a draft. Each form carries the version it was made from; an amount is read as people type it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from dossiers.assures.models import Lien
from dossiers.demandes.champs import ChampEuros, SaisieEuros
from dossiers.demandes.models import Demande, LigneBudget, NatureBudget, Periodicite, TypeAide
from dossiers.partages.models import Dossier
from dossierunique.ui.formulaires import ChampDate

RESSOURCES = ("Solde ou salaire", "Pension", "Prestations familiales", "Autre ressource")
CHARGES = ("Loyer ou crédit", "Énergie et eau", "Impôts", "Autre charge")
LIGNES_VIDES = 2
LIGNES_MAX = 30


class FormVersion(forms.Form):
    """Only the version: what a step without fields of its own sends."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FormBesoin(forms.Form):
    """First step: which aid, for whom, and why. `exigeant` is False when one only saves and leaves."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    type_aide = forms.ModelChoiceField(
        TypeAide.objects.filter(actif=True), label="Aide demandée", widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": "Choisissez l’aide demandée."},
    )  # fmt: skip
    ayant_droit = forms.ModelChoiceField(
        None, label="Bénéficiaire de l’aide", required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Cette personne n’est pas un ayant droit de l’assuré."},
    )  # fmt: skip
    besoin = forms.CharField(
        label="Besoin", max_length=3000, widget=forms.Textarea({"rows": 6}),
        help_text="En quelques phrases : la situation, ce qui manque, depuis quand et pour combien de temps. "
        "N’écrivez pas de diagnostic : les éléments médicaux vont dans le certificat, lu par le médecin-conseil.",
        error_messages={"required": "Décrivez le besoin."},
    )  # fmt: skip

    def __init__(self, *args: Any, dossier: Dossier, exigeant: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["besoin"].required = exigeant
        beneficiaires = cast("forms.ModelChoiceField", self.fields["ayant_droit"])
        beneficiaires.queryset = dossier.assure.ayants_droit.all()
        beneficiaires.empty_label = f"{dossier.assure}, la personne elle-même"

    def champs(self) -> dict[str, Any]:
        """What the action records."""
        return {nom: self.cleaned_data[nom] for nom in ("type_aide", "ayant_droit", "besoin")}


class FormAyantDroit(forms.Form):
    """Someone who may benefit from an aid through the person."""

    nom = forms.CharField(max_length=80)
    prenoms = forms.CharField(label="Prénoms", max_length=120)
    date_naissance = ChampDate(label="Date de naissance")
    lien = forms.ChoiceField(label="Lien avec la personne", choices=Lien, widget=forms.RadioSelect)

    def clean_date_naissance(self) -> Any:
        jour = self.cleaned_data["date_naissance"]
        if jour > timezone.localdate():
            raise forms.ValidationError("La date de naissance est dans le futur.")
        if jour.year < 1900:
            raise forms.ValidationError("Vérifiez l’année de naissance.")
        return jour


class FormLigne(forms.Form):
    """One resource or charge; a line without an amount is not kept."""

    libelle = forms.CharField(label="Libellé", max_length=80, required=False)
    montant = ChampEuros(label="Montant par mois", required=False)

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        if valeurs.get("montant") is not None and not valeurs.get("libelle"):
            self.add_error("libelle", "Dites à quoi correspond ce montant.")
        return valeurs


class LignesBudget(BaseFormSet):
    """The lines of one nature."""

    def lignes(self) -> list[tuple[str, Decimal]]:
        """The filled ones."""
        return [
            (f.cleaned_data["libelle"], f.cleaned_data["montant"])
            for f in self.forms
            if f.cleaned_data.get("montant") is not None and f.cleaned_data.get("libelle")
        ]

    def total(self) -> Decimal:
        """Sum of the amounts that can be read, even when another line is faulty."""
        montants = (f.cleaned_data.get("montant") for f in self.forms if hasattr(f, "cleaned_data"))
        return sum((m for m in montants if m is not None), Decimal(0))


Budget = formset_factory(FormLigne, formset=LignesBudget, extra=0, max_num=LIGNES_MAX, validate_max=True)


def _initiales(lignes: Iterable[LigneBudget], libelles: Iterable[str]) -> list[dict[str, Any]]:
    """The ready labels in their order with what was recorded, the other lines, then empty ones."""
    restantes = list(lignes)
    rangees: list[dict[str, Any]] = []
    for libelle in libelles:
        connue = next((ligne for ligne in restantes if ligne.libelle == libelle), None)
        if connue:
            restantes.remove(connue)
        rangees.append({"libelle": libelle, "montant": connue.montant if connue else None})
    rangees += [{"libelle": ligne.libelle, "montant": ligne.montant} for ligne in restantes]
    return rangees + [{"libelle": "", "montant": None}] * LIGNES_VIDES


def budgets(demande: Demande, donnees: Any = None) -> dict[str, LignesBudget]:
    """The two sets of lines of a draft, by nature."""
    lignes = [] if donnees is not None else list(demande.budget.all())
    preparees = ((NatureBudget.RESSOURCE, RESSOURCES), (NatureBudget.CHARGE, CHARGES))
    ensembles = {}
    for nature, libelles in preparees:
        initiales = (
            None if donnees is not None else _initiales([x for x in lignes if x.nature == nature], libelles)
        )
        ensembles[nature.value] = Budget(donnees, initial=initiales, prefix=nature.value)
    return ensembles


class FormCout(FormVersion):
    """What it costs, what is already paid for, what is asked."""

    cout = ChampEuros(
        label="Coût total", help_text="Celui du devis ou de la facture.",
        error_messages={"required": "Indiquez le coût."},
    )  # fmt: skip
    periodicite = forms.ChoiceField(
        label="Ce coût est à payer", choices=Periodicite, widget=forms.RadioSelect
    )
    deja_couvert = ChampEuros(
        label="Déjà pris en charge", required=False, widget=SaisieEuros,
        help_text="Par l’assurance maladie, la mutuelle, un crédit d’impôt, un autre organisme.",
    )  # fmt: skip
    montant_demande = ChampEuros(
        label="Aide demandée à la CNMSS",
        required=False,
        help_text="Laissez vide pour demander ce qui reste à financer.",
    )

    def __init__(self, *args: Any, exigeant: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cout"].required = exigeant

    def clean_deja_couvert(self) -> Decimal:
        return self.cleaned_data["deja_couvert"] or Decimal(0)

    def champs(self) -> dict[str, Any]:
        """What the action records: an amount left empty asks for all that is left to finance."""
        donnees = {
            nom: self.cleaned_data[nom] for nom in ("cout", "periodicite", "deja_couvert", "montant_demande")
        }
        if donnees["cout"] is not None and donnees["montant_demande"] is None:
            donnees["montant_demande"] = max(donnees["cout"] - donnees["deja_couvert"], Decimal(0))
        return donnees

    def a_financer(self) -> Decimal | None:
        """What is left to finance with the amounts that can be read."""
        cout = self.cleaned_data.get("cout")
        return None if cout is None else cout - (self.cleaned_data.get("deja_couvert") or Decimal(0))
