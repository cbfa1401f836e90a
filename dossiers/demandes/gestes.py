"""The CNMSS's gestures on a demande: asking for papers, declaring it complete, taking it, ending it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.demandes import actions
from dossiers.demandes.corbeilles import corbeille
from dossiers.demandes.etats import TRANSITIONS, EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.pieces import attentes
from dossiers.justificatifs.models import TypePiece
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier, demande_visible, executer, tenter, version_lue
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.formulaires import ChampDate
from partners.habilitations.acces import habilitation_requise

DELAI_PIECES = timedelta(days=15)
FINS = {
    "sans_suite": "sans suite (les pièces ne sont jamais venues, la situation a changé)",
    "irrecevable": "irrecevable (la personne ou l’aide ne relève pas de la CNMSS)",
    "reorientee": "réorientée vers un autre organisme",
    "annulee": "annulée par le demandeur",
}


class FormPieces(forms.Form):
    """Which papers are asked for, each with a word, and until when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    echeance = ChampDate(label="À fournir avant le", help_text="Le délai de réponse est suspendu jusque-là.")

    def __init__(self, *args: Any, demande: Demande, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"version": demande.version, "echeance": timezone.localdate() + DELAI_PIECES}
        )
        super().__init__(*args, **kwargs)
        connues = {attente.type.pk: attente for attente in attentes(demande)}
        self.types = sorted(TypePiece.objects.all(), key=lambda t: (t.pk not in connues, t.ordre))
        self.nombre_connues = len(connues)
        for type_piece in self.types:
            attente = connues.get(type_piece.pk)
            self.fields[f"piece_{type_piece.pk}"] = forms.BooleanField(
                label=type_piece.nom,
                required=False,
                initial=bool(attente and attente.manque and not attente.demandee),
                disabled=bool(attente and attente.demandee),
                help_text=self._precision(attente),
            )
            self.fields[f"mot_{type_piece.pk}"] = forms.CharField(
                label=f"Précision pour «\u00a0{type_piece.nom}\u00a0»",
                required=False,
                max_length=300,
                widget=forms.TextInput({"placeholder": "Une précision, par exemple\u00a0: recto et verso"}),
            )

    @staticmethod
    def _precision(attente: Any) -> str:
        if attente is None:
            return ""
        if attente.demandee:
            return "déjà demandée"
        if attente.fournie:
            return "déjà fournie"
        if attente.deposees:
            return "rejetée"
        return "manque" if attente.obligatoire else "utile selon la situation"

    @property
    def lignes(self) -> list[dict[str, Any]]:
        """The boxes with their words, in the order of the page: first what this aid asks for."""
        return [
            {
                "case": self[f"piece_{t.pk}"],
                "mot": self[f"mot_{t.pk}"],
                "type": t,
                "premiere_autre": rang == self.nombre_connues,
            }
            for rang, t in enumerate(self.types)
        ]

    def choisies(self) -> list[tuple[TypePiece, str]]:
        """The kinds asked for, with what to say of each."""
        return [
            (t, self.cleaned_data[f"mot_{t.pk}"])
            for t in self.types
            if self.cleaned_data[f"piece_{t.pk}"] and not self.fields[f"piece_{t.pk}"].disabled
        ]


class FormClassement(forms.Form):
    """How a demande ends without a decision, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    fin = forms.ChoiceField(
        label="La demande est",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez comment la demande se termine."},
    )
    motif = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Lu par la CNMSS et par les partenaires qui voient le dossier, sans élément médical.",
        error_messages={"required": "Indiquez le motif."},
    )

    def __init__(self, *args: Any, demande: Demande, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fin"].choices = [  # type: ignore[attr-defined]
            (code, libelle) for code, libelle in FINS.items() if code in TRANSITIONS[demande.etat]
        ]


def _contexte(request: HttpRequest, demande: Demande, **contexte: Any) -> dict[str, Any]:
    return {
        **contexte_dossier(request.habilitation, demande.dossier, "demandes"),
        "demande": demande,
        **contexte,
    }


def _consulter(request: HttpRequest, demande: Demande, page: str) -> None:
    journaliser(
        request.habilitation,
        Acte.CONSULTER,
        demande.dossier.numero,
        details={"page": page, "demande": demande.numero},
    )


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def demander_pieces(request: HttpRequest, numero: str) -> HttpResponse:
    """Ask for what is missing, until a date."""
    demande = demande_visible(request.habilitation, numero)
    exiger(request.habilitation, Droit.INSTRUIRE, demande.dossier)
    form = FormPieces(request.POST or None, demande=demande)
    if form.is_valid():
        demandees = tenter(
            form,
            lambda: actions.demander_pieces(
                request.habilitation,
                demande,
                form.choisies(),
                form.cleaned_data["echeance"],
                form.cleaned_data["version"],
            ),
        )
        if demandees is not None:
            messages.success(request, "La demande de pièces est envoyée, le correspondant est prévenu.")
            return redirect("demandes:detail", numero)
    _consulter(request, demande, "demander_pieces")
    return render(request, "dossiers/demandes/demander_pieces.html", _contexte(request, demande, form=form))


@require_POST
@habilitation_requise()
def declarer_complete(request: HttpRequest, numero: str) -> HttpResponse:
    """Every required paper is there and checked."""
    demande = demande_visible(request.habilitation, numero)
    return executer(
        request,
        lambda: actions.declarer_complete(request.habilitation, demande, version_lue(request)),
        "La demande est complète : le délai de réponse court.",
        "demandes:detail",
        numero,
    )


@require_POST
@habilitation_requise()
def prendre(request: HttpRequest, numero: str) -> HttpResponse:
    """Take the demande in one's own basket."""
    demande = demande_visible(request.habilitation, numero)
    return executer(
        request,
        lambda: actions.prendre_en_instruction(request.habilitation, demande, version_lue(request)),
        "Vous instruisez cette demande.",
        "demandes:detail",
        numero,
    )


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def classer(request: HttpRequest, numero: str) -> HttpResponse:
    """End the demande without a decision: it cannot be undone, so that it is asked twice."""
    demande = demande_visible(request.habilitation, numero)
    exiger(request.habilitation, Droit.INSTRUIRE, demande.dossier)
    form = FormClassement(request.POST or None, demande=demande, initial={"version": demande.version})
    a_confirmer = False
    if form.is_valid():
        propres = form.cleaned_data
        if "confirmer" in request.POST:
            classee = tenter(
                form,
                lambda: actions.classer(
                    request.habilitation, demande, propres["fin"], propres["motif"], propres["version"]
                ),
            )
            if classee is not None:
                messages.success(request, f"La demande est classée : {classee.get_etat_display()}.")
                return redirect("demandes:detail", numero)
        else:
            a_confirmer = "corriger" not in request.POST
    _consulter(request, demande, "classer")
    contexte = _contexte(request, demande, form=form, a_confirmer=a_confirmer)
    if a_confirmer:
        contexte["fin"] = EtatDemande(form.cleaned_data["fin"]).label
    return render(request, "dossiers/demandes/classer.html", contexte)


urlpatterns = [
    path("demandes/", corbeille, name="corbeille"),
    path("demandes/<str:numero>/demander-pieces/", demander_pieces, name="demander_pieces"),
    path("demandes/<str:numero>/declarer-complete/", declarer_complete, name="declarer_complete"),
    path("demandes/<str:numero>/prendre/", prendre, name="prendre"),
    path("demandes/<str:numero>/classer/", classer, name="classer"),
]
