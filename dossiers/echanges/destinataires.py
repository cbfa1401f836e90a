"""Who is told of an event, and in which words. Decided when it is told, so that a withdrawal in between counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from dossiers.contributions.models import ACCORDEES
from dossiers.demandes.etats import EN_INSTRUCTION
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.models import Dossier
from partners.habilitations.models import Habilitation, Profil

PARTENAIRES = [Profil.PARTENAIRE, Profil.ASSISTANT_SOCIAL, Profil.DECIDEUR_ASD, Profil.REFERENT_OPEX]


@dataclass(frozen=True)
class Annonce:
    """What is announced: a text without personal data, and to which circles."""

    texte: Callable[[str], str]
    correspondants: bool = False
    gestionnaire: bool = False
    gestionnaires_si_libre: bool = False
    partenaires: bool = False
    medecins: bool = False
    gestionnaires: bool = False
    # What a room above us adds to the circles, and what it narrows them to.
    cercle: Callable[[Evenement], Q] | None = None
    limite: Callable[[Evenement], Q] | None = None


ANNONCES: dict[str, Annonce] = {
    Genre.DEMANDE_SOUMISE: Annonce(
        lambda n: f"Une demande est déposée : {n}.", gestionnaires_si_libre=True, partenaires=True
    ),
    Genre.PIECE_DEPOSEE: Annonce(lambda n: f"Une pièce est déposée sur {n}.", gestionnaire=True),
    Genre.PIECE_REJETEE: Annonce(lambda n: f"Une pièce est rejetée sur {n}.", correspondants=True),
    Genre.PIECES_DEMANDEES: Annonce(lambda n: f"Des pièces sont demandées sur {n}.", correspondants=True),
    Genre.DEMANDE_COMPLETE: Annonce(
        lambda n: f"La demande {n} est complète.", correspondants=True, partenaires=True
    ),
    Genre.DEMANDE_CLASSEE: Annonce(
        lambda n: f"La demande {n} est classée.", correspondants=True, partenaires=True
    ),
    Genre.AVIS_DEMANDE: Annonce(lambda n: f"Un avis médical est demandé sur {n}.", medecins=True),
    Genre.AVIS_RENDU: Annonce(lambda n: f"L’avis médical est rendu sur {n}.", gestionnaire=True),
    Genre.CONTRIBUTION: Annonce(
        lambda n: f"Un partenaire a répondu à la demande {n}.", gestionnaire=True, partenaires=True
    ),
    Genre.NOTIFICATION: Annonce(
        lambda n: f"La décision est notifiée pour {n}.",
        correspondants=True,
        gestionnaire=True,
        partenaires=True,
    ),
    Genre.RETRAIT: Annonce(lambda n: f"Un accès est retiré sur {n}.", gestionnaire=True, correspondants=True),
}


def declarer(genre: str, annonce: Annonce) -> None:
    """A room above us says how a genre of event is announced."""
    ANNONCES[genre] = annonce


def annonce_de(evenement: Evenement) -> Annonce | None:
    """What is announced of this event, if anything.

    The other partners are shown the contributions that give something, and no other (plan.visibles, rule 8).
    """
    annonce = ANNONCES.get(evenement.genre)
    if annonce and evenement.genre == Genre.CONTRIBUTION and evenement.donnees["etat"] not in ACCORDEES:
        return replace(annonce, partenaires=False)
    return annonce


def habilitations_a_prevenir(evenement: Evenement, annonce: Annonce) -> list[Habilitation]:
    """The habilitations of the announced circles that read the dossier at this moment, but the author's user."""
    candidates: QuerySet[Habilitation] = (
        Habilitation.objects.en_vigueur()
        .filter(_circuits(evenement, annonce))
        .select_related("utilisateur", "organisme")
        .distinct()
    )
    if annonce.limite:
        candidates = candidates.filter(annonce.limite(evenement))
    if evenement.auteur:
        candidates = candidates.exclude(utilisateur=evenement.auteur.utilisateur_id)
    return list(qui_lisent(evenement.dossier, candidates))


def _circuits(evenement: Evenement, annonce: Annonce) -> Q:
    circuits = _gestionnaires(evenement, annonce)
    dossier = evenement.dossier
    if annonce.correspondants:
        circuits |= Q(profil=Profil.CORRESPONDANT, unites=dossier.unite_id)
    if annonce.partenaires:
        partages = dossier.partages.actifs().filter(nature="consentement").values("organisme")
        circuits |= Q(profil__in=PARTENAIRES, organisme__in=partages)
    if annonce.medecins:
        circuits |= Q(profil=Profil.MEDECIN)
    if annonce.cercle:
        circuits |= annonce.cercle(evenement)
    return circuits


def _gestionnaires(evenement: Evenement, annonce: Annonce) -> Q:
    if annonce.gestionnaires:
        return Q(profil=Profil.GESTIONNAIRE)
    instructeurs = _instructeurs(evenement)
    if instructeurs and (annonce.gestionnaire or annonce.gestionnaires_si_libre):
        return Q(pk__in=instructeurs)
    if annonce.gestionnaires_si_libre:
        return Q(profil=Profil.GESTIONNAIRE)
    return Q(pk__in=[])


def _instructeurs(evenement: Evenement) -> list[int]:
    """Who instructs the demande; for what concerns the whole dossier, who instructs its open demandes."""
    if evenement.demande:
        instructeur = evenement.demande.instruite_par_id
        return [instructeur] if instructeur else []
    ouvertes = evenement.dossier.demandes.filter(etat__in=EN_INSTRUCTION, instruite_par__isnull=False)
    return list(ouvertes.values_list("instruite_par", flat=True).distinct().order_by())


def qui_lisent(dossier: Dossier, candidates: Iterable[Habilitation]) -> Iterable[Habilitation]:
    """Those of these habilitations that read the dossier at this moment.

    The policy has the last word: a circle is a guess, `visibles_par` is the rule.

    Asked once for each organisme, profile and perimeter: the answer is the same for their people, but for those
    who hold a named exception on this dossier.
    """
    a_part = set(dossier.exceptions.values_list("user", flat=True))
    reponses: dict[tuple[object, ...], bool] = {}
    for habilitation in candidates:
        cle: tuple[object, ...] = (habilitation.organisme_id, habilitation.profil, *habilitation.programmes)
        if habilitation.profil == Profil.CORRESPONDANT or habilitation.utilisateur_id in a_part:
            cle = (habilitation.pk,)
        if cle not in reponses:
            reponses[cle] = Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists()
        if reponses[cle]:
            yield habilitation
