"""Which demandes an habilitation may see: those of the dossiers it reads, drafts kept to those who write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from partners.habilitations.models import Habilitation

if TYPE_CHECKING:
    from dossiers.demandes.models import Demande  # noqa: F401


class DemandeQuerySet(models.QuerySet["Demande"]):
    def visibles_par(self, habilitation: Habilitation) -> Self:
        """Demandes of visible dossiers; what was never filed, only to the people of the organisme that wrote it."""
        from dossiers.partages.models import Dossier

        dossiers = Dossier.objects.visibles_par(habilitation).filter(pk=OuterRef("dossier_id"))
        return self.filter(
            Q(soumise_le__isnull=False) | Q(cree_par__organisme=habilitation.organisme_id)
        ).filter(Exists(dossiers))

    def deposees(self) -> Self:
        """Everything but drafts and drafts given up."""
        return self.filter(soumise_le__isnull=False)
