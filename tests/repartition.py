"""How the tests are spread over the workers of pytest-xdist: those that share one demo go to one worker.

The groups of `--dist loadgroup` would do it, but they are lost with pytest 9.2 (item ids no longer carry the mark).
"""

from xdist.scheduler import LoadScopeScheduling

ENSEMBLE = "tests/navigateur/"


class Repartition(LoadScopeScheduling):
    """Each test on its own, except the browser's, sent first and together."""

    def _split_scope(self, nodeid: str) -> str:
        return ENSEMBLE if nodeid.startswith(ENSEMBLE) else nodeid
