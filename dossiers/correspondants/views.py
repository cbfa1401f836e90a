"""The space of the correspondants d’unité: their work at a glance, ready lists, sheets, their habilitation."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossiers.consentements.confirmations import limite
from dossiers.consentements.models import PreuveAConfirmer
from dossiers.partages.accueil import composer
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Regard
from dossiers.situations.avancement import avancements
from dossiers.situations.catalogue import situations_de
from dossiers.situations.models import EtatListe
from dossiers.situations.policies import listes_visibles
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import Habilitation, Profil

PREUVES = 6
LISTES = 6


@require_GET
@habilitation_requise(Profil.CORRESPONDANT)
def espace(request: HttpRequest) -> HttpResponse:
    """What waits, situations to start from and lists begun, proofs about to suspend a share, sheets, habilitation."""
    habilitation = request.habilitation
    preuves = list(_preuves(habilitation)[: PREUVES + 1])
    for preuve in preuves:
        preuve.avant = limite(preuve)  # type: ignore[attr-defined]
    montrees = preuves[:PREUVES]
    ouvertes = listes_visibles(habilitation).filter(etat=EtatListe.OUVERTE).order_by("ouverte_le", "pk")
    listes = list(ouvertes[: LISTES + 1])
    if nommes := [objet.dossier.numero for objet in (*listes[:LISTES], *montrees)]:
        journaliser(habilitation, Acte.LISTER, "", objets=list(dict.fromkeys(nommes)))
    contexte = {
        "chiffres": composer(Regard(habilitation)).chiffres,
        "situations": situations_de(habilitation),
        "avancements": avancements(habilitation, listes[:LISTES]),
        "listes_encore": len(listes) > LISTES,
        "preuves": montrees,
        "preuves_encore": len(preuves) > PREUVES,
        "inutilisee_jours": settings.HABILITATION_INUTILISEE_JOURS,
    }
    return render(request, "dossiers/correspondants/espace.html", contexte)


def _preuves(habilitation: Habilitation) -> QuerySet[PreuveAConfirmer]:
    """The acts of the dossiers that it reads whose proof nobody has confirmed yet, the nearest to the delay first."""
    return (
        PreuveAConfirmer.objects.filter(
            suspendu_le__isnull=True, dossier__in=Dossier.objects.visibles_par(habilitation)
        )
        .select_related("dossier__assure", "dossier__unite")
        .order_by("depuis", "pk")
    )
