from django.apps import AppConfig


class DossierUniqueConfig(AppConfig):
    name = "dossierunique"
    verbose_name = "Dossier unique"
