from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "dossierunique.ui"
    label = "ui"
    verbose_name = "Présentation"
