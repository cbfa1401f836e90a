"""Addresses of the room."""

from django.urls import path

from dossiers.avis import views

app_name = "avis"
urlpatterns = [
    path("demandes/<str:numero>/avis/", views.rendre, name="rendre"),
    path("demandes/<str:numero>/avis/demander/", views.demander, name="demander"),
    path("demandes/<str:numero>/avis/retirer/", views.retirer, name="retirer"),
    path("demandes/<str:numero>/avis/note/", views.noter, name="noter"),
]
