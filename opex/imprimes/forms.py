"""The identification form on the screen: the person's departure, then three lists of rows."""

from typing import Any

from django import forms

from dossiers.assures.forms import nom_propre, telephone_propre, unites_possibles
from dossiers.consentements.signature import ChampScan, en_tete
from dossierunique.fichiers.models import Fichier
from dossierunique.ui.formulaires import ChampDate, sans_memoire
from opex.imprimes.models import GenreContrat, Imprime, Operation, Relation
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme, TypeOrganisme

CHOISIR = ("", "Choisir…")
ASSUREURS = (TypeOrganisme.MUTUELLE, TypeOrganisme.PREVOYANCE)


class FormImprime(forms.ModelForm):
    """One version of the form, but its rows."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    depart_le = ChampDate(label="Départ le", error_messages={"required": "Indiquez la date de départ."})
    retour_le = ChampDate(label="Retour prévu le", required=False)

    class Meta:
        model = Imprime
        fields = [
            "operation", "depart_le", "retour_le", "statut", "grade", "matricule", "nationalite", "unite",
            "base_defense", "adresse", "telephone", "courriel",
        ]  # fmt: skip
        widgets = {"adresse": forms.Textarea({"rows": 3}), "statut": forms.RadioSelect}
        help_texts = {
            "adresse": "Celle où la personne reçoit son courrier.",
            "unite": "Celle avec laquelle la personne part.",
        }

    def __init__(self, *args: Any, habilitation: Habilitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unite"].queryset = unites_possibles(habilitation).select_related("organisme")
        self.fields["unite"].empty_label = CHOISIR[1]
        self.fields["operation"].queryset = Operation.objects.all()
        self.fields["operation"].empty_label = "Pas encore connue"
        self.fields["statut"].choices = en_tete(self.fields["statut"].choices)
        sans_memoire(self)

    def clean_telephone(self) -> str:
        return telephone_propre(self.cleaned_data["telephone"])

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        depart, retour = propres.get("depart_le"), propres.get("retour_le")
        if depart and retour and retour < depart:
            self.add_error("retour_le", "Le retour précède le départ.")
        return propres

    def champs(self) -> dict[str, Any]:
        """The fields of the version, for the action."""
        return {nom: self.cleaned_data[nom] for nom in self.Meta.fields}

    def _post_clean(self) -> None:
        """A version is written by its action alone: the form builds no row."""


class _Ligne(forms.Form):
    """A row with a name, read as every name of the portal, and its tie with the person."""

    nom = forms.CharField(label="Nom", max_length=80, error_messages={"required": "Indiquez son nom."})
    prenoms = forms.CharField(
        label="Prénoms", max_length=120, error_messages={"required": "Indiquez au moins un prénom."}
    )
    relation = forms.ChoiceField(
        label="Lien", choices=[CHOISIR, *en_tete(Relation.choices)],
        error_messages={"required": "Indiquez son lien avec la personne."},
    )  # fmt: skip

    def clean_nom(self) -> str:
        return nom_propre(self.cleaned_data["nom"])

    def clean_prenoms(self) -> str:
        return nom_propre(self.cleaned_data["prenoms"].replace(",", " "))


class LigneAPrevenir(_Ligne):
    """Whom to call."""

    telephone = forms.CharField(
        label="Téléphone",
        max_length=20,
        error_messages={"required": "Sans téléphone, on ne peut pas la prévenir."},
    )
    adresse = forms.CharField(label="Adresse", required=False, widget=forms.Textarea({"rows": 2}))

    def clean_telephone(self) -> str:
        return telephone_propre(self.cleaned_data["telephone"])


class LigneProche(_Ligne):
    """A member of the family."""

    date_naissance = ChampDate(label="Date de naissance", required=False)
    a_charge = forms.BooleanField(label="À charge", required=False)


class LigneContrat(forms.Form):
    """A cover: a partner of the portal, or a name in words."""

    genre = forms.ChoiceField(
        label="Genre", choices=[CHOISIR, *en_tete(GenreContrat.choices)],
        error_messages={"required": "Indiquez le genre de contrat."},
    )  # fmt: skip
    organisme = forms.TypedChoiceField(label="Organisme", required=False, empty_value=None)
    nom = forms.CharField(label="Autre organisme", required=False, max_length=80)
    numero = forms.CharField(label="N° d’adhérent ou de contrat", required=False, max_length=40)

    def __init__(self, *args: Any, organismes: list[Organisme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["organisme"]
        champ.choices = [("", "Un autre, à écrire"), *((o.pk, o.nom) for o in organismes)]
        champ.coerce = {str(o.pk): o for o in organismes}.get

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        if self.has_changed() and not propres.get("organisme") and not propres.get("nom"):
            self.add_error("organisme", "Choisissez l’organisme, ou écrivez son nom.")
        if propres.get("organisme"):
            propres["nom"] = ""
        return propres


def assureurs() -> Any:
    """The partners that cover people: mutuelles and prévoyance of the programme."""
    return Organisme.objects.filter(
        type__in=ASSUREURS, programmes__contains=[Programme.OPEX], jusque__isnull=True
    ).order_by("nom")


# lot of rows (the related name of its model) → its form
LOTS: dict[str, type[forms.Form]] = {
    "a_prevenir": LigneAPrevenir,
    "proches": LigneProche,
    "contrats": LigneContrat,
}


class FormSignature(forms.Form):
    """The signed paper of a version."""

    signe_le = ChampDate(label="Signé le", error_messages={"required": "Indiquez la date de signature."})
    signe_a = forms.CharField(
        label="Signé à", max_length=80, error_messages={"required": "Indiquez la ville de signature."}
    )
    preuve = ChampScan(label="Imprimé signé, numérisé", help_text="PDF, JPEG ou PNG, 20\u00a0Mo au plus.")
    preuve_gardee = forms.CharField(widget=forms.HiddenInput, required=False)

    preuve_exigee = True
    fichier: Fichier | None = None
    fichier_nom = ""


class FormOperation(forms.ModelForm):
    """An operation of the catalogue."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    debut = ChampDate(label="Début")
    fin = ChampDate(label="Fin", required=False, help_text="Vide tant que l’opération dure.")

    class Meta:
        model = Operation
        fields = ["nom", "theatre", "debut", "fin", "code"]
        help_texts = {"code": "Court, sans espace ni accent\u00a0: il ne change plus ensuite."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]
            self.fields["version"].required = True

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        if propres.get("debut") and propres.get("fin") and propres["fin"] < propres["debut"]:
            self.add_error("fin", "La fin précède le début.")
        return propres

    def champs(self) -> dict[str, Any]:
        """The fields, for the action."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version"}

    def _post_clean(self) -> None:
        """An operation is written by its action alone, which says when a code is taken."""
