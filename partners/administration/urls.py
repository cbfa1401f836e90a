from django.urls import path

from partners.administration import views
from partners.comptes import administration as comptes
from partners.habilitations import administration as habilitations
from partners.organismes import views as organismes
from partners.revues import views as revues
from partners.successions import views as successions

app_name = "administration"
urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("utilisateurs/", comptes.liste, name="utilisateurs"),
    path("utilisateurs/nouveau/", comptes.nouveau, name="utilisateur_nouveau"),
    path("utilisateurs/<int:pk>/", comptes.fiche, name="utilisateur"),
    path("utilisateurs/<int:pk>/inviter/", comptes.inviter, name="utilisateur_inviter"),
    path("utilisateurs/<int:pk>/habilitation/", habilitations.accorder, name="accorder"),
    path("habilitations/<int:pk>/<str:geste>/", habilitations.changer, name="changer"),
    path("organismes/", organismes.organismes, name="organismes"),
    path("organismes/<slug:code>/", organismes.organisme, name="organisme"),
    path("organismes/<slug:code>/modifier/", organismes.modifier_organisme, name="organisme_modifier"),
    path("organismes/<slug:code>/renommer/", organismes.renommer, name="organisme_renommer"),
    path("fusions/", successions.liste, name="fusions"),
    path("fusions/nouvelle/", successions.nouvelle, name="fusion_nouvelle"),
    path("fusions/<int:pk>/annuler/", successions.annuler, name="fusion_annuler"),
    path("revues/", revues.campagnes, name="revues"),
    path("revues/<int:annee>/", revues.campagne, name="revue"),
    path("unites/", organismes.unites, name="unites"),
    path("unites/nouvelle/", organismes.nouvelle_unite, name="unite_nouvelle"),
    path("unites/<slug:code>/", organismes.modifier_unite, name="unite"),
]
