"""A person at her desk: one browser context, signed in, whose incidents are written down."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

LARGE, TELEPHONE, ETROIT = (1280, 900), (375, 812), (320, 640)
LANCEMENT = [
    "--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking", "--disable-quic",
    "--no-first-run", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ATTENTE = 15_000
# What the browser's own console says of a status: the answers are looked at one by one instead.
STATUT = re.compile(r"Failed to load resource: the server responded with a status of")
# Pages and documents of one dossier; not the pictures of a paper's pages, which its page has journalled.
LECTURES = re.compile(r"^/(dossiers/DU-|demandes/DM-|pieces/[0-9a-f-]{36}/(fichier/)?$|courriers/)")


class Poste:
    """One browser context. `statuts` are the error statuses that the person expects (422: a form to correct)."""

    def __init__(
        self, navigateur: Browser, adresse: str, *, taille: tuple[int, int] = LARGE, statuts: tuple[int, ...] = (422,),
        **options: Any,
    ) -> None:  # fmt: skip
        self.adresse, self.statuts, self.incidents = adresse, set(statuts), []
        self.compte, self.lectures = "", []
        self.contexte = navigateur.new_context(
            base_url=adresse, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce",
            accept_downloads=True, viewport={"width": taille[0], "height": taille[1]}, **options,
        )  # fmt: skip
        self.contexte.set_default_timeout(ATTENTE)
        self.contexte.on("console", self._console)
        self.contexte.on("weberror", lambda erreur: self.incidents.append(f"script : {erreur.error}"))
        self.contexte.on("request", self._requete)
        self.contexte.on("requestfailed", self._echec)
        self.contexte.on("response", self._reponse)
        self.page = self.contexte.new_page()

    def _console(self, message: ConsoleMessage) -> None:
        # Violations of the CSP are console errors too.
        if message.type == "error" and not STATUT.search(message.text):
            self.incidents.append(f"console : {message.text}")

    def _requete(self, requete: Request) -> None:
        if not requete.url.startswith((self.adresse, "data:", "blob:", "about:", "chrome")):
            self.incidents.append(f"requête vers un tiers : {requete.url}")

    def _echec(self, requete: Request) -> None:
        # Leaving a page cancels what it was still loading.
        if requete.failure != "net::ERR_ABORTED":
            self.incidents.append(f"requête perdue : {requete.url} {requete.failure}")

    def _reponse(self, reponse: Response) -> None:
        if reponse.status >= 400 and reponse.status not in self.statuts:
            self.incidents.append(f"réponse {reponse.status} : {reponse.url}")
        self._noter(reponse.request.method, reponse.status, reponse.url, reponse.headers)

    def _noter(self, methode: str, statut: int, url: str, entetes: dict[str, str]) -> None:
        # What was read of a dossier: the journal must hold one row for each.
        chemin = urlsplit(url).path
        if methode == "GET" and statut == 200 and LECTURES.match(chemin) and not urlsplit(url).query:
            self.lectures.append((chemin, entetes["x-request-id"]))

    def entrer(self, compte: str, vers: str = "/") -> "Poste":
        """Sign in with the one-click button of the demo, on the way to a page."""
        self.page.goto(f"/compte/login/?next={vers}")
        self.page.locator(f'form[action$="/{compte}/"] button').click()
        expect(self.page.locator(".qui__nom")).to_be_visible()
        self.compte = compte
        return self

    def aller(self, chemin: str) -> Page:
        """Open an address and give back the page."""
        self.page.goto(chemin)
        return self.page

    def statut(self, chemin: str) -> int:
        """The status of an address, asked with the person's session."""
        return self.contexte.request.get(f"{self.adresse}{chemin}", max_redirects=0).status

    def octets(self, chemin: str) -> bytes:
        """The content of an address, which must answer 200."""
        reponse = self.contexte.request.get(f"{self.adresse}{chemin}")
        assert reponse.status == 200, f"{chemin} : {reponse.status}"
        self._noter("GET", 200, reponse.url, reponse.headers)
        return reponse.body()

    def poster(self, chemin: str, **champs: str) -> bytes:
        """What a form of the current page would receive, with its token."""
        jeton = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        reponse = self.contexte.request.post(
            f"{self.adresse}{chemin}", form={"csrfmiddlewaretoken": jeton, **champs}
        )
        assert reponse.status == 200, f"{chemin} : {reponse.status}"
        return reponse.body()

    def jusqu_a(self, condition: Callable[[], bool], quoi: str, essais: int = 60) -> None:
        """Reload the page until the worker has done its part."""
        for _ in range(essais):
            if condition():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"toujours pas : {quoi}")

    def quitter(self) -> list[str]:
        """Close the context; its incidents."""
        self.contexte.close()
        return self.incidents
