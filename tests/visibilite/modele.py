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
    accords: dict[tuple[str, str], set[int]] = field(
        default_factory=dict
    )  # (dossier, organisme) → acts that accord
    tombes: set[int] = field(default_factory=set)  # acts whose proof is rejected, or too long unconfirmed
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
        return self.partage(dossier, agent.organisme)

    def partage(self, dossier: str, organisme: str) -> bool:
        """Whether an organisme reads by consent: an act accords it, and its proof holds."""
        return bool(self.accords.get((dossier, organisme), set()) - self.tombes)

    def dire(self, dossier: str, organisme: str, acte: int | None) -> None:
        """The person's last word for an organisme: the act that accords, or None when she refuses or withdraws."""
        deja = self.accords.get((dossier, organisme), set())
        self.accords[dossier, organisme] = deja | {acte} if acte is not None else set()
        self.fermer_les_prets()

    def tomber(self, acte: int) -> None:
        """Nothing rests on this act any more."""
        self.tombes.add(acte)
        self.fermer_les_prets()

    def fusionner(self, ancien: str, successeur: str) -> None:
        """What was in force passes over, nothing else; the people who were active go on at the successor."""
        for dossier in self.unite:
            if self.partage(dossier, ancien):
                self.accords[dossier, successeur] = self.accords[dossier, ancien] - self.tombes
            self.accords.pop((dossier, ancien), None)
        for agent in self.agents.values():
            if agent.organisme == ancien:
                agent.organisme, agent.etat = successeur, "active" if agent.etat == "active" else "close"
        self.fermer_les_prets()

    def fermer_les_prets(self) -> None:
        """A loan to somebody of a partner never outlives its share."""
        self.confies = {
            (d, n)
            for d, n in self.confies
            if self.agents[n].profil == "correspondant" or self.par_partage(n, d)
        }

    def en_entier(self, nom: str) -> set[str]:
        """What she may also print and take away: not what an emergency alone opens."""
        return {d for d in self.lus_par(nom) if self.par_partage(nom, d) or (d, nom) in self.confies}

    def lus_par(self, nom: str) -> set[str]:
        return {dossier for dossier in self.unite if self.lit(nom, dossier)}
