"""What each request of a signed-in person starts with, in one statement: her account, her habilitations, her bell."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model

from dossierunique.preparees import Preparee
from dossierunique.ui.contexte import BORNE_CLOCHE
from partners.comptes.models import Utilisateur
from partners.habilitations.models import EtatHabilitation, Habilitation
from partners.organismes.models import Organisme

MODELES: tuple[tuple[str, type[Model]], ...] = (("u", Utilisateur), ("h", Habilitation), ("o", Organisme))


@cache
def _colonnes(modele: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the fields of a model, and of their columns."""
    champs = modele._meta.concrete_fields
    return tuple(c.attname for c in champs), tuple(c.column for c in champs if c.column)


@cache
def _requete() -> Preparee:
    colonnes = ", ".join(f'{alias}."{c}"' for alias, modele in MODELES for c in _colonnes(modele)[1])
    return Preparee(
        f"""
        SELECT ARRAY(SELECT p.unite_id FROM partners_habilitation_unites p WHERE p.habilitation_id = h.id),
               (SELECT count(*) FROM (SELECT 1 FROM notifications_notification n
                                       WHERE n.destinataire_id = u.id AND n.lue_le IS NULL
                                       LIMIT {BORNE_CLOCHE + 1}) bornees),
               {colonnes}
          FROM partners_utilisateur u
          LEFT JOIN partners_habilitation h ON h.utilisateur_id = u.id AND h.etat = '{EtatHabilitation.ACTIVE}'
          LEFT JOIN partners_organisme o ON o.id = h.organisme_id
         WHERE u.id = %(qui)s
         ORDER BY h.id
        """,  # noqa: S608
        {"qui": "bigint"},
    )


def lire_compte(cle: int) -> Utilisateur | None:
    """The account with `habilitations_en_vigueur` (their organisme and units read) and `notifications_non_lues`."""
    lignes = _requete().lignes(qui=cle)
    if not lignes:
        return None
    utilisateur = _objet(Utilisateur, iter(lignes[0][2:]))
    lues = [_habilitation(ligne, utilisateur) for ligne in lignes]
    utilisateur.habilitations_en_vigueur = [h for h in lues if h and utilisateur.is_active and h.en_vigueur()]
    utilisateur.notifications_non_lues = min(lignes[0][1], BORNE_CLOCHE)
    return utilisateur


def _habilitation(ligne: tuple[Any, ...], utilisateur: Utilisateur) -> Habilitation | None:
    valeurs = iter(ligne[2 + len(_colonnes(Utilisateur)[0]) :])
    habilitation = _objet(Habilitation, valeurs)
    if habilitation.pk is None:
        return None
    habilitation.organisme = _objet(Organisme, valeurs)
    habilitation.utilisateur = utilisateur
    habilitation.unites_ids = frozenset(ligne[0])
    return habilitation


def _objet(modele: Any, valeurs: Iterable[Any]) -> Any:
    """A model from the next values of a row."""
    noms = _colonnes(modele)[0]
    return modele.from_db("default", noms, [next(valeurs) for _ in noms])  # type: ignore[call-overload]
