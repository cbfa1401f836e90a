"""Accesses of the demo that the watch finds unusual, and what it makes of them."""

from dossiers.controle.actions import examiner
from dossiers.controle.models import Alerte, EtatAlerte
from dossiers.controle.surveillance import surveiller
from dossiers.demonstration.acteurs import Acteurs
from dossiers.demonstration.personnes import Foyer
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.veille import verifier_et_noter
from dossierunique.securite.identite import systeme
from partners.models import Habilitation

LUS_D_AFFILEE = 44


def creer(acteurs: Acteurs, foyers: list[Foyer]) -> None:
    """One agent reads many dossiers at once, another one of her own name."""
    for foyer in foyers[:LUS_D_AFFILEE]:
        journaliser(acteurs.gestionnaires[-1], Acte.CONSULTER, foyer.dossier.numero)
    agents = Habilitation.objects.en_vigueur().select_related("utilisateur").order_by("pk")
    noms = {agent.utilisateur.last_name.casefold(): agent for agent in agents}
    for foyer in foyers:
        if agent := noms.get(foyer.dossier.assure.nom_naissance.casefold()):
            journaliser(agent, Acte.CONSULTER, foyer.dossier.numero)
            break


def veiller(acteurs: Acteurs) -> None:
    """Once all this is committed: the journal is sealed, verified and watched, and a review begins."""
    verifier_et_noter()
    with systeme("demonstration"):
        surveiller()
        for alerte in Alerte.objects.order_by("pk")[:1]:
            examiner(acteurs.habilitations["dpo"], alerte, EtatAlerte.EN_EXAMEN, "", alerte.version)
