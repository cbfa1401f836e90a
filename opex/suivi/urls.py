"""Addresses of the room."""

from django.urls import path

from opex.suivi import views

app_name = "suivi"
urlpatterns = [
    path("dossiers/<str:numero>/suivi/", views.page, name="page"),
]
