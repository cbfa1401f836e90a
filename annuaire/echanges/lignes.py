"""One line of a list, read cell by cell: what it says, or what is wrong, in the user's words; all at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from annuaire.echanges.colonnes import champs
from annuaire.echanges.models import Nature
from annuaire.echanges.referentiel import Introuvable, Referentiel
from annuaire.fiches import horaires
from annuaire.fiches.competences import Chose
from annuaire.fiches.models import Contact, Service
from annuaire.fiches.telephones import telephone_propre
from dossierunique.tableurs import relire
from partners.models import Organisme

TEXTES = {
    Nature.SERVICES: ("nom", "missions", "adresse", "note_horaires"),
    Nature.PERSONNES: ("prenom", "nom", "fonction", "note_horaires"),
}
CHOSES = {"departements": "departement", "unites": "unite", "programmes": "programme", "aides": "aide"}
LONGUEURS = {"missions": 2000, "adresse": 400}
MODELES: dict[str, type[Service] | type[Contact]] = {Nature.SERVICES: Service, Nature.PERSONNES: Contact}


@dataclass
class LigneLue:
    """A line well understood; an empty cell says nothing, and changes nothing."""

    numero: int
    organisme: Organisme
    cle: int | None
    valeurs: dict[str, Any]
    choses: list[Chose] = field(default_factory=list)
    service: Service | None = None


class Lecteur:
    """Reads the lines of one list."""

    def __init__(self, nature: str, colonnes: Mapping[str, str], referentiel: Referentiel) -> None:
        self.nature, self.colonnes, self.referentiel = nature, colonnes, referentiel
        self.requis = {champ.code for champ in champs(nature) if champ.requis}
        self.noms = {champ.code: champ.libelle for champ in champs(nature)}
        self.brut: dict[str, str] = {}
        self.erreurs: list[dict[str, str]] = []

    def lire(self, numero: int, cellules: list[str]) -> tuple[LigneLue | None, list[dict[str, str]]]:
        """The line, or its errors as {"champ": …, "message": …}."""
        self.erreurs = []
        self.brut = {
            code: relire(cellules[int(colonne)])
            for colonne, code in self.colonnes.items()
            if int(colonne) < len(cellules)
        }
        organisme = self._lit("organisme", self.referentiel.organisme, toujours=True)
        cle = self._lit("identifiant", self._cle)
        valeurs = {
            "telephone": self._lit("telephone", telephone_propre),
            "courriel": self._lit("courriel", _courriel),
        }
        for code in TEXTES[self.nature]:
            valeurs[code] = self._lit(code, self._texte(code))
        lu = LigneLue(numero, organisme, cle, valeurs)
        if self.nature == Nature.SERVICES:
            self._lire_service(lu)
        else:
            self._lire_personne(lu)
        lu.valeurs = {code: valeur for code, valeur in lu.valeurs.items() if valeur}
        return (None, self.erreurs) if self.erreurs else (lu, [])

    def _lire_service(self, lu: LigneLue) -> None:
        lu.valeurs["horaires"] = self._lit("horaires", horaires.lire)
        unite = self._lit("unite", self.referentiel.unite)
        if unite is not None and lu.organisme and unite.organisme_id != lu.organisme.pk:
            self._refuser("unite", "Cette unité est d’un autre organisme.")
        lu.valeurs["unite"] = unite
        for code, genre in CHOSES.items():
            lu.choses += self._lit(code, lambda texte, g=genre: self.referentiel.choses(g, texte)) or []

    def _lire_personne(self, lu: LigneLue) -> None:
        lu.valeurs["portable"] = self._lit("portable", telephone_propre)
        nom = self._lit("service", str)
        if nom and lu.organisme:
            lu.service = self.referentiel.service(lu.organisme, nom)
            if lu.service is None:
                self._refuser(
                    "service", f"{lu.organisme} n’a pas de service {nom[:60]} : déposez d’abord les services."
                )
            lu.valeurs["service"] = lu.service

    def _lit(self, code: str, geste: Callable[[str], Any], *, toujours: bool = False) -> Any:
        texte = self.brut.get(code, "")
        if not texte and not toujours:
            if code in self.requis:
                self._refuser(code, "La case est vide.")
            return None
        try:
            return geste(texte)
        except ValidationError as erreur:
            self._refuser(code, erreur.messages[0])
        except Introuvable as erreur:
            self._refuser(code, str(erreur))
        return None

    def _refuser(self, code: str, message: str) -> None:
        self.erreurs.append({"champ": self.noms[code], "message": message})

    def _cle(self, texte: str) -> int:
        lettre = "S" if self.nature == Nature.SERVICES else "P"
        chiffres = texte.strip().upper().removeprefix(lettre)
        if not chiffres.isdecimal() or len(chiffres) > 12:
            raise ValidationError("Cet identifiant n’est pas l’un des nôtres : videz la case.")
        return int(chiffres)

    def _texte(self, code: str) -> Callable[[str], str]:
        champ = MODELES[self.nature]._meta.get_field(code)
        longueur = LONGUEURS.get(code) or getattr(champ, "max_length", None)
        paragraphes = isinstance(champ, models.TextField)

        def lire(texte: str) -> str:
            propre = texte.strip() if paragraphes else " ".join(texte.split())
            if longueur and len(propre) > longueur:
                raise ValidationError(f"Ce texte est trop long : {longueur} caractères au plus.")
            return propre

        return lire


def _courriel(texte: str) -> str:
    propre = texte.strip()
    try:
        validate_email(propre)
    except ValidationError:
        raise ValidationError("Cette adresse électronique ne se lit pas.") from None
    if len(propre) > 254:
        raise ValidationError("Cette adresse électronique est trop longue.")
    return propre
