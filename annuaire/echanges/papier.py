"""The directory on paper: contents, organismes with their services and people, and an index by département."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from annuaire.fiches.competences import en_mots
from annuaire.fiches.lecture import COMPETENCES
from annuaire.fiches.models import Contact, Service
from annuaire.recherche.resultats import Trouves
from dossierunique import departements
from partners.aides import aides

# Beyond it the paper would be a book, and the request would wait: filters make it smaller.
ENTREES_MAX = 1000


def trop_long(trouves: Trouves) -> bool:
    """Whether there are more entries than one paper holds."""
    services = len(trouves.services.values_list("pk")[: ENTREES_MAX + 1])
    return services + len(trouves.personnes.values_list("pk")[: ENTREES_MAX + 1]) > ENTREES_MAX


def contexte_papier(trouves: Trouves, filtres: str) -> dict[str, Any]:
    """Everything that `annuaire/echanges/papier.html` prints; `filtres` says in words what was kept."""
    gens = Prefetch("contacts", trouves.personnes.order_by("tri", "pk"), to_attr="gens")
    services = list(trouves.services.order_by("tri", "pk").prefetch_related(COMPETENCES, gens))
    connues, par_organisme = aides(), {}
    for service in services:
        par_organisme.setdefault(service.organisme_id, []).append(_service(service, connues))
    organismes = list(trouves.organismes.order_by("sigle", "pk"))
    return {
        "organismes": [
            {
                "ancre": f"o{o.pk}",
                "sigle": o.sigle,
                "nom": o.nom,
                "type": o.get_type_display(),
                "telephone": o.telephone,
                "courriel": o.courriel,
                "adresse": o.adresse,
                "successeur": o.successeur.sigle if o.successeur else "",
                "services": par_organisme.get(o.pk, []),
            }
            for o in organismes
        ],
        "departements": _index(services),
        "filtres": filtres,
        "editee_le": timezone.localdate(),
    }


def _service(service: Service, connues: dict[str, str]) -> dict[str, Any]:
    return {
        "ancre": f"s{service.pk}",
        "nom": service.nom,
        "missions": service.missions,
        "telephone": service.telephone,
        "courriel": service.courriel,
        "adresse": service.adresse,
        "heures": service.heures,
        "note": service.note_horaires,
        "competences": en_mots(service.competences.all(), connues),
        "gens": [_personne(contact) for contact in service.gens],  # type: ignore[attr-defined]
    }


def _personne(contact: Contact) -> dict[str, str]:
    numeros = " · ".join(filter(None, (contact.telephone, contact.portable)))
    return {
        "nom": str(contact),
        "fonction": contact.fonction,
        "numeros": numeros,
        "courriel": contact.courriel,
    }


def _index(services: list[Service]) -> list[dict[str, Any]]:
    """Each département with the services that look after it, or stand there."""
    par_code: dict[str, list[Service]] = {}
    for service in services:
        codes = {c.departement for c in service.competences.all() if c.departement}
        if service.unite and service.unite.departement:
            codes.add(service.unite.departement)
        for code in codes:
            par_code.setdefault(code, []).append(service)
    return [
        {
            "nom": departements.nom(code),
            "services": [
                {"ancre": f"s{s.pk}", "nom": f"{s.organisme.sigle}, {s.nom}"}
                for s in sorted(par_code[code], key=lambda s: (s.organisme.sigle, s.tri))
            ],
        }
        for code in sorted(par_code)
    ]
