"""What is looked for in the directory: words or digits, and filters; read from the address, never refused."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms

from annuaire.fiches.telephones import chiffres
from dossierunique.departements import CHOIX as DEPARTEMENTS
from dossierunique.mots import simplifier
from dossierunique.securite.nir import saisie_suspecte
from partners.models import Organisme
from partners.organismes.models import Programme, TypeOrganisme

MOTS_MAX, LONGUEUR_MAX = 6, 80
NUMERO = re.compile(r"\+?\d{4,}")


@dataclass(frozen=True)
class Criteres:
    """A search, well-formed."""

    mots: tuple[str, ...] = ()
    numero: str = ""
    organisme: str = ""
    type: str = ""
    departement: str = ""
    programme: str = ""

    @property
    def vide(self) -> bool:
        """Whether nothing at all is asked."""
        return self == Criteres()

    @property
    def filtree(self) -> bool:
        """Whether something else than words is asked."""
        return bool(self.organisme or self.type or self.departement or self.programme)


class FormRecherche(forms.Form):
    """The search box and the filters of the directory."""

    que_des_criteres = True

    q = forms.CharField(
        label="Nom, fonction, service, organisme ou téléphone", required=False, max_length=LONGUEUR_MAX,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    organisme = forms.ChoiceField(label="Organisme", required=False)
    type = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *TypeOrganisme.choices])
    departement = forms.ChoiceField(
        label="Département", required=False, choices=[("", "Tous"), *DEPARTEMENTS]
    )
    programme = forms.ChoiceField(
        label="Programme", required=False, choices=[("", "Tous"), *Programme.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sigles = Organisme.objects.order_by("sigle", "pk").values_list("code", "sigle")
        self.fields["organisme"].choices = [("", "Tous"), *sigles]  # type: ignore[attr-defined]

    def criteres(self) -> Criteres:
        """What may be understood of it: a choice that does not exist is left out, and so is what may be a NIR."""
        self.is_valid()
        texte = self.cleaned_data.get("q", "")
        choisis = {
            nom: self.cleaned_data.get(nom, "") for nom in ("organisme", "type", "departement", "programme")
        }
        if self.nir_saisi:
            return Criteres(**choisis)
        if numero := numero_de(texte):
            return Criteres(numero=numero, **choisis)
        return Criteres(mots=mots_de(texte), **choisis)

    @property
    def nir_saisi(self) -> bool:
        """Whether the box was given more digits than a telephone number has."""
        return saisie_suspecte(self.data.get("q", ""))


def mots_de(texte: str) -> tuple[str, ...]:
    """The words as they are compared with the database's."""
    return tuple(dict.fromkeys(simplifier(texte).split()))[:MOTS_MAX]


def numero_de(texte: str) -> str:
    """The digits of a number or of a part of one, as they are kept; nothing when words are asked."""
    serre = re.sub(r"^\+330?(?=\d)", "0", chiffres(texte))
    return serre if NUMERO.fullmatch(serre) else ""
