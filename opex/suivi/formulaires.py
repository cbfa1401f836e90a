"""Forms of the follow-up itself: who holds it, leaving, death, the family."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dossiers.assures.champs import ChampNaissance
from dossiers.assures.forms import nom_propre, telephone_propre
from dossiers.consentements.models import DecisionConsentement
from dossiers.consentements.signature import ChampScan, en_tete
from dossierunique.fichiers.models import Fichier
from dossierunique.ui.formulaires import ChampDate, sans_memoire
from opex.imprimes.models import Relation
from opex.suivi.ayants_cause import AccordAyantCause, AyantCause
from opex.suivi.models import Suivi
from partners.models import Habilitation, Organisme


def _version(suivi: Suivi) -> dict[str, int]:
    return {"version": suivi.version}


class ChampReferent(forms.ModelChoiceField):
    """Somebody, with the profil under which she would follow the person."""

    def label_from_instance(self, obj: Habilitation) -> str:  # type: ignore[override]
        return f"{obj.utilisateur}, {obj}"


class FormReferent(forms.Form):
    """Who follows the person."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    referent = ChampReferent(
        Habilitation.objects.none(),
        label="Référent",
        empty_label="Choisir…",
        error_messages={"required": "Choisissez la personne qui suivra le dossier."},
    )

    def __init__(self, *args: Any, suivi: Suivi, possibles: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={**_version(suivi), "referent": suivi.referent_id}, **kwargs)
        self.fields["referent"].queryset = possibles  # type: ignore[attr-defined]


class FormRelais(forms.Form):
    """To whom the person is handed over, why, and whether she left the service."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    vers = forms.ModelChoiceField(
        Organisme.objects.none(),
        label="Passer le relais à",
        empty_label="Choisir…",
        to_field_name="code",
        error_messages={"required": "Choisissez l’organisme qui prend le relais."},
    )
    motif = forms.CharField(
        label="Motif",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="Lu par tous ceux qui lisent le dossier.",
        error_messages={"required": "Dites pourquoi le relais est passé."},
    )
    radie_le = ChampDate(
        label="La personne a quitté le service le",
        required=False,
        help_text="À remplir si elle l’a quitté : son unité ne lira plus le dossier.",
    )

    def __init__(self, *args: Any, suivi: Suivi, organismes: list[Organisme], **kwargs: Any) -> None:
        super().__init__(*args, initial=_version(suivi), **kwargs)
        possibles = Organisme.objects.filter(pk__in=[o.pk for o in organismes]).order_by("sigle")
        self.fields["vers"].queryset = possibles  # type: ignore[attr-defined]
        self.fields["vers"].label_from_instance = lambda o: f"{o.sigle} – {o.nom}"  # type: ignore[attr-defined]


class FormRadiation(forms.Form):
    """Leaving the service without a wound."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    le = ChampDate(label="Départ du service le", error_messages={"required": "Indiquez la date de départ."})

    def __init__(self, *args: Any, suivi: Suivi, **kwargs: Any) -> None:
        super().__init__(*args, initial=_version(suivi), **kwargs)


class FormDeces(forms.Form):
    """The day of the death, and how it is known: it is not undone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    le = ChampDate(label="Date du décès", error_messages={"required": "Indiquez la date du décès."})
    confirmation = forms.CharField(
        label="Comment le décès est connu",
        max_length=200,
        help_text="Référence du message ou de l’acte de décès. Gardée au journal des accès.",
        error_messages={"required": "Indiquez ce qui confirme le décès."},
    )
    certain = forms.BooleanField(
        label="J’ai vérifié qu’il s’agit bien de cette personne.",
        error_messages={"required": "Confirmez que vous avez vérifié : un décès ne s’annule pas."},
    )

    def __init__(self, *args: Any, suivi: Suivi, **kwargs: Any) -> None:
        super().__init__(*args, initial=_version(suivi), **kwargs)


class ChampNaissanceFacultative(ChampNaissance):
    def __init__(self) -> None:
        super().__init__()
        self.required = False


class FormAyantCause(forms.Form):
    """The identity of someone of the family, and how to reach her."""

    nom = forms.CharField(label="Nom", max_length=80, error_messages={"required": "Indiquez son nom."})
    prenoms = forms.CharField(
        label="Prénoms", max_length=120, error_messages={"required": "Indiquez ses prénoms."}
    )
    date_naissance = ChampNaissanceFacultative()
    relation = forms.ChoiceField(
        label="Lien avec la personne décédée",
        choices=[("", "Choisir…"), *en_tete(Relation.choices)],
        error_messages={"required": "Choisissez le lien."},
    )
    representant = forms.CharField(
        label="Représentant légal",
        max_length=160,
        required=False,
        help_text="Pour un enfant mineur ou un majeur protégé : qui signe pour lui, et par quel acte.",
    )
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)
    adresse = forms.CharField(label="Adresse", required=False, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, ayant_cause: AyantCause | None = None, **kwargs: Any) -> None:
        if ayant_cause:
            kwargs["initial"] = {nom: getattr(ayant_cause, nom) for nom in FormAyantCause.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = ayant_cause is not None
        sans_memoire(self)

    def clean_nom(self) -> str:
        return nom_propre(self.cleaned_data["nom"])

    def clean_prenoms(self) -> str:
        return nom_propre(self.cleaned_data["prenoms"].replace(",", " "))

    def clean_telephone(self) -> str:
        return telephone_propre(self.cleaned_data["telephone"])

    def identite(self) -> dict[str, Any]:
        """The fields of the person, without the version of the form."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version"}


class FormAccords(forms.Form):
    """What someone of the family says for each recipient, on a signed paper."""

    signe_le = ChampDate(
        label="Date de signature", error_messages={"required": "Indiquez la date de signature."}
    )
    preuve = ChampScan(
        label="Papier signé, numérisé",
        required=False,
        help_text="PDF, JPEG ou PNG, 20\u00a0Mo au plus. Un retrait peut être enregistré sans papier.",
    )
    preuve_gardee = forms.CharField(widget=forms.HiddenInput, required=False)

    # What consentements.preuves.recevoir asks of a form: the scan may be missing for a withdrawal only.
    preuve_exigee = False
    fichier: Fichier | None = None
    fichier_nom = ""

    def __init__(
        self, *args: Any, organismes: Iterable[Organisme], mots: dict[int, AccordAyantCause], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organismes = {f"choix_{organisme.code}": organisme for organisme in organismes}
        for nom, organisme in self.organismes.items():
            mot = mots.get(organisme.pk)
            self.fields[nom] = forms.ChoiceField(
                label=organisme.nom, choices=_choix(mot), widget=forms.RadioSelect, required=False, initial=""
            )

    def destinataires(self) -> list[tuple[Organisme, forms.BoundField]]:
        """Each recipient with its radio buttons, for the template."""
        return [(organisme, self[nom]) for nom, organisme in self.organismes.items()]

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        if not self.decisions():
            self.add_error(None, "Indiquez pour au moins un organisme ce que la personne décide.")
        return propres

    def decisions(self) -> dict[int, str]:
        """Organisme id → what she says; a recipient left out does not change."""
        reponses = {o.pk: self.cleaned_data.get(nom) for nom, o in self.organismes.items()}
        return {pk: reponse for pk, reponse in reponses.items() if reponse}


def _choix(mot: AccordAyantCause | None) -> list[tuple[str, str]]:
    accorde = mot is not None and mot.decision == DecisionConsentement.ACCORDE
    suite = [("retire", "Retiré")] if accorde else [("accorde", "Accordé"), ("refuse", "Refusé")]
    return [*suite, ("", "Sans changement")]
