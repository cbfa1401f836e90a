"""Addresses of the partners app: one's habilitation, the session, the administration space."""

from django.urls import include, path

from partners.comptes import views as comptes

# Pages of allauth that the portal does not open: accounts and addresses are the administrators' business.
FERMEES = ("signup/", "email/", "confirm-email/", "password/set/")

urlpatterns = [
    *(path(f"compte/{chemin}", comptes.introuvable) for chemin in FERMEES),
    # Before allauth's own: the same page, with the lockout and the accounts of the demo.
    path("compte/login/", comptes.connexion, name="account_login"),
    path("demo/connexion/<slug:identifiant>/", comptes.demo_connexion, name="demo_connexion"),
    path("session/prolonger/", comptes.prolonger_session, name="prolonger_session"),
    path("habilitation/", include("partners.habilitations.urls")),
    path("administration/", include("partners.administration.urls")),
]
