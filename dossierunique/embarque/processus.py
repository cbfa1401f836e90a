"""Child processes that die with their supervisor, whatever kills it."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NOBODY = 65534
PR_SET_PDEATHSIG = 1
REPIT = 15.0
_libc = ctypes.CDLL(None, use_errno=True)


class DemarrageImpossible(Exception):
    """A service did not come up; the message says which, and where its log is."""


def sous_root() -> bool:
    return os.geteuid() == 0


def identite(servi: bool) -> dict[str, object]:
    """Popen's arguments to run a server as an unprivileged user when we are root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if servi and sous_root() else {}


def preparer_dossier(chemin: Path, *, servi: bool = False) -> Path:
    """Create a private folder; `servi` gives it to the unprivileged user."""
    chemin.mkdir(parents=True, exist_ok=True)
    if chemin.is_symlink():  # under /tmp, anybody may have laid one there
        raise DemarrageImpossible(f"{chemin} est un lien : supprimez-le, puis recommencez.")
    if servi and sous_root():
        os.chown(chemin, NOBODY, NOBODY)
    chemin.chmod(0o700)
    return chemin


def mourir_avec_le_parent(signal_: signal.Signals) -> Callable[[], None]:
    """What a child does before it becomes its program: ask the kernel for that signal at our death."""

    def demander() -> None:
        # Between fork and exec: one system call and nothing else.
        _libc.prctl(PR_SET_PDEATHSIG, signal_, 0, 0, 0)

    return demander


@dataclass
class Enfant:
    """One program to keep alive: its command, its log, and the signal that stops it gently."""

    nom: str
    commande: Sequence[str | Path]
    journal: Path
    arret: signal.Signals = signal.SIGTERM
    servi: bool = False
    env: Mapping[str, str] | None = None
    dossier: Path | None = None
    processus: subprocess.Popen | None = field(default=None, repr=False)

    def demarrer(self) -> None:
        """Start it; its output goes to its log."""

        with self.journal.open("ab") as sortie:
            self.processus = subprocess.Popen(
                [str(mot) for mot in self.commande],
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=subprocess.STDOUT,
                preexec_fn=mourir_avec_le_parent(self.arret),
                start_new_session=True,
                env=dict(self.env) if self.env is not None else None,
                cwd=self.dossier,
                **identite(self.servi),  # type: ignore[call-overload]
            )

    @property
    def vit(self) -> bool:
        return self.processus is not None and self.processus.poll() is None

    def prevenir(self) -> None:
        """Ask it to stop."""
        if self.vit and self.processus:
            self.processus.send_signal(self.arret)

    def attendre_la_fin(self) -> None:
        """Wait for it to stop, and kill it when it will not."""
        if self.processus is None:
            return
        try:
            self.processus.wait(REPIT)
        except subprocess.TimeoutExpired:
            self.processus.kill()
            self.processus.wait()


def attendre(
    pret: Callable[[], bool], quoi: str, journal: Path, delai: float = 40.0, pas: float = 0.05
) -> None:
    """Wait until `pret` answers True, or raise DemarrageImpossible."""
    limite = time.monotonic() + delai
    while time.monotonic() < limite:
        if pret():
            return
        time.sleep(pas)
    raise DemarrageImpossible(f"{quoi} n’a pas démarré en {delai:.0f} s. Voir {journal}")
