"""Writing organismes and units."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from partners.habilitations import policies
from partners.habilitations.models import Habilitation
from partners.organismes.models import AncienNom, Organisme, Unite

COORDONNEES = frozenset({"nom", "telephone", "courriel", "adresse"})
UNITE = frozenset({"nom", "ville", "departement", "active"})


@transaction.atomic
def modifier_organisme(
    par: Habilitation, organisme: Organisme, valeurs: dict[str, Any], version: int
) -> Organisme:
    """Change the name and the ways to reach an organisme."""
    return _modifier(par, organisme, {k: v for k, v in valeurs.items() if k in COORDONNEES}, version)


@transaction.atomic
def renommer(
    par: Habilitation, organisme: Organisme, sigle: str, nom: str, le: date, version: int
) -> Organisme:
    """Give an organisme its new name from a day on; the one it bore is kept with its dates."""
    policies.exiger_administrateur(par)
    frais = verrouiller(Organisme, organisme.pk, version)
    if (frais.sigle, frais.nom) == (sigle, nom):
        raise ActionRefusee("C’est le nom qu’il porte déjà.", "nom")
    if le > timezone.localdate():
        raise ActionRefusee("Un nouveau nom s’enregistre le jour où il est pris, ou après.", "le")
    veille = le - timedelta(days=1)
    dernier = frais.anciens_noms.first()
    if veille < frais.depuis or (dernier and veille <= dernier.jusque):
        raise ActionRefusee(
            "À cette date, l’organisme portait déjà un nom plus récent, ou n’existait pas.", "le"
        )
    AncienNom.objects.create(organisme=frais, sigle=frais.sigle, nom=frais.nom, jusque=veille)
    frais.sigle, frais.nom, frais.version = sigle, nom, frais.version + 1
    frais.save(update_fields=["sigle", "nom", "version"])
    journaliser(par, Acte.MODIFIER, f"organisme {frais.code}", details={"geste": "nom", "depuis": le})
    return frais


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
