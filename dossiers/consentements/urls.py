"""Addresses of the room, under /dossiers/<numero>/consentement/."""

from django.urls import path

from dossiers.consentements import views

app_name = "consentements"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("enregistrer/", views.enregistrer, name="enregistrer"),
    path("retirer/", views.retirer, name="retirer"),
    path("formulaire.pdf", views.formulaire, name="formulaire"),
    path("<int:pk>/preuve/", views.preuve, name="preuve"),
]
