"""Addresses of the room."""

from django.urls import URLPattern

app_name = "pieces"
urlpatterns: list[URLPattern] = []
