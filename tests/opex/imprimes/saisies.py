"""What is typed on the form of a version, as the browser sends it."""

from datetime import date
from typing import Any

from tests import fabriques

PERSONNE = {
    "nom": "Martin-Fictif",
    "prenoms": "Claire",
    "relation": "conjoint",
    "telephone": "0600000001",
    "adresse": "",
}
ENFANT = {
    "nom": "Martin-Fictif",
    "prenoms": "Léo",
    "relation": "enfant",
    "date_naissance": "2015-03-02",
    "a_charge": "on",
}
MUTUELLE = {"genre": "mutuelle", "organisme": "", "nom": "Mutuelle d’essai", "numero": "A-12"}


def formulaire(
    version: int = 0, a_prevenir=(PERSONNE,), proches=(), contrats=(), **champs: Any
) -> dict[str, Any]:
    """The whole form: fields, then its three lists of rows."""
    donnees = {
        "version": version, "operation": "",
        "depart_le": "2026-12-05", "retour_le": "2027-04-05", "statut": "militaire",
        "grade": "caporal-chef", "matricule": "", "nationalite": "française", "unite": fabriques.unite().pk,
        "base_defense": "", "adresse": "3 rue de l’Église", "telephone": "0500000001", "courriel": "", **champs,
    }  # fmt: skip
    for lot, lignes in (("a_prevenir", a_prevenir), ("proches", proches), ("contrats", contrats)):
        donnees |= {f"{lot}-TOTAL_FORMS": len(lignes), f"{lot}-INITIAL_FORMS": 0}
        donnees |= {f"{lot}-{r}-{nom}": v for r, ligne in enumerate(lignes) for nom, v in ligne.items()}
    return donnees


def champs(**k: Any) -> dict[str, Any]:
    """The fields of a version, for the action."""
    return {
        "unite": fabriques.unite(), "depart_le": date(2026, 12, 5), "retour_le": date(2027, 4, 5),
        "grade": "caporal-chef", "adresse": "3 rue de l’Église", "telephone": "0500000001", **k,
    }  # fmt: skip


def personne(nom: str = "Martin-Fictif", prenoms: str = "Claire", **k: Any) -> dict[str, Any]:
    """Whom to warn, for the action."""
    return {
        "nom": nom,
        "prenoms": prenoms,
        "relation": "conjoint",
        "telephone": "0600000001",
        "adresse": "",
        **k,
    }
