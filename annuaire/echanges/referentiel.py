"""What the lines of a list speak of, read once for the whole list: organismes, services, units, people, aids."""

from collections.abc import Iterable
from typing import Any

from annuaire import policies
from annuaire.fiches.competences import Chose
from annuaire.fiches.models import Contact, Service
from dossierunique import departements
from dossierunique.mots import simplifier
from partners.aides import aides
from partners.models import Habilitation, Organisme, Unite
from partners.organismes.models import Programme


class Introuvable(ValueError):
    """A cell names what is not there; the message says what to do."""


class Referentiel:
    """The names that may stand in a list, for who files it. As many statements however long the list."""

    def __init__(self, par: Habilitation, organisme: Organisme) -> None:
        self.defaut = organisme
        self.organismes = list(Organisme.objects.order_by("pk"))
        self.tenus = set(policies.organismes_tenus(par).values_list("pk", flat=True))
        self._unites = _par_nom(Unite.objects.order_by("pk"), lambda u: (u.code, u.nom, str(u)))
        self._aides = {simplifier(n): code for code, nom in aides().items() for n in (code, nom)}
        self._departements = {
            simplifier(n): code for code, nom in departements.NOMS.items() for n in (code, nom)
        }
        self._programmes = {simplifier(n): p.value for p in Programme for n in (p.value, p.label)}
        self._noms = _par_nom(self.organismes, lambda o: (o.code, o.sigle, o.nom))
        self.services = list(
            Service.objects.filter(organisme__in=self.tenus).select_related("unite").prefetch_related("competences")
        )  # fmt: skip
        self._services = {(s.organisme_id, simplifier(s.nom)): s for s in self.services}

    def organisme(self, texte: str) -> Organisme:
        """The one that a line names, or the one of the list. Raises Introuvable."""
        trouve = self._seul(self._noms, texte, "Organisme inconnu") if texte else self.defaut
        if trouve.pk not in self.tenus:
            raise Introuvable("Vous ne tenez pas les entrées de cet organisme.")
        return trouve

    def service(self, organisme: Organisme, nom: str) -> Service | None:
        """The service of this name."""
        return self._services.get((organisme.pk, simplifier(nom)))

    def unite(self, texte: str) -> Unite:
        """A unit by its code or its name. Raises Introuvable."""
        return self._seul(self._unites, texte, "Unité inconnue")

    def choses(self, genre: str, texte: str) -> list[Chose]:
        """What a cell lists, apart by commas. Raises Introuvable."""
        morceaux = [m.strip() for m in texte.replace("\n", ",").replace(";", ",").split(",")]
        return [self._chose(genre, morceau) for morceau in morceaux if morceau]

    def _chose(self, genre: str, texte: str) -> Chose:
        if genre == "unite":
            return Chose(genre, self.unite(texte).pk)
        mot = simplifier(texte)
        if genre == "departement":
            # A spreadsheet drops the zero that begins a code.
            mot = mot.zfill(2) if mot.isdecimal() else mot
        connus = {
            "departement": self._departements, "programme": self._programmes, "aide": self._aides,
        }[genre]  # fmt: skip
        if mot not in connus:
            nom = {"departement": "Département", "programme": "Programme", "aide": "Aide"}[genre]
            raise Introuvable(f"{nom} inconnu{'e' if genre == 'aide' else ''} : {texte[:40]}.")
        return Chose(genre, connus[mot])

    @staticmethod
    def _seul(noms: dict[str, list[Any]], texte: str, inconnu: str) -> Any:
        trouves = noms.get(simplifier(texte), [])
        if not trouves:
            raise Introuvable(f"{inconnu} : {texte[:40]}.")
        if len(trouves) > 1:
            raise Introuvable(f"Plusieurs portent le nom {texte[:40]} : écrivez le code.")
        return trouves[0]


class Personnes:
    """The people of the organismes kept, found as lists name them."""

    def __init__(self, tenus: Iterable[int]) -> None:
        self.par_cle: dict[int, Contact] = {}
        self._par_courriel: dict[tuple[int, str], Contact] = {}
        self._par_nom: dict[tuple[int, str], list[Contact]] = {}
        siennes = Contact.objects.filter(service__organisme__in=tenus).select_related("service")
        for contact in siennes.order_by("pk"):
            self.par_cle[contact.pk] = contact
            if contact.courriel:
                self._par_courriel.setdefault(
                    (contact.service.organisme_id, contact.courriel.lower()), contact
                )
            cle = (contact.service_id, simplifier(str(contact)))
            self._par_nom.setdefault(cle, []).append(contact)

    def trouver(self, service: Service, nom: str, courriel: str) -> Contact | None:
        """By her e-mail in the organisme, else by her name in the service when one alone bears it."""
        if courriel and (par_courriel := self._par_courriel.get((service.organisme_id, courriel.lower()))):
            return par_courriel
        homonymes = self._par_nom.get((service.pk, simplifier(nom)), [])
        return homonymes[0] if len(homonymes) == 1 else None


def _par_nom(objets: Iterable[Any], noms: Any) -> dict[str, list[Any]]:
    trouves: dict[str, list[Any]] = {}
    for objet in objets:
        for nom in {simplifier(n) for n in noms(objet)} - {""}:
            trouves.setdefault(nom, []).append(objet)
    return trouves
