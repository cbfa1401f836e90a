"""Every address of the portal. tests/test_adresses.py walks them all: a new one must be added to its table."""

from django.urls import include, path

from partners.habilitations.acces import habilitation_requise
from dossierunique.journal.views import liste as journal

urlpatterns = [
    path("", include("dossiers.urls")),
    path("", include("partners.urls")),
    path("compte/", include("allauth.urls")),
    path("", include("dossierunique.notifications.urls")),
    path("journal/", habilitation_requise("dpo")(journal), name="journal"),
]
