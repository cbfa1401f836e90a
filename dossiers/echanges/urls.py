"""Addresses of the room."""

from django.urls import path

from dossiers.echanges import views

app_name = "courriers"
urlpatterns = [path("<uuid:reference>/", views.ouvrir, name="ouvrir")]
