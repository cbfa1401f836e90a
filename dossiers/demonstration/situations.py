"""Two lists begun by the correspondants of the demo's first unit."""

from datetime import timedelta

from django.utils import timezone

from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demonstration.acteurs import Acteurs
from dossiers.demonstration.personnes import heures_ouvrees
from dossiers.situations.actions import cocher, commencer, noter
from dossiers.situations.catalogue import SITUATIONS
from dossiers.situations.models import ListeSituation

# Situation, state of the demande that it goes with, days ago, points ticked, note
LISTES = (
    ("naissance-difficile", EtatDemande.BROUILLON, 4, ("maison", "heures", "aide"), "Devis attendu mardi."),
    ("retour-hospitalisation", EtatDemande.INCOMPLETE, 11, ("sortie", "seule", "repos", "liste-remise", "besoin"), ""),
)  # fmt: skip


def creer(acteurs: Acteurs) -> None:
    """One beside a draft, one beside a demande that waits for papers."""
    par = acteurs.habilitations["correspondant"]
    for code, etat, jours, points, note in LISTES:
        demande = (
            Demande.objects.filter(etat=etat, dossier__unite__in=par.unites.all())
            .visibles_par(par)
            .select_related("dossier")
            .order_by("pk")
            .first()
        )
        if demande is None:
            continue
        liste = commencer(par, demande.dossier, SITUATIONS[code])
        ouverte_le = heures_ouvrees(timezone.now() - timedelta(days=jours))
        ListeSituation.objects.filter(pk=liste.pk).update(ouverte_le=ouverte_le)
        cocher(par, liste, points, ())
        if note:
            noter(par, liste, note=note, version=liste.version)
