"""Forms of the consent acts: what the person answered, whom she withdraws, and what is said of the proof."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone

from dossiers.assures.champs import ChampNaissance, ChampNir
from dossiers.assures.models import Assure
from dossiers.consentements.actions import texte_en_vigueur
from dossiers.consentements.models import (
    AvisPreuve,
    Canal,
    Consentement,
    DecisionConsentement,
    FormulaireConsentement,
    TexteConsentement,
)
from dossiers.consentements.signature import SaisieSignee
from dossiers.textes import jour
from partners.models import Organisme
from partners.organismes.models import Programme

AUTRE = "autre"


def _a_recueillir(assure: Assure, programme: str) -> Iterable[FormulaireConsentement]:
    """The forms printed for a person and not recorded yet, or whose proof was rejected; newest first."""
    tenus = Consentement.objects.filter(formulaire=OuterRef("pk")).exclude(
        confirmation__decision=AvisPreuve.REJETE
    )
    imprimes = FormulaireConsentement.objects.filter(assure=assure, texte__programme=programme)
    return imprimes.filter(~Exists(tenus)).select_related("texte")


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
        programme: str = Programme.DU,
        sans_choix: str = "Non recueilli",
        **kwargs: Any,
    ) -> None:
        kwargs |= {"naissance": assure.date_naissance, "connus": assure.representants.all()}
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.imprimes = {f.reference: f for f in _a_recueillir(assure, programme)}
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
        autre = (AUTRE, "Un autre exemplaire (texte en vigueur à la signature)")
        # Several papers may be in hand: the reference is read on the one that is signed, never guessed.
        lire = [] if len(choix) < 2 else [("", "Lire la référence en bas du papier…")]
        self.fields["formulaire"].choices = [*lire, *choix, autre]
        self.fields["formulaire"].required = bool(lire) and self.is_bound
        self.fields["formulaire"].error_messages["required"] = (
            "Indiquez la référence imprimée sur le papier signé."
        )
        self.fields["formulaire"].error_messages["invalid_choice"] = (
            "Ce formulaire n’est pas à cette personne, ou il est déjà enregistré\u00a0: vérifiez sa référence."
        )
        self.fields["formulaire"].initial = choix[0][0] if len(choix) == 1 else ""
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
            "texte": imprime.texte if imprime else self._en_vigueur(),
            "formulaire": imprime,
            "decisions": self.decisions(),
        }

    def _en_vigueur(self) -> TexteConsentement:
        return texte_en_vigueur(self.programme, le=self.cleaned_data["signe_le"])


class ConfirmationSansPartage(forms.Form):
    """Opening without consent is a choice: it is confirmed."""

    informee = forms.BooleanField(
        label="La personne sait que son dossier n’est partagé avec aucun partenaire, et qu’elle peut changer d’avis.",
        error_messages={"required": "Confirmez que la personne en est informée."},
    )


TOUT, CHOIX = "tout", "choix"
TOUTE_LA_DEMARCHE = "Toute la démarche\u00a0: plus aucun partenaire ne voit le dossier"


class SaisieRetrait(SaisieSignee):
    """Who stops seeing the dossier. Offered to who may not see the consents, the list tells nothing of them."""

    portee = forms.ChoiceField(
        label="Le retrait porte sur",
        widget=forms.RadioSelect,
        choices=[(CHOIX, "Certains organismes"), (TOUT, TOUTE_LA_DEMARCHE)],
        initial=CHOIX,
    )
    organismes = forms.MultipleChoiceField(
        label="Organismes retirés",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un organisme."},
    )
    confirme = forms.CharField(widget=forms.HiddenInput, required=False)

    retrait = True

    def __init__(
        self, *args: Any, organismes: list[Organisme], propre: Organisme | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposes = organismes
        self.fields["signe_le"].label = "Date de la demande de retrait"
        self.fields["canal"].initial = Canal.GUICHET
        self.fields["signataire"].label = "Qui retire son accord\u00a0?"
        if "preuve" in self.fields:
            self.fields["preuve"].label = "Demande écrite, numérisée"
        self.fields["organismes"].choices = [(o.code, o.nom) for o in organismes]  # type: ignore[attr-defined]
        self.fields["organismes"].initial = [propre.code] if propre else []
        self.fields["organismes"].required = self.data.get("portee") != TOUT

    @property
    def tout(self) -> bool:
        """Whether the person leaves the whole scheme."""
        return self.cleaned_data["portee"] == TOUT

    def nommes(self) -> list[Organisme]:
        """The organismes ticked, all of the list for the whole scheme."""
        return [o for o in self.proposes if self.tout or o.code in self.cleaned_data["organismes"]]

    def retires(self) -> list[Organisme] | None:
        """The organismes whose access ends; None for all of them, whoever they are."""
        return None if self.tout else self.nommes()


class SaisieRetraitParNir(SaisieRetrait):
    """The same for a person whose dossier is not read here: nothing of it is shown, nor whether there is one."""

    nir = ChampNir()
    naissance = ChampNaissance()
    presente = forms.BooleanField(
        label="La personne, ou son représentant, est devant moi. J’ai vérifié son identité.",
        error_messages={
            "required": "Confirmez que la personne est présente et que vous avez vérifié son identité."
        },
    )
    preuve = None  # type: ignore[assignment]
    preuve_gardee = None  # type: ignore[assignment]
    confirme = None  # type: ignore[assignment]

    field_order = ("nir", "naissance")


class RejetPreuve(forms.Form):
    """Why the signed paper does not prove what was recorded."""

    motif = forms.CharField(
        label="Ce qui ne va pas",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Lu par la personne qui a enregistré l’acte. Dites ce qu’il faut refaire.",
        error_messages={"required": "Dites ce qui ne va pas : le motif est lu par qui a enregistré l’acte."},
    )
