"""« Qui voit quoi »: for each recipient and kind of data, what the policies answer. Nothing here decides.

Each nature asks a Regard, the very object that the pages ask; a column is the regards that an organisme's people may
have. A policy that changes changes this table, and the paper that the person reads before choosing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from dossiers.echanges.policies import genres_lisibles
from dossiers.partages.profils import Classe, Droit, Regard
from partners.habilitations.models import PROFILS_SANS_DOSSIER, TYPES_PAR_PROFIL, Habilitation, Profil
from partners.models import Organisme


class Lecture(StrEnum):
    """How much of a nature a reader sees."""

    OUI = "oui"
    MASQUE = "masqué"
    SELON = "selon la fonction"
    NON = "non"

    @property
    def mots(self) -> str:
        """Read aloud, or printed alone."""
        return {
            "oui": "voit",
            "masqué": "voit masqué",
            "selon la fonction": "certains agents",
            "non": "ne voit pas",
        }[self.value]


@dataclass(frozen=True)
class NatureDonnee:
    """One kind of data, and the question that the policies answer for one regard."""

    libelle: str
    voit: Callable[[Regard], bool]
    precision: str = ""
    a_defaut: Lecture = Lecture.NON

    def lecture(self, regard: Regard) -> Lecture:
        """What this regard sees of it."""
        return Lecture.OUI if self.voit(regard) else self.a_defaut


def _droit(droit: Droit) -> Callable[[Regard], bool]:
    return lambda regard: regard.peut(droit)


def _classe(classe: Classe) -> Callable[[Regard], bool]:
    return lambda regard: classe in regard.classes


def _toujours(_: Regard) -> bool:
    return True


NATURES: tuple[NatureDonnee, ...] = (
    NatureDonnee("Identité et coordonnées", _toujours),
    NatureDonnee(
        "Numéro de sécurité sociale en entier", _droit(Droit.VOIR_NIR),
        "Affiché à la demande ; chaque affichage est inscrit au journal.", Lecture.MASQUE,
    ),
    NatureDonnee("Demandes et leur avancement", _toujours),
    NatureDonnee("Besoin exprimé, ressources et charges", _droit(Droit.VOIR_RESSOURCES)),
    NatureDonnee("Coût et plan de financement", _droit(Droit.VOIR_MONTANTS)),
    NatureDonnee("Montants accordés par les autres organismes", _droit(Droit.VOIR_MONTANTS)),
    NatureDonnee("Motifs des décisions", _droit(Droit.VOIR_MOTIFS)),
    NatureDonnee("Pièces administratives", _classe(Classe.ADMINISTRATIF)),
    NatureDonnee("Pièces financières", _classe(Classe.FINANCIER)),
    NatureDonnee("Pièces bancaires", _classe(Classe.BANCAIRE)),
    NatureDonnee("Pièces sociales", _classe(Classe.SOCIAL)),
    NatureDonnee("Pièces médicales", _classe(Classe.MEDICAL), "Les autres voient qu’une pièce existe, sans l’ouvrir."),
    NatureDonnee("Courriers qui vous sont adressés", lambda regard: bool(genres_lisibles(regard))),
    NatureDonnee("Vos choix de partage", _droit(Droit.VOIR_CONSENTEMENTS), "Un organisme ne connaît que son accord."),
    NatureDonnee("Journal des consultations", _droit(Droit.LIRE_JOURNAL)),
)  # fmt: skip


@dataclass(frozen=True)
class Lecteur:
    """One column: a name, and the regards of its people."""

    nom: str
    sigle: str
    regards: tuple[Regard, ...]
    consenti: bool = False

    def lecture(self, nature: NatureDonnee) -> Lecture:
        """What its people see of a nature: the same for all, or according to their function."""
        lectures = {nature.lecture(regard) for regard in self.regards}
        if len(lectures) == 1:
            return lectures.pop()
        return Lecture.SELON if lectures & {Lecture.OUI} else Lecture.MASQUE


@dataclass(frozen=True)
class Matrice:
    """The table: its columns, and a row of readings for each nature."""

    lecteurs: tuple[Lecteur, ...]

    @property
    def lignes(self) -> list[tuple[NatureDonnee, list[tuple[Lecteur, Lecture]]]]:
        return [
            (nature, [(lecteur, lecteur.lecture(nature)) for lecteur in self.lecteurs]) for nature in NATURES
        ]

    @property
    def empreinte(self) -> str:
        """What the table says, as one text: two tables that say the same have the same."""
        noms = "|".join(f"{lecteur.sigle}/{lecteur.nom}" for lecteur in self.lecteurs)
        mots = "|".join(
            f"{n.libelle}/{n.precision}:{','.join(v for _, v in cases)}" for n, cases in self.lignes
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


def matrice(cnmss: Organisme | None, armee: Organisme | None, recipients: Iterable[Organisme]) -> Matrice:
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
    return Matrice(tuple(lecteur for lecteur in colonnes if lecteur.regards))
