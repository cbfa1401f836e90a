"""The lists of dossiers: they start from the shares, whose index gives a page in the order it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connections, models
from django.db.models import Q, QuerySet
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from dossiers.assures import nir as regles_nir
from dossiers.assures.models import CONTEXTE_NIR
from dossiers.partages.models import Dossier, ExceptionUtilisateur, Partage, Situation
from dossiers.partages.prefixes import debute_par
from dossierunique import numeros
from dossierunique.securite import crypto
from partners.models import Habilitation


@dataclass(frozen=True)
class Filtres:
    """What a list is narrowed to: where the dossier stands, and words of a name or a number."""

    situation: str = ""
    mots: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row of the list, ready to be written: making four models of each one cost as much as the rest of the page."""

    numero: str
    personne: str
    unite: str
    ouvert_le: datetime
    situation: str
    url: str


COLONNES = (
    "ouvert_le", "dossier_id", "situation", "dossier__numero", "dossier__assure__nom_usage",
    "dossier__assure__nom_naissance", "dossier__assure__prenoms", "dossier__unite__nom", "dossier__unite__ville",
)  # fmt: skip
MARQUE = "NUMERO"
SITUATIONS = {code: libelle.capitalize() for code, libelle in Situation.choices}


@cache
def _modele_url(_prefixe: str) -> str:
    return reverse("dossiers:apercu", args=[MARQUE])


def rediger(valeurs: Iterable[dict[str, Any]]) -> list[Ligne]:
    """Rows to write from the values of COLONNES."""
    modele = _modele_url(get_script_prefix())
    return [
        Ligne(
            numero=v["dossier__numero"],
            personne=f"{_nom(v)} {v['dossier__assure__prenoms']}",
            unite=", ".join(filter(None, (v["dossier__unite__nom"], v["dossier__unite__ville"]))),
            ouvert_le=v["ouvert_le"],
            situation=SITUATIONS[v["situation"]],
            url=modele.replace(MARQUE, v["dossier__numero"]),
        )
        for v in valeurs
    ]


def _nom(valeurs: dict[str, Any]) -> str:
    # As Assure.nom writes it.
    return (valeurs["dossier__assure__nom_usage"] or valeurs["dossier__assure__nom_naissance"]).upper()


def sans_accent(texte: str) -> str:
    """The unaccented, lower-cased form that the database indexes."""
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT du_sans_accent(%s)", [texte])
        return curseur.fetchone()[0]


def lignes(habilitation: Habilitation, filtres: Filtres) -> QuerySet[Partage]:
    """The shares of the dossiers to list, one a dossier."""
    partages = Partage.objects.visibles_par(habilitation)
    if filtres.situation in Situation.values:
        partages = partages.filter(situation=filtres.situation)
    if mots := filtres.mots.strip():
        partages = partages.filter(_mots(mots))
    return partages


def _mots(mots: str) -> Q:
    numero = mots.upper()
    if numeros.est_valide(numero):
        return Q(dossier__numero=numero)
    nom = sans_accent(mots)
    return debute_par("nom_tri", nom) | debute_par("naissance_tri", nom)


def confies(habilitation: Habilitation, mots: str = "") -> list[Dossier]:
    """Dossiers that only an exception opens to this habilitation, each with its `exception` (its end, and why).

    `mots` keeps those whose person's name begins so: they are so few that they are looked at one by one.
    """
    maintenant = timezone.now()
    exceptions = ExceptionUtilisateur.objects.filter(
        habilitation=habilitation.pk, depuis__lte=maintenant, jusque__gt=maintenant
    )
    # Nearly nobody has one: this small question spares the large one.
    par_dossier = {e.content_object_id: e for e in exceptions}
    if not par_dossier:
        return []
    en_partage = Partage.objects.visibles_par(habilitation).filter(dossier=models.OuterRef("pk"))
    visibles = Dossier.objects.filter(pk__in=par_dossier).visibles_par(habilitation)
    dossiers = list(visibles.exclude(models.Exists(en_partage)).select_related("assure", "unite"))
    if mots:
        debut = sans_accent(mots)
        dossiers = [
            d
            for d in dossiers
            if d.assure.nom_tri.startswith(debut) or d.assure.naissance_tri.startswith(debut)
        ]
    for dossier in dossiers:
        dossier.exception = par_dossier[dossier.pk]  # type: ignore[attr-defined]
    return dossiers


def par_nir(habilitation: Habilitation, nir: regles_nir.Nir) -> Dossier | None:
    """The visible dossier of the person with this NIR, with what tells that the birth date is right."""
    personnes = Q(assure__nir_empreinte=crypto.empreinte(nir.valeur, CONTEXTE_NIR))
    return (
        Dossier.objects.filter(personnes)
        .visibles_par(habilitation)
        .select_related("assure")
        .only("numero", "assure__date_naissance")
        .order_by("programme")
        .first()
    )
