from django.urls import path

from dossierunique.notifications import boite_demo

urlpatterns = [
    path("demo/courriels/", boite_demo.liste, name="demo_courriels"),
    path("demo/courriels/<slug:nom>/", boite_demo.lire, name="demo_courriel"),
]
