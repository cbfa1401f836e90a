"""Some loans of the demo, and bris de glace to review."""

from datetime import timedelta

from django.utils import timezone

from dossiers.demonstration.acteurs import Acteurs
from dossiers.demonstration.personnes import Foyer, heures_ouvrees
from dossiers.exceptions.actions import preter, terminer_pret
from dossiers.exceptions.models import BrisDeGlace, EtatExamen, GenreUrgence
from dossiers.exceptions.urgence import Cible, briser_la_glace
from partners.models import Habilitation

MOTIFS = (
    "Congé de la correspondante du régiment jusqu’à la fin du mois.",
    "Déménagement de la famille\u00a0: la nouvelle unité prépare la demande.",
    "Renfort pendant le stage de la correspondante.",
)
# Days ago, kind, reason, state, comment
URGENCES = (
    (12, GenreUrgence.DANGER, "Appel de la gendarmerie\u00a0: personne âgée trouvée seule et désorientée chez elle.",
     EtatExamen.JUSTIFIE, "Appel confirmé par la brigade\u202f; lecture limitée à l’adresse et aux proches."),
    (9, GenreUrgence.DETRESSE, "Expulsion le lendemain matin, conjoint injoignable\u00a0: aides accordées à vérifier.",
     EtatExamen.A_EXAMINER, ""),
    (1, GenreUrgence.HOSPITALISATION, "Évacuation sanitaire du militaire, trois enfants à prendre en charge ce soir.",
     EtatExamen.A_EXAMINER, ""),
)  # fmt: skip


def creer(acteurs: Acteurs, foyers: list[Foyer]) -> None:
    """Three loans, one of them over; three past bris de glace and one in force."""
    _prets(acteurs, foyers)
    auteur = acteurs.habilitations["asd"]
    fermes = [
        f for f in foyers if auteur.organisme not in f.accordes and f.dossier.programme in auteur.programmes
    ]
    for foyer, urgence in zip(fermes, URGENCES, strict=False):
        _passe(auteur, acteurs.habilitations["dpo"], foyer, *urgence)
    collegue = (
        Habilitation.objects.filter(organisme=auteur.organisme, profil="decideur_asd").order_by("pk").first()
    )
    if collegue and len(fermes) > len(URGENCES):
        briser_la_glace(
            collegue, Cible(fermes[len(URGENCES)].dossier.numero), genre=GenreUrgence.AUTRE,
            motif="Audience au tribunal cet après-midi\u00a0: la situation du foyer est demandée sur-le-champ.",
        )  # fmt: skip


def _prets(acteurs: Acteurs, foyers: list[Foyer]) -> None:
    gestionnaire, jour = acteurs.habilitations["gestionnaire"], timezone.localdate()
    suppleant = acteurs.habilitations["correspondant2"]
    d_ailleurs = [f for f in foyers if f.dossier.unite_id not in suppleant.unites_ids]
    prets = [
        preter(gestionnaire, foyer.dossier, suppleant, jusque=jour + timedelta(days=jours), motif=motif)
        for foyer, jours, motif in zip(d_ailleurs, (5, 12, 20), MOTIFS, strict=False)
    ]
    terminer_pret(gestionnaire, prets[-1])


def _passe(
    auteur: Habilitation, dpo: Habilitation, foyer: Foyer, jours: int, genre: str, motif: str, etat: str,
    commentaire: str,
) -> None:  # fmt: skip
    depuis = heures_ouvrees(timezone.now() - timedelta(days=jours))
    bris = BrisDeGlace.objects.create(
        dossier=foyer.dossier, habilitation=auteur, genre=genre, motif=motif, depuis=depuis,
        jusque=depuis + timedelta(hours=1),
    )  # fmt: skip
    if etat != EtatExamen.A_EXAMINER:
        bris.etat, bris.commentaire, bris.examine_par = etat, commentaire, dpo
        bris.examine_le = depuis + timedelta(hours=5)
        bris.save()
