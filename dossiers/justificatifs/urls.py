"""Addresses of the room: a paper goes by its random reference."""

from django.urls import path

from dossiers.justificatifs import views

app_name = "pieces"
urlpatterns = [
    path("demandes/<str:numero>/pieces/deposer/", views.deposer, name="deposer"),
    path("dossiers/<str:numero>/pieces/deposer/", views.deposer_au_dossier, name="deposer_au_dossier"),
    path("pieces/<uuid:reference>/", views.lire, name="lire"),
    path("pieces/<uuid:reference>/fichier/", views.fichier, name="fichier"),
    path("pieces/<uuid:reference>/pages/<int:page>.png", views.apercu, name="apercu"),
    path("pieces/<uuid:reference>/valider/", views.valider, name="valider"),
    path("pieces/<uuid:reference>/rejeter/", views.rejeter, name="rejeter"),
    path("pieces/<uuid:reference>/reclasser/", views.reclasser, name="reclasser"),
    path("pieces/<uuid:reference>/retirer/", views.retirer, name="retirer"),
]
