"""The OpenID provider of the tests: npm's oidc-provider, started on a free port."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

ICI = Path(__file__).parent
CLIENT, SECRET = "dossier-unique", "secret-des-essais-de-quarante-caracteres"


class FournisseurReel:
    """A provider of its own process, which knows one client: the portal at `portail`."""

    def __init__(self, port: int, portail: str) -> None:
        self.emetteur = f"http://127.0.0.1:{port}"
        milieu = {
            "PATH": os.environ["PATH"], "PORT": str(port), "CLIENT": CLIENT, "SECRET": SECRET,
            "RETOUR": f"{portail}/compte/proconnect/retour/", "SORTIE": f"{portail}/compte/login/",
        }  # fmt: skip
        self.processus = subprocess.Popen(
            ["node", "fournisseur.mjs"],
            cwd=ICI,
            env=milieu,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lignes = iter(self.processus.stdout.readline, "")  # type: ignore[union-attr]
        assert any("prêt" in ligne for ligne in lignes), "the provider did not start"

    def regler(self, settings) -> None:
        """Settings of the portal, as an operator would give them."""
        settings.OIDC_EMETTEUR, settings.OIDC_ACTIF = self.emetteur, True
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
        settings.OIDC_ACR_DEMANDES, settings.OIDC_ACR_FORTS = ["double", "simple"], ["double"]

    def arreter(self) -> None:
        """Stop the process."""
        self.processus.terminate()
        self.processus.wait(10)
        self.processus.stdout.close()  # type: ignore[union-attr]


class Visiteur:
    """Somebody's browser at the provider: forms and cookies, without the portal's."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def s_identifier(self, adresse: str, compte: str, niveau: str = "simple") -> str:
        """Follow the provider's pages from the portal's redirection; the address that it sends back to."""
        reponse = self.session.get(adresse, allow_redirects=False)
        for _ in range(8):
            if reponse.is_redirect and not self._chez_lui(reponse):
                return reponse.headers["Location"]
            if reponse.is_redirect:
                reponse = self.session.get(self._suivante(reponse), allow_redirects=False)
            else:
                assert "Fournisseur d’essai" in reponse.text, reponse.text
                reponse = self.session.post(
                    reponse.url, data={"compte": compte, "niveau": niveau}, allow_redirects=False
                )
        raise AssertionError("the provider leads nowhere")

    def _suivante(self, reponse: requests.Response) -> str:
        return requests.compat.urljoin(reponse.url, reponse.headers["Location"])

    def _chez_lui(self, reponse: requests.Response) -> bool:
        origine = re.match(r"https?://[^/]+", reponse.url).group()  # type: ignore[union-attr]
        return self._suivante(reponse).startswith(origine)


def exiger_node() -> None:
    """Say what is missing: a test that silently passes without the provider would prove nothing."""
    if not shutil.which("node") or not (ICI / "node_modules" / "oidc-provider").exists():
        pytest.fail("node ou tests/oidc/node_modules manque : lancez make test, qui les installe")
