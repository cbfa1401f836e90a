"""Addresses of the room. A list goes by its random reference."""

from django.urls import include, path

from dossiers.situations import views
from dossiers.situations.models import EtatListe

S, L = "espace-correspondant/situations/<slug:code>/", "espace-correspondant/listes/<uuid:reference>/"
situations = [
    path(S, views.lire, name="lire"),
    path(f"{S}liste.pdf", views.pdf, name="pdf"),
    path(f"{S}commencer/", views.commencer, name="commencer"),
    path("espace-correspondant/listes/", views.toutes, name="toutes"),
    path(L, views.liste, name="liste"),
    path(f"{L}points/", views.cocher, name="cocher"),
    path(f"{L}note/", views.noter, name="noter"),
    path(f"{L}terminer/", views.clore, {"etat": EtatListe.FAITE.value}, name="terminer"),
    path(f"{L}abandonner/", views.clore, {"etat": EtatListe.ABANDONNEE.value}, name="abandonner"),
    path(f"{L}rouvrir/", views.rouvrir, name="rouvrir"),
    path("dossiers/<str:numero>/situations/", views.du_dossier, name="du_dossier"),
]

urlpatterns = [path("", include((situations, "situations")))]
