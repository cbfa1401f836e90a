"""Who acts, as the platform needs to know it: the rooms above give their own richer objects."""

from typing import Protocol


class Acteur(Protocol):
    """A user acting under one mandate of one organisation (an Habilitation, for the rooms above)."""

    @property
    def pk(self) -> int | None: ...

    @property
    def utilisateur_id(self) -> int: ...

    @property
    def organisme_id(self) -> int | None: ...
