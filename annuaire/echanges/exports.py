"""The directory as a spreadsheet: what is filtered, in the columns that an import takes back."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from annuaire.echanges.colonnes import EN_PLUS, champs
from annuaire.echanges.models import Nature
from annuaire.fiches import horaires
from annuaire.fiches.lecture import COMPETENCES
from annuaire.fiches.models import Contact, Service
from annuaire.recherche.resultats import Trouves
from dossierunique import tableurs
from dossierunique.tableurs import inerte
from partners.models import Organisme

FORMATS: dict[str, tuple[Callable[[list[list[str]], str], bytes], str]] = {
    "xlsx": (tableurs.en_xlsx, tableurs.XLSX),
    # en_csv makes texts inert by itself: twice would show.
    "csv": (lambda rangees, _: tableurs.en_csv(rangees), tableurs.CSV),
}


def exporter(trouves: Trouves, nature: str, forme: str) -> bytes:
    """The file of what was found."""
    composer, _ = FORMATS[forme]
    lignes = rangees(trouves, nature)
    if forme != "csv":
        lignes = [[inerte(cellule) for cellule in ligne] for ligne in lignes]
    return composer(lignes, "Services" if nature == Nature.SERVICES else "Personnes")


def rangees(trouves: Trouves, nature: str) -> list[list[str]]:
    """Headings, then one row an entry."""
    titres = [*(champ.libelle for champ in champs(nature)), *EN_PLUS]
    noms = _noms_d_organismes()
    if nature == Nature.SERVICES:
        services = trouves.services.prefetch_related(COMPETENCES)
        return [titres, *(_service(service, noms) for service in services)]
    return [titres, *(_personne(contact, noms) for contact in trouves.personnes)]


def _noms_d_organismes() -> dict[int, str]:
    """The sigle of each, or its code when another bears the same: an import must find it again."""
    tous = list(Organisme.objects.order_by("pk"))
    comptes = Counter(organisme.sigle for organisme in tous)
    return {o.pk: o.sigle if comptes[o.sigle] == 1 else o.code for o in tous}


def _service(service: Service, noms: dict[int, str]) -> list[str]:
    competences = list(service.competences.all())
    return [
        f"S{service.pk}", noms[service.organisme_id], service.nom, service.unite.code if service.unite else "",
        service.missions, service.telephone, service.courriel, service.adresse, horaires.ecrire(service.horaires),
        service.note_horaires, _liste(c.departement for c in competences),
        _liste(c.unite.code for c in competences if c.unite), _liste(c.programme for c in competences),
        _liste(c.aide for c in competences), f"{service.verifie_le:%d/%m/%Y}",
    ]  # fmt: skip


def _personne(contact: Contact, noms: dict[int, str]) -> list[str]:
    return [
        f"P{contact.pk}", noms[contact.service.organisme_id], contact.service.nom, contact.prenom, contact.nom,
        contact.fonction, contact.portable, contact.telephone, contact.courriel, contact.note_horaires,
        f"{contact.verifie_le:%d/%m/%Y}",
    ]  # fmt: skip


def _liste(valeurs: Iterable[Any]) -> str:
    return ", ".join(sorted(str(valeur) for valeur in valeurs if valeur))
