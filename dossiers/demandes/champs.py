"""Form fields of amounts, typed as people write them in French."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from dossierunique.ui.formats import nombre

ESPACES = re.compile(r"\s+")
MILLIERS_A_L_ANGLAISE = re.compile(r"^\d{1,3}(,\d{3})+\.\d+$")


class SaisieEuros(forms.TextInput):
    """A text box for an amount: numeric keyboard on a phone, French writing when the value is shown again."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "num"} | (attrs or {}))

    def format_value(self, value: Any) -> str:
        """`1234.5` → `1 234,50`; what could not be read is given back as it was typed."""
        if isinstance(value, (Decimal, int)):
            return nombre(Decimal(value).quantize(Decimal("0.01")))
        return "" if value is None else str(value)


class ChampEuros(forms.DecimalField):
    """An amount in euros: `1 234,56`, `1234.56`, `1 234,56 €` with any kind of space."""

    widget = SaisieEuros
    default_error_messages = {
        "invalid": "Écrivez un montant en euros, par exemple 1 234,56.",
        "min_value": "Le montant ne peut pas être négatif.",
        "max_decimal_places": "Un montant a deux chiffres au plus après la virgule.",
        "max_digits": "Ce montant est trop grand.",
        "max_whole_digits": "Ce montant est trop grand.",
    }

    def __init__(self, **options: Any) -> None:
        # The same limits as `champ_montant`.
        super().__init__(**{"min_value": Decimal(0), "max_digits": 10, "decimal_places": 2} | options)
        for validateur in self.validators:
            if getattr(validateur, "code", "") == "min_value":
                validateur.message = self.error_messages["min_value"]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No min, max nor step: the box holds text."""
        return {}

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount whatever its spaces, its separator and its sign of euro."""
        if not isinstance(value, str):
            return super().to_python(value)
        texte = ESPACES.sub("", value).removesuffix("€")
        if MILLIERS_A_L_ANGLAISE.match(texte):
            texte = texte.replace(",", "")
        if not re.fullmatch(r"-?[0-9]*[.,]?[0-9]*", texte):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        montant: Decimal | None = super().to_python(texte.replace(",", "."))
        return montant
