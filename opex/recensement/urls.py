"""Addresses of the room."""

from django.urls import path

from opex.recensement import views

app_name = "recensement"
urlpatterns = [
    path("recensement/", views.accueil, name="accueil"),
    path("recensement/<int:annee>/", views.exercice, name="exercice"),
    path("recensement/<int:annee>/<slug:sujet>/<slug:code>/", views.page, name="tableau"),
    path("recensement/<int:annee>/<slug:sujet>/<slug:code>/<slug:forme>/", views.exporter, name="exporter"),
    path("recensement/<slug:sujet>/", views.annees, name="annees"),
    path("recensement/<slug:sujet>/<slug:forme>/", views.exporter_annees, name="exporter_annees"),
]
