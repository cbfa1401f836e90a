from django.urls import path

from dossierunique.notifications import supervision, views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.liste, name="liste"),
    path("notifications/<int:numero>/ouvrir/", views.ouvrir, name="ouvrir"),
    path("notifications/<int:numero>/lire/", views.lire, name="lire"),
    path("notifications/tout-lire/", views.tout_lire, name="tout_lire"),
    path("notifications/preferences/", views.preferences, name="preferences"),
    path("supervision/envois/", supervision.envois, name="envois"),
    path("supervision/envois/<int:numero>/renvoyer/", supervision.renvoyer, name="renvoyer"),
]
