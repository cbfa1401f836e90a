"""Entering and correcting the identity of an insured person."""

from typing import Any

from django.db import IntegrityError, transaction

from dossiers.assures.models import AncienNir, Assure, AyantDroit, RepresentantLegal
from dossiers.assures.nir import Nir, incoherences
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.identite import systeme
from partners.models import Habilitation


def enregistrer_personne(habilitation: Habilitation, nir: Nir, identite: dict[str, Any]) -> Assure:
    """Create the person of a NIR, before her consent is asked.

    Arguments: identite, the fields of Assure (unite must be in the perimeter of a correspondant).
    Raises ActionRefusee on an incoherence with the NIR, a foreign unit, or a NIR just entered by someone else.
    """
    regard = exiger(habilitation, Droit.OUVRIR_DOSSIER)
    for champ, message in incoherences(
        nir, sexe=identite["sexe"], naissance=identite["date_naissance"]
    ).items():
        raise ActionRefusee(message, champ)
    if regard.est_correspondant and identite["unite"].pk not in habilitation.unites_ids:
        raise ActionRefusee("Cette unité n’est pas dans votre périmètre.", "unite")
    assure = Assure(cree_par=habilitation, **identite)
    assure.definir_nir(nir)
    try:
        with transaction.atomic():
            assure.save()
            _refuser_un_ancien_nir(assure)
            journaliser(habilitation, Acte.CREER, str(assure.reference), details={"geste": "personne"})
    except IntegrityError:
        raise ActionRefusee(
            "Cette personne vient d’être enregistrée par quelqu’un d’autre\u00a0: recommencez la recherche."
        ) from None
    return assure


def _refuser_un_ancien_nir(assure: Assure) -> None:
    """Raise IntegrityError when somebody bore this number while it was provisional: it still leads to her."""
    with systeme("recherche-nir"):
        # After the insertion, which waits for the act that would be giving that person her definitive number.
        if AncienNir.objects.filter(nir_empreinte=bytes(assure.nir_empreinte)).exists():
            raise IntegrityError


@transaction.atomic
def ajouter_ayant_droit(habilitation: Habilitation, dossier: Dossier, **identite: Any) -> AyantDroit:
    """Add someone who may benefit from an aid through the person of this dossier."""
    exiger(habilitation, Droit.DEPOSER_DEMANDE, dossier)
    ayant_droit = AyantDroit.objects.create(assure=dossier.assure, **identite)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero, details={"geste": "ayant_droit", "id": ayant_droit.pk}
    )
    return ayant_droit


def ajouter_representant(assure: Assure, **identite: Any) -> RepresentantLegal:
    """Record who may sign for the person; part of the consent action, which journals it."""
    return RepresentantLegal.objects.create(assure=assure, **identite)
