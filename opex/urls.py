"""Addresses of the OPEX programme: its pages of a dossier, its lists, its figures."""

from django.urls import include, path

urlpatterns = [
    path("opex/", include("opex.vie.urls")),
    path("opex/", include("opex.imprimes.urls")),
    path("opex/", include("opex.suivi.urls")),
    path("opex/", include("opex.contributions.urls")),
    path("opex/", include("opex.recensement.urls")),
]
