"""What changed between two versions of the form, in words, as far as one regard may read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard
from dossiers.textes import jour
from opex.imprimes.models import Contrat, Imprime, PersonneAPrevenir, Proche

RIEN = "non renseigné"


@dataclass(frozen=True)
class Changement:
    """One line: what it is about, what it was, what it is now (one of them empty: added, or taken away)."""

    sujet: str
    avant: str
    apres: str

    @property
    def verbe(self) -> str:
        """In one word, for the reader."""
        if not self.avant:
            return "ajouté"
        return "modifié" if self.apres else "retiré"


def _mots(valeur: Any) -> str:
    return str(valeur) if valeur not in (None, "") else ""


def _date(valeur: Any) -> str:
    return jour(valeur) if valeur else ""


# field → (what its label is, its words, the nature of data that it belongs to)
CHAMPS: dict[str, tuple[Callable[[Any], str], Donnee]] = {
    "operation": (_mots, Donnee.IDENTITE),
    "depart_le": (_date, Donnee.IDENTITE),
    "retour_le": (_date, Donnee.IDENTITE),
    "statut": (lambda valeur: valeur, Donnee.IDENTITE),
    "grade": (_mots, Donnee.IDENTITE),
    "matricule": (_mots, Donnee.IDENTITE),
    "nationalite": (_mots, Donnee.IDENTITE),
    "unite": (_mots, Donnee.IDENTITE),
    "base_defense": (_mots, Donnee.IDENTITE),
    "adresse": (lambda valeur: " · ".join(_mots(valeur).splitlines()), Donnee.COORDONNEES),
    "telephone": (_mots, Donnee.COORDONNEES),
    "courriel": (_mots, Donnee.COORDONNEES),
}


def libelle(nom: str) -> str:
    """The label of a field, as it begins a line."""
    texte = str(Imprime._meta.get_field(nom).verbose_name)
    return texte[0].upper() + texte[1:]


def en_mots(imprime: Imprime, nom: str) -> str:
    """A field of a version in words, empty when it was left blank."""
    if nom == "statut":
        return imprime.get_statut_display()
    return CHAMPS[nom][0](getattr(imprime, nom))


def champs_lus(regard: Regard) -> list[str]:
    """The fields that this regard reads."""
    return [nom for nom, (_, donnee) in CHAMPS.items() if regard.lit(donnee)]


def changements(avant: Imprime | None, apres: Imprime, regard: Regard) -> list[Changement]:
    """What this regard may know of what changed; nothing when there is no version before.

    Both with their rows and contracts prefetched.
    """
    if avant is None:
        return []
    lignes = [_du_champ(nom, avant, apres) for nom in champs_lus(regard)]
    trouves = [ligne for ligne in lignes if ligne.avant != ligne.apres]
    if regard.lit(Donnee.PROCHES):
        for sujet, lot, cle, mots in ENSEMBLES:
            trouves += _des_lignes(
                sujet, list(getattr(avant, lot).all()), list(getattr(apres, lot).all()), cle, mots
            )
    return trouves


def _du_champ(nom: str, avant: Imprime, apres: Imprime) -> Changement:
    return Changement(libelle(nom), en_mots(avant, nom) or RIEN, en_mots(apres, nom) or RIEN)


def _a_prevenir(ligne: PersonneAPrevenir) -> str:
    adresse = ", ".join(ligne.adresse.splitlines())
    details = [ligne.get_relation_display(), ligne.telephone, adresse]
    return f"{ligne.ordre}. {ligne}, " + ", ".join(filter(None, details))


def _proche(ligne: Proche) -> str:
    details = [
        ligne.get_relation_display(),
        f"naissance le {jour(ligne.date_naissance)}" if ligne.date_naissance else "",
        "à charge" if ligne.a_charge else "",
    ]
    return f"{ligne}, " + ", ".join(filter(None, details))


def _contrat(ligne: Contrat) -> str:
    nom = ligne.organisme.nom if ligne.organisme else ligne.nom
    return f"{nom}, n° {ligne.numero}" if ligne.numero else nom


def _personne(ligne: Any) -> tuple[str, str]:
    return (ligne.nom.casefold(), ligne.prenoms.casefold())


ENSEMBLES: tuple[tuple[str, str, Callable[[Any], Any], Callable[[Any], str]], ...] = (
    ("Personne à prévenir", "a_prevenir", _personne, _a_prevenir),
    ("Famille", "proches", _personne, _proche),
    ("Contrat", "contrats", lambda c: (c.genre, c.organisme_id, c.nom.casefold()), _contrat),
)


def _sujet(sujet: str, ligne: Any) -> str:
    return f"{sujet}, {ligne.get_genre_display()}" if isinstance(ligne, Contrat) else sujet


def _des_lignes(
    sujet: str, avant: list[Any], apres: list[Any], cle: Callable[[Any], Any], mots: Callable[[Any], str]
) -> list[Changement]:
    """Rows joined by who, or what, they name; two that bear the same name follow each other in order."""
    restent = list(avant)
    trouves = []
    for ligne in apres:
        ancienne = next((a for a in restent if cle(a) == cle(ligne)), None)
        if ancienne is None:
            trouves.append(Changement(_sujet(sujet, ligne), "", mots(ligne)))
            continue
        restent.remove(ancienne)
        if mots(ancienne) != mots(ligne):
            trouves.append(Changement(_sujet(sujet, ligne), mots(ancienne), mots(ligne)))
    return trouves + [Changement(_sujet(sujet, ligne), mots(ligne), "") for ligne in restent]
