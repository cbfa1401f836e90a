"""What a correspondant or a gestionnaire who leaves had in hand, and to whom it passes.

A correspondant's drafts and the demandes that wait for papers go to the successor named, else to the other
correspondants of the unit, who see them already; a gestionnaire's to the successor, else back to the basket.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.echanges.models import Evenement, Genre
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from partners.habilitations.models import Habilitation, Profil
from partners.habilitations.releve import Remise, register

REPRISE = "travail_repris"
genres.declarer(REPRISE, "Le travail d’un collègue vous revient")


@register
def remettre(ancienne: Habilitation, successeur: Habilitation | None) -> list[Remise]:
    """Hand over the open demandes of an habilitation that has just ended."""
    if ancienne.profil == Profil.CORRESPONDANT:
        return _d_un_correspondant(ancienne, successeur)
    if ancienne.profil == Profil.GESTIONNAIRE:
        return _d_un_gestionnaire(ancienne, successeur)
    return []


def _en_main(lignes: QuerySet[Demande]) -> list[Demande]:
    return list(lignes.select_related("dossier__unite").select_for_update(of=("self",)).order_by("pk"))


def _d_un_correspondant(ancienne: Habilitation, successeur: Habilitation | None) -> list[Remise]:
    ouvertes = _en_main(
        Demande.objects.filter(cree_par=ancienne, etat__in=[EtatDemande.BROUILLON, EtatDemande.INCOMPLETE])
    )
    remises = []
    for demande in ouvertes:
        receveurs = _correspondants(ancienne, successeur, demande.dossier.unite_id)
        if demande.etat == EtatDemande.BROUILLON and receveurs:
            # Who writes on is who reads the draft: after a merger the organisme is another one.
            demande.cree_par = receveurs[0]
            demande.version += 1
            demande.save(update_fields=["cree_par", "version", "modifiee_le"])
        quoi = "brouillon" if demande.etat == EtatDemande.BROUILLON else "pièces attendues"
        remises.append(_remise(ancienne, demande, quoi, receveurs, "en attente d’un correspondant"))
    return remises


def _correspondants(
    ancienne: Habilitation, successeur: Habilitation | None, unite_id: int
) -> list[Habilitation]:
    """The successor when the unit is his too, else the unit's other correspondants."""
    if successeur is not None and unite_id in successeur.unites_ids:
        return [successeur]
    unite = Habilitation.objects.en_vigueur().filter(
        profil=Profil.CORRESPONDANT, organisme=ancienne.organisme_id, unites=unite_id
    )
    return list(
        unite.exclude(utilisateur=ancienne.utilisateur_id).select_related("utilisateur").order_by("pk")
    )


def _d_un_gestionnaire(ancienne: Habilitation, successeur: Habilitation | None) -> list[Remise]:
    ouvertes = _en_main(Demande.objects.filter(instruite_par=ancienne, etat__in=etats.EN_INSTRUCTION))
    receveurs = [successeur] if successeur else []
    remises = []
    for demande in ouvertes:
        demande.instruite_par = successeur
        demande.version += 1
        demande.save(update_fields=["instruite_par", "version", "modifiee_le"])
        remises.append(_remise(ancienne, demande, demande.get_etat_display(), receveurs, "corbeille commune"))
    if ouvertes and successeur is None:
        _rendre_a_la_corbeille(ancienne, len(ouvertes))
    return remises


def _remise(
    ancienne: Habilitation, demande: Demande, quoi: str, receveurs: list[Habilitation], sinon: str
) -> Remise:
    vers = ", ".join(str(h.utilisateur) for h in receveurs)
    if (
        demande.soumise_le
    ):  # a draft is known to the organisme that writes it only: the history is everybody's
        Evenement.objects.create(
            dossier=demande.dossier, demande=demande, genre=Genre.RELEVE,
            donnees={"ancien": str(ancienne.utilisateur), "nouveau": vers},
        )  # fmt: skip
    vue = "demandes:besoin" if demande.etat == EtatDemande.BROUILLON else "demandes:detail"
    _prevenir(
        receveurs, f"La demande {demande.numero} vous revient : un collègue s’en va.",
        reverse(vue, args=[demande.numero]), f"releve-{ancienne.pk}-{demande.pk}",
    )  # fmt: skip
    return Remise(demande.numero, quoi, vers or sinon)


def _rendre_a_la_corbeille(ancienne: Habilitation, combien: int) -> None:
    gestionnaires = Habilitation.objects.en_vigueur().filter(
        profil=Profil.GESTIONNAIRE, organisme=ancienne.organisme_id
    )
    autres = list(gestionnaires.exclude(utilisateur=ancienne.utilisateur_id).select_related("utilisateur"))
    texte = f"Un collègue s’en va : {combien} de ses demandes sont à reprendre dans la corbeille."
    if combien == 1:
        texte = "Un collègue s’en va : une de ses demandes est à reprendre dans la corbeille."
    _prevenir(autres, texte, f"{reverse('demandes:corbeille')}?voir=completes", f"releve-{ancienne.pk}")


def _prevenir(receveurs: Iterable[Habilitation], texte: str, url: str, cle: str) -> None:
    notifier([h.utilisateur for h in receveurs], genre=REPRISE, texte=texte, url=url, cle=cle)
