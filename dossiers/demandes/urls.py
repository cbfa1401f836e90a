"""Addresses of the room: the steps of a draft, the page of a demande, and the CNMSS's gestures."""

from django.urls import path

from dossiers.demandes import beneficiaires, saisie, views
from dossiers.demandes.gestes import urlpatterns as gestes

app_name = "demandes"
urlpatterns = [
    path("dossiers/<str:numero>/demandes/nouvelle/", saisie.creer, name="creer"),
    path("dossiers/<str:numero>/ayants-droit/nouveau/", beneficiaires.ayant_droit, name="ayant_droit"),
    *gestes,
    path("demandes/<str:numero>/", views.detail, name="detail"),
    path("demandes/<str:numero>/besoin/", saisie.besoin, name="besoin"),
    path("demandes/<str:numero>/ressources/", saisie.ressources, name="ressources"),
    path("demandes/<str:numero>/cout/", saisie.cout, name="cout"),
    path("demandes/<str:numero>/pieces/", saisie.pieces, name="pieces"),
    path("demandes/<str:numero>/recapitulatif/", saisie.recapitulatif, name="recapitulatif"),
    path("demandes/<str:numero>/dire/", views.dire, name="dire"),
    path("demandes/<str:numero>/depose/", views.depose, name="depose"),
    path("demandes/<str:numero>/abandonner/", views.abandonner, name="abandonner"),
]
