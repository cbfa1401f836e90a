"""« Qui voit quoi »: for each recipient and kind of data, what the policies answer. Nothing here decides.

Each nature of the policy table (natures.py) asks a Regard, the very object that the pages ask; a column is the regards
that an organisme's people may have. A policy that changes changes this table, and the paper that the person reads
before choosing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dossiers.partages.natures import Donnee, LigneNature, Niveau, natures_du
from dossiers.partages.profils import Regard
from partners.habilitations.models import PROFILS_SANS_DOSSIER, TYPES_PAR_PROFIL, Habilitation, Profil
from partners.models import Organisme
from partners.organismes.models import Programme


class Lecture(StrEnum):
    """How much of a nature the people of a reader see; the value is what is read aloud, or printed alone."""

    OUI = "voit"
    ETAT = "sait où cela en est"
    EXISTENCE = "sait que cela existe"
    SELON = "certains agents"
    NON = "ne voit pas"


LECTURES = {
    Niveau.CONTENU: Lecture.OUI,
    Niveau.ETAT: Lecture.ETAT,
    Niveau.EXISTENCE: Lecture.EXISTENCE,
    Niveau.RIEN: Lecture.NON,
}
PRECISIONS = {
    Donnee.NIR: "Affiché à la demande.",
    Donnee.DESTINATAIRES: "Un organisme n’y voit que la caisse et lui-même.",
    Donnee.CONSENTEMENTS: "Un organisme ne connaît que son accord.",
    Donnee.CONTRIBUTION: "Un organisme voit les siennes, et ce que les autres ont accordé.",
}


@dataclass(frozen=True)
class Lecteur:
    """One column: a name, and the regards of its people."""

    nom: str
    sigle: str
    regards: tuple[Regard, ...]
    consenti: bool = False

    def lecture(self, nature: LigneNature) -> Lecture:
        """What its people see of a nature: the same for all, or according to their function."""
        niveaux = {nature.niveau(regard) for regard in self.regards}
        if len(niveaux) > 1 and Niveau.CONTENU in niveaux:
            return Lecture.SELON
        return LECTURES[max(niveaux)]


@dataclass(frozen=True)
class Matrice:
    """The table: its columns, and a row of readings for each nature."""

    lecteurs: tuple[Lecteur, ...]
    programme: str = Programme.DU

    @property
    def lignes(self) -> list[tuple[LigneNature, str, list[tuple[Lecteur, Lecture]]]]:
        return [
            (nature, PRECISIONS.get(nature.code, ""), [(x, x.lecture(nature)) for x in self.lecteurs])
            for nature in natures_du(self.programme)
        ]

    @property
    def empreinte(self) -> str:
        """What the table says, as one text: two tables that say the same have the same."""
        noms = "|".join(f"{lecteur.sigle}/{lecteur.nom}" for lecteur in self.lecteurs)
        mots = "|".join(
            f"{n.libelle}/{note}:{','.join(v for _, v in cases)}" for n, note, cases in self.lignes
        )
        return f"{noms};{mots}"


def regard_de(organisme: Organisme, profil: str) -> Regard:
    """The regard of somebody of this organisme under this profil, without anybody in particular."""
    return Regard(Habilitation(organisme=organisme, profil=profil))


def profils_de(organisme: Organisme) -> list[str]:
    """The profils under which people of this organisme may read a dossier that is shared with it."""
    return [
        profil
        for profil, types in TYPES_PAR_PROFIL.items()
        if organisme.type in types and profil not in PROFILS_SANS_DOSSIER and profil != Profil.CORRESPONDANT
    ]


def matrice(
    cnmss: Organisme | None,
    armee: Organisme | None,
    recipients: Iterable[Organisme],
    programme: str = Programme.DU,
) -> Matrice:
    """The whole table: the CNMSS by function, the correspondant, then each possible recipient."""
    colonnes = []
    if cnmss:
        medecin = (regard_de(cnmss, Profil.MEDECIN),)
        services = tuple(
            regard_de(cnmss, profil)
            for profil in (Profil.GESTIONNAIRE, Profil.NUMERISATION, Profil.SECRETAIRE)
        )
        colonnes = [
            Lecteur("Caisse (CNMSS), ses services", "CNMSS", services),
            Lecteur("Médecin-conseil de la caisse", "Médecin-conseil", medecin),
            Lecteur("Délégué à la protection des données", "DPO", (regard_de(cnmss, Profil.DPO),)),
        ]
    if armee:
        colonnes.append(
            Lecteur("Votre correspondant d’unité", "Correspondant", (regard_de(armee, Profil.CORRESPONDANT),))
        )
    colonnes += [
        Lecteur(o.nom, o.sigle, tuple(regard_de(o, profil) for profil in profils_de(o)), consenti=True)
        for o in recipients
    ]
    return Matrice(tuple(lecteur for lecteur in colonnes if lecteur.regards), programme)
