from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "dossierunique.courriers"
    label = "courriers"
    verbose_name = "courriers"
