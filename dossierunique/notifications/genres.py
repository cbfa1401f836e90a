"""The genres of notification that rooms declare, with the words that the preferences page shows."""

_libelles: dict[str, str] = {}
_d_office: set[str] = set()


def declarer(code: str, libelle: str) -> None:
    """Name a genre (from the room's AppConfig.ready): `declarer("pieces", "Des pièces sont demandées")`."""
    _libelles[code] = libelle


def declares() -> dict[str, str]:
    """Every declared genre and its label."""
    return dict(_libelles)


def libelle(code: str) -> str:
    """The label of a genre, or its code when no room declared it."""
    return _libelles.get(code, code)


def imposer(code: str) -> None:
    """Make a genre leave by e-mail at once whatever people prefer: what cannot wait for a digest."""
    _d_office.add(code)


def est_impose(code: str) -> bool:
    """Whether the e-mails of a genre leave at once, for everybody."""
    return code in _d_office
