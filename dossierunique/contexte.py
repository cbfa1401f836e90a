"""The identifier of the request or task in hand, for the journal and the logs."""

from contextvars import ContextVar

requete_id: ContextVar[str] = ContextVar("requete_id", default="")
