"""The accounts of the demo, as its sign-in page offers them."""

from typing import NamedTuple


class CompteDemo(NamedTuple):
    identifiant: str
    profil: str
    organisme: str


COMPTES = (
    CompteDemo("correspondant", "Correspondant d’unité", "un régiment de l’armée de Terre"),
    CompteDemo("correspondant2", "Correspondant d’une autre unité", "une base aérienne"),
    CompteDemo("gestionnaire", "Gestionnaire", "CNMSS"),
    CompteDemo("medecin", "Médecin-conseil", "CNMSS"),
    CompteDemo("secretaire", "Secrétaire de la commission", "CNMSS"),
    CompteDemo("president", "Président de la commission", "CNMSS"),
    CompteDemo("asd", "Assistant de service social", "action sociale de la défense (ASD)"),
    CompteDemo("uneo", "Gestionnaire partenaire", "mutuelle Unéo"),
    CompteDemo("mspp", "Gestionnaire partenaire", "MSPP"),
    CompteDemo("opex", "Référent OPEX", "cellule d’aide aux blessés"),
    CompteDemo("superviseur", "Superviseur, statistiques seules", "CNMSS"),
    CompteDemo("dpo", "Délégué à la protection des données", "CNMSS"),
    CompteDemo("admin", "Administrateur des habilitations", "CNMSS"),
    CompteDemo("responsable", "Responsable d’habilitations", "armée de Terre"),
)
IDENTIFIANTS = frozenset(compte.identifiant for compte in COMPTES)
