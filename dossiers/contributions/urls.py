"""Addresses of the room."""

from django.urls import path

from dossiers.contributions import views

app_name = "contributions"
urlpatterns = [
    path("contributions/", views.corbeille, name="corbeille"),
    path("demandes/<str:numero>/contribution/", views.enregistrer, name="enregistrer"),
]
