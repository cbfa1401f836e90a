"""A naive model of who reads what, written without looking at the code under test: sets and dates, nothing else."""

from dataclasses import dataclass, field

SANS_DOSSIER = {"administrateur", "superviseur", "membre", "president", "responsable"}
IMPRIMENT = {"gestionnaire", "secretaire", "medecin", "partenaire", "assistant_social", "decideur_asd"}
LISENT_UN_DEVIS = IMPRIMENT | {"numerisation"}


@dataclass
class Agent:
    """One habilitation, as the person who holds it would tell it."""

    profil: str
    organisme: str
    unites: set[str] = field(default_factory=set)
    etat: str = "active"


@dataclass
class Modele:
    agents: dict[str, Agent] = field(default_factory=dict)
    unite: dict[str, str] = field(default_factory=dict)  # dossier → the unit of its person
    volontes: dict[tuple[str, str], str] = field(default_factory=dict)  # (dossier, organisme) → last word
    suspendus: set[tuple[str, str]] = field(default_factory=set)  # shares waiting for the proof
    confies: dict[tuple[str, str], int] = field(default_factory=dict)  # (dossier, agent) → hour of the end
    heure: int = 0

    def lit(self, nom: str, dossier: str) -> bool:
        """Whether this agent reads this dossier now."""
        agent = self.agents[nom]
        if agent.etat != "active" or agent.profil in SANS_DOSSIER:
            return False
        if self.confies.get((dossier, nom), -1) > self.heure:
            return True
        if agent.profil == "correspondant":
            return self.unite[dossier] in agent.unites
        if agent.organisme == "cnmss":
            return True
        paire = (dossier, agent.organisme)
        return self.volontes.get(paire) == "accorde" and paire not in self.suspendus

    def lus_par(self, nom: str) -> set[str]:
        return {dossier for dossier in self.unite if self.lit(nom, dossier)}
