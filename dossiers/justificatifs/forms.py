"""Sending papers, and rejecting one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from dossiers.justificatifs.models import TypePiece

FICHIERS_MAX = 20


class SaisieFichiers(forms.ClearableFileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """Several files at once; each is checked on its own when it is stored."""

    widget = SaisieFichiers

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The list of files received, empty ones included: the store says what is wrong with each."""
        recus = [f for f in (data if isinstance(data, (list, tuple)) else [data]) if f]
        if not recus:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(recus) > FICHIERS_MAX:
            raise forms.ValidationError(f"Déposez {FICHIERS_MAX} fichiers au plus à la fois.")
        return recus


class FormDepot(forms.Form):
    """One kind of paper and its files."""

    type = forms.ModelChoiceField(
        TypePiece.objects.all(), to_field_name="code", label="Type de pièce",
        error_messages={"required": "Choisissez le type de la pièce."},
    )  # fmt: skip
    fichiers = ChampFichiers(
        label="Fichiers", error_messages={"required": "Choisissez au moins un fichier avant de déposer."}
    )


class Motif(models.TextChoices):
    """Ready reasons of rejection, as the correspondant will read them."""

    ILLISIBLE = "illisible", "Le document est illisible."
    INCOMPLETE = "incomplete", "Le document est incomplet : il manque des pages."
    PERIMEE = "perimee", "Le document est périmé."
    PERSONNE = "personne", "Le document concerne une autre personne."
    AUTRE = "autre", "Autre raison"


class FormRejet(forms.Form):
    """Why a paper is rejected: a ready reason, a few words, or both."""

    motif = forms.ChoiceField(
        label="Raison du rejet", choices=Motif, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison du rejet."},
    )  # fmt: skip
    precision = forms.CharField(
        label="Précision", max_length=220, required=False,
        widget=forms.Textarea({"rows": 2, "maxlength": 220}),
        help_text="Lue par le correspondant : dites ce qu’il faut fournir, sans élément médical.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        if valeurs.get("motif") == Motif.AUTRE and not valeurs.get("precision"):
            self.add_error("precision", "Dites en quelques mots ce qui ne va pas.")
        return valeurs

    def motif_complet(self) -> str:
        """The sentence that is kept."""
        precision = self.cleaned_data["precision"]
        if self.cleaned_data["motif"] == Motif.AUTRE:
            return precision
        return f"{Motif(self.cleaned_data['motif']).label} {precision}".strip()
