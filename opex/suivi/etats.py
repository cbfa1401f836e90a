"""States of an OPEX dossier and the arrows between them (domain.md §4). Mirrored by a trigger in the database."""

from django.db import models


class EtatSuivi(models.TextChoices):
    IDENTIFIE = "identifie", "identifié"
    ACTIVE = "active", "activé"
    EN_SUIVI = "en_suivi", "en suivi"
    EN_VEILLE = "en_veille", "en veille"
    EXPIRE = "expire", "expiré sans blessure"
    RADIE = "radie", "radié sans blessure"
    DECEDE = "decede", "décédé"


E = EtatSuivi
# A dossier is never closed by time once there is a wound; before, it sleeps, expires, and a new departure wakes it up.
TRANSITIONS: dict[str, frozenset[str]] = {
    "identifie": frozenset({"active", "expire", "radie"}),
    "expire": frozenset({"identifie", "active", "radie"}),
    "radie": frozenset({"identifie", "active"}),
    "active": frozenset({"en_suivi", "en_veille", "decede"}),
    "en_suivi": frozenset({"en_veille", "active", "decede"}),
    "en_veille": frozenset({"en_suivi", "active", "decede"}),
    "decede": frozenset(),
}
DORMANTS = frozenset({"identifie", "expire", "radie"})
VIVANTS = frozenset({"active", "en_suivi", "en_veille", "decede"})
TONS = {
    "identifie": "calme", "active": "attente", "en_suivi": "info", "en_veille": "calme", "expire": "calme",
    "radie": "calme", "decede": "calme",
}  # fmt: skip

# Recognition as a wound of war: asked for, then decided; what was refused may be asked again.
TRANSITIONS_RECONNAISSANCE: dict[str, frozenset[str]] = {
    "non_demandee": frozenset({"demandee"}),
    "demandee": frozenset({"reconnue", "refusee"}),
    "reconnue": frozenset(),
    "refusee": frozenset({"demandee"}),
}
TONS_RECONNAISSANCE = {
    "non_demandee": "calme",
    "demandee": "attente",
    "reconnue": "accord",
    "refusee": "refus",
}
