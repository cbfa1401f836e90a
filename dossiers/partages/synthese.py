"""The summary of a dossier on paper, on plain values: what a regard may not see is not even handed over."""

from typing import Any

from django.utils import timezone

from dossiers.demandes.models import Demande
from dossiers.demandes.plan import contributions_visibles, lecteurs_connus, plan
from dossiers.echanges.histoire import evenements_de, lignes
from dossiers.partages.apercu import partages_montres
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Droit, Regard

DEMANDES_MAX = 50
EVENEMENTS_MAX = 100


def contexte_synthese(dossier: Dossier, regard: Regard) -> dict[str, Any]:
    """Everything that `courriers/synthese.html` prints."""
    assure = dossier.assure
    demandes = list(
        Demande.objects.filter(dossier=dossier)
        .visibles_par(regard.habilitation)
        .deposees()
        .select_related("type_aide", "ayant_droit", "dossier__assure")
        .prefetch_related("contributions__organisme")
        .order_by("-pk")[:DEMANDES_MAX]
    )
    lecteurs = lecteurs_connus(dossier.pk, regard)
    return {
        "dossier": {
            "numero": dossier.numero,
            "ouvert_le": dossier.ouvert_le,
            "etat": dossier.get_situation_display(),
        },
        "personne": {
            "nom": assure.nom,
            "prenoms": assure.prenoms,
            "date_naissance": assure.date_naissance,
            "nir_masque": assure.nir_masque,
            "unite": str(dossier.unite),
        },
        "partages": [
            {"organisme": p.organisme.nom, "depuis": p.depuis} for p in partages_montres(dossier, regard)
        ],
        "demandes": [_demande(demande, regard) for demande in demandes],
        "contributions": [c for demande in demandes for c in _contributions(demande, regard, lecteurs)],
        "evenements": [
            {"date": fait.quand, "texte": f"{fait.auteur} {fait.texte}".strip()}
            for fait in lignes(evenements_de(dossier)[:EVENEMENTS_MAX], regard)
        ],
        "editee_par": str(regard.habilitation.utilisateur),
        "editee_le": timezone.localdate(),
    }


def _demande(demande: Demande, regard: Regard) -> dict[str, Any]:
    financement = plan(demande, regard)
    return {
        "numero": demande.numero,
        "type_aide": demande.type_aide.nom,
        "deposee_le": demande.soumise_le,
        "etat": demande.get_etat_display(),
        "beneficiaire": demande.beneficiaire,
        "echeance": demande.echeance,
        "besoin": demande.besoin,
        "cout": financement and financement["cout"],
        "reste": financement and financement["reste"],
        "plan": [
            {"organisme": ligne["libelle"], "etat": ligne["etat"], "montant": ligne["montant"]}
            for ligne in (financement["lignes"] if financement else [])
        ],
        "pieces": [
            {
                "libelle": piece.type.nom,
                "classe": piece.type.get_classe_display(),
                "deposee_le": piece.depose_le,
                "etat": piece.get_etat_display(),
            }
            for piece in demande.justificatifs.exclude(etat="remplace").select_related("type")
        ],
    }


def _contributions(demande: Demande, regard: Regard, lecteurs: frozenset[int]) -> list[dict[str, Any]]:
    if not regard.peut(Droit.VOIR_MONTANTS):
        return []
    return [
        {
            "date": c.date_effet,
            "organisme": c.organisme.sigle,
            "nature": demande.numero,
            "etat": c.get_etat_display(),
            "montant": c.montant,
            "commentaire": c.commentaire,
        }
        for c in contributions_visibles(demande, lecteurs)
    ]
