"""Addresses that anybody opens, at the root of the site."""

from django.urls import path

from documentation.public import views

urlpatterns = [
    path("mentions-legales/", views.mentions, name="mentions_legales"),
    path("confidentialite/", views.confidentialite, name="confidentialite"),
    path("accessibilite/", views.accessibilite, name="accessibilite"),
    path("contact/", views.contact, name="contact"),
    path("plan-du-site/", views.plan, name="plan_du_site"),
    path(".well-known/security.txt", views.securite, name="security_txt"),
]
