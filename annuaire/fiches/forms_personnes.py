"""Forms of the people: as a keeper enters them, and one's own card."""

from typing import Any

from django import forms

from annuaire import policies
from annuaire.fiches.models import Contact, Service
from annuaire.fiches.telephones import Joignable
from dossierunique.ui.formulaires import ChampDate
from partners.models import Habilitation, Organisme, Utilisateur


class _Absence(Joignable, forms.ModelForm):
    """A period away and who stands in: both dates, in their order."""

    absent_du = ChampDate(label="Absente ou absent du", required=False)
    absent_au = ChampDate(label="au (compris)", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offrir_des_suppleants(self, organisme_id: int) -> None:
        """Any person shown of the organisme, but the one of this card."""
        autres = Contact.objects.filter(
            visible=True, service__visible=True, service__organisme=organisme_id
        ).exclude(pk=self.instance.pk)
        self.fields["suppleant"].queryset = autres.select_related("service")  # type: ignore[attr-defined]
        self.fields["suppleant"].empty_label = "Personne en particulier"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        propres = super().clean() or self.cleaned_data
        du, au = propres.get("absent_du"), propres.get("absent_au")
        if du and not au and "absent_au" not in self.errors:
            self.add_error("absent_au", "Indiquez aussi le dernier jour.")
        if au and not du and "absent_du" not in self.errors:
            self.add_error("absent_du", "Indiquez aussi le premier jour.")
        if du and au and au < du:
            self.add_error("absent_au", "Le dernier jour vient après le premier.")
        if propres.get("suppleant") and not du and "absent_du" not in self.errors:
            self.add_error("absent_du", "Indiquez les dates de l’absence, ou retirez la personne à voir.")
        return propres


class FormContact(_Absence):
    """A person, as her keeper enters her."""

    class Meta:
        model = Contact
        fields = [
            "prenom", "nom", "service", "fonction", "telephone", "portable", "courriel", "note_horaires",
            "utilisateur", "absent_du", "absent_au", "suppleant", "visible", "version",
        ]  # fmt: skip
        labels = {"note_horaires": "Quand la joindre", "suppleant": "En son absence, voir"}
        help_texts = {
            "utilisateur": "La personne tient alors sa fiche elle-même, depuis « Ma fiche ».",
            "note_horaires": "Par exemple : le matin, sauf le mercredi.",
            "visible": "Décochez au départ de la personne : elle n’est plus montrée.",
        }

    def __init__(self, *args: Any, organisme: Organisme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = organisme.services.order_by("tri", "pk")  # type: ignore[attr-defined]
        self.fields["service"].empty_label = "Choisir…"  # type: ignore[attr-defined]
        self.fields["utilisateur"].queryset = comptes_a_relier(organisme, self.instance)  # type: ignore[attr-defined]
        self.fields["utilisateur"].empty_label = "Aucun"  # type: ignore[attr-defined]
        self.offrir_des_suppleants(organisme.pk)


def comptes_a_relier(organisme: Organisme, contact: Contact) -> Any:
    """The accounts that act for the organisme and have no card, and the one that this card has."""
    en_vigueur = Habilitation.objects.en_vigueur().filter(organisme=organisme)
    libres = Utilisateur.objects.filter(pk__in=en_vigueur.values("utilisateur"), fiche_annuaire__isnull=True)
    tenu = Utilisateur.objects.filter(pk=contact.utilisateur_id or 0)
    return Utilisateur.objects.filter(pk__in=libres.values("pk").union(tenu.values("pk"))).order_by(
        "last_name", "first_name", "pk"
    )


class FormMaFiche(_Absence):
    """One's own card: her name and her service are her organisme's to change."""

    class Meta:
        model = Contact
        fields = [
            "fonction", "telephone", "portable", "courriel", "note_horaires", "absent_du", "absent_au", "suppleant",
            "version",
        ]  # fmt: skip
        help_texts = {"note_horaires": "Par exemple : le matin, sauf le mercredi."}

    def __init__(self, *args: Any, organisme_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offrir_des_suppleants(organisme_id)


class FormMaPremiereFiche(FormMaFiche):
    """The same, and the service where one works."""

    service = forms.ModelChoiceField(
        label="Votre service", queryset=Service.objects.none(), empty_label="Choisir…",
        error_messages={"required": "Choisissez votre service."},
    )  # fmt: skip
    field_order = ["service"]

    def __init__(self, *args: Any, habilitation: Habilitation, **kwargs: Any) -> None:
        super().__init__(*args, organisme_id=habilitation.organisme_id, **kwargs)
        services = policies.services_lisibles(None).filter(organisme=habilitation.organisme_id)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
