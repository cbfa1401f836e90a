"""One line of a list, read cell by cell: what it says of a person, or what is wrong, in the user's words.

A message never quotes a cell: a NIR may lie in any of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from dossiers.assures.forms import nom_propre, telephone_propre
from dossiers.assures.models import Assure, Sexe
from dossiers.assures.nir import Nir, NirInvalide, incoherences, lire
from dossiers.consentements.models import DecisionConsentement
from dossiers.consentements.signataires import empechement
from dossierunique.mots import simplifier
from opex.imprimes.colonnes import CONSENTEMENT, PAR_CODE, REQUIS
from opex.imprimes.models import Contrat, PersonneAPrevenir, Relation

FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y")
HOMMES = frozenset({"h", "m", "homme", "masculin", "monsieur", "mr"})
FEMMES = frozenset({"f", "femme", "feminin", "madame", "mme", "mademoiselle", "mlle"})
LIENS = {
    Relation.CONJOINT: "conjoint conjointe epoux epouse mari femme compagnon compagne concubin concubine pacs",
    Relation.PARENT: "parent pere mere papa maman",
    Relation.ENFANT: "enfant fils fille",
    Relation.FRATRIE: "frere soeur",
    Relation.AMI: "ami amie",
}
ACCORDE = frozenset({"oui", "o", "accorde", "accord", "x", "1", "vrai"})
REFUSE = frozenset({"non", "n", "refuse", "refus", "0", "faux"})
TROP_LONG = "Ce texte est trop long\u00a0: {} caractères au plus."


class Refus(ValueError):
    """A cell that cannot be kept, and why."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ, self.message = champ, message


@dataclass
class LigneLue:
    """A line well understood; what the list does not say is left empty."""

    numero: int
    nir: Nir
    naissance: date
    nom: str
    prenoms: str
    sexe: str
    textes: dict[str, str] = field(default_factory=dict)
    a_prevenir: dict[str, Any] | None = None
    mutuelle: tuple[str, str] | None = None
    decisions: dict[str, str] = field(default_factory=dict)
    signe_le: date | None = None


def lire_ligne(
    numero: int, cellules: list[str], colonnes: Mapping[str, str]
) -> tuple[LigneLue | None, list[dict[str, str]]]:
    """The line, or its errors as {"champ": …, "message": …}; all of them at once."""
    brut = {
        code: cellules[int(colonne)] for colonne, code in colonnes.items() if int(colonne) < len(cellules)
    }
    lecteur = _Lecteur(brut)
    ligne = lecteur.ligne(numero)
    erreurs = [{"champ": _nom(champ), "message": message} for champ, message in lecteur.erreurs]
    return (None, erreurs) if erreurs else (ligne, [])


def _nom(champ: str) -> str:
    if champ.startswith(CONSENTEMENT):
        return "Consentement"
    return PAR_CODE[champ].libelle if champ in PAR_CODE else ""


class _Lecteur:
    """The cells of one line, by field; errors are gathered, so that a line is corrected once."""

    def __init__(self, brut: dict[str, str]) -> None:
        self.brut = brut
        self.erreurs: list[tuple[str, str]] = []

    def lit(self, champ: str, geste: Callable[[str], Any]) -> Any:
        """The value of a field; None when it is empty or wrong."""
        texte = self.brut.get(champ, "")
        if not texte:
            if champ in REQUIS:
                self.erreurs.append((champ, "La case est vide."))
            return None
        try:
            return geste(texte)
        except Refus as refus:
            self.erreurs.append((champ, refus.message))
        except (NirInvalide, ValidationError) as erreur:
            message = erreur.messages[0] if isinstance(erreur, ValidationError) else str(erreur)
            self.erreurs.append((champ, message))
        return None

    def ligne(self, numero: int) -> LigneLue | None:
        nir, naissance = self.lit("nir", lire), self.lit("naissance", _naissance)
        nom, prenoms = self.lit("nom", _nom_de("nom_naissance")), self.lit("prenoms", _nom_de("prenoms"))
        sexe = self.lit("sexe", _sexe)
        if nir:
            for champ, message in incoherences(nir, sexe=sexe, naissance=naissance).items():
                self.erreurs.append(({"date_naissance": "naissance"}.get(champ, champ), message))
        textes, a_prevenir = self._textes(), self._a_prevenir()
        mutuelle = self._mutuelle()
        signe_le, decisions = self._consentement(naissance)
        if self.erreurs or not (nir and naissance):
            return None
        return LigneLue(
            numero,
            nir,
            naissance,
            nom,
            prenoms,
            sexe or nir.sexe,
            textes,
            a_prevenir,
            mutuelle,
            decisions,
            signe_le,
        )

    def _textes(self) -> dict[str, str]:
        lus = {
            "nom_usage": self.lit("nom_usage", _nom_de("nom_usage")),
            "telephone": self.lit("telephone", _telephone("telephone")),
        }
        for champ in ("lieu_naissance", "grade", "matricule"):
            lus[champ] = self.lit(champ, _texte(champ, Assure._meta.get_field(champ).max_length))
        return {champ: valeur for champ, valeur in lus.items() if valeur}

    def _a_prevenir(self) -> dict[str, Any] | None:
        nom, prenoms = self.lit("prevenir_nom", nom_propre), self.lit("prevenir_prenoms", nom_propre)
        telephone = self.lit("prevenir_telephone", _telephone("prevenir_telephone"))
        if not (nom or prenoms or telephone):
            return None
        if nom and not prenoms:
            nom, prenoms = _separer(nom)
        if not (nom and prenoms):
            self.erreurs.append(("prevenir_nom", "Indiquez le nom et le prénom de la personne à prévenir."))
        elif len(nom) > 80 or len(prenoms) > 120:
            self.erreurs.append(("prevenir_nom", TROP_LONG.format(80)))
        if not telephone and "prevenir_telephone" not in dict(self.erreurs):
            self.erreurs.append(
                ("prevenir_telephone", "Sans téléphone, on ne peut pas prévenir cette personne.")
            )
        relation = self.lit("prevenir_lien", _lien) or Relation.AUTRE
        return {"nom": nom, "prenoms": prenoms, "relation": relation, "telephone": telephone, "adresse": ""}

    def _mutuelle(self) -> tuple[str, str] | None:
        nom = self.lit("mutuelle", _texte("mutuelle", Contrat._meta.get_field("nom").max_length))
        numero = self.lit("mutuelle_numero", _texte("mutuelle_numero", 40))
        if numero and not nom and "mutuelle" not in dict(self.erreurs):
            self.erreurs.append(("mutuelle", "Un numéro d’adhérent est indiqué sans le nom de la mutuelle."))
        return (nom, numero or "") if nom else None

    def _consentement(self, naissance: date | None) -> tuple[date | None, dict[str, str]]:
        signe_le = self.lit("signe_le", _signature)
        codes = [champ for champ in self.brut if champ.startswith(CONSENTEMENT)]
        lus = {champ.removeprefix(CONSENTEMENT): self.lit(champ, _choix) for champ in codes}
        decisions = {code: decision for code, decision in lus.items() if decision}
        if decisions and not signe_le and "signe_le" not in dict(self.erreurs):
            self.erreurs.append(("signe_le", "Des choix sont indiqués sans leur date de signature."))
        if decisions and signe_le and naissance and (faute := empechement(naissance, signe_le, None)):
            self.erreurs.append(("signe_le", faute.message))
        return signe_le, decisions


def _date(champ: str, texte: str) -> date:
    for forme in FORMATS:
        try:
            return datetime.strptime(texte, forme).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise Refus(champ, "Cette date ne se lit pas\u00a0: écrivez-la comme 14/05/1984.")


def _naissance(texte: str) -> date:
    jour = _date("naissance", texte)
    if not date(1900, 1, 1) <= jour <= timezone.localdate():
        raise Refus("naissance", "Cette date de naissance n’est pas possible.")
    return jour


def _signature(texte: str) -> date:
    jour = _date("signe_le", texte)
    if jour > timezone.localdate():
        raise Refus("signe_le", "La date de signature est dans le futur.")
    return jour


def _nom_de(champ: str) -> Callable[[str], str]:
    longueur = Assure._meta.get_field(champ).max_length

    def lire_nom(texte: str) -> str:
        propre = nom_propre(texte.replace(",", " "))
        if len(propre) > longueur:
            raise Refus(champ, TROP_LONG.format(longueur))
        return propre

    return lire_nom


def _texte(champ: str, longueur: int) -> Callable[[str], str]:
    def lire_texte(texte: str) -> str:
        if len(texte) > longueur:
            raise Refus(champ, TROP_LONG.format(longueur))
        return texte

    return lire_texte


def _sexe(texte: str) -> str:
    mot = simplifier(texte)
    if mot in HOMMES:
        return Sexe.HOMME
    if mot in FEMMES:
        return Sexe.FEMME
    raise Refus("sexe", "Le sexe s’écrit H ou F.")


def _telephone(champ: str) -> Callable[[str], str]:
    longueur = PersonneAPrevenir._meta.get_field("telephone").max_length

    def lire_telephone(texte: str) -> str:
        # A spreadsheet drops the zero that begins a number.
        propre = f"0{texte}" if texte.isdecimal() and len(texte) == 9 else texte
        if len(propre) > longueur:
            raise Refus(champ, TROP_LONG.format(longueur))
        return telephone_propre(propre)

    return lire_telephone


def _lien(texte: str) -> str:
    mots = set(simplifier(texte).split())
    return next(
        (relation for relation, connus in LIENS.items() if mots & set(connus.split())), Relation.AUTRE
    )


def _choix(texte: str) -> str:
    mot = simplifier(texte)
    if mot in ACCORDE:
        return DecisionConsentement.ACCORDE
    if mot in REFUSE:
        return DecisionConsentement.REFUSE
    raise Refus(
        CONSENTEMENT, "Un choix s’écrit «\u00a0accordé\u00a0» ou «\u00a0refusé\u00a0», ou se laisse vide."
    )


def _separer(complet: str) -> tuple[str, str]:
    """« DUPONT Marie » as a name and first names: capitals are the name, else the first word is."""
    mots = complet.split()
    capitales = [mot for mot in mots if mot.isupper() and len(mot) > 1]
    nom = capitales if capitales and len(capitales) < len(mots) else mots[:1]
    return " ".join(nom), " ".join(mot for mot in mots if mot not in nom)
