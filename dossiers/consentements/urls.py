"""Addresses of the room."""

from django.urls import URLPattern

app_name = "consentements"
urlpatterns: list[URLPattern] = []
