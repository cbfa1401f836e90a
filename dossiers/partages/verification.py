"""Do the shares, the array that the second lock compares, and the policies say the same thing? (ADR 8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections

from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossierunique.securite.identite import systeme
from partners.habilitations.identite import agir_pour, identite_de
from partners.habilitations.models import Habilitation


@dataclass(frozen=True)
class Ecart:
    """One disagreement: on which dossier, and what disagrees. No name, no NIR."""

    dossier: str
    constat: str

    def __str__(self) -> str:
        return f"{self.dossier} : {self.constat}"


TABLEAU = """
SELECT d.numero FROM dossiers_dossier d CROSS JOIN LATERAL (
  SELECT COALESCE(array_agg(cle ORDER BY cle), '{}') AS attendu FROM (
    SELECT 'o' || organisme_id AS cle FROM dossiers_partage p
     WHERE p.dossier_id = d.id AND p.retire_le IS NULL AND p.organisme_id IS NOT NULL
    UNION SELECT 'u' || unite_id FROM dossiers_partage p
     WHERE p.dossier_id = d.id AND p.retire_le IS NULL AND p.unite_id IS NOT NULL
    UNION SELECT 'p' || habilitation_id FROM dossiers_exception_utilisateur e WHERE e.content_object_id = d.id
  ) cles) c
WHERE d.lecteurs IS DISTINCT FROM c.attendu ORDER BY d.id
"""
# The last line of a recipient is the person's present will.
ENDORMIS = """
SELECT DISTINCT d.numero FROM dossiers_partage p JOIN dossiers_dossier d ON d.id = p.dossier_id
 WHERE p.retire_le IS NULL AND p.nature = 'consentement' AND d.endormi ORDER BY 1
"""
VOLONTE = """
SELECT d.numero, o.code FROM dossiers_partage p
  JOIN dossiers_dossier d ON d.id = p.dossier_id JOIN partners_organisme o ON o.id = p.organisme_id
 WHERE p.retire_le IS NULL AND p.nature = 'consentement' AND 'accorde' IS DISTINCT FROM (
   SELECT l.decision FROM dossiers_ligne_consentement l
    WHERE l.dossier_id = p.dossier_id AND l.organisme_id = p.organisme_id ORDER BY l.effet_le DESC, l.id DESC LIMIT 1)
 ORDER BY d.id
"""


def ecarts() -> list[Ecart]:
    """Every disagreement found: array against shares, shares against wills, second lock against policies."""
    with systeme("verifier-partages"):
        trouves = [Ecart(numero, "lecteurs différents des partages") for (numero,) in _lignes(TABLEAU)]
        trouves += [
            Ecart(numero, f"partage avec {code} sans accord en vigueur") for numero, code in _lignes(VOLONTE)
        ]
        trouves += [Ecart(numero, "partagé en sommeil") for (numero,) in _lignes(ENDORMIS)]
        for habilitation in _une_par_identite():
            trouves += _politiques(habilitation)
    return trouves


def _une_par_identite() -> list[Habilitation]:
    """One habilitation for each way of reading: the people of an organisme read the same, but for named exceptions."""
    a_part = set(ExceptionUtilisateur.objects.values_list("habilitation", flat=True))
    en_vigueur = Habilitation.objects.en_vigueur().select_related("organisme", "utilisateur").order_by("pk")
    lectures = {}
    for habilitation in en_vigueur:
        identite = identite_de(habilitation)
        seul = identite.habilitation if identite.habilitation in a_part else None
        lectures[identite.lecteurs, identite.programmes, seul] = habilitation
    return list(lectures.values())


def _politiques(habilitation: Habilitation) -> Iterator[Ecart]:
    permis = set(Dossier.objects.visibles_par(habilitation).order_by().values_list("pk", flat=True))
    with agir_pour(habilitation):
        donnes = {pk for (pk,) in _lignes("SELECT id FROM dossiers_dossier")}
    numeros = dict(Dossier.objects.filter(pk__in=donnes ^ permis).values_list("pk", "numero"))
    for pk in sorted(donnes ^ permis):
        sens = "la base donne plus que la règle" if pk in donnes else "la base donne moins que la règle"
        yield Ecart(numeros[pk], f"{sens} à l’{habilitation.reference}")


def _lignes(requete: str) -> list[tuple]:
    with connections["default"].cursor() as curseur:
        curseur.execute(requete)
        return curseur.fetchall()
