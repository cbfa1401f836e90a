"""Addresses of the loans and of the bris de glace."""

from django.urls import include, path

from dossiers.exceptions import views, vues_urgence

prets = [
    path("dossiers/<str:numero>/confier/", views.confier, name="confier"),
    path("prets/<uuid:reference>/prolonger/", views.prolonger, name="prolonger"),
    path("prets/<uuid:reference>/terminer/", views.terminer, name="terminer"),
]
urgence = [
    path("", vues_urgence.demander, name="demander"),
    path("<uuid:reference>/terminer/", vues_urgence.terminer, name="terminer"),
    path("examens/", vues_urgence.examens, name="examens"),
    path("examens/<uuid:reference>/", vues_urgence.examen, name="examen"),
]

urlpatterns = [
    path("", include((prets, "prets"))),
    path("acces-urgence/", include((urgence, "urgence"))),
]
