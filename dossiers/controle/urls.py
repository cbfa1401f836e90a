"""Addresses of the control space, and of a manager's page."""

from django.urls import include, path

from dossiers.controle import views

controle = [
    path("controle/", views.accueil, name="accueil"),
    path("controle/alertes/", views.alertes, name="alertes"),
    path("controle/alertes/<int:pk>/", views.alerte, name="alerte"),
    path("controle/regles/", views.regles, name="regles"),
    path("controle/regles/<slug:code>/", views.regle, name="regle"),
    path("controle/verification/", views.verification, name="verification"),
    path("controle/verification/demander/", views.demander_verification, name="verifier"),
    path("acces-de-mes-agents/", views.mes_agents, name="mes_agents"),
]

urlpatterns = [
    path("controle/journal/", views.journal, name="journal"),
    path("", include((controle, "controle"))),
]
