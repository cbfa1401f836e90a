"""Addresses of the accounts that are ours; they come before allauth's own, which they partly replace."""

from django.urls import include, path

from partners.comptes import brouillons_vues, ma_securite, views
from partners.comptes.federation import views as federation

# Pages of allauth that the portal does not open: accounts and addresses are the administrators' business.
FERMEES = ("signup/", "email/", "confirm-email/", "password/set/")

_federation = [
    path("", federation.partir, name="partir"),
    path("retour/", federation.retour, name="retour"),
    path("rattacher/", federation.rattacher, name="rattacher"),
    path("confirmer/", federation.confirmer, name="confirmer"),
    path("detacher/", federation.detacher, name="detacher"),
]
_brouillons = [
    path("", brouillons_vues.garder, name="garder"),
    path("page/", brouillons_vues.retrouver, name="retrouver"),
    path("<uuid:reference>/reprendre/", brouillons_vues.reprendre, name="reprendre"),
    path("<uuid:reference>/effacer/", brouillons_vues.effacer, name="effacer"),
]

urlpatterns = [
    *(path(f"compte/{chemin}", views.introuvable) for chemin in FERMEES),
    path("compte/login/", views.connexion, name="account_login"),
    path("compte/logout/", views.deconnexion, name="account_logout"),
    path("compte/2fa/", ma_securite.index, name="mfa_index"),
    path("compte/sessions/", ma_securite.terminer, name="sessions_terminer"),
    path("compte/proconnect/", include((_federation, "federation"))),
    path("brouillons/", include((_brouillons, "brouillons"))),
    path("demo/connexion/<slug:identifiant>/", views.demo_connexion, name="demo_connexion"),
    path("session/prolonger/", views.prolonger_session, name="prolonger_session"),
]
