"""A withdrawal asked at the counter of an organisme that does not read the dossier: acted on, and nothing told."""

from datetime import date
from typing import Any

from django.db import transaction

from dossiers.assures.models import Assure
from dossiers.assures.nir import Nir
from dossiers.assures.recherche import verifier_limite
from dossiers.consentements.actes import un_acte_a_la_fois
from dossiers.consentements.actions import destinataires, inscrire_retrait, tous_les_retirables
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.identite import systeme
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme


def organismes_proposes() -> list[Organisme]:
    """Every possible recipient of every programme: the same list whoever is in front."""
    tous = {o for programme in Programme.values for o in destinataires(programme)}
    return sorted(tous, key=lambda o: (o.sigle, o.pk))


@transaction.atomic
def retirer_par_nir(
    habilitation: Habilitation, nir: Nir, naissance: date, organismes: list[Organisme] | None, **acte: Any
) -> None:
    """Withdraw recipients, all of them for None, from the dossiers of a person known by two traits, if there are any.

    Gives nothing back: its author may not learn whether there is a dossier. Her row of the journal names none; each
    dossier has its own, under the same request.
    Raises ActionRefusee beyond the hourly limit of the searches by NIR.
    """
    exiger(habilitation, Droit.RETIRER_CONSENTEMENT)
    verifier_limite(habilitation)
    journaliser(habilitation, Acte.RECHERCHER, "", details={"par": "nir", "geste": "retrait"})
    with systeme("retrait"):
        for dossier in _dossiers(nir, naissance):
            un_acte_a_la_fois(dossier)
            _retirer(habilitation, dossier, organismes, acte)


def _dossiers(nir: Nir, naissance: date) -> list[Dossier]:
    personnes = Assure.objects.par_nir(nir).filter(date_naissance=naissance)
    return list(Dossier.objects.filter(assure__in=personnes).select_related("assure").order_by("pk"))


def _retirer(
    habilitation: Habilitation, dossier: Dossier, organismes: list[Organisme] | None, acte: dict[str, Any]
) -> None:
    possibles = tous_les_retirables(dossier)
    vises = [o for o in possibles if organismes is None or o in organismes]
    if not vises:
        return
    try:
        with transaction.atomic():
            consentement = inscrire_retrait(habilitation, dossier, vises, **acte)
    except ActionRefusee:
        # The form has checked the signature with the same traits: nothing of the dossier may answer otherwise.
        return
    journaliser(
        None, Acte.MODIFIER, dossier.numero, details={"geste": "retrait au guichet", "id": consentement.pk}
    )
