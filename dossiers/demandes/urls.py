"""Addresses of the room."""

from django.urls import URLPattern

app_name = "demandes"
urlpatterns: list[URLPattern] = []
