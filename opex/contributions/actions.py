"""What is written of the aids: recorded, corrected by a new version, cancelled with a reason."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.justificatifs.models import Justificatif
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.verrou import verrouiller
from opex.contributions.models import (
    TRANSITIONS,
    ContributionOpex,
    EtatContributionOpex,
    GenreContribution,
    VersionContributionOpex,
)
from opex.contributions.policies import aide_lue, contributeurs, pieces_ouvertes
from opex.contributions.regles import verifier_saisie
from opex.suivi.ayants_cause import AyantCause
from opex.suivi.ayants_cause_lisibles import ayants_cause_lisibles
from opex.suivi.models import Blessure
from partners.models import Habilitation, Organisme

UN_INSTANT = timedelta(minutes=1)
DEJA = "Cette aide est déjà enregistrée : elle vient d’être saisie à l’instant."
VERSIONNES = (
    "genre", "blessure", "etat", "libelle", "montant", "periodicite", "debut", "fin", "taux", "commentaire",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Saisie:
    """What is said of an aid; all but the beneficiary may be corrected later."""

    genre: GenreContribution
    etat: str
    montant: Decimal
    periodicite: str
    debut: date
    fin: date | None = None
    taux: Decimal | None = None
    libelle: str = ""
    commentaire: str = ""
    blessure: Blessure | None = None
    beneficiaire: AyantCause | None = None
    pieces: tuple[Justificatif, ...] = ()


@transaction.atomic
def enregistrer_aide(
    habilitation: Habilitation, dossier: Dossier, organisme: Organisme, saisie: Saisie
) -> ContributionOpex:
    """Record an aid of `organisme`: its own, or by the CNMSS on its behalf.

    Raises AccesRefuse for another organisme, or for one that the person does not let read the dossier today;
    ActionRefusee when the dossier sleeps, when what is said does not hold together, or when the same aid has just been
    recorded.
    """
    regard = _exiger_auteur(habilitation, dossier, organisme)
    if not contributeurs(dossier).filter(pk=organisme.pk).exists():
        raise AccesRefuse(dossier.numero, "organisme sans accord")
    _refuser_le_sommeil(dossier)
    if not saisie.genre.actif:
        raise ActionRefusee("Ce genre n’est plus proposé : choisissez-en un autre.", "genre")
    _verifier(saisie, regard, dossier, organisme, [])
    _une_seule_fois(habilitation, dossier, saisie)
    aide = ContributionOpex(dossier=dossier, organisme=organisme, saisie_par=habilitation)
    aide.beneficiaire = saisie.beneficiaire
    _ecrire(aide, saisie, habilitation, "")
    aide.pieces.set(saisie.pieces)
    _annoncer(habilitation, aide, Genre.AIDE, Acte.CREER)
    return aide


@transaction.atomic
def corriger_aide(
    habilitation: Habilitation, aide: ContributionOpex, saisie: Saisie, motif: str, version: int
) -> ContributionOpex:
    """Write a new version of an aid, with the reason of the correction; its beneficiary stays.

    Raises AccesRefuse, ModifieDepuis, ActionRefusee (no reason, an arrow that does not exist, an aid cancelled, what
    does not hold together).
    """
    aide, regard = _reprendre(habilitation, aide, motif, version)
    if saisie.etat == EtatContributionOpex.ANNULEE:
        raise ActionRefusee("Une aide s’annule par le geste « Annuler cette aide ».", "etat")
    _verifier_fleche(aide, saisie.etat)
    if not saisie.genre.actif and saisie.genre.pk != aide.genre_id:
        raise ActionRefusee("Ce genre n’est plus proposé : choisissez-en un autre.", "genre")
    gardees = list(aide.pieces.all())
    _verifier(saisie, regard, aide.dossier, aide.organisme, gardees)
    _ecrire(aide, saisie, habilitation, motif)
    # The papers that this person may not open were joined by somebody else: they stay.
    ouvertes = {piece.pk for piece in pieces_ouvertes(aide.dossier, regard)}
    aide.pieces.set([*saisie.pieces, *(piece for piece in gardees if piece.pk not in ouvertes)])
    _annoncer(habilitation, aide, Genre.AIDE_CORRIGEE, Acte.MODIFIER)
    return aide


@transaction.atomic
def annuler_aide(
    habilitation: Habilitation, aide: ContributionOpex, motif: str, version: int
) -> ContributionOpex:
    """Cancel an aid, with the reason: it stays readable and counts for nothing. Raises as `corriger_aide`."""
    aide, _ = _reprendre(habilitation, aide, motif, version)
    _verifier_fleche(aide, EtatContributionOpex.ANNULEE)
    aide.etat = EtatContributionOpex.ANNULEE
    _versionner(aide, habilitation, motif)
    _annoncer(habilitation, aide, Genre.AIDE_CORRIGEE, Acte.MODIFIER)
    return aide


def _exiger_auteur(habilitation: Habilitation, dossier: Dossier, organisme: Organisme) -> Regard:
    """The regard of who may write for this organisme: its own people, or those of the CNMSS."""
    if habilitation.organisme_id == organisme.pk:
        return exiger(habilitation, Droit.CONTRIBUER, dossier)
    return exiger(habilitation, Droit.CONTRIBUER_POUR, dossier)


def _reprendre(
    habilitation: Habilitation, aide: ContributionOpex, motif: str, version: int
) -> tuple[ContributionOpex, Regard]:
    """The aid locked in the version that was shown, and how its corrector looks at the dossier."""
    regard = _exiger_auteur(habilitation, aide.dossier, aide.organisme)
    # The share ends with the accord, whatever else opens the dossier: what was given is then the CNMSS's to correct.
    if not regard.est_cnmss and not contributeurs(aide.dossier).filter(pk=aide.organisme_id).exists():
        raise AccesRefuse(aide.dossier.numero, "organisme sans accord")
    aide_lue(aide.dossier, regard, aide.pk)
    if not motif.strip():
        raise ActionRefusee("Dites pourquoi : le motif reste avec l’ancienne version.", "motif")
    return verrouiller(ContributionOpex, aide.pk, version), regard


def _refuser_le_sommeil(dossier: Dossier) -> None:
    if verrouiller(Dossier, dossier.pk).endormi:
        raise ActionRefusee(
            "Ce dossier est en sommeil : une aide s’y enregistre une fois la blessure signalée."
        )


def _une_seule_fois(habilitation: Habilitation, dossier: Dossier, saisie: Saisie) -> None:
    """A form sent twice records one aid; the dossier is locked."""
    memes = {champ: getattr(saisie, champ) for champ in (*VERSIONNES, "beneficiaire")}
    recentes = ContributionOpex.objects.filter(
        saisie_par=habilitation, cree_le__gte=timezone.now() - UN_INSTANT
    )
    if recentes.filter(dossier=dossier, **memes).exists():
        raise ActionRefusee(DEJA)


def _verifier_fleche(aide: ContributionOpex, vers: str) -> None:
    if aide.etat == EtatContributionOpex.ANNULEE:
        raise ActionRefusee("Cette aide est annulée : elle ne se modifie plus. Saisissez-en une nouvelle.")
    if vers == aide.etat:
        return
    try:
        verifier(TRANSITIONS, aide.etat, vers)
    except TransitionInterdite as interdite:
        raise ActionRefusee(
            f"Une aide « {aide.get_etat_display()} » ne peut pas passer à cet état.", "etat"
        ) from interdite


def _verifier(
    saisie: Saisie, regard: Regard, dossier: Dossier, organisme: Organisme, deja: list[Justificatif]
) -> None:
    """What the form cannot have offered is an access refused; what does not hold together is told beside its field."""
    if saisie.genre.organisme_id != organisme.pk:
        raise AccesRefuse(dossier.numero, "genre d’un autre organisme")
    if saisie.blessure and saisie.blessure.dossier_id != dossier.pk:
        raise AccesRefuse(dossier.numero, "blessure d’un autre dossier")
    if (
        saisie.beneficiaire
        and not ayants_cause_lisibles(regard, dossier).filter(pk=saisie.beneficiaire.pk).exists()
    ):
        raise AccesRefuse(dossier.numero, "ayant cause sans accord")
    connues = {piece.pk for piece in (*pieces_ouvertes(dossier, regard), *deja)} if saisie.pieces else set()
    if not {piece.pk for piece in saisie.pieces} <= connues:
        raise AccesRefuse(dossier.numero, "pièce non lisible")
    verifier_saisie(saisie, dossier, timezone.localdate())


def _ecrire(aide: ContributionOpex, saisie: Saisie, habilitation: Habilitation, motif: str) -> None:
    for champ in VERSIONNES:
        setattr(aide, champ, getattr(saisie, champ))
    _versionner(aide, habilitation, motif)


def _versionner(aide: ContributionOpex, habilitation: Habilitation, motif: str) -> None:
    """Save the aid and the version that tells what it has become."""
    if aide.pk:
        aide.version, aide.maj_le = aide.version + 1, timezone.now()
    aide.save()
    VersionContributionOpex.objects.create(
        contribution=aide, rang=aide.version, motif=motif, auteur=habilitation,
        **{champ: getattr(aide, champ) for champ in VERSIONNES},
    )  # fmt: skip


def _annoncer(habilitation: Habilitation, aide: ContributionOpex, genre: Genre, acte: Acte) -> None:
    raconter(aide.dossier, genre, habilitation, organisme=aide.organisme, jour=aide.debut, aide=aide.pk)
    journaliser(
        habilitation, acte, aide.dossier.numero,
        details={"geste": "aide", "aide": aide.pk, "organisme": aide.organisme.code, "version": aide.version},
    )  # fmt: skip
