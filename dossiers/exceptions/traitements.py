"""Telling those concerned by a loan or a bris de glace, from the outbox; and saying in the journal why one reads."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from dossiers.demandes.etats import DECIDEES, TERMINEES
from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.exceptions.urgence import GESTE
from dossiers.partages.models import Dossier
from dossiers.partages.policies import acces_d_urgence
from dossiers.textes import jour
from dossierunique import numeros
from dossierunique.acteurs import Acteur
from dossierunique.journal.ecriture import motiver
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from dossierunique.notifications.sortie import traitement
from dossierunique.securite.identite import systeme
from partners.habilitations.models import Habilitation, Profil

genres.declarer("pret", "Un dossier vous est confié")


@motiver
def par_bris_de_glace(acteur: Acteur, objet: str) -> str:
    """« bris de glace » on every row about a dossier that its author reads that way."""
    if not isinstance(acteur, Habilitation) or not numeros.est_valide(objet):
        return ""
    return GESTE if acces_d_urgence(acteur, objet) else ""


@traitement("pret")
def annoncer_pret(donnees: dict[str, Any]) -> None:
    """Tell the borrower that a dossier is hers for a time, or is not any more."""
    with systeme("annonce-pret"):
        pret = Pret.objects.select_related("dossier", "habilitation__utilisateur").get(pk=donnees["pret"])
        numero, confie = pret.dossier.numero, donnees["fait"] == "confie"
        if confie and not pret.vivant:
            return
        notifier(
            [pret.habilitation.utilisateur],
            genre="pret",
            texte=f"Le dossier {numero} vous est confié jusqu’au {jour(pret.jusque)}."
            if confie
            else f"Le dossier {numero} ne vous est plus confié.",
            url=reverse("dossiers:apercu", args=[numero]) if confie else reverse("dossiers:liste"),
            cle=f"pret-{donnees['fait']}-{pret.pk}",
        )


@traitement("urgence")
def annoncer_urgence(donnees: dict[str, Any]) -> None:
    """Tell at once of a bris de glace: to the DPO and the dossier's manager when it begins, to its author and the
    administrators when it is found unjustified.
    """
    with systeme("annonce-urgence"):
        bris = BrisDeGlace.objects.select_related("dossier", "habilitation__utilisateur").get(
            pk=donnees["bris"]
        )
        (_annoncer_ouverture if donnees["fait"] == "ouvert" else _annoncer_injustifie)(bris)


def _annoncer_ouverture(bris: BrisDeGlace) -> None:
    numero, cle = bris.dossier.numero, f"urgence-{bris.pk}"
    notifier(
        _utilisateurs(_en_vigueur(Profil.DPO)), genre="urgence", cle=cle, d_office=True,
        texte=f"Accès d’urgence au dossier {numero} : à examiner.",
        url=reverse("urgence:examen", args=[bris.reference]),
    )  # fmt: skip
    notifier(
        _utilisateurs(gestionnaires_de(bris.dossier)), genre="urgence", cle=cle, d_office=True,
        texte=f"Le dossier {numero} est ouvert en urgence, sans l’accord de la personne.",
        url=reverse("dossiers:apercu", args=[numero]),
    )  # fmt: skip


def _annoncer_injustifie(bris: BrisDeGlace) -> None:
    cle, auteur = f"urgence-injustifiee-{bris.pk}", bris.habilitation.utilisateur
    notifier(
        [auteur], genre="urgence", cle=cle, d_office=True,
        texte=f"Votre accès d’urgence au dossier {bris.dossier.numero} est jugé injustifié.",
        url=reverse("urgence:demander"),
    )  # fmt: skip
    # An administrator opens no dossier: no number for them.
    notifier(
        _utilisateurs(_en_vigueur(Profil.ADMINISTRATEUR)), genre="urgence", cle=cle, d_office=True,
        texte="Un accès d’urgence est jugé injustifié : l’habilitation de son auteur est à revoir.",
        url=reverse("administration:utilisateur", args=[auteur.pk]),
    )  # fmt: skip


def gestionnaires_de(dossier: Dossier) -> QuerySet[Habilitation]:
    """Who instructs the open demandes of a dossier at the CNMSS; all its gestionnaires when nobody does."""
    ouvertes = dossier.demandes.exclude(etat__in=TERMINEES | DECIDEES).filter(instruite_par__isnull=False)
    tous = _en_vigueur(Profil.GESTIONNAIRE)
    charges = tous.filter(pk__in=ouvertes.values("instruite_par"))
    return charges if charges.exists() else tous


def _en_vigueur(profil: str) -> QuerySet[Habilitation]:
    return Habilitation.objects.en_vigueur().filter(profil=profil).select_related("utilisateur")


def _utilisateurs(habilitations: QuerySet[Habilitation]) -> list[Any]:
    return [habilitation.utilisateur for habilitation in habilitations]
