"""Habilitations of the demo in every state: requests, a suspension, a departure, a review in progress."""

from datetime import timedelta

from django.utils import timezone

from dossiers.demonstration.acteurs import Acteurs
from dossierunique.journal.ecriture import Personne
from partners.comptes.models import Utilisateur
from partners.departs.models import Depart
from partners.habilitations import parcours
from partners.habilitations.models import Habilitation
from partners.models import Unite
from partners.revues import actions as revues
from partners.revues.models import CampagneRevue

# (prénom, nom, identifiant, organisme, profil): accounts that wait for their habilitation
DEMANDEURS = (
    ("Yasmine", "Roche-Fictive", "y.roche", "terre", "correspondant"),
    ("Bastien", "Colin-Fictif", "b.colin", "terre", "correspondant"),
    ("Odile", "Marchal-Fictive", "o.marchal", "terre", "correspondant"),
    ("Rémi", "Weber-Fictif", "r.weber", "uneo", "partenaire"),
    ("Solène", "Perrot-Fictive", "s.perrot", "cnmss", "gestionnaire"),
)
ECHEANCE = timedelta(days=25)


def creer(acteurs: Acteurs) -> None:
    """A few of each, through the same actions as the portal."""
    en_vigueur = list(Habilitation.objects.en_vigueur().order_by("pk"))
    _dater(en_vigueur)
    _demandes(acteurs)
    _suspendue(acteurs)
    _partie(acteurs)
    _revue(acteurs)


def _dater(habilitations: list[Habilitation]) -> None:
    aujourdhui = timezone.localdate()
    for rang, habilitation in enumerate(habilitations):
        habilitation.derniere_utilisation = aujourdhui - timedelta(days=rang % 12)
    Habilitation.objects.bulk_update(habilitations, ["derniere_utilisation"])


def _demandes(acteurs: Acteurs) -> None:
    responsable = acteurs.habilitations["responsable"]
    demandes = [_demande(acteurs, *demandeur) for demandeur in DEMANDEURS]
    for demande in demandes[:2]:
        charte = parcours.charte_en_vigueur()
        if charte:
            parcours.accepter_charte(demande.utilisateur, demande, charte)
    parcours.valider(responsable, demandes[1])
    parcours.refuser(
        responsable, demandes[2], "Formation à renouveler\u00a0: elle date de plus de trois ans."
    )


def _demande(
    acteurs: Acteurs, prenom: str, nom: str, identifiant: str, organisme: str, profil: str
) -> Habilitation:
    personne = Utilisateur.objects.create(
        username=identifiant, first_name=prenom, last_name=nom, email=f"{identifiant}@demo.example",
        password="!",  # noqa: S106  (nobody signs in with it)
    )  # fmt: skip
    tenu = acteurs.organismes[organisme]
    unites = [_unite(acteurs, organisme)] if profil == "correspondant" else []
    return parcours.demander(
        Personne(personne), personne, tenu, profil=profil, unites=unites, programmes=["DU"],
        debut=timezone.localdate(), formation_le=timezone.localdate() - timedelta(days=20) if unites else None,
        motif="Je remplace un collègue parti en mutation.",
    )  # fmt: skip


def _unite(acteurs: Acteurs, organisme: str) -> Unite:
    return next(u for u in acteurs.unites if u.organisme.code == organisme)


def _suspendue(acteurs: Acteurs) -> None:
    """One that nobody used, asked back by its holder."""
    oubliee = _collegue("correspondant-terre-1")
    oubliee.etat, oubliee.cause = "suspendue", "inutilisee"
    oubliee.motif = "inutilisée depuis trois mois"
    oubliee.derniere_utilisation = timezone.localdate() - timedelta(days=93)
    oubliee.save()
    parcours.demander_reprise(oubliee.utilisateur, oubliee)


def _partie(acteurs: Acteurs) -> None:
    """One that ended with nothing in hand."""
    partie = _collegue("correspondant-terre-5")
    partie.etat, partie.motif, partie.fin = "close", "départ en retraite", timezone.localdate()
    partie.save()
    Depart.objects.create(
        habilitation=partie, nature="depart", par_id=acteurs.habilitations["responsable"].utilisateur_id
    )


def _collegue(identifiant: str) -> Habilitation:
    return Habilitation.objects.select_related("utilisateur", "organisme").get(
        utilisateur__username=identifiant
    )


def _revue(acteurs: Acteurs) -> CampagneRevue:
    aujourdhui = timezone.localdate()
    campagne = revues.ouvrir(acteurs.habilitations["admin"], aujourdhui.year, aujourdhui + ECHEANCE)
    responsable = acteurs.habilitations["responsable"]
    faites = revues.lignes_de(responsable, campagne).order_by("pk").values_list("pk", flat=True)[:2]
    revues.confirmer(responsable, campagne, list(faites))
    return campagne
