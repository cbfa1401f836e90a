"""Giving an habilitation, and saying why one changes."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from dossierunique.ui.formulaires import ChampDate
from partners.habilitations.models import Habilitation, Profil
from partners.habilitations.policies import profil_possible
from partners.organismes.models import Organisme, Programme, Unite


class FormulaireOrganisme(forms.Form):
    """First step: which organisme, on which the profils and units depend."""

    organisme = forms.ModelChoiceField(
        Organisme.objects.none(), to_field_name="code", label="Organisme", empty_label="Choisissez…"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vivants = Q(jusque__isnull=True) | Q(jusque__gte=timezone.localdate())
        self.fields["organisme"].queryset = Organisme.objects.filter(vivants)
        self.fields["organisme"].label_from_instance = lambda organisme: (
            f"{organisme.sigle} – {organisme.nom}"
        )


class FormulairePortee(forms.Form):
    """What the organisme lets one be: profil, units, programmes, dates."""

    profil = forms.ChoiceField(label="Profil", widget=forms.RadioSelect)
    unites = forms.ModelMultipleChoiceField(
        Unite.objects.none(),
        label="Périmètre",
        help_text="Les unités dont un correspondant suit les dossiers.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    programmes = forms.MultipleChoiceField(label="Programmes", widget=forms.CheckboxSelectMultiple)
    debut = ChampDate(label="Valable du", initial=timezone.localdate)
    fin = ChampDate(
        label="Valable jusqu’au", required=False, help_text="Vide : sans date de fin, revue chaque année."
    )
    formation_le = ChampDate(
        label="Formation suivie le", required=False, help_text="Exigée d’un correspondant."
    )

    def __init__(self, *args: Any, organisme: Organisme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profil"].choices = [c for c in Profil.choices if profil_possible(c[0], organisme)]
        self.fields["unites"].queryset = organisme.unites.filter(active=True)
        if not self.fields["unites"].queryset.exists():
            self.fields["unites"].widget = forms.MultipleHiddenInput()
        programmes = [c for c in Programme.choices if c[0] in organisme.programmes]
        self.fields["programmes"].choices = programmes
        self.fields["programmes"].initial = [programmes[0][0]]


class FormulaireHabilitation(FormulairePortee):
    """Second step of a direct grant."""

    charte_signee_le = ChampDate(
        label="Charte signée le", required=False, help_text="Exigée d’un correspondant."
    )


class FormulaireDemande(FormulairePortee):
    """A request: the charter is read and accepted afterwards, by the person herself."""

    motif = forms.CharField(
        label="Pourquoi cette habilitation",
        max_length=300,
        required=False,
        help_text="Quelques mots pour qui décide : poste occupé, collègue remplacé.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    field_order = ["profil", "unites", "programmes", "debut", "fin", "formation_le", "motif"]


class ChoixSuccesseur(forms.ModelChoiceField):
    """A colleague who takes over."""

    def label_from_instance(self, obj: Habilitation) -> str:  # type: ignore[override]
        return f"{obj.utilisateur}, {obj.get_profil_display()}"


class FormulaireDepart(forms.Form):
    """Why it ends, and who takes over."""

    motif = forms.CharField(label="Motif", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    successeur = ChoixSuccesseur(
        Habilitation.objects.none(), label="Qui reprend le travail en cours", required=False,
        empty_label="Les collègues qui restent",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, successeurs: list[Habilitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lignes = Habilitation.objects.filter(pk__in=[h.pk for h in successeurs])
        champ = self.fields["successeur"]
        champ.queryset = lignes.select_related("utilisateur", "organisme")  # type: ignore[attr-defined]
        if not successeurs:
            champ.widget = forms.HiddenInput()


class FormulaireMutation(FormulaireDepart):
    """The new perimeter of a correspondant who changes unit."""

    unites = forms.ModelMultipleChoiceField(
        Unite.objects.none(), label="Nouvelle unité", widget=forms.CheckboxSelectMultiple
    )
    field_order = ["unites", "motif", "successeur", "version"]

    def __init__(self, *args: Any, organisme: Organisme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unites"].queryset = organisme.unites.filter(active=True)  # type: ignore[attr-defined]


class FormulaireMotif(forms.Form):
    """Why an habilitation is suspended, resumed or ended."""

    motif = forms.CharField(label="Motif", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, motif_requis: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motif"].required = motif_requis
