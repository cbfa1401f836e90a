"""Rows of a form that are added, taken away and moved by plain posts: nothing typed is lost on the way."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from dossiers.assures.models import Assure, Statut
from opex.imprimes.forms import LOTS, assureurs
from opex.imprimes.models import Imprime, StatutOpex

MAX = 20
GESTES = ("ajouter", "retirer", "monter")
Ensembles = dict[str, BaseFormSet]
Brut = dict[str, list[dict[str, Any]]]


class _Ensemble(BaseFormSet):
    def initial_form_count(self) -> int:
        """A row that came with the page may be emptied as well as an added one."""
        return 0 if self.is_bound else super().initial_form_count()

    def lignes(self) -> list[dict[str, Any]]:
        """The rows that were filled, for the action."""
        return [ligne.cleaned_data for ligne in self.forms if ligne.has_changed()]


def _construire(lot: str, *args: Any, extra: int = 0, **k: Any) -> BaseFormSet:
    fabrique = formset_factory(
        LOTS[lot], formset=_Ensemble, extra=extra, max_num=MAX, absolute_max=MAX, validate_max=True
    )
    # Read once for all the rows.
    propres = {"organismes": list(assureurs())} if lot == "contrats" else {}
    return fabrique(*args, prefix=lot, form_kwargs=propres, **k)


def vides(initiales: Mapping[str, Iterable[dict[str, Any]]]) -> Ensembles:
    """The rows to show: those of the previous version, and one blank person to warn when there is none."""
    ensembles = {}
    for lot in LOTS:
        lignes = list(initiales.get(lot, []))
        extra = int(lot == "a_prevenir" and not lignes)
        ensembles[lot] = _construire(lot, extra=extra, initial=lignes)
    return ensembles


def recues(donnees: Any) -> Ensembles:
    """The rows as they were sent, to be checked."""
    return {lot: _construire(lot, donnees) for lot in LOTS}


def geste_demande(donnees: Mapping[str, Any]) -> tuple[str, str, int] | None:
    """What a button of the rows asks: the gesture, the lot, the row; None when the form is to be saved."""
    for geste in GESTES:
        lot, _, rang = str(donnees.get(geste, "")).partition(":")
        if lot in LOTS and (rang.isdecimal() or geste == "ajouter"):
            return geste, lot, int(rang or 0)
    return None


def lire_brut(donnees: Mapping[str, Any]) -> Brut:
    """The rows as they were typed, whether right or wrong."""
    brut: Brut = {}
    for lot, formulaire in LOTS.items():
        nombre = str(donnees.get(f"{lot}-TOTAL_FORMS", "0"))
        total = min(int(nombre), MAX) if nombre.isdecimal() else 0
        noms = formulaire.base_fields
        brut[lot] = [{nom: donnees.get(f"{lot}-{rang}-{nom}", "") for nom in noms} for rang in range(total)]
    return brut


def appliquer(brut: Brut, geste: str, lot: str, rang: int) -> Brut:
    """The rows once the button has done its work."""
    lignes = brut[lot]
    if geste == "ajouter" and len(lignes) < MAX:
        lignes.append({})
    elif geste == "retirer" and rang < len(lignes):
        del lignes[rang]
    elif geste == "monter" and 0 < rang < len(lignes):
        lignes[rang - 1], lignes[rang] = lignes[rang], lignes[rang - 1]
    return brut


def ensembles_tapes(brut: Brut) -> Ensembles:
    """Every lot as it was typed, without judging it."""
    return {lot: _construire(lot, initial=lignes) for lot, lignes in brut.items()}


def depuis_la_personne(assure: Assure) -> dict[str, Any]:
    """What a first version starts from: what is known of the person."""
    connus = {nom: getattr(assure, nom) for nom in ("grade", "matricule", "adresse", "telephone", "courriel")}
    statut = StatutOpex.CIVIL if assure.statut == Statut.CIVIL else StatutOpex.MILITAIRE
    return connus | {"statut": statut}


def lignes_de(imprime: Imprime | None) -> Brut:
    """The rows of a version, as initial values of the next one."""
    if imprime is None:
        return {lot: [] for lot in LOTS}
    return {
        lot: [_valeurs(ligne, formulaire) for ligne in getattr(imprime, lot).all()]
        for lot, formulaire in LOTS.items()
    }


def _valeurs(ligne: Any, formulaire: type[forms.Form]) -> dict[str, Any]:
    valeurs = {nom: getattr(ligne, nom) for nom in formulaire.base_fields}
    if organisme := valeurs.get("organisme"):
        # One that has ceased is not proposed any more: its name stays.
        ecrit = (
            {"organisme": organisme.pk}
            if organisme.jusque is None
            else {"organisme": "", "nom": organisme.nom}
        )
        valeurs |= ecrit
    return valeurs
