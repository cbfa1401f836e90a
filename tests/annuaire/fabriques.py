"""Makers of directory data, through the real actions where a right is at stake."""

from typing import Any

from annuaire.fiches.models import Competence, Contact, Service
from partners.models import Organisme
from tests import fabriques


def service(nom: str = "Prestations", organisme: str | Organisme = "uneo", **k: Any) -> Service:
    """A service of an organisme. k: fields of Service; choses, dicts of Competence."""
    choses = k.pop("choses", [])
    tenu = fabriques.organisme(organisme) if isinstance(organisme, str) else organisme
    cree = Service.objects.create(organisme=tenu, nom=nom, **k)
    for chose in choses:
        Competence.objects.create(service=cree, **chose)
    return cree


def contact(nom: str = "Martin-Fictive", chez: Service | None = None, **k: Any) -> Contact:
    """A person of a service. k: fields of Contact."""
    return Contact.objects.create(nom=nom, service=chez or service(), **{"prenom": "Éloïse", **k})
