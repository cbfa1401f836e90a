"""Addresses of the outer services, turned into the settings that Django and Celery expect."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import environ

# Planning a row with its eight relations takes twice the time of reading it when every order of joins is tried.
OPTIONS_POSTGRES = {"options": "-c statement_timeout=5000 -c jit=off -c join_collapse_limit=4"}


def base(url: str) -> dict:
    """One database from its URL; `postgres://role@%2Fpath%2Fof%2Fsocket/name` is accepted."""
    lue = environ.Env.db_url_config(url)
    return {**lue, "HOST": unquote(lue.get("HOST") or ""), "CONN_HEALTH_CHECKS": True}


def bases(application: str, proprietaire: str) -> dict:
    """DATABASES for the two roles; without an owner's URL only the application's is known."""
    if not application:
        return {}
    defaut = {
        **base(application),
        "CONN_MAX_AGE": 600,
        "ATOMIC_REQUESTS": True,
        "OPTIONS": OPTIONS_POSTGRES,
    }
    if not proprietaire:
        return {"default": defaut}
    return {"default": defaut, "proprietaire": base(proprietaire)}


def courtier(url: str) -> str:
    """Celery's spelling of a Redis address."""
    return url.replace("unix://", "redis+socket://", 1) if url.startswith("unix:") else url


def cache(url: str) -> dict:
    """The shared cache, on the broker's server under its own prefix."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    lieu = url.replace("redis+socket://", "unix://", 1)
    options = {"socket_timeout": 5, "socket_connect_timeout": 2}
    if lieu.startswith("unix:"):
        options = {"socket_timeout": 5}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": lieu,
        "KEY_PREFIX": "du",
        "OPTIONS": options,
    }


def stockage(url: str, racine: Path) -> dict:
    """Where encrypted files go: a folder, or `s3://key:secret@host[:port]/bucket?region=…&tls=1`."""
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(racine),
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    lue, demandes = urlsplit(url), parse_qs(urlsplit(url).query)
    if lue.scheme != "s3":
        raise ValueError("STOCKAGE_URL : seul le schéma s3:// est reconnu")
    schema = "https" if demandes.get("tls", ["1"])[0] == "1" else "http"
    hote = f"{lue.hostname}:{lue.port}" if lue.port else lue.hostname
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(lue.username or ""),
            "secret_key": unquote(lue.password or ""),
            "bucket_name": lue.path.strip("/"),
            "endpoint_url": f"{schema}://{hote}",
            "region_name": demandes.get("region", [None])[0],
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }


def origines(url: str) -> list[str]:
    """The origin of an address, as the content security policy writes it; nothing for no address."""
    lue = urlsplit(url)
    return [f"{lue.scheme}://{lue.netloc}"] if lue.netloc else []


def courriel(url: str) -> dict:
    """EMAIL_* settings from `smtp+tls://user:password@host:587`, `filemail:///folder`, …"""
    lue = environ.Env.email_url_config(url)
    if lue.get("EMAIL_FILE_PATH"):
        lue["EMAIL_FILE_PATH"] = "/" + lue["EMAIL_FILE_PATH"]
    return {nom: valeur for nom, valeur in lue.items() if valeur is not None}
