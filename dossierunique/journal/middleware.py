"""Journals refusals, after the transaction of the refused request has been rolled back."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import acteur_de, journaliser
from dossierunique.journal.refus import AccesRefuse


class JournalDesRefus:
    """Django calls `process_exception` once ATOMIC_REQUESTS has undone the view's writes: this row stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, AccesRefuse):
            with transaction.atomic():
                journaliser(acteur_de(request), Acte.REFUS, exception.objet, motif=exception.motif)


journal_des_refus = JournalDesRefus
