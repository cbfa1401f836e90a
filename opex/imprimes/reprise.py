"""The job that takes a list over: good lines only, each whole or not at all, under the habilitation that asked."""

from typing import Any

from django.db import DataError, IntegrityError, transaction

from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.models import Assure, Statut
from dossiers.consentements.actions import destinataires, enregistrer_consentement, texte_en_vigueur
from dossiers.partages.models import Dossier
from dossierunique import etats
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.refus import AccesRefuse
from dossierunique.mots import simplifier
from dossierunique.notifications.sortie import traitement
from opex.imprimes.actions import enregistrer_imprime
from opex.imprimes.forms import assureurs
from opex.imprimes.lecture_ligne import LigneLue
from opex.imprimes.lignes import depuis_la_personne, lignes_de
from opex.imprimes.listes import GENRE, promettre, vider_lot
from opex.imprimes.models import TRANSITIONS_LOT, EtatLot, GenreContrat, Imprime, LotImport, SourceImprime
from opex.imprimes.verification import REFUSEE, Constatation, constater_lignes, lire_lot
from opex.suivi.ouverture import ouvrir_dossier_opex
from partners.habilitations.identite import agir_pour
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme

# Lines that one transaction takes: the job promises what is left of a long list to the next one.
PAR_ENVOI = 250
REPRIS = (
    "statut", "grade", "matricule", "nationalite", "base_defense", "adresse", "telephone", "courriel",
)  # fmt: skip
REFUSEE_PAR_LA_BASE = "Cette ligne n’a pas pu être enregistrée\u00a0: saisissez cette personne à l’écran."
HORS_DROITS = "Votre habilitation ne permet plus de reprendre cette ligne."


@traitement(GENRE)
def reprendre_liste(donnees: dict[str, Any]) -> None:
    """Take the next lines over; run again, it finds what is done and goes on from there."""
    lot = (
        LotImport.objects.select_for_update(of=("self",))
        .select_related("unite", "operation")
        .get(pk=donnees["lot"])
    )
    if lot.etat != EtatLot.EN_COURS:
        return
    habilitation = Habilitation.objects.select_related("organisme", "utilisateur").get(
        pk=donnees["habilitation"]
    )
    restent = [e for e in lot.rapport if e["constat"] != REFUSEE and "fait" not in e]
    _reprendre(habilitation, lot, restent[:PAR_ENVOI])
    if len(restent) > PAR_ENVOI:
        lot.save(update_fields=["rapport"])
        promettre(lot, habilitation.pk, depuis=restent[PAR_ENVOI]["ligne"])
        return
    etats.verifier(TRANSITIONS_LOT, lot.etat, EtatLot.TERMINE)
    lot.etat = EtatLot.TERMINE
    vider_lot(lot)


def _reprendre(habilitation: Habilitation, lot: LotImport, entrees: list[dict[str, Any]]) -> None:
    lues, _ = lire_lot(lot)
    numeros = [entree["ligne"] for entree in entrees]
    with agir_pour(habilitation):
        constatees = constater_lignes(habilitation, [lues[n] for n in numeros])
        atelier = Atelier(habilitation, lot)
        for entree in entrees:
            entree |= atelier.reprendre(lues[entree["ligne"]], constatees[entree["ligne"]])


class Atelier:
    """What all the lines of a list share: who takes them over, for which departure, with which recipients."""

    def __init__(self, habilitation: Habilitation, lot: LotImport) -> None:
        self.habilitation, self.lot = habilitation, lot
        self.destinataires = {o.code: o.pk for o in destinataires(Programme.OPEX)}
        self.assureurs = {simplifier(nom): o for o in assureurs() for nom in (o.nom, o.sigle)}

    def reprendre(self, ligne: LigneLue, constatee: Constatation) -> dict[str, Any]:
        """What became of a line: it is done whole, or undone and told."""
        if constatee.constat == REFUSEE:
            return _refus("NIR", constatee.message)
        try:
            with transaction.atomic():
                dossier = self._dossier(ligne, constatee)
                self._imprime(dossier, ligne)
                self._consentir(dossier, ligne)
        except ActionRefusee as refus:
            return _refus("", refus.message)
        except AccesRefuse:
            return _refus("", HORS_DROITS)
        except (IntegrityError, DataError):
            # One line that the database refuses does not stop the others.
            return _refus("", REFUSEE_PAR_LA_BASE)
        return {"fait": constatee.constat, "dossier": dossier.numero}

    def _dossier(self, ligne: LigneLue, constatee: Constatation) -> Dossier:
        if constatee.dossier:
            return constatee.dossier
        assure = constatee.assure or self._personne(ligne)
        return ouvrir_dossier_opex(self.habilitation, assure)

    def _personne(self, ligne: LigneLue) -> Assure:
        identite = {
            "nom_naissance": ligne.nom, "prenoms": ligne.prenoms, "sexe": ligne.sexe,
            "date_naissance": ligne.naissance, "statut": Statut.ACTIVITE, "unite": self.lot.unite, **ligne.textes,
        }  # fmt: skip
        return enregistrer_personne(self.habilitation, ligne.nir, identite)

    def _imprime(self, dossier: Dossier, ligne: LigneLue) -> Imprime:
        """The new version: the list over what the previous one said, which is not lost."""
        dernier = dossier.imprimes.prefetch_related("a_prevenir", "proches", "contrats__organisme").first()
        champs = (
            {nom: getattr(dernier, nom) for nom in REPRIS} if dernier else depuis_la_personne(dossier.assure)
        )
        champs |= {nom: valeur for nom, valeur in ligne.textes.items() if nom in REPRIS}
        champs |= {
            "unite": self.lot.unite, "operation": self.lot.operation, "depart_le": self.lot.depart_le,
        }  # fmt: skip
        rangees = _objets(lignes_de(dernier), dernier)
        if ligne.a_prevenir:
            autres = [p for p in rangees["a_prevenir"] if not _meme_personne(p, ligne.a_prevenir)]
            rangees["a_prevenir"] = [ligne.a_prevenir, *autres]
        if ligne.mutuelle:
            autres = [c for c in rangees["contrats"] if c["genre"] != GenreContrat.MUTUELLE]
            rangees["contrats"] = [self._contrat(*ligne.mutuelle), *autres]
        return enregistrer_imprime(
            self.habilitation,
            dossier,
            champs,
            rangees["a_prevenir"],
            rangees["proches"],
            rangees["contrats"],
            source=SourceImprime.LISTE,
        )

    def _contrat(self, nom: str, numero: str) -> dict[str, Any]:
        connu: Organisme | None = self.assureurs.get(simplifier(nom))
        return {
            "genre": GenreContrat.MUTUELLE, "organisme": connu, "nom": "" if connu else nom, "numero": numero,
        }  # fmt: skip

    def _consentir(self, dossier: Dossier, ligne: LigneLue) -> None:
        """The choices of the list, whose signed paper waits for its confirmation like any other."""
        decisions = {
            self.destinataires[code]: choix
            for code, choix in ligne.decisions.items()
            if code in self.destinataires
        }
        if decisions and ligne.signe_le:
            enregistrer_consentement(
                self.habilitation, dossier, texte=texte_en_vigueur(Programme.OPEX, ligne.signe_le),
                signe_le=ligne.signe_le, decisions=decisions,
            )  # fmt: skip


def _refus(champ: str, message: str) -> dict[str, Any]:
    return {"fait": REFUSEE, "erreurs": [{"champ": champ, "message": message}]}


def _meme_personne(une: dict[str, Any], autre: dict[str, Any]) -> bool:
    return all(simplifier(une[nom]) == simplifier(autre[nom]) for nom in ("nom", "prenoms"))


def _objets(
    rangees: dict[str, list[dict[str, Any]]], dernier: Imprime | None
) -> dict[str, list[dict[str, Any]]]:
    """Rows of a previous version for the action: organismes rather than their keys."""
    if dernier is None:
        return rangees
    connus = {c.organisme_id: c.organisme for c in dernier.contrats.all() if c.organisme}
    for contrat in rangees["contrats"]:
        contrat["organisme"] = connus.get(contrat["organisme"] or None)
    return rangees
