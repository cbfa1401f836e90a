"""Addresses of the room."""

from django.urls import path

from opex.contributions import views

app_name = "aides"
urlpatterns = [
    path("dossiers/<str:numero>/aides/", views.liste, name="liste"),
]
