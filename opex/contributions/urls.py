"""Addresses of the room."""

from django.urls import path

from opex.contributions import saisie, views, vues_genres

app_name = "aides"
urlpatterns = [
    path("dossiers/<str:numero>/aides/", views.liste, name="liste"),
    path("dossiers/<str:numero>/aides/nouvelle/", saisie.nouvelle, name="nouvelle"),
    path("dossiers/<str:numero>/aides/<int:pk>/", saisie.detail, name="detail"),
    path("dossiers/<str:numero>/aides/<int:pk>/corriger/", saisie.corriger, name="corriger"),
    path("dossiers/<str:numero>/aides/<int:pk>/annuler/", saisie.annuler, name="annuler"),
    path("genres-aide/", vues_genres.genres, name="genres"),
    path("genres-aide/<slug:code>/", vues_genres.genres_de, name="genres_de"),
    path("genres-aide/<slug:code>/proposer/", vues_genres.proposer, name="proposer"),
    path("genres-aide/<slug:code>/ajouter/", vues_genres.ajouter, name="ajouter_genre"),
    path("genres-aide/<slug:code>/<int:pk>/", vues_genres.modifier, name="modifier_genre"),
    path("genres-aide/<slug:code>/<int:pk>/changer/", vues_genres.changer, name="changer_genre"),
]
