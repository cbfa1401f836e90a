"""Addresses of the room."""

from django.urls import path

from opex.recensement import views

app_name = "recensement"
urlpatterns = [
    path("recensement/", views.accueil, name="accueil"),
    path("recensement/<slug:sujet>/<slug:code>/", views.page, name="tableau"),
    path("recensement/<slug:sujet>/<slug:code>/<slug:forme>/", views.exporter, name="exporter"),
]
