"""Addresses of the room: the preparation of departures, and the form of a dossier."""

from django.urls import path

from opex.imprimes import operations, ouverture, saisie, views, vues_listes

app_name = "imprimes"
DOSSIER = "dossiers/<str:numero>/imprimes/"
LISTE = "listes/<uuid:reference>/"

urlpatterns = [
    path("", ouverture.accueil, name="accueil"),
    path("identifier/", ouverture.identifier, name="identifier"),
    path("identifier/identite/", ouverture.identite, name="identite"),
    path("identifier/<uuid:reference>/ouvrir/", ouverture.ouvrir, name="ouvrir"),
    path("operations/", operations.operations, name="operations"),
    path("operations/<slug:code>/", operations.operation, name="operation"),
    path("listes/", vues_listes.listes, name="listes"),
    path("listes/importer/", vues_listes.importer, name="importer"),
    path(LISTE, vues_listes.lot, name="lot"),
    path(LISTE + "colonnes/", vues_listes.colonnes, name="colonnes"),
    path(LISTE + "reprendre/", vues_listes.reprendre, name="reprendre"),
    path(LISTE + "abandonner/", vues_listes.abandonner, name="abandonner"),
    path(LISTE + "erreurs.csv", vues_listes.erreurs, name="erreurs"),
    path(DOSSIER, views.liste, name="liste"),
    path(DOSSIER + "nouveau/", saisie.nouveau, name="nouveau"),
    path(DOSSIER + "<int:rang>/", views.detail, name="detail"),
    path(DOSSIER + "<int:rang>/imprime.pdf", views.papier, name="papier"),
    path(DOSSIER + "<int:rang>/signer/", views.signer, name="signer"),
    path(DOSSIER + "<int:rang>/signe/", views.scan, name="scan"),
]
