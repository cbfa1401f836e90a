"""The demo: services, migrations, fictitious data once, then web, worker and clock, kept alive until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

import environ

from dossierunique.embarque import lieux
from dossierunique.embarque.processus import DemarrageImpossible, Enfant, attendre, mourir_avec_le_parent
from dossierunique.embarque.services import Services

PYTHON = sys.executable
REGLAGES = "dossierunique.settings.demo"
RELANCES_MAX, RELANCES_DUREE = 5, 300  # so many in so many seconds, then give up
COMPTES = (
    ("correspondant", "correspondant d’unité, armée de Terre"),
    ("correspondant2", "correspondant d’une autre unité, armée de l’Air"),
    ("gestionnaire", "gestionnaire CNMSS"),
    ("medecin", "médecin-conseil CNMSS"),
    ("secretaire", "secrétaire de la commission"),
    ("president", "président de la commission"),
    ("asd", "assistant de service social, ASD"),
    ("uneo", "gestionnaire partenaire, Unéo"),
    ("mspp", "gestionnaire partenaire, MSPP"),
    ("opex", "référent OPEX, CABAT"),
    ("superviseur", "superviseur, statistiques seules"),
    ("dpo", "délégué à la protection des données"),
    ("admin", "administrateur des habilitations"),
)


class Demo:
    """Everything that « make demo » runs."""

    def __init__(self, lieu: lieux.Lieu, port: int) -> None:
        self.lieu, self.port = lieu, port
        self.debut = time.monotonic()
        self.services = Services(
            lieu, postgres=not os.environ.get("DATABASE_URL"), valkey=not os.environ.get("REDIS_URL")
        )
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": REGLAGES,
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        }
        self.relances: dict[str, list[float]] = {}

    def dire(self, message: str) -> None:
        print(f"{time.monotonic() - self.debut:6.1f} s  {message}", flush=True)

    def gerer(self, *mots: str) -> None:
        """Run a management command to its end."""
        self.finir_geste(mots[0], self.lancer_geste(*mots))

    def lancer_geste(self, *mots: str) -> subprocess.Popen[str]:
        """Start a management command, to be ended by `finir_geste`."""
        return subprocess.Popen(
            [PYTHON, "manage.py", *mots],
            cwd=lieux.PROJET,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=mourir_avec_le_parent(signal.SIGKILL),
        )

    def finir_geste(self, nom: str, geste: subprocess.Popen[str]) -> None:
        """Wait for a management command; DemarrageImpossible carries what it said when it failed."""
        sortie, _ = geste.communicate()
        if geste.returncode:
            raise DemarrageImpossible(f"manage.py {nom} a échoué :\n{sortie[-2000:]}")

    def enfants(self) -> list[Enfant]:
        """The portal's own processes."""
        celery = [PYTHON, "-m", "celery", "-A", "dossierunique"]

        def enfant(nom: str, commande: Sequence[str], arret: signal.Signals = signal.SIGTERM) -> Enfant:
            journal = self.lieu.journaux / f"{nom}.log"
            return Enfant(nom, commande, journal, arret=arret, env=self.env, dossier=lieux.PROJET)

        return [
            enfant(
                "web",
                [
                    PYTHON, "-m", "granian", "--interface", "wsgi", "dossierunique.wsgi:application",
                    "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2", "--blocking-threads", "4",
                ],
            ),
            enfant("travail", [*celery, "worker", "-Q", "celery", "-n", "travail@%h", "-c", "2", "-l", "warning"]),
            enfant(
                "pdf",
                [*celery, "worker", "-Q", "pdf", "-n", "pdf@%h", "-c", "1", "-l", "warning",
                 "--max-tasks-per-child", "200", "--max-memory-per-child", "600000"],
            ),
            enfant("horloge", [*celery, "beat", "-s", str(self.lieu.racine / "horloge"), "-l", "warning"]),
        ]  # fmt: skip

    def demarrer(self) -> None:
        """Bring everything up; returns when the portal answers that it is ready."""
        self.services.demarrer()
        self.dire("PostgreSQL et Valkey répondent")
        statiques = self.lancer_geste("collectstatic", "--noinput", "-v0")
        self.gerer("migrate", "-v0")
        self.gerer("charger_demo")
        self.finir_geste("collectstatic", statiques)
        self.dire("base à jour, données de démonstration en place")
        for enfant in self.enfants():
            enfant.demarrer()
            self.services.enfants.append(enfant)
        attendre(self.repond, "Le portail", self.lieu.journaux / "web.log", delai=60, pas=0.3)
        self.annoncer()

    def repond(self) -> bool:
        """Whether /sante/pret says that every part is ready."""
        web = next(e for e in self.services.enfants if e.nom == "web")
        if not web.vit:
            raise DemarrageImpossible(
                f"Le portail s’est arrêté : le port {self.port} est peut-être pris (PORT=8080 make demo). "
                f"Voir {web.journal}"
            )
        try:
            adresse = f"http://127.0.0.1:{self.port}/sante/pret"
            with urllib.request.urlopen(adresse, timeout=2) as reponse:
                return reponse.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def annoncer(self) -> None:
        """The address and the accounts."""
        self.dire(f"prêt : http://127.0.0.1:{self.port}")
        print("\n  Comptes (mot de passe : Dossier-Unique-Demo-2026)")
        for identifiant, role in COMPTES:
            print(f"    {identifiant:<16}{role}")
        print("\n  Toutes les personnes sont fictives. Ctrl-C arrête tout.", flush=True)

    def veiller(self) -> None:
        """Start again what dies, a few times; never returns but by a signal or a giving up."""
        while True:
            time.sleep(1)
            for enfant in self.services.enfants:
                if not enfant.vit:
                    self._relancer(enfant)

    def _relancer(self, enfant: Enfant) -> None:
        maintenant = time.monotonic()
        recentes = [t for t in self.relances.get(enfant.nom, []) if t > maintenant - RELANCES_DUREE]
        self.relances[enfant.nom] = [*recentes, maintenant]
        if len(recentes) >= RELANCES_MAX:
            raise DemarrageImpossible(f"{enfant.nom} s’arrête sans cesse. Voir {enfant.journal}")
        self.dire(f"{enfant.nom} s’est arrêté : relance")
        enfant.demarrer()


def lancer(port: int) -> int:
    """Run the demo until it is told to stop; the exit code of the process."""

    def partir(signum: int, cadre: object) -> None:
        raise KeyboardInterrupt

    # Both said: a shell that starts us in the background has us ignore Ctrl-C.
    signal.signal(signal.SIGINT, partir)
    signal.signal(signal.SIGTERM, partir)
    environ.Env.read_env(lieux.PROJET / ".env")  # as the settings do: outer services may be named there
    demo = Demo(lieux.lieu(), port)
    try:
        demo.demarrer()
        demo.veiller()
    except KeyboardInterrupt:
        print("\nArrêt…", flush=True)
        return 0
    except DemarrageImpossible as erreur:
        print(f"\n{erreur}", file=sys.stderr, flush=True)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        demo.services.arreter()
    return 0
