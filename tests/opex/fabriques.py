"""Makers of OPEX test data, through the real actions."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from dossiers.consentements.actions import destinataires, enregistrer_consentement, texte_en_vigueur
from dossiers.consentements.soutiens import reveiller
from dossiers.partages.models import Dossier
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.exemples import pdf_exemple
from dossierunique.listes_deposees import Tableau
from dossierunique.securite.identite import systeme
from opex.contributions.actions import Saisie, enregistrer_aide
from opex.imprimes.colonnes import deviner
from opex.imprimes.listes import associer_colonnes, deposer_liste
from opex.models import (
    AccordAyantCause,
    AyantCause,
    Blessure,
    ContributionOpex,
    GenreContribution,
    Imprime,
    LotImport,
    Operation,
    Suivi,
)
from opex.suivi.blessures import signaler_blessure
from opex.suivi.famille import ajouter_ayant_cause, enregistrer_accords
from opex.suivi.models import Origine
from opex.suivi.ouverture import ouvrir_dossier_opex
from opex.suivi.parcours import declarer_deces
from partners.models import Habilitation
from partners.organismes.models import Programme
from tests import fabriques


@dataclass(frozen=True)
class Monde:
    """What the addresses of the walk need: an OPEX dossier that partners read, and the people."""

    dossier: Dossier
    distribution: dict[str, Habilitation]


def operation(code: str = "barkhane", **k: Any) -> Operation:
    """An external operation."""
    champs = {"nom": "Barkhane", "theatre": "Sahel", "debut": date(2014, 8, 1), **k}
    return Operation.objects.get_or_create(code=code, defaults=champs)[0]


def dossier_opex(
    par: Habilitation | None = None,
    accordes: tuple[str, ...] = ("asd", "uneo"),
    refuses: tuple[str, ...] = (),
    *,
    endormi: bool = True,
    **k: Any,
) -> Dossier:
    """An OPEX dossier with the person's choices; asleep unless said. k: fields of fabriques.assure(), or `assure`."""
    par = par or fabriques.habilitation("correspondant")
    connus = fabriques.organismes()
    personne = k.pop("assure", None) or fabriques.assure(par=par, **k)
    ouvert = ouvrir_dossier_opex(par, personne, Origine.IMPRIME)
    decisions = {connus[c].pk: "accorde" for c in accordes} | {connus[c].pk: "refuse" for c in refuses}
    if decisions:
        enregistrer_consentement(
            par,
            ouvert,
            texte=texte_en_vigueur(Programme.OPEX),
            signe_le=timezone.localdate(),
            decisions=decisions,
        )
    if not endormi:
        with systeme("essai"):
            reveiller(Dossier.objects.select_for_update(of=("self",)).get(pk=ouvert.pk))
    return Dossier.objects.get(pk=ouvert.pk)


def imprime(dossier: Dossier, **k: Any) -> Imprime:
    """A version of the form, as it was filled."""
    rang = dossier.imprimes.count() + 1
    champs = {
        "reference": f"IM-ESSAI{dossier.pk}{rang}", "grade": "caporal-chef", "unite": dossier.unite,
        "operation": operation(), "depart_le": date(2026, 1, 10), "retour_le": date(2026, 5, 10),
        "saisi_par": dossier.ouvert_par, **k,
    }  # fmt: skip
    return Imprime.objects.create(dossier=dossier, rang=rang, **champs)


def monde_opex(distribution: dict[str, Habilitation]) -> Monde:
    """The world of the address walk: a dossier of C's unit, shared with the ASD and Unéo, never with the MSPP."""
    return Monde(dossier_opex(distribution["C"], endormi=False), distribution)


def genre_aide(organisme: Any = "uneo", forme: str = "capital", **k: Any) -> GenreContribution:
    """A kind of aid of an organisme (code or object)."""
    tenu = fabriques.organisme(organisme) if isinstance(organisme, str) else organisme
    code = k.pop("code", forme)
    champs = {
        "nom": {"capital": "Secours", "rente": "Pension", "pret": "Prêt", "nature": "Séjour"}[forme],
        **k,
    }
    return GenreContribution.objects.get_or_create(
        organisme=tenu, code=code, defaults={"forme": forme, **champs}
    )[0]


def aide(
    dossier: Dossier,
    par: Habilitation | None = None,
    organisme: str = "uneo",
    forme: str = "capital",
    **k: Any,
) -> ContributionOpex:
    """An aid recorded by the real action: 500 € paid once on 1 March 2026 unless said. k: fields of Saisie."""
    par = par or fabriques.habilitation("gestionnaire")
    periodique = forme == "rente"
    champs = {
        "genre": k.pop("genre", None) or genre_aide(organisme, forme),
        "etat": "en_versement" if periodique else "versee",
        "montant": Decimal(k.pop("montant", "500.00")),
        "periodicite": "mensuelle" if periodique else "unique",
        "debut": date(2026, 3, 1),
        **k,
    }
    return enregistrer_aide(par, dossier, champs["genre"].organisme, Saisie(**champs))


def ayant_cause_inscrit(
    dossier: Dossier, accordes: tuple[str, ...] = (), refuses: tuple[str, ...] = (), **k: Any
) -> AyantCause:
    """A member of the family, and what she says for each recipient."""
    champs = {"nom": "Fictif", "prenoms": "Jeanne", "relation": "conjoint", "par": dossier.ouvert_par, **k}
    creee = AyantCause.objects.create(dossier=dossier, **champs)
    for decision, codes in (("accorde", accordes), ("refuse", refuses)):
        for code in codes:
            accord_ayant_cause(creee, code, decision)
    return creee


def accord_ayant_cause(qui: AyantCause, code: str, decision: str) -> AccordAyantCause:
    """What she says for one recipient, from now on."""
    return AccordAyantCause.objects.create(
        ayant_cause=qui, dossier=qui.dossier, organisme=fabriques.organisme(code), decision=decision,
        signe_le=timezone.localdate(), enregistre_par=qui.par,
    )  # fmt: skip


def blessure_inscrite(dossier: Dossier, **k: Any) -> Blessure:
    """A wound, as the room of the follow-up would write it."""
    champs = {
        "rang": dossier.blessures.count() + 1, "survenue_le": date(2026, 2, 3), "theatre": "Sahel",
        "circonstances": "combat", "gravite": "serieuse", "signalee_par": dossier.ouvert_par, **k,
    }  # fmt: skip
    return Blessure.objects.create(dossier=dossier, **champs)


def blessure(dossier: Dossier, par: Habilitation | None = None, **k: Any) -> Blessure:
    """A wound told through the real action, which wakes the dossier up. k: fields of Blessure."""
    champs = {
        "survenue_le": timezone.localdate() - timedelta(days=3), "theatre": "Sahel", "circonstances": "engin_explosif",
        "gravite": "grave", "recit": "Touchée à la jambe pendant une patrouille.", "message": "MSG-2026-118",
        "evacuation": "metropole", "evacuee_le": timezone.localdate() - timedelta(days=1), "hopital": "HIA Percy", **k,
    }  # fmt: skip
    return signaler_blessure(par or dossier.ouvert_par, dossier, champs)


def blesse(par: Habilitation | None = None, **k: Any) -> Dossier:
    """An OPEX dossier that a wound has woken up. k: arguments of dossier_opex()."""
    dossier = dossier_opex(par, **k)
    blessure(dossier)
    return Dossier.objects.get(pk=dossier.pk)


def deces(dossier: Dossier, par: Habilitation | None = None) -> None:
    """The death of a wounded person, known today."""
    version = Suivi.objects.get(dossier=dossier).version
    declarer_deces(
        par or dossier.ouvert_par, dossier, le=timezone.localdate(), confirmation="Message", version=version
    )


def ayant_cause(dossier: Dossier, par: Habilitation | None = None, **k: Any) -> AyantCause:
    """Someone of the family of a dead person. k: fields of AyantCause."""
    identite = {
        "nom": f"Fictive {AyantCause.objects.count()}",
        "prenoms": "Anne",
        "relation": "conjoint",
        **k,
    }
    return ajouter_ayant_cause(par or dossier.ouvert_par, dossier, **identite)


def accord(ayant_cause: AyantCause, code: str, decision: str = "accorde") -> None:
    """What someone of the family says for one recipient."""
    papier = enregistrer_pdf(pdf_exemple("Accord", ["Signé"]), nom="accord.pdf", cree_par=None)
    enregistrer_accords(
        ayant_cause.par, ayant_cause, decisions={fabriques.organisme(code).pk: decision},
        signe_le=timezone.localdate(), preuve=papier,
    )  # fmt: skip


TITRES_LOT = ["NIR", "Nom de naissance", "Prénoms", "Date de naissance"]


def lot(
    par: Habilitation, lignes: list[list[str]] | None = None, titres: list[str] | None = None, **k: Any
) -> LotImport:
    """A list filed by a correspondant for her unit, its columns guessed and tried. k: fields of deposer_liste."""
    fabriques.organismes()
    lignes = lignes or [[fabriques.nir_valide("F", 84, 5), "Martin-Fictif", "Zoé", "14/05/1984"]]
    tableau = Tableau(titres or TITRES_LOT, [(rang, ligne) for rang, ligne in enumerate(lignes, 2)])
    champs = {
        "nom": "section.csv", "unite": par.unites.first() or fabriques.unite(), "operation": operation(),
        "depart_le": date(2026, 12, 5), **k,
    }  # fmt: skip
    deposee = deposer_liste(par, tableau, **champs)
    colonnes = deviner(tableau.titres, destinataires(Programme.OPEX))
    return associer_colonnes(par, deposee, colonnes, deposee.version)
