from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    label = "partners"
    verbose_name = "Organismes et habilitations"

    def ready(self) -> None:
        from dossierunique.ui.navigation import enregistrer
        from partners.comptes import avertissements, signaux, traitements  # noqa: F401
        from partners.navigation import entrees
        from partners.successions import actions  # noqa: F401

        enregistrer(entrees)
