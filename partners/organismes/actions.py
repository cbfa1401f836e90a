"""Writing organismes and units."""

from typing import Any

from django.db import transaction

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from partners.habilitations import policies
from partners.habilitations.models import Habilitation
from partners.organismes.models import Organisme, Unite

COORDONNEES = frozenset({"nom", "telephone", "courriel", "adresse"})
UNITE = frozenset({"nom", "ville", "departement", "active"})


@transaction.atomic
def modifier_organisme(
    par: Habilitation, organisme: Organisme, valeurs: dict[str, Any], version: int
) -> Organisme:
    """Change the name and the ways to reach an organisme."""
    return _modifier(par, organisme, {k: v for k, v in valeurs.items() if k in COORDONNEES}, version)


@transaction.atomic
def modifier_unite(par: Habilitation, unite: Unite, valeurs: dict[str, Any], version: int) -> Unite:
    """Change a unit, or close it."""
    return _modifier(par, unite, {k: v for k, v in valeurs.items() if k in UNITE}, version)


@transaction.atomic
def creer_unite(par: Habilitation, **valeurs: Any) -> Unite:
    """Add a unit under an organisme."""
    policies.exiger_administrateur(par)
    unite = Unite.objects.create(**valeurs)
    journaliser(par, Acte.CREER, f"unité {unite.code}")
    return unite


def _modifier(par: Habilitation, objet: Any, valeurs: dict[str, Any], version: int) -> Any:
    policies.exiger_administrateur(par)
    frais = verrouiller(type(objet), objet.pk, version)
    changes = {nom: valeur for nom, valeur in valeurs.items() if getattr(frais, nom) != valeur}
    if not changes:
        return frais
    for nom, valeur in changes.items():
        setattr(frais, nom, valeur)
    frais.version += 1
    frais.save(update_fields=[*changes, "version"])
    nature = frais._meta.verbose_name
    journaliser(par, Acte.MODIFIER, f"{nature} {frais.code}", details={"champs": sorted(changes)})
    return frais
