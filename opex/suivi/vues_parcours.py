"""Pages of the follow-up: its steps, who holds it, leaving the service, the death."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.consentements.actions import destinataires
from dossiers.partages.profils import Droit
from opex.suivi import echeances, parcours, relais
from opex.suivi.forms import FormEcheance
from opex.suivi.formulaires import FormDeces, FormRadiation, FormReferent, FormRelais
from opex.suivi.models import Echeance
from opex.suivi.vues import bouton, dossier_pour, du_dossier, saisie
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.organismes.models import Programme

PERSONNE = (
    "Personne ne peut être choisi aujourd’hui : il faut une habilitation en vigueur dans un organisme qui lit ce "
    "dossier. Pour changer d’organisme, passez le relais."
)


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def echeance(request: HttpRequest, numero: str) -> HttpResponse:
    """Write a next step."""
    dossier, _ = dossier_pour(request, numero, Droit.SUIVRE)
    form = FormEcheance(request.POST or None)
    return saisie(
        request, dossier, form,
        lambda: echeances.ajouter_echeance(request.habilitation, dossier, **form.cleaned_data),
        titre="Ajouter une étape",
        bouton="Ajouter l’étape",
        succes="L’étape est inscrite ; un rappel part avant sa date.",
    )  # fmt: skip


@require_POST
@habilitation_requise()
def changer_echeance(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """A step is done, has no object, or is to be done after all."""
    dossier, _ = dossier_pour(request, numero, Droit.SUIVRE)
    echeance = du_dossier(Echeance, dossier, pk=pk)
    vers = request.POST.get("vers", "")
    return bouton(
        request,
        dossier,
        lambda version: echeances.changer_echeance(request.habilitation, echeance, vers, version),
        "L’étape est à jour.",
    )


@require_POST
@habilitation_requise()
def etape(request: HttpRequest, numero: str) -> HttpResponse:
    """Followed, or at rest."""
    dossier, _ = dossier_pour(request, numero, Droit.SUIVRE)
    vers = request.POST.get("vers", "")
    return bouton(
        request,
        dossier,
        lambda version: parcours.changer_etape(request.habilitation, dossier, vers, version),
        "L’étape du suivi est à jour.",
    )


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def referent(request: HttpRequest, numero: str) -> HttpResponse:
    """Choose who follows the person."""
    dossier, regard = dossier_pour(request, numero, Droit.SUIVRE)
    possibles = relais.referents_possibles(regard, dossier, dossier.suivi)
    form = FormReferent(request.POST or None, suivi=dossier.suivi, possibles=possibles)
    return saisie(
        request, dossier, form,
        lambda: relais.choisir_referent(request.habilitation, dossier, **form.cleaned_data),
        titre="Choisir le référent",
        bouton="Confier le suivi",
        succes="Le suivi est confié ; la personne choisie est prévenue.",
        vide="" if possibles else PERSONNE,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def passer_relais(request: HttpRequest, numero: str) -> HttpResponse:
    """Hand the person over to another organisme."""
    dossier, _ = dossier_pour(request, numero, Droit.PASSER_RELAIS)
    possibles = [o for o in destinataires(Programme.OPEX) if o.pk != dossier.suivi.porteur_id]
    form = FormRelais(request.POST or None, suivi=dossier.suivi, organismes=possibles)
    return saisie(
        request, dossier, form,
        lambda: relais.passer_relais(request.habilitation, dossier, **form.cleaned_data),
        titre="Passer le relais",
        bouton="Passer le relais",
        succes="Le relais est passé. Le dossier garde son numéro, son histoire et ses étapes à faire.",
        note="L’organisme choisi doit déjà lire le dossier : si la personne ne l’a pas encore accepté, enregistrez "
        "d’abord son consentement. Le référent se choisit ensuite.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def radiation(request: HttpRequest, numero: str) -> HttpResponse:
    """The person left the service without a wound."""
    dossier, _ = dossier_pour(request, numero, Droit.SAISIR_IMPRIME)
    form = FormRadiation(request.POST or None, suivi=dossier.suivi)
    return saisie(
        request, dossier, form,
        lambda: parcours.radier(request.habilitation, dossier, **form.cleaned_data),
        titre="Départ du service",
        bouton="Enregistrer le départ",
        succes="Le départ est enregistré. Le dossier reste endormi, sous le même numéro.",
        note="À n’enregistrer que si la personne n’a jamais été blessée. Après une blessure, un relais se passe.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@habilitation_requise()
@renfort_requis
def deces(request: HttpRequest, numero: str) -> HttpResponse:
    """The person died: the family part opens."""
    dossier, _ = dossier_pour(request, numero, Droit.SIGNALER_BLESSURE)
    if request.method != "POST" and dossier.suivi.decede_le:
        return redirect("suivi:page", numero)
    form = FormDeces(request.POST or None, suivi=dossier.suivi)
    return saisie(
        request, dossier, form,
        lambda: parcours.declarer_deces(
            request.habilitation, dossier,
            **{nom: form.cleaned_data[nom] for nom in ("le", "confirmation", "version")},
        ),
        titre="Déclarer un décès",
        bouton="Enregistrer le décès",
        succes="Le décès est enregistré. La part de la famille est ouverte.",
        danger=True,
        note="Rien n’est effacé. Chaque membre de la famille dit ensuite, pour lui-même, quel organisme peut lire ce "
        "qui le concerne.",
    )  # fmt: skip
