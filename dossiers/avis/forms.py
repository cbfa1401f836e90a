"""Asking for an avis, giving it, adding a note to it."""

from django import forms

from dossiers.avis.models import Sens


class FormQuestion(forms.Form):
    """What the médecin-conseil is asked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    question = forms.CharField(
        label="Question au médecin-conseil", required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="Ce que vous voulez savoir, sans élément médical\u00a0: la durée est-elle justifiée, par exemple.",
    )  # fmt: skip


def _champ_note(**options: object) -> forms.CharField:
    # Nothing of it stays in the browser.
    saisie = forms.Textarea({"rows": 6, "autocomplete": "off"})
    return forms.CharField(max_length=5000, widget=saisie, **options)  # type: ignore[arg-type]


class FormAvis(forms.Form):
    """The sense, the reason that everybody reads, and the note that only médecins read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sens = forms.ChoiceField(
        label="Avis", choices=[(sens.value, sens.label.capitalize()) for sens in Sens], widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le sens de l’avis."},
    )  # fmt: skip
    motif = forms.CharField(
        label="Motif non médical", max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="Lu par la caisse et par les organismes que la personne a choisis, qui ne sont pas tenus au secret "
        "médical\u00a0: ni maladie, ni traitement, ni examen.",
        error_messages={"required": "L’avis doit être motivé, sans élément médical."},
    )  # fmt: skip
    sans_medical = forms.BooleanField(
        label="J’ai relu ce motif\u00a0: il ne dit rien de médical.",
        error_messages={"required": "Relisez le motif, puis cochez cette case."},
    )
    note_medicale = _champ_note(
        label="Note médicale", required=False, help_text="Chiffrée à part. Seuls les médecins-conseils la lisent."
    )  # fmt: skip


class FormNote(forms.Form):
    """One more note."""

    note_medicale = _champ_note(
        label="Nouvelle note", help_text="Elle s’ajoute aux précédentes, qui ne se modifient pas.",
        error_messages={"required": "Écrivez la note avant de l’enregistrer."},
    )  # fmt: skip
