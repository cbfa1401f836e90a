"""Forms of the consent acts: who signed, when, how, for whom, and the signed proof."""

from typing import Any

from django import forms
from django.utils import timezone

from dossiers.assures.forms import nom_propre
from dossiers.assures.models import Assure, Qualite
from dossiers.consentements.actions import texte_en_vigueur
from dossiers.consentements.models import Canal, DecisionConsentement, FormulaireConsentement
from dossiers.textes import jour
from dossierunique.fichiers.models import Fichier
from dossierunique.ui.formulaires import ChampDate
from partners.models import Organisme

PERSONNE, REPRESENTANT = "personne", "representant"
SIGNATAIRES = [(PERSONNE, "La personne elle-même"), (REPRESENTANT, "Son représentant légal")]
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
    signe_le = ChampDate(label="Date de signature", initial=timezone.localdate)
    canal = forms.ChoiceField(
        label="Recueilli par",
        choices=en_tete(Canal.choices),
        initial=Canal.PAPIER,
    )
    preuve = ChampScan(label="Formulaire signé, numérisé", help_text="PDF, JPEG ou PNG, 20\u00a0Mo au plus.")
    preuve_gardee = forms.CharField(widget=forms.HiddenInput, required=False)

    preuve_exigee = False
    fichier: Fichier | None = None
    fichier_nom = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preuve"].required = self.preuve_exigee
        # Shown as required, for they are shown to the one who names a representative; asked of nobody else.
        nomme = not self.is_bound or self.data.get("signataire") == REPRESENTANT
        for nom, message in EXIGES.items():
            champ = self.fields[f"representant_{nom}"]
            champ.required, champ.error_messages["required"] = nomme, message

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
        if propres.get("signataire") == REPRESENTANT:
            self._verifier_representant(propres)
        return propres

    def _verifier_representant(self, propres: dict[str, Any]) -> None:
        signe_le, du, au = (
            propres.get(c) for c in ("signe_le", "representant_valide_du", "representant_valide_au")
        )
        if du and au and au < du:
            self.add_error("representant_valide_au", "La fin précède le début.")
        elif signe_le and du and signe_le < du:
            self.add_error(
                "representant_valide_du", "L’acte n’était pas encore valable à la date de signature."
            )
        elif signe_le and au and signe_le > au:
            self.add_error("representant_valide_au", "L’acte n’était plus valable à la date de signature.")

    def representant(self) -> dict[str, Any] | None:
        """The fields of the legal representative who signed, None when the person did."""
        if self.cleaned_data["signataire"] != REPRESENTANT:
            return None
        return {nom: self.cleaned_data[f"representant_{nom}"] for nom in DU_REPRESENTANT}

    def acte(self) -> dict[str, Any]:
        """The arguments that every consent action takes."""
        propres = self.cleaned_data
        return {
            "signe_le": propres["signe_le"],
            "canal": propres["canal"],
            "representant": self.representant(),
            "preuve": self.fichier,
        }


AUTRE = "autre"


class SaisieConsentement(SaisieSignee):
    """What the person answered for each recipient, on which printed form."""

    formulaire = forms.ChoiceField(
        label="Référence du formulaire signé",
        required=False,
        help_text="Imprimée en bas de page, elle commence par FC-.",
    )
    preuve_exigee = True

    def __init__(
        self,
        *args: Any,
        assure: Assure,
        organismes: list[Organisme],
        sans_choix: str = "Non recueilli",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.imprimes = {
            f.reference: f
            for f in FormulaireConsentement.objects.filter(assure=assure).select_related("texte")
        }
        self._preparer_formulaires()
        self.organismes = {f"choix_{organisme.code}": organisme for organisme in organismes}
        reponses = [
            (DecisionConsentement.ACCORDE.value, "Accordé"),
            (DecisionConsentement.REFUSE.value, "Refusé"),
        ]
        choix = [*reponses, ("", sans_choix)]
        for nom, organisme in self.organismes.items():
            self.fields[nom] = forms.ChoiceField(
                label=organisme.nom, choices=choix, widget=forms.RadioSelect, required=False, initial=""
            )

    def _preparer_formulaires(self) -> None:
        choix = [
            (
                reference,
                f"{reference}, imprimé le {jour(timezone.localdate(f.imprime_le))} (texte v. {f.texte.version})",
            )
            for reference, f in self.imprimes.items()
        ]
        self.fields["formulaire"].choices = [*choix, (AUTRE, "Autre exemplaire (texte en vigueur)")]
        self.fields["formulaire"].initial = choix[0][0] if choix else ""
        if not choix:
            self.fields["formulaire"].widget = forms.HiddenInput()

    def destinataires(self) -> list[tuple[Organisme, forms.BoundField]]:
        """Each recipient with its radio buttons, for the template."""
        return [(organisme, self[nom]) for nom, organisme in self.organismes.items()]

    def clean(self) -> dict[str, Any]:
        propres = super().clean()
        if not self.decisions():
            self.add_error(None, "Indiquez pour au moins un destinataire s’il est accordé ou refusé.")
        imprime = self.imprime()
        if (
            imprime
            and propres.get("signe_le")
            and propres["signe_le"] < timezone.localdate(imprime.imprime_le)
        ):
            self.add_error(
                "signe_le", "La signature précède l’impression du formulaire\u00a0: vérifiez sa référence."
            )
        return propres

    def imprime(self) -> FormulaireConsentement | None:
        """The printed form that was signed: the one named, else the last (a page left open while it was printed)."""
        nomme = self.cleaned_data.get("formulaire", AUTRE)
        return self.imprimes.get(nomme) if nomme else next(iter(self.imprimes.values()), None)

    def decisions(self) -> dict[int, str]:
        """Organisme id → accordé or refusé; a recipient left out was not asked."""
        reponses = {o.pk: self.cleaned_data.get(nom) for nom, o in self.organismes.items()}
        return {pk: reponse for pk, reponse in reponses.items() if reponse}

    def acte(self) -> dict[str, Any]:
        """The arguments of `enregistrer_consentement`, with the wording that was signed."""
        imprime = self.imprime()
        return super().acte() | {
            "texte": imprime.texte if imprime else texte_en_vigueur(),
            "decisions": self.decisions(),
        }


class ConfirmationSansPartage(forms.Form):
    """Opening without consent is a choice: it is confirmed."""

    informee = forms.BooleanField(
        label="La personne sait que son dossier n’est partagé avec aucun partenaire, et qu’elle peut changer d’avis.",
        error_messages={"required": "Confirmez que la personne en est informée."},
    )


TOUT, CHOIX = "tout", "choix"
TOUTE_LA_DEMARCHE = "Toute la démarche\u00a0: plus aucun partenaire ne voit le dossier"


class SaisieRetrait(SaisieSignee):
    """Who stops seeing the dossier. A partner may name itself, or the whole scheme, and learns of nobody else."""

    portee = forms.ChoiceField(label="Le retrait porte sur", widget=forms.RadioSelect)
    organismes = forms.MultipleChoiceField(
        label="Organismes retirés",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un organisme."},
    )
    confirme = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, lecteurs: list[Organisme], propre: Organisme | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lecteurs, self.propre = lecteurs, propre
        self.fields["signe_le"].label = "Date de la demande de retrait"
        self.fields["canal"].initial = Canal.GUICHET
        self.fields["preuve"].label = "Demande écrite, numérisée"
        self.fields["signataire"].label = "Qui retire son accord\u00a0?"
        self.fields["portee"].choices = portees = self._portees()
        self.fields["portee"].initial = portees[0][0]
        if propre:
            del self.fields["organismes"]
        else:
            self.fields["organismes"].choices = [(o.code, o.nom) for o in lecteurs]
            self.fields["organismes"].required = self.data.get("portee") != TOUT

    def _portees(self) -> list[tuple[str, str]]:
        if self.propre is None:
            return [(CHOIX, "Certains organismes"), (TOUT, TOUTE_LA_DEMARCHE)]
        seul = [(CHOIX, f"{self.propre.nom} seulement")] if self.propre in self.lecteurs else []
        return [*seul, (TOUT, TOUTE_LA_DEMARCHE)]

    def retires(self) -> list[Organisme]:
        """The organismes whose access ends."""
        if self.cleaned_data["portee"] == TOUT:
            return self.lecteurs
        if self.propre:
            return [self.propre]
        return [o for o in self.lecteurs if o.code in self.cleaned_data["organismes"]]
