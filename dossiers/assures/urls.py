"""Addresses of the room."""

from django.urls import URLPattern

app_name = "ouverture"
urlpatterns: list[URLPattern] = []
