"""Sign-in and accounts."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, ResetPasswordKeyForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest

from dossierunique.securite.mots_de_passe import EffortDeDeviner

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


class AvecConseils:
    """A new password: what a good one is, and what is measured beside the field while it is typed."""

    fields: dict[str, forms.Field]
    user: Any

    def preparer(self) -> None:
        """Our labels, and the person's own words for the advice beside the field."""
        nouveau, encore = self.fields["password1"], self.fields["password2"]
        nouveau.label, encore.label = "Nouveau mot de passe", "Le même, une seconde fois"
        nouveau.help_text = EffortDeDeviner().get_help_text()
        mots = [getattr(self.user, champ, "") for champ in ("username", "first_name", "last_name")]
        nouveau.widget.attrs["data-conseils"] = " ".join(filter(None, mots))
        for champ in self.fields.values():
            champ.widget.attrs.pop("placeholder", None)


class FormulaireChangement(AvecConseils, ChangePasswordForm):
    """Changing one's password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        actuel = self.fields["oldpassword"]
        actuel.label, actuel.help_text = "Mot de passe actuel", ""
        self.preparer()


class FormulairePreuve(ReauthenticateForm):
    """The password, asked again before a sensitive act."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class FormulaireChoix(AvecConseils, ResetPasswordKeyForm):
    """Choosing one by the link received."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.preparer()


class FormulaireCle(AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        nom = self.fields["name"]
        nom.label, nom.required, nom.max_length = "Nom de cette clé", True, 60
        nom.help_text = "Pour la reconnaître dans votre liste, par exemple « clé USB du bureau »."
        sans = self.fields["passwordless"]
        sans.label = "Me connecter avec cette clé seule, sans mot de passe"
        sans.help_text = "Elle demandera alors votre empreinte ou son code PIN à chaque fois."


class FormulaireNomDeCle(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label="Nom de cette clé", max_length=60)


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
