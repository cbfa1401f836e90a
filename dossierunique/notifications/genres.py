"""The genres of notification that rooms declare, with the words that the preferences page shows."""

_libelles: dict[str, str] = {}


def declarer(code: str, libelle: str) -> None:
    """Name a genre (from the room's AppConfig.ready): `declarer("pieces", "Des pièces sont demandées")`."""
    _libelles[code] = libelle


def declares() -> dict[str, str]:
    """Every declared genre and its label."""
    return dict(_libelles)


def libelle(code: str) -> str:
    """The label of a genre, or its code when no room declared it."""
    return _libelles.get(code, code)
