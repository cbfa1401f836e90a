"""The OpenID provider, spoken to through mozilla-django-oidc: its addresses, its keys, and what it asserts.

ProConnect's userinfo is a signed JWT. Nothing is taken from it before its signature, issuer, audience and subject have
been compared with those of the id_token.
"""

import time
from typing import Any, NamedTuple

import jwt
import requests
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

DECOUVERTE = "/.well-known/openid-configuration"
DUREE_DECOUVERTE, DELAI = 600, 10
MARGE = 60
# Symmetric algorithms and « none » would let whoever holds the client's secret, or nobody, sign.
ALGORITHMES = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
EXIGES = ("iss", "sub", "aud", "exp", "iat")
ADRESSES = {
    "OIDC_OP_AUTHORIZATION_ENDPOINT": "authorization_endpoint",
    "OIDC_OP_TOKEN_ENDPOINT": "token_endpoint",
    "OIDC_OP_USER_ENDPOINT": "userinfo_endpoint",
    "OIDC_OP_JWKS_ENDPOINT": "jwks_uri",
}
PROPRES = {
    "OIDC_AUTHENTICATION_CALLBACK_URL": "federation:retour",
    "OIDC_USE_PKCE": True,
    "OIDC_USE_NONCE": True,
    "OIDC_TIMEOUT": DELAI,
    "OIDC_STORE_ACCESS_TOKEN": False,
    "OIDC_STORE_ID_TOKEN": False,
    "OIDC_ALLOW_UNSECURED_JWT": False,
    "OIDC_MAX_STATES": 5,
}


class FournisseurInjoignable(Exception):
    """The provider does not answer, or answers something else than OpenID."""


class Assertion(NamedTuple):
    """What the provider says of the person who has just signed in there."""

    sub: str
    second_facteur: bool
    authentifie_a: int
    id_token: str


def decouverte() -> dict[str, Any]:
    """The provider's own description of itself, kept a few minutes."""
    cle = f"oidc:{settings.OIDC_EMETTEUR}"
    if connue := cache.get(cle):
        return connue
    try:
        reponse = requests.get(settings.OIDC_EMETTEUR.rstrip("/") + DECOUVERTE, timeout=DELAI)
        reponse.raise_for_status()
        lue = reponse.json()
    except (requests.RequestException, ValueError) as erreur:
        raise FournisseurInjoignable from erreur
    if lue.get("issuer") != settings.OIDC_EMETTEUR:
        raise FournisseurInjoignable("l’émetteur annoncé n’est pas celui du réglage")
    cache.set(cle, lue, DUREE_DECOUVERTE)
    return lue


def reglage(nom: str, *defaut: Any) -> Any:
    """mozilla-django-oidc's settings: the provider's addresses are discovered, ours are fixed here."""
    if nom in ADRESSES:
        return decouverte()[ADRESSES[nom]]
    if nom in PROPRES:
        return PROPRES[nom]
    return getattr(settings, nom, *defaut)


class Fournisseur(OIDCAuthenticationBackend):
    """Reads what the provider asserts. It makes no account and looks for none: see actions.py."""

    get_settings = staticmethod(reglage)

    def lire(self, request: HttpRequest, nonce: str, code_verifier: str) -> Assertion | None:
        """Exchange the code of this request for a verified assertion; None when the code is of no use."""
        self.id_token = ""
        try:
            revendications = self.authenticate(request, nonce=nonce, code_verifier=code_verifier)
        except requests.HTTPError as erreur:
            # A code that has served, or expired: the person starts again.
            if erreur.response is not None and erreur.response.status_code < 500:
                return None
            raise FournisseurInjoignable from erreur
        except requests.RequestException as erreur:
            raise FournisseurInjoignable from erreur
        except (KeyError, ValueError, jwt.PyJWTError) as erreur:
            raise SuspiciousOperation("answer that is not OpenID") from erreur
        if not revendications:
            return None
        acr = str(revendications.get("acr") or "")
        return Assertion(
            revendications["sub"],
            acr in settings.OIDC_ACR_FORTS,
            int(revendications.get("auth_time") or 0),
            self.id_token,
        )

    def store_tokens(self, access_token: str, id_token: str) -> None:
        """Keep the id_token for the sign-out at the provider; the access token is never kept."""
        self.id_token = id_token

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Signature by one of the provider's keys, issuer, audience, dates, and the nonce of this sign-in."""
        contenu = self._verifie(token, EXIGES)
        azp = contenu.get("azp", settings.OIDC_RP_CLIENT_ID)
        if (
            not kwargs.get("nonce")
            or contenu.get("nonce") != kwargs["nonce"]
            or azp != settings.OIDC_RP_CLIENT_ID
        ):
            raise SuspiciousOperation("id_token: nonce or azp")
        return contenu

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The userinfo, which must be a JWT signed by the provider, for us, about the same person."""
        reponse = requests.get(
            self.OIDC_OP_USER_ENDPOINT, headers={"Authorization": f"Bearer {access_token}"}, timeout=DELAI
        )
        reponse.raise_for_status()
        if not reponse.headers.get("Content-Type", "").lower().startswith("application/jwt"):
            raise SuspiciousOperation("userinfo is not signed")
        # OpenID Core 5.3.2 asks iss and aud of it, not the dates: the access token has just been given.
        contenu = self._verifie(reponse.text, ("iss", "aud", "sub"))
        if contenu["sub"] != payload["sub"]:
            raise SuspiciousOperation("userinfo speaks of somebody else")
        return contenu

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Any:
        """mozilla-django-oidc expects a user here: ours is found by `sub` later, so the verified id_token is given."""
        self.get_userinfo(access_token, id_token, payload)
        return payload

    def _verifie(self, token: str, exiges: tuple[str, ...]) -> dict[str, Any]:
        if jwt.get_unverified_header(token).get("alg") not in ALGORITHMES:
            raise SuspiciousOperation("algorithm of a token")
        try:
            return jwt.decode(
                token, self.retrieve_matching_jwk(token), algorithms=list(ALGORITHMES),
                audience=settings.OIDC_RP_CLIENT_ID, issuer=settings.OIDC_EMETTEUR, leeway=MARGE,
                options={"require": list(exiges)},
            )  # fmt: skip
        except jwt.InvalidTokenError as erreur:
            raise SuspiciousOperation("token refused") from erreur


def recente(assertion: Assertion) -> bool:
    """Whether the person has really signed in at the provider for this request, and not long ago."""
    return time.time() - assertion.authentifie_a <= MARGE + settings.RENFORT_MINUTES * 60
