"""Addresses, anchors and names made of French words."""

from django.utils.text import slugify


def en_adresse(texte: str, longueur: int) -> str:
    """`retour-d-hospitalisation`: an apostrophe parts two words, where Django would glue them."""
    return slugify(texte.replace("’", " ").replace("'", " "))[:longueur].strip("-")
