"""Addresses of the room."""

from django.urls import URLPattern

app_name = "courriers"
urlpatterns: list[URLPattern] = []
