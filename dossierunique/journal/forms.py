"""What the data protection officer may ask of the journal."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.securite.nir import saisie_suspecte

PERIODE = timedelta(days=30)
AGENTS_MAX = 50


def sans_nir(saisie: str) -> None:
    """Refuse what may be a NIR: typed here by mistake, it must not reach the journal of the journal."""
    if saisie_suspecte(saisie):
        raise ValidationError("Un nom, un identifiant ou un numéro de dossier, jamais un NIR.")


class FiltreJournal(forms.Form):
    """By dossier, person, act and period; thirty days by default, so that a search stays short."""

    duree = PERIODE
    que_des_criteres = True
    numero = forms.CharField(
        label="Numéro de dossier",
        required=False,
        max_length=40,
        validators=[
            RegexValidator(r"^[A-Za-z][\w-]*$", "Un numéro de dossier commence par des lettres : DU-2026-…"),
            sans_nir,
        ],
    )
    agent = forms.CharField(
        label="Nom ou identifiant de l’agent",
        required=False,
        max_length=100,
        validators=[
            RegexValidator(r"(\d\W*){9}", "Un nom ou un identifiant, pas un numéro.", inverse_match=True),
            sans_nir,
        ],
    )
    acte = forms.ChoiceField(label="Acte", required=False, choices=[("", "tous"), *Acte.choices])
    du = forms.DateField(
        label="Du", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    au = forms.DateField(
        label="Au", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, demande: QueryDict) -> None:
        demande, aujourd_hui = demande.copy(), timezone.localdate()
        # What is not asked is shown as it is applied.
        demande["au"] = demande.get("au") or aujourd_hui.isoformat()
        demande["du"] = demande.get("du") or (aujourd_hui - self.duree).isoformat()
        super().__init__(demande)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("du") and donnees.get("au") and donnees["du"] > donnees["au"]:
            self.add_error("du", "La période commence après sa fin.")
        return donnees

    def periode(self) -> QuerySet[LigneJournal]:
        """The rows of the period asked for; only on a valid form."""
        d = self.cleaned_data
        return LigneJournal.objects.filter(
            quand__gte=_minuit(d["du"]), quand__lt=_minuit(d["au"] + timedelta(days=1))
        )

    def lignes(self) -> QuerySet[LigneJournal]:
        """The rows asked for; only on a valid form."""
        d, lignes = self.cleaned_data, self.periode()
        if d["numero"]:
            lignes = lignes.filter(objet=d["numero"].strip().upper())
        if d["agent"]:
            lignes = lignes.filter(utilisateur_id__in=comptes(d["agent"].strip()))
        if d["acte"]:
            lignes = lignes.filter(action=d["acte"])
        return lignes

    def resume(self) -> dict[str, str]:
        """What was asked, for the journal of the journal."""
        return {nom: str(valeur) for nom, valeur in self.cleaned_data.items() if valeur}


def comptes(texte: str) -> list[int]:
    """Accounts whose name or identifier holds every word of the text: the index is on their number."""
    requete = Q()
    for mot in texte.split():
        requete &= Q(last_name__icontains=mot) | Q(first_name__icontains=mot) | Q(username__icontains=mot)
    utilisateurs = get_user_model()._default_manager.filter(requete).order_by("pk")
    return list(utilisateurs.values_list("pk", flat=True)[:AGENTS_MAX])


def _minuit(jour: Any) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time.min))
