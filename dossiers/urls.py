"""Addresses of the « Application » space. Files are named by public numbers and random references, never by a NIR."""

from django.urls import include, path

urlpatterns = [
    path("", include("dossiers.partages.urls")),
    path("ouverture/", include("dossiers.assures.urls")),
    path("", include("dossiers.consentements.urls")),
    path("", include("dossiers.demandes.urls")),
    path("", include("dossiers.justificatifs.urls")),
    path("", include("dossiers.contributions.urls")),
    path("", include("dossiers.avis.urls")),
    path("", include("dossiers.commission.urls")),
    path("", include("dossiers.exceptions.urls")),
    path("", include("dossiers.correspondants.urls")),
    path("", include("dossiers.situations.urls")),
    path("courriers/", include("dossiers.echanges.urls")),
    path("", include("dossiers.controle.urls")),
]
