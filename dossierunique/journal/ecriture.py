"""Writing in the journal: one INSERT, in the transaction of the act that it tells."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils import timezone

from dossierunique.acteurs import Acteur
from dossierunique.contexte import requete_id
from dossierunique.journal.actes import Acte
from dossierunique.journal.empreintes import contenu, marquer
from dossierunique.preparees import Preparee


class Personne:
    """A user who acts without an habilitation: signing in, choosing one, or being refused."""

    pk: int | None = None

    def __init__(self, utilisateur: Any) -> None:
        self.utilisateur = utilisateur
        self.utilisateur_id: int = utilisateur.pk
        self.organisme_id: int | None = None

    def __str__(self) -> str:
        return ""


# Every page writes a line: composing this statement by the ORM took longer than running it.
CHAMPS = {
    "quand": "timestamptz", "utilisateur_id": "bigint", "habilitation_id": "bigint", "organisme_id": "bigint",
    "acteur_nom": "text", "action": "text", "objet": "text", "objets": "text[]", "motif": "text",
    "requete_id": "text", "details": "jsonb", "marque": "bytea",
}  # fmt: skip
AJOUT = Preparee(
    f"INSERT INTO journal_ligne ({', '.join(CHAMPS)}) VALUES ({', '.join(f'%({nom})s' for nom in CHAMPS)})",  # noqa: S608
    CHAMPS,
)


Motivation = Callable[[Acteur, str], str]
_motivations: list[Motivation] = []


def motiver(fonction: Motivation) -> Motivation:
    """Register what says by which right an actor touches an object, for the rows whose act gives no reason."""
    _motivations.append(fonction)
    return fonction


def _motif_connu(acteur: Acteur | None, objet: str) -> str:
    if acteur is None or not objet:
        return ""
    return next(filter(None, (fonction(acteur, objet) for fonction in _motivations)), "")


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
    quand, precisions = timezone.now(), json.dumps(details or {}, cls=DjangoJSONEncoder)
    champs = (
        acteur.utilisateur_id if acteur else None,
        acteur.pk if acteur else None,
        acteur.organisme_id if acteur else None,
        nom_copie(acteur),
        str(acte),
        str(objet),
        [str(o) for o in objets],
        motif or _motif_connu(acteur, str(objet)),
        requete_id.get(),
    )
    marque = marquer(contenu(quand, *champs, details=precisions))
    AJOUT.executer(**dict(zip(CHAMPS, (quand, *champs, precisions, marque), strict=True)))
