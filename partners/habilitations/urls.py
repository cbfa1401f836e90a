from django.urls import path

from partners.departs import views as departs
from partners.habilitations import demandes, equipe, views
from partners.revues import views as revues

app_name = "habilitations"
urlpatterns = [
    path("", views.choisir, name="choisir"),
    # one's own
    path("miennes/", demandes.miennes, name="miennes"),
    path("demander/", demandes.demander, name="demander"),
    path("<int:pk>/charte/", demandes.charte, name="charte"),
    path("<int:pk>/annuler/", demandes.annuler, name="annuler"),
    path("<int:pk>/reprise/", demandes.demander_reprise, name="demander_reprise"),
    path("<int:pk>/depart/", departs.depart, name="depart"),
    path("<int:pk>/bilan/", departs.bilan, name="bilan"),
    # those in charge
    path("a-decider/", equipe.a_decider, name="a_decider"),
    path("demandes/<int:pk>/", equipe.demande, name="demande"),
    path("equipe/", equipe.equipe, name="equipe"),
    path("<int:pk>/", equipe.personne, name="personne"),
    path("<int:pk>/reprendre/", equipe.reprendre, name="reprendre"),
    path("<int:pk>/mutation/", departs.mutation, name="mutation"),
    path("revue/", revues.revue, name="revue"),
    path("revue/<int:pk>/terminer/", revues.terminer, name="revue_terminer"),
]
