"""Forms of the loans and of the bris de glace."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from dossiers.assures.champs import ChampNaissance, ChampNir
from dossiers.assures.nir import Nir
from dossiers.exceptions.actions import dernier_jour_possible
from dossiers.exceptions.models import MOTIF_MAX, MOTIF_MIN, EtatExamen, GenreUrgence
from dossiers.exceptions.urgence import Cible
from dossierunique import numeros
from dossierunique.securite.nir import contient_un_nir
from dossierunique.ui.formulaires import ChampDate
from dossierunique.ui.typographie import espacer
from partners.models import Habilitation


def sans_nir(texte: str) -> None:
    """Refuse a reason that holds what may be a NIR."""
    if contient_un_nir(texte):
        raise ValidationError("N’écrivez pas de NIR ici : le numéro du dossier suffit.")


class FormProlongation(forms.Form):
    """Until when, and why."""

    jusque = ChampDate(label="Jusqu’au (inclus)", error_messages={"required": "Choisissez un dernier jour."})
    motif = forms.CharField(
        label="Motif", max_length=MOTIF_MAX, widget=forms.Textarea(attrs={"rows": 3}), validators=[sans_nir],
        help_text="Lu par la CNMSS et par la personne à qui le dossier est confié. Aucun détail médical.",
        error_messages={"required": "Dites pourquoi ce dossier est confié."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jusque"].widget.attrs |= {
            "min": timezone.localdate().isoformat(), "max": dernier_jour_possible().isoformat(),
        }  # fmt: skip
        self.fields["jusque"].help_text = f"{settings.PRET_JOURS_MAX}\u00a0jours au plus."
        self.fields["jusque"].initial = timezone.localdate() + timedelta(days=min(7, settings.PRET_JOURS_MAX))


class FormPret(FormProlongation):
    """To whom, until when, and why."""

    beneficiaire = forms.ModelChoiceField(
        Habilitation.objects.none(), label="Confier à",
        error_messages={"required": "Cherchez une personne, puis choisissez-la.",
                        "invalid_choice": "Cette personne n’a plus d’habilitation en vigueur."},
    )  # fmt: skip
    field_order = ("beneficiaire", "jusque", "motif")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beneficiaire"].queryset = Habilitation.objects.en_vigueur().select_related(  # type: ignore[attr-defined]
            "utilisateur", "organisme"
        )


class ChampNirFacultatif(ChampNir):
    """A NIR that may be left out: the number of the dossier is another way."""

    def clean(self, value: str) -> Nir | None:
        return super().clean(value) if value and value.strip() else None


class FormUrgence(forms.Form):
    """Which dossier, which emergency, why, and knowing what follows."""

    numero = forms.CharField(
        label="Numéro du dossier", max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "DU-2026-…"}),
    )  # fmt: skip
    nir = ChampNirFacultatif()
    naissance = ChampNaissance()
    genre = forms.ChoiceField(
        label="Quelle est l’urgence ?", widget=forms.RadioSelect,
        choices=[(valeur, espacer(libelle.capitalize())) for valeur, libelle in GenreUrgence.choices],
        error_messages={"required": "Dites de quelle urgence il s’agit."},
    )  # fmt: skip
    motif = forms.CharField(
        label="Pourquoi ne pas attendre ?", min_length=MOTIF_MIN, max_length=1000, validators=[sans_nir],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Au moins {MOTIF_MIN} caractères : ce qui se passe et ce que vous devez savoir. Le délégué à la "
        "protection des données le lira. Aucun détail médical.",
        error_messages={"required": "Dites pourquoi vous ne pouvez pas attendre.",
                        "min_length": f"Quelques mots de plus : {MOTIF_MIN} caractères au moins."},
    )  # fmt: skip
    compris = forms.BooleanField(
        label="Je sais que cet accès est inscrit au journal, signalé aussitôt et examiné ensuite.",
        error_messages={"required": "Cochez cette case pour continuer."},
    )

    use_required_attribute = False

    def full_clean(self) -> None:
        # One way or the other: neither is optional on the screen, either may be left out.
        self._laisser_vides(False)
        super().full_clean()
        self._laisser_vides(True)

    def _laisser_vides(self, requis: bool) -> None:
        for nom in ("numero", "nir", "naissance"):
            self.fields[nom].required = requis

    def clean_numero(self) -> str:
        numero = self.cleaned_data["numero"].strip().upper()
        if numero and not numeros.est_valide(numero):
            raise ValidationError("Ce numéro n’est pas celui d’un dossier : il s’écrit DU-2026-0000123-X.")
        return numero

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        traits = [propres.get("nir"), propres.get("naissance")]
        if not self.errors.keys() & {"numero", "nir", "naissance"}:
            if propres.get("numero") and any(traits):
                self.add_error(
                    "numero", "Donnez le numéro, ou bien le NIR et la date de naissance, pas les deux."
                )
            elif not propres.get("numero") and not all(traits):
                vide = "nir" if traits[0] is None else "naissance"
                if not any(traits):
                    vide = "numero"
                self.add_error(vide, "Donnez le numéro du dossier, ou le NIR avec la date de naissance.")
        return propres

    def cible(self) -> Cible:
        """The dossier named; only on a valid form."""
        propres = self.cleaned_data
        return Cible(propres["numero"], propres["nir"], propres["naissance"])


class FormExamen(forms.Form):
    """What the DPO thinks of a bris de glace."""

    etat = forms.ChoiceField(
        label="Votre avis", widget=forms.RadioSelect,
        choices=[(EtatExamen.JUSTIFIE, "Justifié"), (EtatExamen.INJUSTIFIE, "Injustifié")],
        error_messages={"required": "Choisissez un avis."},
    )  # fmt: skip
    commentaire = forms.CharField(
        label="Pourquoi", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), validators=[sans_nir],
        help_text="Gardé avec l’accès, et lu par son auteur.",
        error_messages={"required": "Dites ce qui fonde votre avis."},
    )  # fmt: skip
