"""Lines of a list, and the gestures of who imports it."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opex.models import LotImport
from tests import fabriques
from tests.opex import fabriques as opex

TITRES = [
    "NIR", "Nom de naissance", "Prénoms", "Date de naissance", "Sexe", "Lieu de naissance", "Grade", "Matricule",
    "Téléphone",
    "Personne à prévenir", "Lien", "Tél. personne à prévenir", "Mutuelle", "N° d’adhérent", "ASD", "Unéo",
    "Date de signature",
]  # fmt: skip


def ligne(rang: int, **change) -> list:
    """A good line of somebody new."""
    cellules = {
        "nir": fabriques.nir_valide("H", 90, 1 + rang % 12, "64", rang=rang + 1), "nom": "Fictif-Partant",
        "prenoms": f"Jean {chr(65 + rang % 26)}{chr(97 + rang // 26)}", "naissance": date(1990, 1 + rang % 12, 15),
        "sexe": "H", "lieu": "Pau", "grade": "soldat", "matricule": f"M{rang}", "tel": 600000000 + rang,
        "prevenir": "FICTIVE Jeanne",
        "lien": "mère", "tel_prevenir": "0500000001", "mutuelle": "Unéo", "numero": f"U{rang}",
        "asd": "oui", "uneo": "non" if rang % 2 else "", "signe_le": date(2026, 11, 2), **change,
    }  # fmt: skip
    return list(cellules.values())


def courte(rang: int) -> list[str]:
    """The same with its four required cells, as text."""
    nir, nom, prenoms, naissance, *_ = ligne(rang)
    return [nir, nom, prenoms, naissance.isoformat()]


def deposer(client, octets: bytes, nom: str, **change):
    donnees = {
        "fichier": SimpleUploadedFile(nom, octets), "unite": fabriques.unite().pk, "operation": opex.operation().pk,
        "depart_le": "2026-12-05", **change,
    }  # fmt: skip
    return client.post(reverse("imprimes:importer"), donnees)


def associer(client, lot: LotImport, **change):
    """Send the page of the columns back as it was guessed."""
    adresse = reverse("imprimes:colonnes", args=[lot.reference])
    form = client.get(adresse).context["form"]
    donnees = {nom: form[nom].value() for nom in form.fields} | change
    return client.post(adresse, donnees)


def lancer(client, lot: LotImport):
    lot.refresh_from_db()
    return client.post(reverse("imprimes:reprendre", args=[lot.reference]), {"version": lot.version})


def constats(lot) -> list[tuple[str, str]]:
    return [(e["constat"], " ".join(erreur["message"] for erreur in e["erreurs"])) for e in lot.rapport]


def lancer_et_lire(client, lot) -> str:
    return client.get(lancer(client, lot)["Location"]).content.decode()
