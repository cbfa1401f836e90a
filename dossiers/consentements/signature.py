"""The part of every act's form that tells who signed, when, how, with which proof."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from dossiers.assures.forms import nom_propre
from dossiers.assures.models import Qualite, RepresentantLegal
from dossiers.consentements.models import Canal
from dossiers.consentements.signataires import champs_de, empechement
from dossiers.textes import jour
from dossierunique.fichiers.models import Fichier
from dossierunique.ui.formulaires import ChampDate

PERSONNE, REPRESENTANT = "personne", "representant"
SIGNATAIRES = [(PERSONNE, "La personne elle-même"), (REPRESENTANT, "Son représentant légal")]
# How a person is heard; a succession is nobody's word, and the database refuses it without the act it rests on.
RECUEIL = [choix for choix in Canal.choices if choix[0] != Canal.SUCCESSION]
DU_REPRESENTANT = ("nom", "prenoms", "qualite", "acte", "valide_du", "valide_au")
EXIGES = {
    "nom": "Indiquez le nom du représentant légal.",
    "prenoms": "Indiquez ses prénoms.",
    "qualite": "Indiquez à quel titre il signe.",
    "acte": "Indiquez l’acte qui le désigne, par exemple «\u00a0jugement du tribunal de Toulon, 4 mars 2025\u00a0».",
    "valide_du": "Indiquez depuis quand l’acte est valable.",
}


def en_tete(choix: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices whose words begin with a capital, as they stand alone in a list."""
    return [(valeur, libelle[0].upper() + libelle[1:]) for valeur, libelle in choix]


class ChampScan(forms.FileField):
    """A file whose absence is judged later, with the one kept from the previous attempt (preuves.recevoir)."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class SaisieSignee(forms.Form):
    """What every act of the person has in common: a signatory, a date, a channel, a proof."""

    signataire = forms.ChoiceField(
        label="Qui a signé\u00a0?", choices=SIGNATAIRES, widget=forms.RadioSelect, initial=PERSONNE
    )
    representant_connu = forms.ChoiceField(label="Représentant", required=False)
    representant_nom = forms.CharField(label="Nom", max_length=80, required=False)
    representant_prenoms = forms.CharField(label="Prénoms", max_length=120, required=False)
    representant_qualite = forms.ChoiceField(
        label="Qualité",
        choices=[("", "Choisir…"), *en_tete(Qualite.choices)],
        required=False,
    )
    representant_acte = forms.CharField(label="Acte qui le désigne", max_length=150, required=False)
    representant_valide_du = ChampDate(label="Valable du", required=False)
    representant_valide_au = ChampDate(
        label="Valable jusqu’au", required=False, help_text="Vide\u00a0: sans date de fin."
    )
    representant_cosigne = forms.BooleanField(
        label="Pour un curateur\u00a0: la personne a signé aussi.", required=False
    )
    signe_le = ChampDate(label="Date de signature", initial=timezone.localdate)
    canal = forms.ChoiceField(
        label="Recueilli par",
        choices=en_tete(RECUEIL),
        initial=Canal.PAPIER,
    )
    preuve = ChampScan(label="Formulaire signé, numérisé", help_text="PDF, JPEG ou PNG, 20\u00a0Mo au plus.")
    preuve_gardee = forms.CharField(widget=forms.HiddenInput, required=False)

    preuve_exigee = False
    retrait = False
    fichier: Fichier | None = None
    fichier_nom = ""

    def __init__(
        self,
        *args: Any,
        naissance: date | None = None,
        connus: Iterable[RepresentantLegal] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.naissance, self.connus = naissance, {str(r.pk): r for r in connus}
        if "preuve" in self.fields:
            self.fields["preuve"].required = self.preuve_exigee
        self._preparer_connus()
        # Shown as required, for they are shown to the one who names a representative; asked of nobody else.
        nomme = not self.is_bound or (self.data.get("signataire") == REPRESENTANT and not self._connu_nomme())
        for nom, message in EXIGES.items():
            champ = self.fields[f"representant_{nom}"]
            champ.required, champ.error_messages["required"] = nomme, message
        if self.retrait:
            del self.fields["representant_cosigne"]

    def _preparer_connus(self) -> None:
        if not self.connus:
            del self.fields["representant_connu"]
            return
        self.fields["representant_connu"].choices = [  # type: ignore[attr-defined]
            ("", "Un autre, à saisir ci-dessous"),
            *((cle, _decrire(representant)) for cle, representant in self.connus.items()),
        ]

    def _connu_nomme(self) -> bool:
        return self.data.get("representant_connu", "") in self.connus

    def clean_representant_nom(self) -> str:
        return nom_propre(self.cleaned_data["representant_nom"])

    def clean_representant_prenoms(self) -> str:
        return nom_propre(self.cleaned_data["representant_prenoms"].replace(",", " "))

    def clean_signe_le(self) -> Any:
        signe_le = self.cleaned_data["signe_le"]
        if signe_le > timezone.localdate():
            raise forms.ValidationError("La date de signature est dans le futur.")
        return signe_le

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        naissance = propres.get("naissance", self.naissance)
        if (
            naissance
            and propres.get("signe_le")
            and propres.get("signataire")
            and self._representant_complet()
        ):
            faute = empechement(naissance, propres["signe_le"], self.representant(), retrait=self.retrait)
            if faute:
                self.add_error(self._champ_de(faute.champ), faute.message)
        return propres

    def _representant_complet(self) -> bool:
        return not any(f"representant_{nom}" in self.errors for nom in DU_REPRESENTANT)

    def _champ_de(self, champ: str) -> str:
        if champ == "signataire":
            return champ
        return "representant_connu" if self._connu_nomme() and champ != "cosigne" else f"representant_{champ}"

    def representant(self) -> dict[str, Any] | None:
        """The fields of the legal representative who signed, None when the person did."""
        if self.cleaned_data["signataire"] != REPRESENTANT:
            return None
        cosigne = {"cosigne": self.cleaned_data.get("representant_cosigne", False)}
        if connu := self.connus.get(self.cleaned_data.get("representant_connu", "")):
            return champs_de(connu) | {"connu": connu} | cosigne
        return {nom: self.cleaned_data[f"representant_{nom}"] for nom in DU_REPRESENTANT} | cosigne

    def acte(self) -> dict[str, Any]:
        """The arguments that every consent action takes."""
        propres = self.cleaned_data
        return {
            "signe_le": propres["signe_le"],
            "canal": propres["canal"],
            "representant": self.representant(),
            "preuve": self.fichier,
        }


def _decrire(representant: RepresentantLegal) -> str:
    fin = f", valable jusqu’au {jour(representant.valide_au)}" if representant.valide_au else ""
    return f"{representant}, {representant.get_qualite_display()}{fin}"
