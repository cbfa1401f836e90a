from django.apps import AppConfig


class SecuriteConfig(AppConfig):
    name = "dossierunique.securite"
    verbose_name = "Sécurité"
