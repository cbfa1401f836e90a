"""Filing papers, and what the depositary says of each."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.avis.models import NoteMedicale
from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.pieces import PERDUS
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.justificatifs.models import (
    TRANSITIONS,
    EtatJustificatif,
    EtatPieceDemandee,
    Justificatif,
    PieceDemandee,
    RaisonRejet,
    TypePiece,
)
from dossiers.justificatifs.policies import VERIFIABLES, coffre_de, prend_sans_demande
from dossiers.partages.actions import recalculer_situation
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Classe, Droit
from dossierunique import etats as machine
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers import depot, entrepot
from dossierunique.fichiers.deplacement import mettre_au_coffre
from dossierunique.fichiers.erreurs import FichierRefuse
from dossierunique.fichiers.models import EtatFichier, Fichier
from dossierunique.fichiers.noms import nom_affichable
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.coffres import Coffre
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

ETATS_FICHIER = {
    EtatFichier.EN_ANALYSE: EtatJustificatif.DEPOSE,
    EtatFichier.DISPONIBLE: EtatJustificatif.A_VERIFIER,
    EtatFichier.QUARANTAINE: EtatJustificatif.QUARANTAINE,
}


def deposer_fichiers(
    habilitation: Habilitation, demande: Demande, type_piece: TypePiece, recus: Iterable[UploadedFile]
) -> list[str]:
    """File several papers of one kind. A refused file does not prevent the others; its message comes back.

    Raises ActionRefusee, before anything is stored, when the demande takes no more papers.
    """
    exiger(habilitation, Droit.DEPOSER_PIECE, demande.dossier)
    _reception_ouverte(habilitation, demande)
    refus = []
    for recu in recus:
        try:
            with transaction.atomic():
                coffre = coffre_de(type_piece.classe)
                fichier = depot.deposer(
                    recu, cree_par=habilitation, nom=nom_au_coffre(type_piece), coffre=coffre
                )
                verrouiller(Demande, demande.pk)  # of two clicks, the second sees what the first kept
                _refuser_un_double(demande.justificatifs.all(), type_piece, fichier)
                deposer_piece(habilitation, demande, type_piece, fichier)
        except FichierRefuse as erreur:
            refus.append(f"«\u00a0{_nom_montre(recu)}\u00a0» : {erreur.message}")
    return refus


def deposer_fichiers_au_dossier(
    habilitation: Habilitation, dossier: Dossier, type_piece: TypePiece, recus: Iterable[UploadedFile]
) -> list[str]:
    """As `deposer_fichiers`, for papers that join the dossier alone."""
    exiger(habilitation, Droit.DEPOSER_PIECE, dossier)
    refus = []
    for recu in recus:
        try:
            with transaction.atomic():
                coffre = coffre_de(type_piece.classe)
                fichier = depot.deposer(
                    recu, cree_par=habilitation, nom=nom_au_coffre(type_piece), coffre=coffre
                )
                verrouiller(Dossier, dossier.pk)
                _refuser_un_double(
                    dossier.justificatifs.filter(demande__isnull=True), type_piece, fichier, "au dossier"
                )
                deposer_piece_au_dossier(habilitation, dossier, type_piece, fichier)
        except FichierRefuse as erreur:
            refus.append(f"«\u00a0{_nom_montre(recu)}\u00a0» : {erreur.message}")
    return refus


@transaction.atomic
def deposer_piece_au_dossier(
    habilitation: Habilitation, dossier: Dossier, type_piece: TypePiece, fichier: Fichier
) -> Justificatif:
    """File a paper on a dossier alone, where its programme takes them. Raises AccesRefuse elsewhere."""
    exiger(habilitation, Droit.DEPOSER_PIECE, dossier)
    if not prend_sans_demande(dossier):
        raise AccesRefuse(dossier.numero, "pièces déposées avec les demandes")
    fichier = mettre_au_coffre(fichier, coffre_de(type_piece.classe), nom_au_coffre(type_piece))
    piece = Justificatif.objects.create(
        dossier=dossier, type=type_piece, fichier=fichier, etat=ETATS_FICHIER[EtatFichier(fichier.etat)],
        depose_par=habilitation,
    )  # fmt: skip
    raconter(dossier, Genre.PIECE_DEPOSEE, habilitation, piece=piece.pk)
    journaliser(habilitation, Acte.CREER, dossier.numero, details={"geste": "piece", "type": type_piece.code})
    return piece


def _refuser_un_double(
    deposees: QuerySet[Justificatif], type_piece: TypePiece, fichier: Fichier, ou: str = "à la demande"
) -> None:
    """The same document sent twice, by a second click or by mistake, is kept once."""
    gardees = deposees.filter(type=type_piece).exclude(etat__in=PERDUS)
    if gardees.filter(fichier__sha256=fichier.sha256).exists():
        entrepot.retirer(fichier.chemin)
        raise FichierRefuse(f"Ce document est déjà joint {ou}.")


def nom_au_coffre(type_piece: TypePiece) -> str:
    """The name under which a medical paper is kept: the sender's may say an illness. Empty for the others."""
    return f"{type_piece.code}.pdf" if coffre_de(type_piece.classe) is Coffre.MEDICAL else ""


def _nom_montre(recu: UploadedFile) -> str:
    """The name as it was sent, without what may not be shown."""
    nom = recu.name or ""
    return nom_affichable(nom, nom.rpartition(".")[2].lower() if "." in nom else "pdf")


def _reception_ouverte(habilitation: Habilitation, demande: Demande) -> None:
    if demande.etat == EtatDemande.BROUILLON and demande.cree_par.organisme_id != habilitation.organisme_id:
        raise AccesRefuse(demande.dossier.numero, "brouillon d’un autre organisme")
    if demande.etat not in etats.PIECES_ACCEPTEES:
        raise ActionRefusee("Cette demande ne reçoit plus de pièces.")


@transaction.atomic
def deposer_piece(
    habilitation: Habilitation, demande: Demande, type_piece: TypePiece, fichier: Fichier
) -> Justificatif:
    """File a paper. It answers the request for that type, replaces the rejected ones, and wakes up the demande.

    Raises ActionRefusee when the demande takes no more papers.
    """
    exiger(habilitation, Droit.DEPOSER_PIECE, demande.dossier)
    demande = verrouiller(Demande, demande.pk)
    _reception_ouverte(habilitation, demande)
    fichier = mettre_au_coffre(fichier, coffre_de(type_piece.classe), nom_au_coffre(type_piece))
    piece = Justificatif.objects.create(
        dossier=demande.dossier, demande=demande, type=type_piece, fichier=fichier,
        etat=ETATS_FICHIER[EtatFichier(fichier.etat)], depose_par=habilitation,
    )  # fmt: skip
    demande.justificatifs.filter(type=type_piece, etat__in=["rejete", "quarantaine"]).exclude(
        pk=piece.pk
    ).update(etat=EtatJustificatif.REMPLACE, remplace_par=piece)
    PieceDemandee.objects.filter(demande=demande, type=type_piece, etat=EtatPieceDemandee.ATTENDUE).update(
        etat=EtatPieceDemandee.FOURNIE, justificatif=piece
    )
    if demande.etat != EtatDemande.BROUILLON:
        _reprendre_si_tout_fourni(demande)
        raconter(demande.dossier, Genre.PIECE_DEPOSEE, habilitation, demande=demande, piece=piece.pk)
    journaliser(
        habilitation, Acte.CREER, demande.dossier.numero,
        details={"geste": "piece", "demande": demande.numero, "type": type_piece.code},
    )  # fmt: skip
    return piece


def _reprendre_si_tout_fourni(demande: Demande) -> None:
    if (
        demande.etat == EtatDemande.INCOMPLETE
        and not demande.pieces_demandees.filter(etat="attendue").exists()
    ):
        demande.etat = EtatDemande.EN_COMPLETUDE
        demande.echeance = None
        demande.save(update_fields=["etat", "echeance", "modifiee_le"])
        recalculer_situation(demande.dossier)


def _lue(habilitation: Habilitation, piece: Justificatif) -> tuple[Demande | None, Justificatif]:
    """The demande if any, and the paper, locked, for who checks papers and may read this one."""
    regard = exiger(habilitation, Droit.VERIFIER_PIECE, piece.dossier)
    if Classe(piece.type.classe) not in regard.classes:
        raise AccesRefuse(piece.dossier.numero, "pièce d’une classe réservée")
    # The demande before the paper, as filing does: no deadlock.
    demande = verrouiller(Demande, piece.demande_id) if piece.demande_id else None
    if demande and demande.etat == EtatDemande.BROUILLON:
        raise ActionRefusee("La demande n’est pas encore déposée : ses pièces ne se vérifient pas.")
    return demande, verrouiller(Justificatif, piece.pk)


def _verifiable(habilitation: Habilitation, piece: Justificatif, vers: str) -> Justificatif:
    demande, piece = _lue(habilitation, piece)
    if demande and demande.etat not in VERIFIABLES:
        raise ActionRefusee("La demande est décidée ou classée : ses pièces ne se vérifient plus.")
    try:
        machine.verifier(TRANSITIONS, piece.etat, vers)
    except machine.TransitionInterdite:
        raise ActionRefusee(f"Cette pièce est déjà {piece.get_etat_display()}.") from None
    piece.etat, piece.verifie_par, piece.verifie_le = vers, habilitation, timezone.now()
    return piece


@transaction.atomic
def valider_piece(habilitation: Habilitation, piece: Justificatif) -> Justificatif:
    """Mark a paper valid. Raises AccesRefuse on a class the profile may not read."""
    piece = _verifiable(habilitation, piece, EtatJustificatif.VALIDE)
    piece.motif_rejet = ""
    piece.save()
    _apres_verification(habilitation, piece, Genre.PIECE_VALIDEE, "valider")
    return piece


@transaction.atomic
def rejeter_piece(
    habilitation: Habilitation, piece: Justificatif, precision: str, raison: str = RaisonRejet.AUTRE
) -> Justificatif:
    """Reject a paper for a ready reason and a few words; those of a medical paper are a note, for médecins only."""
    precision = precision.strip()
    if raison == RaisonRejet.AUTRE and not precision:
        raise ActionRefusee(
            "Dites pourquoi la pièce est rejetée : le correspondant doit pouvoir y répondre.", "precision"
        )
    piece = _verifiable(habilitation, piece, EtatJustificatif.REJETE)
    piece.raison_rejet, piece.motif_rejet = raison, _motif(piece, precision, RaisonRejet(raison))
    piece.save()
    if piece.type.classe == Classe.MEDICAL and precision:
        NoteMedicale.objects.create(
            demande_id=piece.demande_id, piece=piece, texte=precision, auteur=habilitation
        )
    _apres_verification(habilitation, piece, Genre.PIECE_REJETEE, "rejeter")
    return piece


def _motif(piece: Justificatif, precision: str, raison: RaisonRejet) -> str:
    if piece.type.classe == Classe.MEDICAL:
        return str(raison.label)
    return precision if raison is RaisonRejet.AUTRE else f"{raison.label} {precision}".strip()


def taire_le_rejet(piece: Justificatif, auteur: Habilitation) -> None:
    """Turn the words of a rejection into a note for médecins: what stays in clear is the ready reason. Not saved."""
    neutre = piece.get_raison_rejet_display()
    if piece.motif_rejet and piece.motif_rejet != neutre:
        # Whoever corrects the class may be none of those who read notes.
        with systeme("note-medicale"):
            NoteMedicale.objects.create(
                demande_id=piece.demande_id, piece=piece, texte=piece.motif_rejet, auteur=auteur
            )
        piece.motif_rejet = neutre


@transaction.atomic
def reclasser_piece(habilitation: Habilitation, piece: Justificatif, type_piece: TypePiece) -> Justificatif:
    """Correct the kind of a paper filed under another; its file changes safe when it becomes medical or no longer is.

    Who makes it medical does not read it any more, unless she is a médecin-conseil.
    """
    _, piece = _lue(habilitation, piece)
    if type_piece.pk == piece.type_id:
        raise ActionRefusee("Cette pièce est déjà de ce type.", "type")
    coffre, nom = coffre_de(type_piece.classe), f"{type_piece.code}.pdf"
    # The database wants a medical paper in its safe at every moment: it enters before, it leaves after.
    if coffre is Coffre.MEDICAL:
        piece.fichier = mettre_au_coffre(piece.fichier, coffre, nom)
        taire_le_rejet(piece, habilitation)
    piece.type = type_piece
    piece.save()
    if coffre is Coffre.ORDINAIRE:
        piece.fichier = mettre_au_coffre(piece.fichier, coffre, nom)
    journaliser(
        habilitation, Acte.MODIFIER, piece.dossier.numero,
        details={"geste": "reclasser", "piece": str(piece.reference), "type": type_piece.code},
    )  # fmt: skip
    return piece


def _apres_verification(habilitation: Habilitation, piece: Justificatif, genre: Genre, geste: str) -> None:
    if piece.demande_id:
        Demande.objects.filter(pk=piece.demande_id, etat=EtatDemande.SOUMISE).update(
            etat=EtatDemande.EN_COMPLETUDE, modifiee_le=timezone.now()
        )
    raconter(piece.dossier, genre, habilitation, demande=piece.demande, piece=piece.pk)
    journaliser(
        habilitation, Acte.MODIFIER, piece.dossier.numero,
        details={"geste": geste, "piece": str(piece.reference)},
    )  # fmt: skip


@transaction.atomic
def retirer_piece(habilitation: Habilitation, piece: Justificatif) -> None:
    """Take back a paper from a draft (filed by mistake)."""
    exiger(habilitation, Droit.DEPOSER_PIECE, piece.dossier)
    if piece.demande_id is None:
        raise ActionRefusee("Cette pièce est au dossier : elle se remplace, elle ne se retire pas.")
    demande = verrouiller(Demande, piece.demande_id)
    if demande.etat != EtatDemande.BROUILLON:
        raise ActionRefusee("La demande est déposée : la pièce ne peut plus être retirée.")
    _reception_ouverte(habilitation, demande)
    piece = verrouiller(Justificatif, piece.pk)
    if piece.etat == EtatJustificatif.REMPLACE:
        raise ActionRefusee("Cette pièce est déjà retirée.")
    piece.etat = EtatJustificatif.REMPLACE
    piece.save(update_fields=["etat"])
    journaliser(
        habilitation, Acte.MODIFIER, piece.dossier.numero,
        details={"geste": "retirer_piece", "piece": str(piece.reference)},
    )  # fmt: skip


def suivre_analyse(fichier: Fichier) -> None:
    """The antivirus has spoken: the paper becomes readable, or is set aside."""
    Justificatif.objects.filter(fichier=fichier, etat=EtatJustificatif.DEPOSE).update(
        etat=ETATS_FICHIER[EtatFichier(fichier.etat)]
    )
