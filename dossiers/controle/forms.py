"""The filters of the control space, the settings of a rule, the review of an alert."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from dossiers.controle.detection import MESURES
from dossiers.controle.models import CONCLUSIONS, Alerte, CodeRegle, EtatAlerte, RegleAlerte
from dossierunique.journal.actes import Acte
from dossierunique.journal.forms import FiltreJournal
from dossierunique.journal.models import LigneJournal
from dossierunique.securite.nir import contient_un_nir
from partners.models import Organisme

ACTES_D_UN_DOSSIER = [
    (str(acte), acte.label)
    for acte in (
        Acte.CONSULTER, Acte.CREER, Acte.MODIFIER, Acte.TELECHARGER, Acte.IMPRIMER, Acte.EXPORTER, Acte.RECHERCHER,
        Acte.REVELER_NIR, Acte.REFUS,
    )
]  # fmt: skip


class FiltreAlertes(forms.Form):
    """By state and by rule."""

    etat = forms.ChoiceField(required=False, choices=[("", "toutes"), *EtatAlerte.choices])
    regle = forms.ChoiceField(
        label="Règle", required=False, choices=[("", "toutes les règles"), *CodeRegle.choices]
    )

    def alertes(self) -> QuerySet[Alerte]:
        """The alerts asked for; all of them when what is asked makes no sense."""
        choix = self.cleaned_data if self.is_valid() else {}
        filtres = {nom: choix[nom] for nom in ("etat", "regle") if choix.get(nom)}
        return Alerte.objects.filter(**filtres).select_related(
            "regle", "utilisateur", "habilitation__organisme"
        )


class FormulaireRegle(forms.ModelForm):
    """What the data protection officer sets of a rule: the fields that this rule uses."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RegleAlerte
        fields = ["active", "seuil", "fenetre", "debut_nuit", "fin_nuit"]
        widgets = {
            "debut_nuit": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "fin_nuit": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.instance.code
        inutiles = set() if code == CodeRegle.NUIT else {"debut_nuit", "fin_nuit"}
        if code not in MESURES:
            inutiles.add("fenetre")
        for nom in inutiles:
            del self.fields[nom]
        for nom in self.fields.keys() - {"active", "version"}:
            self.fields[nom].required = True
        self.fields["seuil"].help_text = f"Nombre de : {self.instance.compte.partition(',')[2]}."
        self.fields["active"].label = "Règle active"
        self.fields["active"].required = False

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("debut_nuit") and donnees.get("debut_nuit") == donnees.get("fin_nuit"):
            self.add_error("fin_nuit", "La nuit doit finir à une autre heure qu’elle ne commence.")
        return donnees

    def valeurs(self) -> dict[str, Any]:
        """What is to be saved, without the version."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version"}


def _sans_nir(texte: str) -> None:
    if contient_un_nir(texte):
        raise ValidationError("N’écrivez pas de NIR ici : le numéro du dossier suffit.")


class FormulaireExamen(forms.Form):
    """The next step of a review: taking it, or its conclusion."""

    vers = forms.ChoiceField(label="Conclusion", widget=forms.RadioSelect)
    commentaire = forms.CharField(
        label="Ce que vous avez vérifié",
        required=False,
        max_length=2000,
        validators=[_sans_nir],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Gardé avec l’alerte et montré aux délégués. Pas de donnée médicale.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, alerte: Alerte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alerte.etat == EtatAlerte.A_EXAMINER:
            self.fields["vers"].choices = [(EtatAlerte.EN_EXAMEN, "en examen")]
            self.fields["vers"].widget = forms.HiddenInput()
            self.fields["commentaire"].label = "Commentaire"
        else:
            self.fields["vers"].choices = [c for c in EtatAlerte.choices if c[0] in CONCLUSIONS]
            self.fields["commentaire"].required = True


class FiltreAgents(FiltreJournal):
    """What a manager may ask of the journal: only rows of his organisme."""

    def __init__(self, demande: QueryDict, organisme: int) -> None:
        super().__init__(demande)
        self.organisme = organisme

    def lignes(self) -> QuerySet[LigneJournal]:
        """The rows of his people; only on a valid form."""
        return super().lignes().filter(organisme_id=self.organisme)


class FiltreAcces(FiltreJournal):
    """On one dossier: by organisme, act and period."""

    numero = None  # type: ignore[assignment]
    agent = None  # type: ignore[assignment]
    organisme = forms.ModelChoiceField(
        Organisme.objects.order_by("sigle"),
        label="Organisme",
        required=False,
        empty_label="tous",
        to_field_name="code",
    )
    field_order = ("organisme", "acte", "du", "au")
    duree = timedelta(days=365)

    def __init__(self, demande: QueryDict, dossier: str) -> None:
        super().__init__(demande)
        self.dossier = dossier
        self.fields["acte"].choices = [("", "tous"), *ACTES_D_UN_DOSSIER]

    def lignes(self) -> QuerySet[LigneJournal]:
        """The rows of this dossier; only on a valid form."""
        d = self.cleaned_data
        lignes = self.periode().filter(objet=self.dossier)
        if d["organisme"]:
            lignes = lignes.filter(organisme_id=d["organisme"].pk)
        return lignes.filter(action=d["acte"]) if d["acte"] else lignes
