"""Addresses of the partners app: one's account, one's habilitation, the administration space."""

from django.urls import include, path

urlpatterns = [
    path("", include("partners.comptes.urls")),
    path("habilitation/", include("partners.habilitations.urls")),
    path("administration/", include("partners.administration.urls")),
]
