"""The lists of dossiers: they start from the shares, whose index gives a page in the order it is shown."""

from dataclasses import dataclass

from django.db import connections, models
from django.db.models import Q, QuerySet

from dossiers.assures import nir as regles_nir
from dossiers.assures.models import Assure
from dossiers.partages.models import Dossier, Partage, Situation
from dossierunique import numeros
from partners.models import Habilitation


@dataclass(frozen=True)
class Filtres:
    """What a list is narrowed to: where the dossier stands, and words of a name or a number."""

    situation: str = ""
    mots: str = ""


def sans_accent(texte: str) -> str:
    """The unaccented, lower-cased form that the database indexes."""
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT du_sans_accent(%s)", [texte])
        return curseur.fetchone()[0]


def lignes(habilitation: Habilitation, filtres: Filtres) -> QuerySet[Partage]:
    """The shares of the dossiers to list, one a dossier, with what a row shows."""
    partages = Partage.objects.visibles_par(habilitation)
    if filtres.situation in Situation.values:
        partages = partages.filter(situation=filtres.situation)
    if mots := filtres.mots.strip():
        partages = partages.filter(_mots(mots))
    return partages.select_related("dossier__assure", "dossier__unite")


def _mots(mots: str) -> Q:
    numero = mots.upper()
    if numeros.est_valide(numero):
        return Q(dossier__numero=numero)
    nom = sans_accent(mots)
    return Q(nom_tri__startswith=nom) | Q(naissance_tri__startswith=nom)


def confies(habilitation: Habilitation) -> QuerySet[Dossier]:
    """Dossiers entrusted to this user by a named exception, outside her shares."""
    en_partage = Partage.objects.visibles_par(habilitation).filter(dossier=models.OuterRef("pk"))
    return (
        Dossier.objects.filter(exceptions__user=habilitation.utilisateur_id)
        .visibles_par(habilitation)
        .exclude(models.Exists(en_partage))
        .select_related("assure", "unite")
        .distinct()
    )


def par_nir(habilitation: Habilitation, nir: regles_nir.Nir) -> Dossier | None:
    """The visible dossier of the person with this NIR."""
    assures = Assure.objects.par_nir(nir).values("pk")
    return Dossier.objects.filter(assure__in=assures).visibles_par(habilitation).order_by("programme").first()
