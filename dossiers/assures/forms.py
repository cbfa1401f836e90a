"""Forms of the opening of a dossier: who is it, then her identity."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dossiers.assures.champs import ChampNaissance, ChampNir
from dossiers.assures.models import Assure, Sexe, Statut
from dossiers.assures.nir import Nir, incoherences
from dossierunique.ui.formulaires import sans_memoire
from partners.models import Habilitation, Organisme, Unite
from partners.organismes.models import TypeOrganisme

# Letters of any script, joined by spaces, apostrophes, hyphens or full stops.
NOM = re.compile(r"^[^\W\d_]+(?:[ '’.\-]+[^\W\d_]+)*[.]?$")
TELEPHONE = re.compile(r"^\+?[\d .\-()]{6,19}$")


def nom_propre(valeur: str) -> str:
    """A name as typed, with single spaces and composed accents. Raises ValidationError on anything but a name."""
    valeur = " ".join(unicodedata.normalize("NFC", valeur).split())
    if valeur and not NOM.match(valeur):
        raise ValidationError(
            "Un nom s’écrit avec des lettres, des espaces, des apostrophes et des traits d’union."
        )
    return valeur


def telephone_propre(valeur: str) -> str:
    """A telephone number as typed, or nothing. Raises ValidationError."""
    if valeur and not TELEPHONE.match(valeur):
        raise ValidationError(
            "Un numéro de téléphone compte au moins six chiffres, par exemple 04 94 00 00 00."
        )
    return valeur


class FormulairePersonne(forms.Form):
    """The two traits that say whether a person is known."""

    nir = ChampNir()
    naissance = ChampNaissance()

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or {}
        if propres.get("nir") and propres.get("naissance"):
            for message in incoherences(propres["nir"], naissance=propres["naissance"]).values():
                self.add_error("naissance", message)
        return propres


class FormulaireIdentite(forms.ModelForm):
    """The identity of a new person, coherent with her NIR."""

    date_naissance = ChampNaissance()

    class Meta:
        model = Assure
        fields = [
            "nom_naissance", "nom_usage", "prenoms", "sexe", "date_naissance", "lieu_naissance",
            "adresse", "telephone", "courriel", "statut", "grade", "matricule", "unite", "mutuelle",
        ]  # fmt: skip
        widgets = {"sexe": forms.RadioSelect, "adresse": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "nom_usage": "S’il diffère du nom de naissance.",
            "prenoms": "Dans l’ordre de l’état civil, séparés par des espaces.",
            "lieu_naissance": "Commune, ou pays pour une naissance à l’étranger.",
            "adresse": "Celle où la personne reçoit son courrier.",
            "mutuelle": "Indicatif\u00a0: la mutuelle ne voit le dossier que si la personne l’accepte.",
        }
        error_messages = {"nom_naissance": {"required": "Indiquez le nom de naissance."},
                          "prenoms": {"required": "Indiquez au moins un prénom."}}  # fmt: skip

    def __init__(self, *args: Any, habilitation: Habilitation, nir: Nir, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nir = nir
        self.fields["sexe"].choices = [(valeur, libelle.capitalize()) for valeur, libelle in Sexe.choices]
        self.fields["statut"].choices = [(valeur, libelle.capitalize()) for valeur, libelle in Statut.choices]
        self.fields["unite"].queryset = unites_possibles(habilitation)
        self.fields["unite"].empty_label = "Choisir…"
        if len(habilitation.unites_ids) == 1:
            self.fields["unite"].initial = next(iter(habilitation.unites_ids))
        self.fields["mutuelle"].queryset = Organisme.objects.filter(
            type=TypeOrganisme.MUTUELLE, jusque__isnull=True
        )
        self.fields["mutuelle"].label_from_instance = lambda organisme: organisme.nom
        self.fields["mutuelle"].empty_label = "Aucune ou inconnue"
        sans_memoire(self)

    def clean_nom_naissance(self) -> str:
        return nom_propre(self.cleaned_data["nom_naissance"])

    def clean_nom_usage(self) -> str:
        return nom_propre(self.cleaned_data["nom_usage"])

    def clean_prenoms(self) -> str:
        return nom_propre(self.cleaned_data["prenoms"].replace(",", " "))

    def clean_telephone(self) -> str:
        return telephone_propre(self.cleaned_data["telephone"])

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        contraires = incoherences(self.nir, sexe=propres.get("sexe"), naissance=propres.get("date_naissance"))
        for champ, message in contraires.items():
            self.add_error(champ, message)
        return propres


def unites_possibles(habilitation: Habilitation) -> Any:
    """The units a person may be attached to: the perimeter of a correspondant, any active one for the CNMSS."""
    unites = Unite.objects.filter(active=True)
    return unites.filter(pk__in=habilitation.unites_ids) if habilitation.unites_ids else unites
