"""Addresses of the room: the lists, the pages of one dossier, the home and the global search."""

from django.urls import include, path

from dossiers.controle import acces
from dossiers.partages import views
from dossiers.partages.accueil import accueil

pages_d_un_dossier = [
    path("", views.apercu, name="apercu"),
    path("demandes/", views.demandes, name="demandes"),
    path("pieces/", views.pieces, name="pieces"),
    path("contributions/", views.contributions, name="contributions"),
    path("courriers/", views.courriers, name="courriers"),
    path("histoire/", views.histoire, name="histoire"),
    path("acces/", acces.acces, name="acces"),
    path("acces/releve.pdf", acces.releve, name="releve"),
    path("nir/", views.reveler_nir, name="reveler_nir"),
    path("synthese.pdf", views.synthese, name="synthese"),
]
dossiers = [
    path("", views.liste, name="liste"),
    path("nir/", views.par_nir, name="par_nir"),
    path("<str:numero>/", include(pages_d_un_dossier)),
]

urlpatterns = [
    path("", accueil, name="accueil"),
    path("recherche/", views.recherche, name="recherche"),
    path("dossiers/", include((dossiers, "dossiers"))),
]
