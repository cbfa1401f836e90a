from django.apps import AppConfig


class DocumentationConfig(AppConfig):
    name = "documentation"
    verbose_name = "Documentation"

    def ready(self) -> None:
        # Importing registers: the meaning of words, the genres of notification, what the search of the header finds,
        # the strip of the visit and what the session knows of it.
        from documentation import glossaire  # noqa: F401
        from documentation.articles import annonces  # noqa: F401
        from documentation.navigation import entrees
        from documentation.recherche import entete  # noqa: F401
        from documentation.visite import bande, seance  # noqa: F401
        from dossierunique.ui.navigation import enregistrer

        enregistrer(entrees)
