"""The doors through which a dossier may come out: pages, files and raw SQL, each giving the set it shows."""

import re

from django.db import connections
from django.test import Client
from django.urls import reverse

from partners.habilitations.identite import agir_pour
from partners.models import Habilitation

NUMERO = re.compile(r"DU-\d{4}-\d{7}-[A-Z]")


def sql(habilitation: Habilitation) -> set[str]:
    """Straight under the application's role, with the identity that the middleware would set."""
    with agir_pour(habilitation), connections["default"].cursor() as curseur:
        curseur.execute("SELECT numero FROM dossiers_dossier")
        dossiers = {numero for (numero,) in curseur.fetchall()}
        curseur.execute(
            "SELECT DISTINCT d.numero FROM dossiers_demande JOIN dossiers_dossier d ON d.id = dossier_id"
        )
        assert {numero for (numero,) in curseur.fetchall()} <= dossiers
        curseur.execute(
            "SELECT count(*) FROM dossiers_demande WHERE dossier_id NOT IN (SELECT id FROM dossiers_dossier)"
        )
        assert curseur.fetchone() == (0,)
    return dossiers


def liste(client: Client) -> set[str]:
    """Numbers in the list, whatever it says of them; nothing when the page is refused."""
    reponse = client.get(reverse("dossiers:liste"))
    return set(NUMERO.findall(reponse.content.decode())) if reponse.status_code == 200 else set()


def recherche(client: Client, mots: str) -> set[str]:
    """Numbers that a search by name finds."""
    reponse = client.get(reverse("recherche"), {"q": mots})
    return set(NUMERO.findall(reponse.content.decode())) if reponse.status_code == 200 else set()


def par_nir(client: Client, nir: str, naissance: str) -> set[str]:
    """The number that a search by NIR leads to."""
    reponse = client.post(reverse("dossiers:par_nir"), {"nir": nir, "naissance": naissance})
    return set(NUMERO.findall(reponse.headers.get("Location", "")))


def ouvertes(client: Client, adresses: dict[str, str]) -> set[str]:
    """Dossiers whose address answers with a content."""
    return {dossier for dossier, adresse in adresses.items() if _ouvre(client, adresse)}


def _ouvre(client: Client, adresse: str) -> bool:
    reponse = client.get(adresse)
    assert reponse.status_code in (200, 302, 404), (adresse, reponse.status_code)
    return reponse.status_code == 200
