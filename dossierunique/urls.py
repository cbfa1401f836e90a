"""Every address of the portal. tests/test_adresses.py walks them all: a new one must be added to its table."""

from django.urls import include, path

urlpatterns = [
    path("", include("dossiers.urls")),
    path("", include("opex.urls")),
    path("documentation/", include("documentation.urls")),
    path("", include("partners.urls")),
    path("annuaire/", include("annuaire.urls")),
    path("", include("documentation.public.urls")),
    path("compte/", include("allauth.urls")),
    path("", include("dossierunique.notifications.urls")),
    path("", include("dossierunique.notifications.urls_demo")),
    path("", include("dossierunique.ui.urls")),
    path("sante/", include("dossierunique.sante")),
]
