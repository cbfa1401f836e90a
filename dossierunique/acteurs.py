"""Who acts, as the platform needs to know it: the rooms above give their own richer objects."""

from typing import Protocol


class Acteur(Protocol):
    """A user acting under one mandate of one organisation (an Habilitation, for the rooms above)."""

    @property
    def pk(self) -> int | None: ...

    utilisateur_id: int
    organisme_id: int | None
