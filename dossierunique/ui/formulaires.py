"""Between the actions and the forms."""

from collections.abc import Callable
from typing import Any

from django import forms

from dossierunique.erreurs import ActionRefusee, ModifieDepuis


class ChampDate(forms.DateField):
    """A date chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)


def sans_memoire(form: forms.BaseForm) -> None:
    """Keep the browser from offering what was typed for somebody else, or one's own name and address."""
    for champ in form.fields.values():
        # HTML knows the attribute on what is typed or chosen in a list, not on buttons nor on what is hidden.
        if not isinstance(champ.widget, (forms.RadioSelect, forms.CheckboxInput, forms.HiddenInput)):
            champ.widget.attrs["autocomplete"] = "off"


def ajouter_refus(form: forms.BaseForm, refus: ActionRefusee) -> None:
    """Put the refusal of an action beside the field that it speaks of, else above the form."""
    form.add_error(refus.champ if refus.champ in form.fields else None, refus.message)


def differences(form: forms.BaseForm, objet: Any) -> list[tuple[str, Any, Any]]:
    """For the "modified since" screen: label, value now in the database, value typed, where they differ."""
    lignes = []
    for nom, champ in form.fields.items():
        if not hasattr(objet, nom) or nom == "version":
            continue
        actuelle, saisie = getattr(objet, nom), form.cleaned_data.get(nom)
        if actuelle != saisie:
            lignes.append((champ.label or nom, _en_mots(actuelle), _en_mots(saisie)))
    return lignes


def _en_mots(valeur: Any) -> Any:
    return {True: "oui", False: "non"}[valeur] if isinstance(valeur, bool) else valeur


def relever_version(form: forms.BaseForm, version: int) -> None:
    """Let a refused form, once read again by its author, be saved over the version now shown."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(version)


Ecart = tuple[str, Any, Any]


def enregistrer(form: forms.BaseForm, geste: Callable[[], Any]) -> tuple[Any, list[Ecart] | None]:
    """Run the action of a valid form: what it gave, and the differences to show when somebody else was there first.

    A refusal is put beside its field and gives (None, None); what was typed stays, in both cases.
    """
    try:
        return geste(), None
    except ActionRefusee as refus:
        ajouter_refus(form, refus)
    except ModifieDepuis as depuis:
        version = depuis.objet.version  # type: ignore[attr-defined]
        relever_version(form, version)
        return None, differences(form, depuis.objet) or [("Version", version, "")]
    return None, None
