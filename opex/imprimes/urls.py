"""Addresses of the room."""

from django.urls import path

from opex.imprimes import views

app_name = "imprimes"
urlpatterns = [
    path("dossiers/<str:numero>/imprimes/", views.liste, name="liste"),
]
