"""What the apps that stand beside the dossiers add to the demo, once its organismes and its accounts are there."""

from collections.abc import Callable
from random import Random

Suite = Callable[[Random], None]
_suites: list[Suite] = []


def completer(suite: Suite) -> Suite:
    """Register a part of the demo (from the app's AppConfig.ready, in demo mode)."""
    if suite not in _suites:
        _suites.append(suite)
    return suite


def jouer(hasard: Random) -> None:
    """Load every part registered, in its order."""
    for suite in _suites:
        suite(hasard)
