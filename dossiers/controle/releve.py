"""The statement of accesses given to the person: who, by organisme and function, when, and for what kind of act."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from dossiers.controle.mots import NOMS
from dossiers.partages.models import Dossier
from dossierunique.courriers.composition import composer
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.journal.models import LigneJournal
from dossierunique.ui.formats import jour, pluriel
from partners.models import Habilitation, Organisme

GROUPES_MAX = 5000


@dataclass
class Jour:
    """What one function of one organisme did in one day."""

    quand: date
    organisme: str
    fonction: str
    actes: dict[str, int] = field(default_factory=dict)

    @property
    def en_mots(self) -> str:
        """« 3 consultations, 1 impression »."""
        return ", ".join(pluriel(nombre, ",".join(NOMS[acte])) for acte, nombre in self.actes.items())  # type: ignore[index]


def jours(lignes: QuerySet[LigneJournal]) -> list[Jour]:
    """The accesses by day, organisme and function (and agent, when the setting says so); newest first."""
    groupes = list(
        lignes.filter(action__in=[str(acte) for acte in NOMS])
        .annotate(jour=TruncDate("quand"))
        .values("jour", "organisme_id", "habilitation_id", "acteur_nom", "action")
        .annotate(nombre=Count("pk"))
        .order_by("-jour", "organisme_id", "habilitation_id", "acteur_nom", "action")[:GROUPES_MAX]
    )
    organismes = Organisme.objects.in_bulk({g["organisme_id"] for g in groupes} - {None})
    habilitations = Habilitation.objects.in_bulk({g["habilitation_id"] for g in groupes} - {None})
    reunis: dict[tuple[date, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for groupe in groupes:
        organisme = organismes.get(groupe["organisme_id"])
        cle = (groupe["jour"], organisme.nom if organisme else "", _fonction(groupe, habilitations))
        reunis[cle][groupe["action"]] += groupe["nombre"]
    return [Jour(*cle, dict(actes)) for cle, actes in reunis.items()]


def _fonction(groupe: dict[str, Any], habilitations: dict[int, Habilitation]) -> str:
    habilitation = habilitations.get(groupe["habilitation_id"])
    if habilitation is None:
        return "traitement automatique" if not groupe["acteur_nom"] else "agent sans habilitation"
    fonction = habilitation.get_profil_display()
    if settings.RELEVE_NOMME_LES_AGENTS:
        return f"{groupe['acteur_nom'].split(',')[0]}, {fonction}"
    return fonction


def rediger(dossier: Dossier, lignes: QuerySet[LigneJournal], du: date, au: date) -> bytes:
    """The letter, with its table."""
    lettre = composer(
        "releve_acces",
        {"numero": dossier.numero, "demandeur": str(dossier.assure), "du": jour(du), "au": jour(au)},
    )
    contexte = {
        "lettre": lettre,
        "reference": dossier.numero,
        "date": timezone.localdate(),
        "destinataire": {"nom": str(dossier.assure), "lignes": dossier.assure.adresse.splitlines()},
        "jours": jours(lignes),
    }
    return rendre_pdf("courriers/releve_acces.html", contexte, titre=lettre.objet)
