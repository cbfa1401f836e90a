"""The pages of the tour, as the server sent them: the browser repairs what it reads, so its own copy proves nothing."""

from pathlib import Path

from playwright.sync_api import Response, StorageState

from tests.html.lecture import PageServie
from tests.navigateur.postes import Poste


class Recolte:
    """One folder of documents, and what each person had in her session when she left."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self.pages: list[PageServie] = []
        self.sessions: dict[str, StorageState] = {}
        self._derniere: Response | None = None

    def suivre(self, poste: Poste) -> None:
        """Look at what this desk receives from now on."""
        self.poste, self._derniere = poste, None
        poste.page.on("response", self._recevoir)

    def _recevoir(self, reponse: Response) -> None:
        document = reponse.request.is_navigation_request() and reponse.frame == self.poste.page.main_frame
        if document and "text/html" in reponse.headers.get("content-type", ""):
            self._derniere = reponse

    def garder(self, nom: str) -> None:
        """Keep the document on the screen; what a script put there has none of its own."""
        reponse, self._derniere = self._derniere, None
        if reponse is None:
            return
        page = PageServie(self.poste.compte, nom, reponse.url, reponse.text())
        fichier = self.dossier / f"{page}.html"
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(page.source)
        self.pages.append(page)

    def quitter(self) -> None:
        """The person has seen all her pages: her session will be asked for what they lead to."""
        self.sessions[self.poste.compte] = self.poste.contexte.storage_state()
