"""Which kinds of aid exist, for those who stand beside the dossiers: the app that keeps the catalogue declares it."""

from collections.abc import Callable, Iterable

Catalogue = Callable[[], Iterable[tuple[str, str]]]
_catalogues: list[Catalogue] = []


def declarer_aides(catalogue: Catalogue) -> Catalogue:
    """Give a catalogue of (code, name), read each time that it is asked for."""
    if catalogue not in _catalogues:
        _catalogues.append(catalogue)
    return catalogue


def aides() -> dict[str, str]:
    """Every kind of aid in use: code → name. A code that is not there is shown as it is."""
    return {code: nom for catalogue in _catalogues for code, nom in catalogue()}
