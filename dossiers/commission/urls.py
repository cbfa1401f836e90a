"""Addresses of the room."""

from django.urls import path

from dossiers.commission import views

app_name = "decisions"
urlpatterns = [path("demandes/<str:numero>/decision/", views.enregistrer, name="enregistrer")]
