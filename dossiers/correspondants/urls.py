from django.urls import path

from dossiers.correspondants import views

urlpatterns = [path("espace-correspondant/", views.espace, name="espace_correspondant")]
