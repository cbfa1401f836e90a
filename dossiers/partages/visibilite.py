"""The one entry to dossiers: what an habilitation may see, as querysets.

Every list, page, search, count, export, PDF and download goes through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from partners.habilitations.models import PROFILS_D_UNITE, PROFILS_SANS_DOSSIER, Habilitation

if TYPE_CHECKING:
    from dossiers.partages.models import Dossier, Partage  # noqa: F401


# Written out: this question is part of every page, and making Django compose it took longer than asking it.
EXCEPTIONS = """
SELECT e.content_object_id FROM dossiers_exception_utilisateur e JOIN auth_permission p ON p.id = e.permission_id
WHERE e.user_id = %s AND e.habilitation_id = %s AND p.codename = 'consulter' AND e.depuis <= %s AND e.jusque > %s
"""

# The same door as `Dossier.visibles_par`, on a dossier `d`, for the statements that are prepared once; the tests of
# this room hold them together.
LISIBLE = """
(EXISTS (SELECT 1 FROM dossiers_partage p
          WHERE p.dossier_id = d.id AND p.retire_le IS NULL AND p.programme = ANY (%(programmes)s)
            AND (p.organisme_id = %(organisme)s OR p.unite_id = ANY (%(unites)s)))
 OR EXISTS (SELECT 1 FROM dossiers_exception_utilisateur e JOIN auth_permission q ON q.id = e.permission_id
             WHERE e.content_object_id = d.id AND e.user_id = %(utilisateur)s AND e.habilitation_id = %(habilitation)s
               AND q.codename = 'consulter'
               AND e.depuis <= %(maintenant)s AND e.jusque > %(maintenant)s))
"""
LISIBLE_TYPES = {
    "programmes": "text[]", "organisme": "bigint", "unites": "bigint[]", "utilisateur": "bigint",
    "habilitation": "bigint", "maintenant": "timestamptz",
}  # fmt: skip


def lecteur(habilitation: Habilitation) -> dict[str, Any] | None:
    """The values of LISIBLE for this habilitation; None when it reads nothing."""
    if habilitation.profil in PROFILS_SANS_DOSSIER or not habilitation.en_vigueur():
        return None
    d_unite = habilitation.profil in PROFILS_D_UNITE
    return {
        "programmes": habilitation.programmes,
        "organisme": None if d_unite else habilitation.organisme_id,
        "unites": sorted(habilitation.unites_ids) if d_unite else [],
        "utilisateur": habilitation.utilisateur_id,
        "habilitation": habilitation.pk,
        "maintenant": timezone.now(),
    }


class PartageQuerySet(models.QuerySet["Partage"]):
    def actifs(self) -> Self:
        """Shares in force."""
        return self.filter(retire_le__isnull=True)

    def visibles_par(self, habilitation: Habilitation) -> Self:
        """Active shares through which this habilitation reads: one row a dossier, the source of its lists.

        A correspondant of several units gets one row a dossier too: a dossier has one active unit.
        """
        if habilitation.profil in PROFILS_SANS_DOSSIER or not habilitation.en_vigueur():
            return self.none()
        lignes = self.actifs()
        if set(habilitation.programmes) != {"DU", "OPEX"}:
            lignes = lignes.filter(programme__in=habilitation.programmes)
        if habilitation.profil in PROFILS_D_UNITE:
            return lignes.filter(unite__in=sorted(habilitation.unites_ids))
        return lignes.filter(organisme=habilitation.organisme_id)


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visibles_par(self, habilitation: Habilitation) -> Self:
        """Dossiers that this habilitation may read: by an active share, or by a named exception made to it."""
        from dossiers.partages.models import Partage

        if habilitation.profil in PROFILS_SANS_DOSSIER or not habilitation.en_vigueur():
            return self.none()
        partage = Partage.objects.visibles_par(habilitation).filter(dossier=OuterRef("pk"))
        maintenant = timezone.now()
        qui = [habilitation.utilisateur_id, habilitation.pk]
        exceptions = RawSQL(EXCEPTIONS, [*qui, maintenant, maintenant])  # noqa: S611
        return self.filter(Q(Exists(partage)) | Q(pk__in=exceptions))
