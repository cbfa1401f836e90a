"""Addresses of the room. The NIR is in none of them."""

from django.urls import path

from opex.suivi import views, vues_a_posteriori, vues_blessures, vues_famille, vues_parcours

app_name = "suivi"
D = "dossiers/<str:numero>/"
B = f"{D}blessures/<int:rang>/"
urlpatterns = [
    path(f"{D}suivi/", views.page, name="page"),
    path("echeances/", views.echeances, name="echeances"),
    path(f"{D}blessures/nouvelle/", vues_blessures.signaler, name="signaler"),
    path(B, vues_blessures.completer, name="completer"),
    path(f"{B}reconnaissance/", vues_blessures.reconnaissance, name="reconnaissance"),
    path(f"{B}evolution/", vues_blessures.evolution, name="evolution"),
    path(f"{B}dapias/", vues_blessures.dapias, name="dapias"),
    path(f"{D}evolutions/<int:pk>/rayer/", vues_blessures.rayer, name="rayer"),
    path(f"{D}dapias/<int:pk>/renouveler/", vues_blessures.renouveler, name="renouveler"),
    path(f"{D}dapias/<int:pk>/clore/", vues_blessures.clore, name="clore"),
    path(f"{D}etapes/nouvelle/", vues_parcours.echeance, name="echeance"),
    path(f"{D}etapes/<int:pk>/", vues_parcours.changer_echeance, name="changer_echeance"),
    path(f"{D}suivi/etape/", vues_parcours.etape, name="etape"),
    path(f"{D}suivi/referent/", vues_parcours.referent, name="referent"),
    path(f"{D}suivi/relais/", vues_parcours.passer_relais, name="relais"),
    path(f"{D}suivi/depart/", vues_parcours.radiation, name="radiation"),
    path(f"{D}suivi/deces/", vues_parcours.deces, name="deces"),
    path(f"{D}famille/nouveau/", vues_famille.ajouter, name="ayant_cause"),
    path(f"{D}famille/<int:pk>/", vues_famille.corriger, name="corriger_ayant_cause"),
    path(f"{D}famille/<int:pk>/accords/", vues_famille.accords, name="accords"),
    path(f"{D}famille/accords/<int:pk>/papier/", vues_famille.preuve, name="preuve_ayant_cause"),
    path("a-posteriori/", vues_a_posteriori.depart, name="a_posteriori"),
    path("a-posteriori/identite/", vues_a_posteriori.identite, name="identite_a_posteriori"),
    path("a-posteriori/<uuid:reference>/", vues_a_posteriori.ouvrir, name="ouvrir_a_posteriori"),
]
