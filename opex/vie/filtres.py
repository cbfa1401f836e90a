"""What the life of a dossier is narrowed to: one partner's aids, one kind of fact, a period. Kept in the address."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from dossiers.echanges.models import Evenement, Genre
from dossierunique.ui.formulaires import ChampDate

AIDES = (Genre.AIDE, Genre.AIDE_CORRIGEE)
G = Genre
# code → words, then the genres; every genre is in one of them.
FAMILLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "blessures": ("Blessures", (G.BLESSURE, G.BLESSURE_COMPLETEE, G.RECONNAISSANCE)),
    "evolutions": ("Séjours et évolutions", (G.EVOLUTION,)),
    "dapias": ("DAPIAS", (G.DAPIAS,)),
    "aides": ("Aides reçues", AIDES),
    "demandes": (
        "Demandes",
        (
            G.DEMANDE_SOUMISE, G.DEMANDE_COMPLETE, G.DEMANDE_INSTRUITE, G.DEMANDE_CLASSEE, G.AVIS_DEMANDE,
            G.AVIS_RENDU, G.CONTRIBUTION, G.DECISION, G.NOTIFICATION, G.RELEVE,
        ),
    ),
    "pieces": ("Pièces", (G.PIECE_DEPOSEE, G.PIECE_VALIDEE, G.PIECE_REJETEE, G.PIECES_DEMANDEES)),
    "suivi": ("Suivi et relais", (G.SUIVI, G.RELAIS)),
    "deces": ("Décès et ayants cause", (G.DECES, G.AYANT_CAUSE)),
    "imprimes": ("Imprimés d’identification", (G.IMPRIME,)),
    "partage": (
        "Ouverture et consentement",
        (
            G.DOSSIER_OUVERT, G.CONSENTEMENT, G.RETRAIT, G.PREUVE_CONFIRMEE, G.PREUVE_REJETEE, G.PARTAGE_SUSPENDU,
            G.SUCCESSION,
        ),
    ),
}  # fmt: skip


class FiltreVie(forms.Form):
    """The criteria of the page; what makes no sense is said, and narrows nothing."""

    que_des_criteres = True

    partenaire = forms.ChoiceField(label="Aides de", required=False)
    fait = forms.ChoiceField(label="Faits", required=False)
    du = ChampDate(label="Du", required=False)
    au = ChampDate(label="Au", required=False)
    # Since when it was told, for « depuis votre dernière visite ».
    depuis = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, genres: Iterable[str], partenaires: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.genres = set(genres)
        choix = list(partenaires)
        self.fields["partenaire"].choices = [("", "tous"), *choix]
        familles = [
            (code, nom) for code, (nom, contenus) in FAMILLES.items() if self.genres.intersection(contenus)
        ]
        self.fields["fait"].choices = [("", "tous"), *familles]
        if not choix:
            del self.fields["partenaire"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("du") and donnees.get("au") and donnees["du"] > donnees["au"]:
            self.add_error("au", ValidationError("La fin de la période vient avant son début."))
        return donnees

    @property
    def retenus(self) -> dict[str, Any]:
        """The criteria that hold."""
        self.is_valid()
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}

    @property
    def depuis_retenu(self) -> datetime | None:
        """The moment after which it was told, when the page is narrowed to it."""
        return self.retenus.get("depuis")

    def appliquer(self, evenements: QuerySet[Evenement]) -> QuerySet[Evenement]:
        """The events that are asked for, among those of the genres that may be read."""
        choix, genres = self.retenus, self.genres
        if "fait" in choix:
            genres = genres.intersection(FAMILLES[choix["fait"]][1])
        if "partenaire" in choix:
            genres = genres.intersection(AIDES)
            evenements = evenements.filter(organisme__code=choix["partenaire"])
        bornes = {"du": "jour__gte", "au": "jour__lte", "depuis": "quand__gt"}
        limites = {champ: choix[nom] for nom, champ in bornes.items() if nom in choix}
        return evenements.filter(genre__in=sorted(genres), **limites)
