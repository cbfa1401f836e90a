"""Addresses of the room: under /dossiers/<numero>/consentement/, and what concerns no dossier in particular."""

from django.urls import include, path

from dossiers.consentements import qui_voit_quoi, retrait, verification, versions, views

dossier = [
    path("", views.detail, name="detail"),
    path("enregistrer/", views.enregistrer, name="enregistrer"),
    path("retirer/", retrait.retirer, name="retirer"),
    path("formulaire.pdf", views.formulaire, name="formulaire"),
    path("<int:pk>/preuve/", views.preuve, name="preuve"),
    path("<int:pk>/recu/", views.recu, name="recu"),
    path("<int:pk>/verifier/", verification.verifier, name="verifier"),
    path("<int:pk>/verifier/<int:page>.png", verification.page_de_preuve, name="page_de_preuve"),
]
retraits = [
    path("", retrait.par_nir, name="par_nir"),
    path("fait/", retrait.fait, name="fait"),
    path("recu.pdf", retrait.recu, name="recu"),
]
textes = [
    path("", versions.liste, name="liste"),
    path("nouveau/", versions.nouveau, name="nouveau"),
]

urlpatterns = [
    path("dossiers/<str:numero>/consentement/", include((dossier, "consentements"))),
    path("retraits/", include((retraits, "retraits"))),
    path(
        "consentements/a-confirmer/",
        include(([path("", verification.corbeille, name="corbeille")], "preuves")),
    ),
    path("consentements/textes/", include((textes, "textes"))),
    path("qui-voit-quoi/", qui_voit_quoi.page, name="qui_voit_quoi"),
    path("qui-voit-quoi.pdf", qui_voit_quoi.pdf, name="qui_voit_quoi_pdf"),
]
