"""Asking for an habilitation, and who was told of it."""

from datetime import date

from dossierunique.journal.ecriture import Personne
from dossierunique.notifications.models import Notification
from partners.habilitations import parcours
from partners.habilitations.models import Habilitation
from tests import fabriques

JOUR = date(2026, 11, 22)


def demander(personne=None, par=None, profil="partenaire", organisme="uneo", **k) -> Habilitation:
    personne = personne or fabriques.utilisateur()
    champs = {"unites": [], "programmes": ["DU"], "debut": JOUR} | k
    return parcours.demander(
        par or Personne(personne), personne, fabriques.organisme(organisme), profil=profil, **champs
    )


def correspondant(**k) -> Habilitation:
    unites = [fabriques.unite()]
    return demander(profil="correspondant", organisme="armee", unites=unites, formation_le=JOUR, **k)


def prevenus(demande: Habilitation, genre: str) -> set[int]:
    lignes = Notification.objects.filter(genre=genre, texte__contains=f"n° {demande.pk}")
    return set(lignes.values_list("destinataire", flat=True))
