"""The lists of dossiers: they start from the shares, whose index gives a page in the order it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections, models
from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers.assures import nir as regles_nir
from dossiers.assures.models import CONTEXTE_NIR
from dossiers.partages.models import Dossier, ExceptionUtilisateur, Partage, Situation
from dossiers.partages.prefixes import debute_par
from dossiers.partages.visibilite import LISIBLE, LISIBLE_TYPES, lecteur
from dossierunique import numeros
from dossierunique.preparees import Preparee
from dossierunique.securite import crypto
from dossierunique.ui.adresses import adresse
from partners.models import Habilitation
from partners.organismes.models import Programme


@dataclass(frozen=True)
class Filtres:
    """What a list is narrowed to: where the dossier stands, words of a name or a number, a programme."""

    situation: str = ""
    mots: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row of the list, ready to be written: making four models of each one cost as much as the rest of the page."""

    dossier_id: int
    numero: str
    personne: str
    unite: str
    ouvert_le: datetime
    situation: str
    url: str
    # In words, when it is not the usual one.
    programme: str = ""


COLONNES = (
    "ouvert_le", "dossier_id", "situation", "programme", "dossier__numero", "dossier__assure__nom_usage",
    "dossier__assure__nom_naissance", "dossier__assure__prenoms", "dossier__unite__nom", "dossier__unite__ville",
)  # fmt: skip
SITUATIONS = {code: libelle.capitalize() for code, libelle in Situation.choices}
PROGRAMMES = {Programme.DU: "", Programme.OPEX: "OPEX"}
CLES = ("-ouvert_le", "-dossier_id")
BORNE = 1000


def rediger(lues: Iterable[tuple[Any, ...]]) -> list[Ligne]:
    """Rows to write from the values of COLONNES."""
    return [
        Ligne(
            dossier_id=cle,
            numero=numero,
            # As Assure.__str__ writes it.
            personne=f"{(usage or naissance).upper()} {prenoms}",
            unite=", ".join(filter(None, (unite, ville))),
            ouvert_le=ouvert_le,
            situation=SITUATIONS[situation],
            url=adresse("dossiers:apercu", numero),
            programme=PROGRAMMES[programme],
        )
        for ouvert_le, cle, situation, programme, numero, usage, naissance, prenoms, unite, ville in lues
    ]


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
    if filtres.programme in Programme.values:
        partages = partages.filter(programme=filtres.programme)
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


PAR_NIR = Preparee(
    f"""
    SELECT d.numero, a.date_naissance
      FROM dossiers_assure a JOIN dossiers_dossier d ON d.assure_id = a.id
     WHERE (a.nir_empreinte = %(empreinte)s
            OR a.id = (SELECT n.assure_id FROM dossiers_ancien_nir n WHERE n.nir_empreinte = %(empreinte)s))
       AND {LISIBLE}
     ORDER BY d.programme LIMIT 1
    """,  # noqa: S608
    {"empreinte": "bytea", **LISIBLE_TYPES},
)


def par_nir(habilitation: Habilitation, nir: regles_nir.Nir, naissance: date) -> str:
    """The number of the visible dossier of the person with this NIR, born that day; empty when there is none."""
    qui = lecteur(habilitation)
    trouve = PAR_NIR.ligne(empreinte=crypto.empreinte(nir.valeur, CONTEXTE_NIR), **qui) if qui else None
    return trouve[0] if trouve and trouve[1] == naissance else ""
