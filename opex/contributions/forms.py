"""Saying what a partner gives: an aid, its correction, its cancellation; and the kinds that it may be of."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from dossiers.demandes.champs import ChampEuros
from dossiers.textes import jour
from dossierunique.ui.formulaires import ChampDate
from opex.contributions.actions import Saisie
from opex.contributions.models import (
    TRANSITIONS,
    ContributionOpex,
    EtatContributionOpex,
    Forme,
    GenreContribution,
    PeriodiciteOpex,
)

E = EtatContributionOpex
CHOIX_MANQUANT = "Choisissez une réponse."


class ChampGenre(forms.ModelChoiceField):
    """A kind, with how it is given."""

    def label_from_instance(self, obj: GenreContribution) -> str:
        precision = (
            " – périodique" if obj.forme == Forme.RENTE else " – à rembourser" * (obj.forme == Forme.PRET)
        )
        return f"{obj.nom}{precision}"


class ChampBlessure(forms.ModelChoiceField):
    """A wound, told by its day and its theatre."""

    def label_from_instance(self, obj: Any) -> str:
        return f"Blessure du {jour(obj.survenue_le)}, {obj.theatre}"


class FormAide(forms.Form):
    """One aid. `auteur` is what the page knows: kinds, wounds, family and papers that may be chosen."""

    genre = ChampGenre(
        label="Genre d’aide", queryset=GenreContribution.objects.none(), empty_label="Choisissez…",
        error_messages={"required": "Choisissez le genre de l’aide."},
    )  # fmt: skip
    libelle = forms.CharField(
        label="Objet", required=False, max_length=160,
        help_text="Ce qu’elle paie ou permet, sans élément médical.",
    )  # fmt: skip
    beneficiaire: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Versée à", queryset=None, required=False, empty_label="La personne elle-même"
    )
    blessure = ChampBlessure(
        label="À la suite de", queryset=None, required=False, empty_label="Sans la rattacher à une blessure"
    )
    etat = forms.ChoiceField(
        label="Où en est-elle ?", widget=forms.RadioSelect, error_messages={"required": CHOIX_MANQUANT}
    )
    montant = ChampEuros(
        label="Montant", help_text="De chaque versement si elle est périodique ; rien pour une aide en nature.",
        error_messages={"required": "Indiquez le montant."},
    )  # fmt: skip
    periodicite = forms.ChoiceField(
        label="Rythme", choices=[(p.value, p.label.capitalize()) for p in PeriodiciteOpex],
        error_messages={"required": "Choisissez le rythme des versements."},
    )  # fmt: skip
    debut = ChampDate(
        label="Date", help_text="Du versement ou de la décision ; du premier versement si elle est périodique.",
        error_messages={"required": "Indiquez la date."},
    )  # fmt: skip
    fin = ChampDate(
        label="Dernier versement", required=False,
        help_text="D’une aide périodique seulement ; laissez vide s’il n’est pas connu.",
    )  # fmt: skip
    taux = forms.DecimalField(
        label="Taux", required=False, max_digits=5, decimal_places=2, localize=True,
        help_text="Des genres qui en portent un, comme une pension d’invalidité.",
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"}),
        error_messages={"invalid": "Écrivez un nombre, par exemple 30 ou 12,5."},
    )  # fmt: skip
    commentaire = forms.CharField(
        label="Commentaire partagé", required=False, max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text="Lu par tous ceux qui voient les aides du dossier, sans élément médical.",
    )  # fmt: skip

    def __init__(self, *args: Any, auteur: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces: dict[str, Any] = {}
        self.fields["etat"].choices = [(e.value, e.label.capitalize()) for e in auteur.etats]  # type: ignore[attr-defined]
        for nom, lignes in (("genre", auteur.genres), ("blessure", auteur.blessures)):
            self.fields[nom].queryset = lignes  # type: ignore[attr-defined]
        if auteur.famille is None:
            del self.fields["beneficiaire"]
        else:
            self.fields["beneficiaire"].queryset = auteur.famille  # type: ignore[attr-defined]
        if not auteur.blessures.exists():
            del self.fields["blessure"]
        if auteur.pieces:
            self._proposer_pieces(auteur.pieces)
        if self.is_bound:
            en_nature = auteur.genres.filter(forme=Forme.NATURE).values_list("pk", flat=True)
            self.fields["montant"].required = self.data.get("genre") not in {str(cle) for cle in en_nature}

    def _proposer_pieces(self, pieces: list[Any]) -> None:
        self.pieces = {str(piece.pk): piece for piece in pieces}
        self.fields["pieces"] = forms.MultipleChoiceField(
            label="Pièces du dossier qui s’y rapportent", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[
                (cle, f"{piece.type.nom}, déposée le {jour(piece.depose_le)}")
                for cle, piece in self.pieces.items()
            ],
        )  # fmt: skip

    def saisie(self) -> Saisie:
        """What was said, for the action."""
        lu = self.cleaned_data
        return Saisie(
            genre=lu["genre"],
            etat=lu["etat"],
            montant=lu["montant"] or Decimal(0),
            periodicite=lu["periodicite"],
            debut=lu["debut"],
            fin=lu["fin"],
            taux=lu["taux"],
            libelle=lu["libelle"],
            commentaire=lu["commentaire"],
            blessure=lu.get("blessure"),
            beneficiaire=lu.get("beneficiaire"),
            pieces=tuple(self.pieces[cle] for cle in lu.get("pieces", [])),
        )


class FormCorrection(FormAide):
    """The same, from what is recorded, with the reason of the correction."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    motif = forms.CharField(
        label="Pourquoi corriger ?", max_length=200, help_text="Gardé avec l’ancienne version.",
        error_messages={"required": "Dites pourquoi : le motif reste avec l’ancienne version."},
    )  # fmt: skip

    def __init__(self, *args: Any, auteur: Any, aide: ContributionOpex, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _valeurs(aide))
        super().__init__(*args, auteur=auteur, **kwargs)


def _valeurs(aide: ContributionOpex) -> dict[str, Any]:
    champs = ("version", "etat", "libelle", "periodicite", "debut", "fin", "taux", "commentaire")
    return {
        **{champ: getattr(aide, champ) for champ in champs},
        "genre": aide.genre_id,
        "blessure": aide.blessure_id,
        "montant": aide.montant or None,
        "pieces": [str(piece.pk) for piece in aide.pieces.all()],
    }


def etats_possibles(aide: ContributionOpex | None) -> list[EtatContributionOpex]:
    """The states offered: all of them at first, then the one it is in and those that the table allows."""
    offerts = set(E) - {E.ANNULEE}
    return [e for e in E if e in offerts and (aide is None or e == aide.etat or e in TRANSITIONS[aide.etat])]


def genres_offerts(organisme: Any, aide: ContributionOpex | None = None) -> Any:
    """The kinds that an aid of this organisme may be of: those proposed, and the one that it has."""
    garde = Q(actif=True) | Q(pk=aide.genre_id) if aide else Q(actif=True)
    return organisme.genres_opex.filter(garde).order_by("ordre", "pk")


class FormAnnulation(forms.Form):
    """Why an aid is cancelled."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    motif = forms.CharField(
        label="Motif de l’annulation", max_length=200,
        help_text="Une erreur de personne, une aide refusée par le bénéficiaire, par exemple.",
        error_messages={"required": "Dites pourquoi cette aide est annulée."},
    )  # fmt: skip


class FormGenre(forms.Form):
    """One kind of aid of an organisme."""

    nom = forms.CharField(
        label="Nom", max_length=120, error_messages={"required": "Donnez un nom à ce genre d’aide."}
    )
    forme = forms.ChoiceField(
        label="Comment est-elle donnée ?", widget=forms.RadioSelect,
        choices=[(f.value, f.label.capitalize()) for f in Forme], error_messages={"required": CHOIX_MANQUANT},
        help_text="C’est ce qui dit comment elle compte dans les totaux.",
    )  # fmt: skip
    avec_taux = forms.BooleanField(label="Porte un taux, comme une pension d’invalidité", required=False)


class FormGenreModifie(FormGenre):
    """The same, with its place in the list."""

    ordre = forms.IntegerField(
        label="Rang dans la liste", min_value=0, max_value=999,
        error_messages={"required": "Indiquez un rang.", "invalid": "Écrivez un nombre entier."},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
