"""Addresses of the directory."""

from django.urls import path

from annuaire.echanges import views as echanges
from annuaire.echanges import vues_depots as depots
from annuaire.fiches import verification, vues_saisie
from annuaire.fiches import views as fiches
from annuaire.recherche import views as recherche

app_name = "annuaire"
urlpatterns = [
    path("", recherche.accueil, name="accueil"),
    path("qui-s-occupe-de/", recherche.qui_s_occupe, name="qui_s_occupe"),
    path("ma-fiche/", vues_saisie.la_mienne, name="ma_fiche"),
    path("a-verifier/", verification.a_verifier, name="a_verifier"),
    path("organismes/<slug:code>/", fiches.organisme, name="organisme"),
    path("organismes/<slug:code>/services/nouveau/", vues_saisie.nouveau_service, name="service_nouveau"),
    path(
        "organismes/<slug:code>/personnes/nouvelle/", vues_saisie.nouvelle_personne, name="personne_nouvelle"
    ),
    path("services/<int:pk>/", fiches.service, name="service"),
    path("services/<int:pk>/modifier/", vues_saisie.modifier_service, name="service_modifier"),
    path("services/<int:pk>/exact/", fiches.service_exact, name="service_exact"),
    path("services/<int:pk>/carte.vcf", echanges.carte_de_service, name="service_carte"),
    path("personnes/<int:pk>/", fiches.personne, name="personne"),
    path("personnes/<int:pk>/modifier/", vues_saisie.modifier_personne, name="personne_modifier"),
    path("personnes/<int:pk>/exacte/", fiches.personne_exacte, name="personne_exacte"),
    path("personnes/<int:pk>/carte.vcf", echanges.carte_de_personne, name="personne_carte"),
    path("exporter/<slug:nature>.<slug:forme>", echanges.tableur, name="exporter"),
    path("imprimer/", echanges.imprimer, name="imprimer"),
    path("listes/", depots.listes, name="listes"),
    path("listes/deposer/", depots.deposer, name="deposer"),
    path("listes/<uuid:reference>/", depots.liste, name="liste"),
    path("listes/<uuid:reference>/colonnes/", depots.colonnes, name="colonnes"),
    path("listes/<uuid:reference>/appliquer/", depots.appliquer, name="appliquer"),
    path("listes/<uuid:reference>/abandonner/", depots.abandonner, name="abandonner"),
    path("listes/<uuid:reference>/erreurs.csv", depots.erreurs, name="erreurs"),
]
