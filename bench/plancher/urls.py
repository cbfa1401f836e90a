from django.urls import path

from bench.plancher import views

urlpatterns = [
    path("liste", views.liste, name="liste"),
    path("detail/<int:pk>", views.detail, name="detail"),
]
