"""Two partners at the same instant: the plan holds (rule 3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.models import Demande
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from tests import fabriques

pytestmark = pytest.mark.django_db(transaction=True)


def ensemble(*gestes: Callable[[], Any]) -> list[Any]:
    """Run each in its own thread and connection, started together; a refusal is given back as a result."""
    depart = Barrier(len(gestes))

    def courir(geste: Callable[[], Any]) -> Any:
        depart.wait()
        try:
            return geste()
        except (ActionRefusee, ModifieDepuis) as refus:
            return refus
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(courir, gestes))


def accord(habilitation, demande, montant: str) -> Callable[[], Contribution]:
    contribution = Contribution.objects.get(demande=demande, organisme=habilitation.organisme)
    return lambda: enregistrer_contribution(
        habilitation, contribution, etat="accord", montant=Decimal(montant),
        date_effet=timezone.localdate(), version=contribution.version,
    )  # fmt: skip


@pytest.mark.parametrize("tour", range(3))
def test_two_partners_cannot_fill_the_plan_twice(tour):
    demande = fabriques.demande(fabriques.dossier(), type_aide="aide-financiere-sante")
    uneo = fabriques.habilitation("partenaire", organisme="uneo")
    asd = fabriques.habilitation("assistant_social")
    resultats = ensemble(accord(uneo, demande, "500"), accord(asd, demande, "500"))
    refus = [r for r in resultats if isinstance(r, ActionRefusee)]
    assert len(refus) == 1
    assert "220,00\xa0€" in refus[0].message
    relue = Demande.objects.get(pk=demande.pk)
    assert (relue.montant_partenaires, relue.reste_a_charge) == (Decimal("500"), Decimal("220"))


def test_two_colleagues_write_one_version():
    demande = fabriques.demande(fabriques.dossier(), type_aide="aide-financiere-sante")
    collegues = [fabriques.habilitation("partenaire", organisme="uneo") for _ in range(2)]
    resultats = ensemble(*(accord(collegue, demande, "100") for collegue in collegues))
    assert sum(isinstance(r, ModifieDepuis) for r in resultats) == 1
    contribution = Contribution.objects.get(demande=demande, organisme__code="uneo")
    assert contribution.versions.count() == 1
