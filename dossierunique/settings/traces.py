"""Logs through structlog: JSON lines in production, readable ones elsewhere.

A line carries the request's identifier, never a body, a query string or a form.
"""

import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

from dossierunique.contexte import requete_id
from dossierunique.securite.nir import masquer_les_nir

_QUESTION = re.compile(r"(?<=/)\?\S*|(?<=[\w-])\?[\w.-]+=\S*")


def _requete(_logger: Any, _methode: str, ligne: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if identifiant := requete_id.get():
        ligne["requete"] = identifiant
    return ligne


def sans_question(_logger: Any, _methode: str, ligne: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut query strings out of messages: they may hold what somebody searched for."""
    ligne["event"] = _QUESTION.sub("", str(ligne.get("event", "")))
    return ligne


# What the portal itself writes: masking it would only break the request's identifier.
_PROPRES = frozenset({"requete", "timestamp", "level", "logger"})


def sans_nir(_logger: Any, _methode: str, ligne: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask what may be a NIR, wherever it comes from: an address not found quotes what was typed in it."""
    for cle, valeur in ligne.items():
        if isinstance(valeur, str) and cle not in _PROPRES:
            ligne[cle] = masquer_les_nir(valeur)
    return ligne


COMMUN: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _requete,
    sans_question,
]


def journaux(*, json: bool, niveau: str = "INFO") -> dict:
    """LOGGING: everything on the standard error output, one line an event."""
    fin: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        sans_nir,
    ]
    if json:
        fin.append(structlog.processors.JSONRenderer(ensure_ascii=False))
    else:
        plain = structlog.dev.plain_traceback
        fin.append(structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain))
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lignes": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": COMMUN,
                "processors": fin,
            }
        },
        "handlers": {"sortie": {"class": "logging.StreamHandler", "formatter": "lignes"}},
        "root": {"handlers": ["sortie"], "level": niveau},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": niveau},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            "celery.redirected": {"level": "WARNING"},
        },
    }


def configurer(reglages: dict) -> None:
    """Set up logging and structlog together (settings.LOGGING_CONFIG)."""
    logging.config.dictConfig(reglages)
    structlog.configure(
        processors=[*COMMUN, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
