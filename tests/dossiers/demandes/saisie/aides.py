"""What a correspondant types, and where."""

from django.urls import reverse

from dossiers.demandes.models import Demande

BESOIN = "L’aide d’une heure par jour : « le matin », jusqu’à l’été."
LIGNES = ("ressource", "charge")


def url(vue: str, demande: Demande) -> str:
    return reverse(f"demandes:{vue}", args=[demande.numero])


def budget(
    version: int, ressources: list[tuple[str, str]], charges: list[tuple[str, str]], **autres: str
) -> dict:
    donnees = {"version": str(version), **autres}
    for nature, lignes in zip(LIGNES, (ressources, charges), strict=True):
        donnees |= {f"{nature}-TOTAL_FORMS": str(len(lignes)), f"{nature}-INITIAL_FORMS": "0"}
        for rang, (libelle, montant) in enumerate(lignes):
            donnees |= {f"{nature}-{rang}-libelle": libelle, f"{nature}-{rang}-montant": montant}
    return donnees
