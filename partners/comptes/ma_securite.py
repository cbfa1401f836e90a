"""« Ma sécurité »: everything that protects my account, my sessions, and what was done with it."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.ui.formats import pluriel
from partners.comptes import renfort, sessions
from partners.comptes.actions import reference
from partners.comptes.models import IdentiteFederee, SessionOuverte

LIGNES_D_HISTOIRE = 15


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Second factors, recovery codes, password, ProConnect, sessions, history."""
    facteurs = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at"))
    contexte = {
        "totp": _du_type(facteurs, Authenticator.Type.TOTP),
        "cles": _du_type(facteurs, Authenticator.Type.WEBAUTHN),
        "secours": next(iter(_du_type(facteurs, Authenticator.Type.RECOVERY_CODES)), None),
        "sessions": sessions.vivantes(request.user)[:50],
        "ma_session": request.session.get(sessions.LIGNE),
        "identite": _identite(request),
        "proconnect": settings.OIDC_ACTIF,
        "histoire": _histoire(request),
        "renfort_minutes": settings.RENFORT_MINUTES,
        "renfort_frais": renfort.est_frais(request),
    }
    reponse = render(request, "mfa/index.html", contexte)
    reponse["Cache-Control"] = "private, no-store"
    return reponse


@login_required
@require_POST
def terminer(request: HttpRequest) -> HttpResponse:
    """End one of my sessions, or all the others."""
    if request.POST.get("session") == "autres":
        nombre = sessions.terminer_les_autres(request, "fermées à distance")
        messages.success(request, f"{pluriel(nombre, 'session fermée,sessions fermées')}.")
        return redirect("mfa_index")
    mienne = _ma_session(request)
    sessions.terminer(request.user, [mienne], "fermée à distance")
    messages.success(request, "La session est fermée : le poste concerné devra se reconnecter.")
    return redirect("mfa_index")


def _ma_session(request: HttpRequest) -> SessionOuverte:
    numero = request.POST.get("session", "")
    choisie = SessionOuverte.objects.filter(
        utilisateur_id=request.user.pk, pk=int(numero) if numero.isdecimal() else 0
    )
    trouvee = choisie.exclude(pk=request.session.get(sessions.LIGNE)).first()
    if trouvee is None:
        raise Http404
    return trouvee


def _du_type(facteurs: list[Authenticator], genre: str) -> list:
    return [facteur.wrap() for facteur in facteurs if facteur.type == genre]


def _identite(request: HttpRequest) -> IdentiteFederee | None:
    return IdentiteFederee.objects.filter(
        utilisateur_id=request.user.pk, emetteur=settings.OIDC_EMETTEUR
    ).first()


def _histoire(request: HttpRequest):
    propres = Q(action__in=[Acte.CONNEXION, Acte.DECONNEXION]) | Q(action=Acte.REFUS, objet="connexion")
    propres |= Q(action=Acte.MODIFIER, objet=reference(request.user))
    lignes = LigneJournal.objects.filter(propres, utilisateur_id=request.user.pk)
    return lignes.order_by("-quand", "-id")[:LIGNES_D_HISTOIRE]
