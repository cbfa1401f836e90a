"""An organisme ceases into another: the successor reads only where the person's accord to the old one still holds.

Nobody chooses in the person's place. An accord in force passes to the successor as a new act of kind « succession »
that rests on the one she signed; what she has already said about the successor stands, whatever it is; a refusal and a
withdrawal never become a share. Every share of the old organisme closes: it no longer exists.
"""

from django.utils import timezone

from dossiers.consentements.actions import destinataires
from dossiers.consentements.models import (
    Canal,
    Consentement,
    DecisionConsentement,
    LigneConsentement,
)
from dossiers.consentements.soutiens import accords_tenus
from dossiers.contributions.actions import solliciter_partout
from dossiers.contributions.models import Contribution, EtatContribution, VersionContribution
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.actions import fermer_partage, ouvrir_partage
from dossiers.partages.models import Dossier, Nature, Partage
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from partners.models import Organisme
from partners.organismes.models import Programme
from partners.successions.models import Succession
from partners.successions.reprise import Comptes, Lot


def compter(ancien: Organisme, successeur: Organisme) -> Comptes:
    """What would become of the shares of `ancien`, in numbers."""
    actifs = Partage.objects.actifs().filter(organisme=ancien, nature=Nature.CONSENTEMENT)
    dossiers = list(actifs.order_by("dossier_id").values_list("dossier_id", "programme"))
    possibles = _programmes(successeur)
    dernieres = _dernieres(successeur, [pk for pk, _ in dossiers])
    anciennes = _dernieres(ancien, [pk for pk, _ in dossiers])
    repris = deja = refuses = 0
    for pk, programme in dossiers:
        decision = dernieres.get(pk)
        if decision == DecisionConsentement.ACCORDE:
            deja += 1
        elif decision is not None:
            refuses += 1
        elif programme in possibles and anciennes.get(pk) == DecisionConsentement.ACCORDE:
            repris += 1
    return Comptes(len(dossiers), repris, deja, refuses, len(dossiers) - repris - deja - refuses)


def _dernieres(organisme: Organisme, dossiers: list[int]) -> dict[int, str]:
    """The last word of each person about an organisme."""
    lignes = LigneConsentement.objects.filter(organisme=organisme, dossier__in=dossiers)
    return dict(
        lignes.order_by("dossier_id", "-effet_le", "-pk")
        .distinct("dossier_id")
        .values_list("dossier_id", "decision")
    )


def _programmes(successeur: Organisme) -> set[str]:
    """The programmes in which the successor may be a recipient."""
    return {p for p in Programme.values if successeur in destinataires(p)}


def reprendre(succession: Succession, apres: int, taille: int) -> Lot:
    """One batch: the shares in the order of their keys, then what sleeping dossiers accord (a negative `apres`).

    Run again, it finds nothing left of what it has done.
    """
    if apres < 0:
        return _endormis(succession, -apres, taille)
    ancien = succession.ancien
    lot = list(
        Partage.objects.actifs()
        .filter(organisme=ancien, nature=Nature.CONSENTEMENT, pk__gt=apres)
        .order_by("pk")
        .values_list("pk", "dossier_id")[:taille]
    )
    if not lot:
        return _endormis(succession, 0, taille)
    possibles = _programmes(succession.successeur)
    # In the order of the dossiers, as whoever locks several of one person does: each would wait for the other.
    repris = sum(_un_dossier(succession, dossier, possibles) for dossier in sorted(d for _, d in lot))
    return Lot(lot[-1][0], len(lot), repris)


def _endormis(succession: Succession, apres: int, taille: int) -> Lot:
    """A sleeping dossier has no share: what the person signed passes on, and takes effect when it wakes up.

    With those that woke up since the merger began: an organisme that has ceased receives no share, so theirs were not
    among the shares gone through.
    """
    lignes = LigneConsentement.objects.filter(
        organisme=succession.ancien, dossier__programme=Programme.OPEX, dossier__pk__gt=apres
    )
    lot = list(lignes.order_by("dossier_id").values_list("dossier_id", flat=True).distinct()[:taille])
    possibles = _programmes(succession.successeur)
    for pk in lot:
        dossier = verrouiller(Dossier, pk)
        accord = next(iter(accords_tenus(dossier, succession.ancien)), None)
        if accord and dossier.programme in possibles and _jamais_dit(dossier, succession.successeur):
            ligne = _prolonger(succession, dossier, accord)
            if not dossier.endormi:
                ouvrir_partage(dossier, succession.successeur, ligne.pk)
            _raconter(succession, dossier, True)
    return Lot(-lot[-1] if lot else 0)


def _un_dossier(succession: Succession, dossier_id: int, possibles: set[str]) -> bool:
    # As for any act of consent: two at once would each miss the share that the other opens or closes.
    dossier = verrouiller(Dossier, dossier_id)
    ancien, successeur = succession.ancien, succession.successeur
    accord = _accord_en_vigueur(dossier, ancien)
    if not fermer_partage(dossier, ancien, f"succession : {ancien} devient {successeur}"):
        # Withdrawn between the reading of the batch and the lock: her word stands.
        return False
    _sans_objet(succession, dossier)
    reprise = bool(accord) and dossier.programme in possibles and _jamais_dit(dossier, successeur)
    if reprise and accord:
        ligne = _prolonger(succession, dossier, accord)
        ouvrir_partage(dossier, successeur, ligne.pk)
        solliciter_partout(dossier)
    _raconter(succession, dossier, reprise)
    return reprise


def _accord_en_vigueur(dossier: Dossier, ancien: Organisme) -> LigneConsentement | None:
    """The line on which the old organisme's share rests, when the person's last word is still an accord."""
    derniere = (
        LigneConsentement.objects.filter(dossier=dossier, organisme=ancien)
        .order_by("-effet_le", "-pk")
        .first()
    )
    if derniere is None or derniere.decision != DecisionConsentement.ACCORDE:
        return None
    # Not the last accord itself: its proof may have been rejected since.
    partages = Partage.objects.actifs().filter(dossier=dossier, organisme=ancien, nature=Nature.CONSENTEMENT)
    partage = partages.select_related("consentement_ligne__consentement").first()
    return partage.consentement_ligne if partage else None


def _jamais_dit(dossier: Dossier, successeur: Organisme) -> bool:
    return not LigneConsentement.objects.filter(dossier=dossier, organisme=successeur).exists()


def _prolonger(succession: Succession, dossier: Dossier, accord: LigneConsentement) -> LigneConsentement:
    """A new act that rests on the one signed: same wording, same day, same signatory."""
    acte = accord.consentement
    nouvelle = Consentement.objects.create(
        dossier=dossier, texte=acte.texte, signe_le=acte.signe_le, canal=Canal.SUCCESSION,
        representant=acte.representant, enregistre_par=succession.par, origine=acte,
    )  # fmt: skip
    return LigneConsentement.objects.create(
        consentement=nouvelle, dossier=dossier, organisme=succession.successeur,
        decision=DecisionConsentement.ACCORDE,
    )  # fmt: skip


def _sans_objet(succession: Succession, dossier: Dossier) -> None:
    """What the old organisme had not answered, nobody answers in its name; its answers stay under its name."""
    en_suspens = Contribution.objects.filter(
        demande__dossier=dossier,
        organisme=succession.ancien,
        etat__in=[EtatContribution.SOLLICITEE, EtatContribution.EN_INSTRUCTION],
    )
    for contribution in en_suspens.select_for_update(of=("self",)).order_by("pk"):
        contribution.etat, contribution.maj_le = EtatContribution.SANS_OBJET, timezone.now()
        contribution.version += 1
        contribution.save(update_fields=["etat", "maj_le", "version"])
        VersionContribution.objects.create(
            contribution=contribution, rang=contribution.version, etat=contribution.etat, montant=0,
            commentaire=f"{succession.ancien} a cessé d’exister.", auteur=succession.par,
        )  # fmt: skip


def _raconter(succession: Succession, dossier: Dossier, repris: bool) -> None:
    # Written without an announcement: a merger of a hundred thousand shares is told once, at its end.
    Evenement.objects.create(
        dossier=dossier, genre=Genre.SUCCESSION, organisme=succession.successeur,
        donnees={"ancien": str(succession.ancien), "repris": repris},
    )  # fmt: skip
    journaliser(
        succession.par, Acte.MODIFIER, dossier.numero, motif=f"succession de {succession.ancien}",
        details={"geste": "succession", "successeur": succession.successeur.code, "repris": repris},
    )  # fmt: skip
