from django.urls import path

from partners.habilitations import views

app_name = "habilitations"
urlpatterns = [path("", views.choisir, name="choisir")]
