"""Addresses of the room."""

from django.urls import path

from opex.vie import views

app_name = "vie"
urlpatterns = [
    path("dossiers/<str:numero>/", views.page, name="page"),
    path("dossiers/<str:numero>/vie.pdf", views.pdf, name="pdf"),
]
