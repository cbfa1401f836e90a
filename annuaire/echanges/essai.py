"""The dry run of a list: what each line would create, change or leave; the same says what applying it does."""

from dataclasses import dataclass, field
from typing import Any

from annuaire.echanges.colonnes import libelles
from annuaire.echanges.lignes import CHOSES, Lecteur, LigneLue
from annuaire.echanges.models import Depot, Nature
from annuaire.echanges.referentiel import Personnes, Referentiel
from annuaire.fiches.competences import Chose
from annuaire.fiches.models import Contact, Service
from dossierunique.mots import simplifier
from partners.models import Habilitation

CREE, CHANGE, INCHANGE, REFUSE = "cree", "change", "inchange", "refuse"
IDENTIFIANT_INCONNU = "Cet identifiant n’est celui d’aucune de vos entrées : videz la case pour en créer une."
NOM_PRIS = "Un autre service de cet organisme porte déjà ce nom."
NOMS = frozenset({"nom", "prenom"})
DEUX_FOIS = "Même entrée que la ligne {} de la liste."


@dataclass
class Ecriture:
    """What a line does: to an entry that is there, or to a new one."""

    ligne: LigneLue
    cible: Service | Contact | None
    changements: dict[str, Any]
    ajouts: list[Chose] = field(default_factory=list)


@dataclass
class Verdict:
    """The report of a list, and what its good lines write."""

    rapport: list[dict[str, Any]] = field(default_factory=list)
    ecritures: list[Ecriture] = field(default_factory=list)


class Essai:
    """Tries the lines of a list against the directory as it is now; changes nothing."""

    def __init__(self, par: Habilitation, depot: Depot) -> None:
        self.depot, self.nature = depot, depot.nature
        self.referentiel = Referentiel(par, depot.organisme)
        self.lecteur = Lecteur(self.nature, depot.colonnes, self.referentiel)
        self.noms = libelles(self.nature)
        self.services = {service.pk: service for service in self.referentiel.services}
        self.personnes = Personnes(self.referentiel.tenus) if self.nature == Nature.PERSONNES else None
        self.deja: dict[Any, int] = {}

    def verdict(self) -> Verdict:
        """One entry a line, in the order of the list."""
        verdict = Verdict()
        for numero, cellules in self.depot.contenu.get("lignes", []):
            ligne, erreurs = self.lecteur.lire(numero, cellules)
            ecriture = None
            if ligne is not None:
                ecriture, erreurs = self._essayer(ligne)
            if ecriture is None:
                nom = self.lecteur.brut.get("nom", "")
                verdict.rapport.append({"ligne": numero, "constat": REFUSE, "nom": nom, "erreurs": erreurs})
                continue
            verdict.rapport.append(self._entree(ecriture))
            verdict.ecritures.append(ecriture)
        return verdict

    def _essayer(self, ligne: LigneLue) -> tuple[Ecriture | None, list[dict[str, str]]]:
        cible = self._cible(ligne)
        if ligne.cle is not None and cible is None:
            return None, [{"champ": self.noms["identifiant"], "message": IDENTIFIANT_INCONNU}]
        if self.nature == Nature.SERVICES and self._nom_pris(ligne, cible):
            return None, [{"champ": self.noms["nom"], "message": NOM_PRIS}]
        repere = cible.pk if cible else self._repere(ligne)
        premiere = self.deja.setdefault(repere, ligne.numero)
        if premiere != ligne.numero:
            return None, [{"champ": self.noms["nom"], "message": DEUX_FOIS.format(premiere)}]
        changements = {
            c: v for c, v in ligne.valeurs.items() if cible is None or self._change(ligne, cible, c)
        }
        tenues = {Chose.de(c) for c in cible.competences.all()} if isinstance(cible, Service) else set()
        ajouts = list(dict.fromkeys(chose for chose in ligne.choses if chose not in tenues))
        return Ecriture(ligne, cible, changements, ajouts), []

    @staticmethod
    def _change(ligne: LigneLue, cible: Service | Contact, code: str) -> bool:
        """Found by its name, an entry keeps the way in which it is written: only an identifier renames."""
        tenue, dite = getattr(cible, code), ligne.valeurs[code]
        if ligne.cle is None and code in NOMS and simplifier(tenue) == simplifier(dite):
            return False
        return tenue != dite

    def _cible(self, ligne: LigneLue) -> Service | Contact | None:
        if self.personnes is None:
            if ligne.cle is not None:
                connu = self.services.get(ligne.cle)
                return connu if connu and connu.organisme_id == ligne.organisme.pk else None
            return self.referentiel.service(ligne.organisme, ligne.valeurs["nom"])
        if ligne.cle is not None:
            connue = self.personnes.par_cle.get(ligne.cle)
            return connue if connue and connue.service.organisme_id == ligne.organisme.pk else None
        if ligne.service is None:
            return None
        nom = f"{ligne.valeurs.get('prenom', '')} {ligne.valeurs['nom']}"
        return self.personnes.trouver(ligne.service, nom, ligne.valeurs.get("courriel", ""))

    def _nom_pris(self, ligne: LigneLue, cible: Service | Contact | None) -> bool:
        porteur = self.referentiel.service(ligne.organisme, ligne.valeurs["nom"])
        return porteur is not None and cible is not None and porteur.pk != cible.pk

    def _repere(self, ligne: LigneLue) -> tuple[Any, ...]:
        """What makes two new lines the same entry."""
        if ligne.service is None:
            return ligne.organisme.pk, simplifier(ligne.valeurs["nom"])
        courriel = ligne.valeurs.get("courriel", "").lower()
        if courriel:
            return ligne.organisme.pk, courriel
        return ligne.service.pk, simplifier(f"{ligne.valeurs.get('prenom', '')} {ligne.valeurs['nom']}")

    def _entree(self, ecriture: Ecriture) -> dict[str, Any]:
        genres = {chose.genre for chose in ecriture.ajouts}
        codes = [*ecriture.changements, *(code for code, genre in CHOSES.items() if genre in genres)]
        if ecriture.cible is None:
            constat, codes = CREE, []
        else:
            constat = CHANGE if codes else INCHANGE
        valeurs = ecriture.ligne.valeurs
        nom = f"{valeurs.get('prenom', '')} {valeurs['nom']}".strip()
        changes = [self.noms[code] for code in codes]
        return {
            "ligne": ecriture.ligne.numero,
            "constat": constat,
            "nom": nom,
            "changes": changes,
            "erreurs": [],
        }


def compter(rapport: list[dict[str, Any]]) -> dict[str, int]:
    """How many lines of each kind."""
    constats = [entree["constat"] for entree in rapport]
    return {constat: constats.count(constat) for constat in (CREE, CHANGE, INCHANGE, REFUSE)}
