"""Writing in the journal: one INSERT, in the transaction of the act that it tells."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from dossierunique.acteurs import Acteur
from dossierunique.contexte import requete_id
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal


class Personne:
    """A user who acts without an habilitation: signing in, choosing one, or being refused."""

    pk: int | None = None

    def __init__(self, utilisateur: Any) -> None:
        self.utilisateur = utilisateur
        self.utilisateur_id: int = utilisateur.pk
        self.organisme_id: int | None = None

    def __str__(self) -> str:
        return ""


def acteur_de(request: HttpRequest) -> Acteur | None:
    """Who acts in this request: the habilitation, else the signed-in user, else nobody."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is not None:
        return habilitation
    utilisateur = getattr(request, "user", None)
    return Personne(utilisateur) if utilisateur is not None and utilisateur.is_authenticated else None


def nom_copie(acteur: Acteur | None) -> str:
    """The person's name, then the mandate: copied, for accounts and organismes change."""
    if acteur is None:
        return ""
    return ", ".join(filter(None, (str(getattr(acteur, "utilisateur", "") or ""), str(acteur))))


def journaliser(
    acteur: Acteur | None,
    acte: Acte,
    objet: str = "",
    *,
    objets: Sequence[str] = (),
    motif: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Write one row of the journal in the current transaction: it is undone if the act is.

    `objet` is the public number of what was touched, `objets` those that a list showed. Neither
    they nor `details` may hold a NIR or medical words.
    """
    LigneJournal.objects.create(
        utilisateur_id=acteur.utilisateur_id if acteur else None,
        habilitation_id=acteur.pk if acteur else None,
        organisme_id=acteur.organisme_id if acteur else None,
        acteur_nom=nom_copie(acteur),
        action=acte,
        objet=str(objet),
        objets=[str(o) for o in objets],
        motif=motif,
        details=details or {},
        requete_id=requete_id.get(),
    )
