"""Addresses of the documentation: reading (some of it without signing in), then the guided visit, then writing."""

from django.urls import path

from documentation.articles import redaction, suivi, views
from documentation.recherche.views import recherche
from documentation.visite import views as visite

app_name = "documentation"
urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("sommaire/", views.sommaire, name="sommaire"),
    path("recherche/", recherche, name="recherche"),
    path("rubriques/<slug:code>/", views.rubrique, name="rubrique"),
    path("aide/<slug:slug>/", views.aide, name="aide"),
    path("articles/<slug:slug>/", views.lire, name="lire"),
    path("articles/<slug:slug>/pdf/", views.pdf, name="pdf"),
    path("articles/<slug:slug>/avis/", views.avis, name="avis"),
    path("pieces/<uuid:reference>/", views.piece, name="piece"),
    path("images/<uuid:reference>/", views.image, name="image"),
    path("visite/", visite.visite, name="visite"),
    path("visite/etape/", visite.aller, name="visite_aller"),
    path("visite/terminer/", visite.terminer, name="visite_terminer"),
    path("visite/ecarter/", visite.ecarter, name="visite_ecarter"),
    path("redaction/", redaction.tableau, name="redaction"),
    path("redaction/nouveau/", redaction.nouveau, name="nouveau"),
    path("redaction/articles/<slug:slug>/", suivi.suivre, name="suivre"),
    path("redaction/articles/<slug:slug>/modifier/", redaction.modifier, name="modifier"),
    path("redaction/articles/<slug:slug>/abandonner/", suivi.abandonner, name="abandonner"),
    path("redaction/articles/<slug:slug>/soumettre/", suivi.soumettre, name="soumettre"),
    path("redaction/articles/<slug:slug>/reprendre/", suivi.reprendre, name="reprendre"),
    path("redaction/articles/<slug:slug>/renvoyer/", suivi.renvoyer, name="renvoyer"),
    path("redaction/articles/<slug:slug>/publier/", suivi.publier, name="publier"),
    path("redaction/articles/<slug:slug>/retirer/", suivi.retirer, name="retirer"),
    path("redaction/articles/<slug:slug>/versions/", redaction.versions, name="versions"),
    path("redaction/articles/<slug:slug>/reponses/", redaction.reponses, name="reponses"),
    path("redaction/articles/<slug:slug>/pieces/", suivi.joindre, name="joindre"),
    path("redaction/articles/<slug:slug>/pieces/<uuid:reference>/", suivi.detacher, name="detacher"),
]
