"""Addresses of the room. The NIR is in none of them: only the random reference of the person."""

from django.urls import path

from dossiers.assures import definitif, views

app_name = "ouverture"
urlpatterns = [
    path("", views.depart, name="depart"),
    path("identite/", views.identite, name="identite"),
    path("<uuid:reference>/", views.consentement, name="consentement"),
    path("<uuid:reference>/nir/", definitif.nir_definitif, name="nir_definitif"),
    path("<uuid:reference>/formulaire.pdf", views.formulaire, name="formulaire"),
]
