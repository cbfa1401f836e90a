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
    confies: set[tuple[str, str]] = field(default_factory=set)  # (dossier, agent)
    urgences: set[tuple[str, str]] = field(default_factory=set)  # (dossier, agent): opened in an emergency

    def lit(self, nom: str, dossier: str) -> bool:
        """Whether this agent reads this dossier now."""
        agent = self.agents[nom]
        if agent.etat != "active" or agent.profil in SANS_DOSSIER:
            return False
        return (
            self.par_partage(nom, dossier)
            or (dossier, nom) in self.confies
            or (dossier, nom) in self.urgences
        )

    def par_partage(self, nom: str, dossier: str) -> bool:
        """Whether she would read it without any exception."""
        agent = self.agents[nom]
        if agent.profil == "correspondant":
            return self.unite[dossier] in agent.unites
        if agent.organisme == "cnmss":
            return True
        paire = (dossier, agent.organisme)
        return self.volontes.get(paire) == "accorde" and paire not in self.suspendus

    def en_entier(self, nom: str) -> set[str]:
        """What she may also print and take away: not what an emergency alone opens."""
        return {d for d in self.lus_par(nom) if self.par_partage(nom, d) or (d, nom) in self.confies}

    def lus_par(self, nom: str) -> set[str]:
        return {dossier for dossier in self.unite if self.lit(nom, dossier)}
