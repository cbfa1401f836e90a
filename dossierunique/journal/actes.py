"""What the journal knows how to say that someone did."""

from django.db.models import TextChoices


class Acte(TextChoices):
    CONSULTER = "consulter", "a consulté"
    CREER = "creer", "a créé"
    MODIFIER = "modifier", "a modifié"
    TELECHARGER = "telecharger", "a téléchargé"
    IMPRIMER = "imprimer", "a imprimé"
    EXPORTER = "exporter", "a exporté"
    RECHERCHER = "rechercher", "a recherché"
    REVELER_NIR = "reveler_nir", "a affiché le NIR"
    REFUS = "refus", "s’est vu refuser l’accès"
    LISTER = "lister", "a parcouru une liste"
    CONNEXION = "connexion", "s’est connecté"
    DECONNEXION = "deconnexion", "s’est déconnecté"
    PURGER = "purger", "a purgé"
