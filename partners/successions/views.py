"""Merging organismes: the preview that counts, then one act; and how far each has gone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.ui.formulaires import ChampDate, ajouter_refus
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import Profil
from partners.organismes.models import Organisme, TypeOrganisme
from partners.successions import actions
from partners.successions.models import EtatSuccession, Succession


def _possibles() -> QuerySet[Organisme]:
    vivants = Organisme.objects.filter(jusque__isnull=True).exclude(type=TypeOrganisme.CNMSS)
    return vivants.exclude(pk__in=Succession.objects.tenues().values("ancien")).order_by("sigle", "pk")


class _Noms:
    def label_from_instance(self, obj: Organisme) -> str:
        return f"{obj.sigle} – {obj.nom}"


class ChoixOrganismes(_Noms, forms.ModelMultipleChoiceField):
    """Several organismes."""


class ChoixOrganisme(_Noms, forms.ModelChoiceField):
    """One organisme."""


class FormulaireFusion(forms.Form):
    """Which organismes cease, into which one, from which day."""

    anciens = ChoixOrganismes(
        Organisme.objects.none(), label="Organismes qui cessent", widget=forms.CheckboxSelectMultiple
    )
    successeur = ChoixOrganisme(
        Organisme.objects.none(),
        label="Organisme qui leur succède",
        empty_label="Choisissez…",
        help_text="S’il est nouveau, il doit d’abord figurer parmi les organismes.",
    )
    effet_le = ChampDate(
        label="À partir du",
        initial=timezone.localdate,
        help_text="Le dernier jour des anciens est la veille.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("anciens", "successeur"):
            self.fields[nom].queryset = _possibles()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        saisie = super().clean() or {}
        if saisie.get("successeur") in list(saisie.get("anciens") or []):
            self.add_error("successeur", "Un organisme ne se succède pas à lui-même.")
        return saisie


@habilitation_requise(Profil.ADMINISTRATEUR)
def liste(request: HttpRequest) -> HttpResponse:
    """The mergers decided, and their progress."""
    lignes = Succession.objects.select_related(
        "ancien", "successeur", "par__utilisateur", "annulee_par__utilisateur"
    )
    return render(request, "partners/successions/liste.html", {"successions": lignes[:50]})


@habilitation_requise(Profil.ADMINISTRATEUR)
@renfort_requis
def nouvelle(request: HttpRequest) -> HttpResponse:
    """First what would move, in numbers; then, confirmed, the merger."""
    form = FormulaireFusion(request.POST or None)
    apercus = None
    if form.is_valid():
        try:
            if "confirmer" in request.POST:
                return _decider(request, form)
            apercus = _apercus(request, form)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
    contexte = {"form": form, "apercus": apercus, "saisie": getattr(form, "cleaned_data", {})}
    return render(request, "partners/successions/nouvelle.html", contexte)


class FormulaireAnnulation(forms.Form):
    """Why a merger is given up."""

    motif = forms.CharField(label="Motif", max_length=300, help_text="Gardé avec la fusion et au journal.")


@habilitation_requise(Profil.ADMINISTRATEUR)
@renfort_requis
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a merger decided for later, with the reason."""
    succession = get_object_or_404(Succession.objects.select_related("ancien", "successeur"), pk=pk)
    form = FormulaireAnnulation(request.POST or None)
    if form.is_valid():
        try:
            actions.annuler(request.habilitation, succession, **form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(request, f"La fusion est annulée : {succession.ancien} continue.")
            return redirect("administration:fusions")
    contexte = {"form": form, "succession": succession, "possible": succession.etat == EtatSuccession.PREVUE}
    return render(request, "partners/successions/annuler.html", contexte)


def _apercus(request: HttpRequest, form: FormulaireFusion) -> list[actions.Apercu]:
    successeur, effet_le = form.cleaned_data["successeur"], form.cleaned_data["effet_le"]
    anciens = form.cleaned_data["anciens"]
    return [actions.apercu(request.habilitation, o, successeur, effet_le) for o in anciens]


def _decider(request: HttpRequest, form: FormulaireFusion) -> HttpResponse:
    actions.decider(request.habilitation, **form.cleaned_data)
    messages.success(request, "Fusion décidée : vous serez prévenu quand tout sera repris.")
    return redirect("administration:fusions")
