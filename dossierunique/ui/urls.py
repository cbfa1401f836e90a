from django.urls import path

from dossierunique.ui import vitrine

urlpatterns = [path("ui/", vitrine.page, name="ui")]
