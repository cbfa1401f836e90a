"""Sending papers, and rejecting one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dossiers.justificatifs.models import Justificatif, RaisonRejet, TypePiece
from dossiers.partages.profils import Classe
from dossierunique.ui.typographie import espacer

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


RAISONS = [(r.value, "Autre raison" if r is RaisonRejet.AUTRE else espacer(r.label)) for r in RaisonRejet]
LECTEURS_DE_LA_PRECISION = {
    Classe.MEDICAL: "Gardée au secret médical\u00a0: seul un médecin-conseil la lit. Le correspondant ne voit que la "
    "raison choisie ci-dessus.",
    Classe.SOCIAL: "Lue par ceux qui ouvrent la pièce. Le correspondant ne voit que la raison choisie ci-dessus.",
}


class FormRejet(forms.Form):
    """Why a paper is rejected: a ready reason, a few words, or both."""

    motif = forms.ChoiceField(
        label="Raison du rejet", choices=RAISONS, widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison du rejet."},
    )  # fmt: skip
    precision = forms.CharField(
        label="Précision", max_length=220, required=False,
        widget=forms.Textarea({"rows": 2, "maxlength": 220}),
        help_text="Lue par le correspondant : dites ce qu’il faut fournir, sans élément médical.",
    )  # fmt: skip

    def __init__(self, *args: Any, piece: Justificatif, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if aide := LECTEURS_DE_LA_PRECISION.get(Classe(piece.type.classe)):
            self.fields["precision"].help_text = aide

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        if valeurs.get("motif") == RaisonRejet.AUTRE and not valeurs.get("precision"):
            self.add_error("precision", "Dites en quelques mots ce qui ne va pas.")
        return valeurs


class FormReclassement(forms.Form):
    """The right kind of a paper filed under another."""

    type = forms.ModelChoiceField(
        TypePiece.objects.all(), to_field_name="code", label="C’est en fait", empty_label="Choisissez…",
        error_messages={"required": "Choisissez le type de la pièce."},
    )  # fmt: skip

    def __init__(self, *args: Any, piece: Justificatif, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = TypePiece.objects.exclude(pk=piece.type_id)  # type: ignore[attr-defined]
