"""What this room registers with the house: menu entries, its card on the home, notifications, jobs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from dossiers.echanges.models import Genre
from dossiers.partages.cartes import ajouter_a_l_accueil
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Droit, Regard
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from dossierunique.notifications.sortie import traitement
from dossierunique.ui.navigation import Entree, enregistrer
from opex.suivi import situations  # noqa: F401  (registers the ready lists)
from opex.suivi.a_faire import carte
from opex.suivi.rappels import GENRE
from partners.models import Habilitation
from partners.organismes.models import Programme

CONFIE = "opex_suivi_confie"
genres.declarer(GENRE, "Une étape d’un dossier OPEX arrive à échéance")
genres.declarer(CONFIE, "Le suivi d’un blessé vous est confié")
genres.declarer(Genre.BLESSURE, "Une blessure est signalée")
# Help cannot wait for a digest.
genres.imposer(Genre.BLESSURE)

ajouter_a_l_accueil(carte)


@enregistrer
def entrees(request: HttpRequest) -> list[Entree]:
    """The steps, for who follows the wounded; the opening a posteriori, for who may open."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or Programme.OPEX not in habilitation.programmes:
        return []
    regard, lignes = Regard(habilitation), []
    if regard.peut(Droit.SUIVRE):
        lignes.append(Entree("Échéances OPEX", "suivi:echeances", "/opex/echeances/"))
    if regard.peut(Droit.SAISIR_IMPRIME):
        lignes.append(Entree("Blessé a posteriori", "suivi:a_posteriori", "/opex/a-posteriori/"))
    return lignes


@traitement("opex.suivi_confie")
def annoncer_le_suivi(donnees: dict[str, Any]) -> None:
    """Tell who follows the person from now on, and who did, each if she still reads the dossier."""
    dossier = Dossier.objects.get(pk=donnees["dossier"])
    textes = {
        donnees["apres"]: f"Le suivi du dossier {dossier.numero} vous est confié.",
        donnees["avant"]: f"Le suivi du dossier {dossier.numero} est confié à quelqu’un d’autre.",
    }
    lisent = Dossier.objects.filter(pk=dossier.pk)
    for habilitation in Habilitation.objects.filter(pk__in=[cle for cle in textes if cle]):
        if lisent.visibles_par(habilitation).exists():
            notifier(
                [habilitation.utilisateur],
                genre=CONFIE,
                texte=textes[habilitation.pk],
                url=reverse("suivi:page", args=[dossier.numero]),
                cle=f"suivi-{dossier.pk}-{donnees['version']}",
            )
