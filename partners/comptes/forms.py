"""Sign-in and accounts."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest

IDENTIFIANT = RegexValidator(
    r"^[a-z][a-z0-9.-]{2,29}$", "De 3 à 30 lettres minuscules sans accent, chiffres, points ou tirets."
)


def identifiant_compte(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name under which axes counts failures: one for an account, however it is typed."""
    saisies = credentials or request.POST
    return str(saisies.get("login") or saisies.get("username") or "").strip().lower()


class FormulaireConnexion(LoginForm):
    """allauth's form in our words, with the key under which axes counts the failures."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = "Identifiant"
        self.fields["password"].label = "Mot de passe"
        self.fields["password"].help_text = ""
        for champ in self.fields.values():
            champ.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def user_credentials(self) -> dict:
        credentials = super().user_credentials()
        credentials["login"] = credentials.get("email") or credentials.get("username")
        return credentials


class FormulaireUtilisateur(forms.Form):
    """A new account."""

    prenom = forms.CharField(label="Prénom", max_length=150)
    nom = forms.CharField(label="Nom", max_length=150)
    courriel = forms.EmailField(
        label="Adresse électronique professionnelle",
        help_text="Le lien pour choisir le mot de passe y sera envoyé.",
        max_length=254,
    )
    identifiant = forms.CharField(
        label="Identifiant", max_length=30, validators=[IDENTIFIANT], help_text="Par exemple c.durand."
    )
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)
