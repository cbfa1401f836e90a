"""The 400 demandes of the demo, in every state, with their papers, contributions, decisions and history."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from dossiers.avis.models import AvisMedical, NoteMedicale
from dossiers.commission.models import Decision
from dossiers.contributions.models import Contribution, VersionContribution
from dossiers.demandes import etats
from dossiers.demandes.actions import SEQUENCE
from dossiers.demandes.models import Demande, LigneBudget, TypeAide
from dossiers.demonstration import catalogue
from dossiers.demonstration.acteurs import Acteurs
from dossiers.demonstration.personnes import Foyer, heures_ouvrees
from dossiers.echanges.models import Evenement, Genre
from dossiers.justificatifs.models import Justificatif, PieceDemandee, TypePiece
from dossiers.justificatifs.policies import coffre_de
from dossiers.partages.actions import recalculer_situation
from dossierunique import numeros
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.exemples import pdf_exemple
from partners.models import Habilitation

REJETS = (
    "Illisible : à numériser de nouveau.",
    "Incomplet\u00a0: il manque des pages.",
    "Périmé\u00a0: fournir le plus récent.",
)
MOTIFS = {
    "accord": "Les ressources du foyer et le reste à charge justifient l’aide demandée.",
    "accord_partiel": "L’aide est accordée dans la limite du barème en vigueur.",
    "rejet": "Les ressources du foyer dépassent le plafond de l’aide demandée.",
}


@dataclass
class Histoire:
    """One demande being told: its rows, and the events in their order."""

    demande: Demande
    foyer: Foyer
    gestionnaire: Habilitation
    quand: datetime
    evenements: list[Evenement] = field(default_factory=list)

    def raconter(self, genre: Genre, auteur: Habilitation | None, **donnees: object) -> None:
        """Add an event and let some time pass."""
        self.evenements.append(
            Evenement(
                dossier=self.foyer.dossier, demande=self.demande, genre=genre, quand=self.quand, auteur=auteur,
                donnees=donnees,
            )
        )  # fmt: skip
        self.quand = min(
            heures_ouvrees(self.quand + timedelta(hours=19)), timezone.now() - timedelta(minutes=5)
        )


def creer(acteurs: Acteurs, foyers: list[Foyer], hasard: Random) -> None:
    """Spread the states over the dossiers, the newest dossiers first for what is still open."""
    types = list(TypeAide.objects.prefetch_related("pieces_requises__type_piece"))
    for etat, foyer in _tirage(foyers, hasard):
        _demande(acteurs, hasard, types, foyer, etat)
    for foyer in foyers:
        recalculer_situation(foyer.dossier)


def _tirage(foyers: list[Foyer], hasard: Random) -> Iterator[tuple[str, Foyer]]:
    for etat, nombre in catalogue.REPARTITION.items():
        for _ in range(nombre):
            yield etat, hasard.choice(foyers[15:])


def _demande(acteurs: Acteurs, hasard: Random, types: list[TypeAide], foyer: Foyer, etat: str) -> None:
    type_aide = hasard.choice(types)
    ancienne = etat in etats.TERMINEES | etats.DECIDEES
    age = hasard.randrange(70, 300) if ancienne else hasard.randrange(1, 50)
    depot = max(
        foyer.ouvert_le + timedelta(hours=2), timezone.now() - timedelta(days=age, hours=hasard.randrange(10))
    )
    depot = max(heures_ouvrees(depot), foyer.ouvert_le + timedelta(minutes=40))
    depot = min(depot, timezone.now() - timedelta(minutes=30))
    cout = Decimal(hasard.randrange(240, 2400, 20))
    # Half of the open ones are in the hands of the account that is offered.
    gestionnaire = acteurs.gestionnaires[0] if hasard.random() < 0.5 else hasard.choice(acteurs.gestionnaires)
    demande = Demande.objects.create(
        numero=numeros.suivant("DM", depot.year, SEQUENCE), dossier=foyer.dossier, type_aide=type_aide,
        besoin=catalogue.BESOINS[type_aide.code], etat=etat, periodicite=type_aide.periodicite, cout=cout,
        deja_couvert=(cout * hasard.choice([0, 0, 10, 25]) / 100).quantize(Decimal("0.01")),
        montant_demande=(cout / 2).quantize(Decimal("0.01")), cree_par=foyer.correspondant, cree_le=depot,
        soumise_le=None if etat == "brouillon" else depot,
        complete_le=_complete_le(etat, depot),
        echeance=_echeance(etat, depot, type_aide), ayant_droit=foyer.dossier.assure.ayants_droit.first()
        if hasard.random() < 0.3 else None,
        instruite_par=gestionnaire if etat in etats.DECIDEES | etats.EN_INSTRUCTION - {"complete"} else None,
    )  # fmt: skip
    _budget(demande, hasard)
    histoire = Histoire(demande, foyer, gestionnaire, depot)
    if etat == "brouillon":
        return
    histoire.raconter(Genre.DEMANDE_SOUMISE, foyer.correspondant)
    _pieces(histoire, hasard)
    _suite(acteurs, histoire, hasard)
    Evenement.objects.bulk_create(histoire.evenements)


def _complete_le(etat: str, depot: datetime) -> datetime | None:
    if etat not in etats.EN_INSTRUCTION | etats.DECIDEES:
        return None
    return min(depot + timedelta(days=6), timezone.now() - timedelta(minutes=20))


def _echeance(etat: str, depot: datetime, type_aide: TypeAide) -> object:
    if etat == "incomplete":
        return timezone.localdate(depot) + timedelta(days=30)
    if etat in etats.EN_COMPLETUDE | etats.EN_INSTRUCTION:
        return timezone.localdate(depot) + timedelta(days=type_aide.delai_jours - 12)
    return None


def _budget(demande: Demande, hasard: Random) -> None:
    LigneBudget.objects.bulk_create(
        [
            LigneBudget(
                demande=demande, nature=nature, libelle=libelle, montant=hasard.randrange(bas, haut, 10)
            )
            for nature, libelle, bas, haut in (
                ("ressource", "Solde ou salaire", 1500, 3200),
                ("ressource", "Prestations familiales", 0, 400),
                ("charge", "Loyer ou crédit", 450, 1100),
                ("charge", "Énergie et eau", 60, 220),
            )
        ]
    )


def _pieces(histoire: Histoire, hasard: Random) -> None:
    demande = histoire.demande
    requises = [r.type_piece for r in demande.type_aide.pieces_requises.all() if r.obligatoire]
    if demande.etat in ("soumise", "incomplete"):
        requises = requises[: max(1, len(requises) - 1 - hasard.randrange(2))]
    if demande.etat in ("avis_demande", "avis_rendu"):
        requises += [
            r.type_piece
            for r in demande.type_aide.pieces_requises.all()
            if r.type_piece.classe == "medical" and r.type_piece not in requises
        ]
    for rang, type_piece in enumerate(requises):
        _piece(histoire, hasard, type_piece, rang)
    if demande.etat == "incomplete":
        _reclamer(
            histoire, hasard, [r.type_piece for r in demande.type_aide.pieces_requises.all() if r.obligatoire]
        )


def _piece(histoire: Histoire, hasard: Random, type_piece: TypePiece, rang: int) -> None:
    demande, foyer = histoire.demande, histoire.foyer
    a_verifier = demande.etat == "soumise" or (demande.etat == "en_completude" and rang >= 2)
    etat = "a_verifier" if a_verifier or type_piece.classe == "medical" else "valide"
    rejet = demande.etat == "incomplete" and rang == 0
    lignes = [
        f"Dossier {foyer.dossier.numero}, demande {demande.numero}",
        str(foyer.dossier.assure),
        type_piece.nom,
    ]
    piece = Justificatif.objects.create(
        dossier=foyer.dossier, demande=demande, type=type_piece, depose_par=foyer.correspondant,
        depose_le=histoire.quand, etat="rejete" if rejet else etat, motif_rejet=hasard.choice(REJETS) if rejet else "",
        fichier=enregistrer_pdf(
            pdf_exemple(type_piece.nom, lignes, pages=hasard.choice([1, 1, 2, 4])), nom=f"{type_piece.code}.pdf",
            cree_par=foyer.correspondant, coffre=coffre_de(type_piece.classe),
        ),
        verifie_par=None if etat == "a_verifier" and not rejet else histoire.gestionnaire,
    )  # fmt: skip
    if rejet:
        histoire.raconter(Genre.PIECE_REJETEE, histoire.gestionnaire, piece=piece.pk)


def _reclamer(histoire: Histoire, hasard: Random, requises: list[TypePiece]) -> None:
    demandees = [
        PieceDemandee.objects.create(
            demande=histoire.demande, type=type_piece, demandee_par=histoire.gestionnaire,
            demandee_le=histoire.quand, echeance=histoire.demande.echeance,
        )
        for type_piece in (requises[0], requises[-1])
    ]  # fmt: skip
    histoire.raconter(
        Genre.PIECES_DEMANDEES, histoire.gestionnaire, pieces=[p.pk for p in demandees],
        echeance=histoire.demande.echeance.isoformat(),
    )  # fmt: skip


def _suite(acteurs: Acteurs, histoire: Histoire, hasard: Random) -> None:
    demande = histoire.demande
    if demande.complete_le:
        histoire.quand = max(histoire.quand, demande.complete_le)
        histoire.raconter(Genre.DEMANDE_COMPLETE, histoire.gestionnaire)
    if demande.instruite_par_id:
        histoire.raconter(Genre.DEMANDE_INSTRUITE, histoire.gestionnaire)
    _avis(acteurs, histoire, hasard)
    _contributions(acteurs, histoire, hasard)
    if demande.etat in etats.DECIDEES:
        _decision(histoire, hasard)
    elif demande.etat in etats.TERMINEES:
        histoire.raconter(
            Genre.DEMANDE_CLASSEE,
            histoire.gestionnaire,
            fin=demande.etat,
            motif="Exemple de la démonstration.",
        )


def _avis(acteurs: Acteurs, histoire: Histoire, hasard: Random) -> None:
    """An avis where the state says so, and on one in three of what comes after."""
    demande, medecin = histoire.demande, acteurs.habilitations["medecin"]
    suivis = etats.DECIDEES | {"inscrite"}
    if demande.etat not in ("avis_demande", "avis_rendu") and not (
        demande.etat in suivis and hasard.random() < 0.33
    ):
        return
    avis = AvisMedical.objects.create(
        demande=demande, question=catalogue.QUESTION_AVIS, demande_par=histoire.gestionnaire,
        demande_le=histoire.quand,
    )  # fmt: skip
    histoire.raconter(Genre.AVIS_DEMANDE, histoire.gestionnaire)
    if demande.etat == "avis_demande":
        return
    avis.sens = hasard.choice(list(catalogue.AVIS))
    avis.etat, avis.motif = "rendu", catalogue.AVIS[avis.sens]
    avis.rendu_par, avis.rendu_le = medecin, histoire.quand
    avis.save()
    NoteMedicale.objects.create(
        demande=demande, avis=avis, texte=catalogue.NOTE_MEDICALE, auteur=medecin, ecrite_le=histoire.quand
    )
    demande.justificatifs.filter(type__classe="medical").update(
        etat="valide", verifie_par=medecin, verifie_le=histoire.quand
    )
    histoire.raconter(Genre.AVIS_RENDU, medecin)


def _contributions(acteurs: Acteurs, histoire: Histoire, hasard: Random) -> None:
    demande = histoire.demande
    auteurs = {"asd": acteurs.habilitations["asd"], "uneo": acteurs.habilitations["uneo"],
               "mspp": acteurs.habilitations["mspp"]}  # fmt: skip
    avancee = demande.etat in etats.EN_INSTRUCTION | etats.DECIDEES
    for organisme in histoire.foyer.accordes:
        auteur = auteurs.get(organisme.code)
        etat = (
            hasard.choice(["accord", "accord_partiel", "refus", "en_instruction"])
            if avancee and auteur
            else "sollicitee"
        )
        accord = etat in ("accord", "accord_partiel")
        contribution = Contribution.objects.create(
            demande=demande, organisme=organisme, etat=etat,
            montant=(demande.cout * hasard.choice([5, 8, 10]) / 100).quantize(Decimal("0.01")) if accord else 0,
            date_effet=timezone.localdate(histoire.quand) if etat in ("accord", "accord_partiel", "refus") else None,
            cree_le=histoire.quand, maj_le=histoire.quand,
        )  # fmt: skip
        if auteur and etat != "sollicitee":
            VersionContribution.objects.create(
                contribution=contribution, rang=1, etat=etat, montant=contribution.montant,
                date_effet=contribution.date_effet, auteur=auteur, enregistree_le=histoire.quand,
            )  # fmt: skip
            histoire.raconter(
                Genre.CONTRIBUTION,
                auteur,
                etat=etat,
                montant=str(contribution.montant),
                contribution=contribution.pk,
            )


def _decision(histoire: Histoire, hasard: Random) -> None:
    demande = histoire.demande
    issue = (
        "accord"
        if demande.etat == "en_service"
        else hasard.choice(["accord", "accord", "accord_partiel", "rejet"])
    )
    montant = (demande.cout * (0 if issue == "rejet" else 40) / 100).quantize(Decimal("0.01"))
    Demande.objects.filter(pk=demande.pk).update(montant_cnmss=montant)
    decision = Decision.objects.create(
        demande=demande, issue=issue, montant=montant, motif=MOTIFS[issue], prise_le=timezone.localdate(histoire.quand),
        prise_par=histoire.gestionnaire, enregistree_le=histoire.quand,
    )  # fmt: skip
    histoire.raconter(Genre.DECISION, histoire.gestionnaire, decision=decision.pk)
    if demande.etat != "decidee":
        histoire.raconter(Genre.NOTIFICATION, None, decision=decision.pk)
