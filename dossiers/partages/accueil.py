"""The home after sign-in: what waits for this profile, what changed; and the public page before it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dossiers.contributions.models import Contribution
from dossiers.controle.cartes import a_controler
from dossiers.controle.models import Alerte, EtatAlerte
from dossiers.demandes import etats
from dossiers.demandes.corbeilles import (
    A_PRENDRE,
    AVIS_A_RENDRE,
    EN_RETARD,
    INCOMPLETES,
    PIECES_MEDICALES,
    TOUTES,
    delai_en_mots,
    lignes_de,
)
from dossiers.demandes.etats import EtatDemande as E
from dossiers.demandes.models import Demande
from dossiers.justificatifs.models import Justificatif, PieceDemandee
from dossiers.partages.cartes import Chiffre, cartes, chiffre
from dossiers.partages.models import Partage
from dossiers.partages.pistes import pistes_de
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.models import Notification
from dossierunique.securite.identite import systeme
from partners.habilitations import listes
from partners.habilitations.identite import agir_pour
from partners.habilitations.models import PROFILS_SANS_DOSSIER, Habilitation, Profil
from partners.revues import actions as revues

LIGNES = 6
PETIT_EFFECTIF = 5


@dataclass
class Accueil:
    """What the home shows: numbers, then the list of what to do first."""

    chiffres: list[Chiffre] = field(default_factory=list)
    titre: str = ""
    demandes: list[Demande] = field(default_factory=list)
    suite: str = ""
    mot: str = ""
    # None for those who decide of no habilitation.
    a_decider: list[Habilitation] | None = None
    alertes: list[Alerte] = field(default_factory=list)


def _avec_personne(lignes: QuerySet[Demande]) -> QuerySet[Demande]:
    return lignes.select_related("type_aide", "dossier__assure", "dossier__unite")


def _gestionnaire(regard: Regard) -> Accueil:
    corbeille = reverse("demandes:corbeille")
    lus = Partage.objects.visibles_par(regard.habilitation).filter(dossier=OuterRef("dossier"))
    demandes = Demande.objects.filter(Exists(lus), soumise_le__isnull=False)
    miennes = demandes.filter(instruite_par=regard.habilitation, etat__in=etats.EN_INSTRUCTION)
    a_verifier = Justificatif.objects.filter(
        Exists(lus), etat="a_verifier", demande__etat__in=etats.EN_COMPLETUDE | etats.EN_INSTRUCTION
    )
    a_verifier = a_verifier.exclude(type__classe="medical")
    retard = demandes.filter(
        etat__in=etats.EN_COMPLETUDE | etats.EN_INSTRUCTION, echeance__lt=timezone.localdate()
    )
    arrivees = demandes.filter(etat__in=[E.SOUMISE, E.EN_COMPLETUDE]).order_by("soumise_le", "pk")
    return Accueil(
        [
            chiffre(miennes, ("à instruire par moi",) * 2, f"{corbeille}?voir=a-moi", "moi"),
            chiffre(
                a_verifier,
                ("pièce à vérifier", "pièces à vérifier"),
                f"{corbeille}?voir=a-verifier",
                "attente",
            ),
            chiffre(retard, ("délai dépassé", "délais dépassés"), f"{corbeille}?voir=en-retard", "alerte"),
            chiffre(
                demandes.filter(A_PRENDRE),
                ("complète à prendre", "complètes à prendre"),
                f"{corbeille}?voir=completes",
            ),
        ],
        "Les plus anciennes à vérifier",
        list(_avec_personne(arrivees)[:LIGNES]),
        f"{corbeille}?voir=a-verifier",
    )


def _correspondant(regard: Regard) -> Accueil:
    corbeille = reverse("demandes:corbeille")
    actifs = Partage.objects.visibles_par(regard.habilitation).filter(dossier=OuterRef("dossier"))
    demandes = Demande.objects.filter(Exists(actifs))
    attendues = PieceDemandee.objects.filter(etat="attendue", demande__in=demandes.values("pk"))
    brouillons = demandes.filter(etat=E.BROUILLON, cree_par__organisme=regard.habilitation.organisme_id)
    a_faire = demandes.filter(etat=E.INCOMPLETE) | brouillons
    return Accueil(
        [
            chiffre(attendues, ("pièce à fournir", "pièces à fournir"), f"{corbeille}?voir=pieces", "alerte"),
            chiffre(
                brouillons,
                ("brouillon à finir", "brouillons à finir"),
                f"{corbeille}?voir=brouillons",
                "attente",
            ),
            chiffre(
                demandes.filter(etat__in=etats.EN_COMPLETUDE | etats.EN_INSTRUCTION),
                ("demande en cours", "demandes en cours"),
                f"{corbeille}?voir=en-cours",
                "moi",
            ),
            chiffre(
                demandes.filter(etat__in=etats.DECIDEES - {E.DECIDEE}),
                ("demande décidée", "demandes décidées"),
                f"{corbeille}?voir=terminees",
            ),
        ],
        "Ce qui vous attend",
        list(_avec_personne(a_faire.order_by("-pk"))[:LIGNES]),
        corbeille,
    )


def _partenaire(regard: Regard) -> Accueil:
    corbeille = reverse("contributions:corbeille")
    actifs = Partage.objects.visibles_par(regard.habilitation).filter(dossier=OuterRef("demande__dossier"))
    miennes = Contribution.objects.filter(Exists(actifs), organisme=regard.habilitation.organisme_id)
    a_etudier = miennes.filter(etat="sollicitee").exclude(demande__etat__in=etats.TERMINEES)
    premieres = a_etudier.order_by("pk").values_list("demande", flat=True)[:LIGNES]
    return Accueil(
        [
            chiffre(
                a_etudier,
                ("demande à étudier", "demandes à étudier"),
                f"{corbeille}?voir=a-etudier",
                "attente",
            ),
            chiffre(
                miennes.filter(etat="en_instruction"),
                ("en instruction chez vous",) * 2,
                f"{corbeille}?voir=en-instruction",
                "moi",
            ),
            chiffre(
                miennes.filter(etat__in=["accord", "accord_partiel"]),
                ("accord à verser", "accords à verser"),
                f"{corbeille}?voir=repondues",
            ),
            chiffre(
                Partage.objects.visibles_par(regard.habilitation),
                ("dossier partagé avec vous", "dossiers partagés avec vous"),
                reverse("dossiers:liste"),
            ),
        ],
        "À étudier",
        list(_avec_personne(Demande.objects.filter(pk__in=list(premieres)).order_by("pk"))),
        f"{corbeille}?voir=a-etudier",
    )


def _medecin(regard: Regard) -> Accueil:
    corbeille = reverse("demandes:corbeille")
    lignes = lignes_de(regard.habilitation, Q(), Q())
    attendus = lignes(AVIS_A_RENDRE)
    return Accueil(
        [
            chiffre(attendus, ("avis à rendre",) * 2, f"{corbeille}?voir={AVIS_A_RENDRE.code}", "attente"),
            chiffre(
                lignes(PIECES_MEDICALES),
                ("demande avec une pièce médicale à vérifier", "demandes avec une pièce médicale à vérifier"),
                f"{corbeille}?voir={PIECES_MEDICALES.code}",
                "moi",
            ),
            chiffre(lignes(EN_RETARD), ("délai dépassé", "délais dépassés"), f"{corbeille}?voir=en-retard"),
        ],
        "Avis à rendre, les plus anciens d’abord",
        list(_avec_personne(attendus.order_by("soumise_le", "pk"))[:LIGNES]),
        f"{corbeille}?voir={AVIS_A_RENDRE.code}",
        MOTS[Profil.MEDECIN],
    )


def _secretaire(regard: Regard) -> Accueil:
    corbeille = reverse("demandes:corbeille")
    lignes = lignes_de(regard.habilitation, Q(), Q())
    toutes = lignes(TOUTES)
    instruites = toutes.filter(etat__in=[E.EN_INSTRUCTION, E.AVIS_RENDU])
    return Accueil(
        [
            chiffre(
                instruites, ("demande à inscrire", "demandes à inscrire"), f"{corbeille}?voir=toutes", "attente"
            ),
            chiffre(
                toutes.filter(etat=E.INSCRITE), ("inscrite en commission", "inscrites en commission"),
                f"{corbeille}?voir=toutes", "moi",
            ),
            chiffre(lignes(EN_RETARD), ("délai dépassé", "délais dépassés"), f"{corbeille}?voir=en-retard", "alerte"),
        ],
        "À inscrire, les plus anciennes d’abord",
        list(_avec_personne(instruites.order_by("soumise_le", "pk"))[:LIGNES]),
        f"{corbeille}?voir=toutes",
        MOTS[Profil.SECRETAIRE],
    )  # fmt: skip


def _numerisation(regard: Regard) -> Accueil:
    corbeille = reverse("demandes:corbeille")
    lignes = lignes_de(regard.habilitation, Q(), Q())
    incompletes = lignes(INCOMPLETES)
    return Accueil(
        [
            chiffre(
                incompletes, ("demande incomplète", "demandes incomplètes"), f"{corbeille}?voir={INCOMPLETES.code}",
                "attente",
            ),
            chiffre(lignes(EN_RETARD), ("délai dépassé", "délais dépassés"), f"{corbeille}?voir=en-retard"),
        ],
        "Pièces attendues, l’échéance la plus proche d’abord",
        list(_avec_personne(incompletes.order_by("echeance", "pk"))[:LIGNES]),
        f"{corbeille}?voir={INCOMPLETES.code}",
        MOTS[Profil.NUMERISATION],
    )  # fmt: skip


def _lecteur(regard: Regard) -> Accueil:
    dossiers = reverse("dossiers:liste")
    partages = Partage.objects.visibles_par(regard.habilitation)
    return Accueil(
        [
            chiffre(
                partages.filter(situation="en_cours"),
                ("dossier en cours", "dossiers en cours"),
                f"{dossiers}?situation=en_cours",
                "moi",
            ),
            chiffre(
                partages.filter(situation="a_completer"),
                ("dossier à compléter", "dossiers à compléter"),
                f"{dossiers}?situation=a_completer",
                "attente",
            ),
            chiffre(partages, ("dossier", "dossiers"), dossiers),
        ],
        mot=MOTS.get(Profil(regard.habilitation.profil), ""),
    )


def _dpo(regard: Regard) -> Accueil:
    chiffres = [
        Chiffre(c.nombre, c.au_dela, c.libelle, c.url, c.ton) for c in a_controler(regard.habilitation)
    ]
    partages = Partage.objects.visibles_par(regard.habilitation)
    chiffres.append(chiffre(partages, ("dossier", "dossiers"), reverse("dossiers:liste")))
    alertes = Alerte.objects.filter(etat=EtatAlerte.A_EXAMINER).order_by("-creee_le", "-pk")
    alertes = alertes.select_related("regle", "utilisateur", "habilitation__organisme")[:LIGNES]
    return Accueil(chiffres, mot=MOTS[Profil.DPO], alertes=list(alertes))


def _habilitations(par: Habilitation) -> list[Chiffre]:
    """What waits for those in charge of habilitations; nothing for the others."""
    if par.profil not in (Profil.ADMINISTRATEUR, Profil.RESPONSABLE):
        return []
    page = reverse("habilitations:a_decider")
    chiffres = [
        chiffre(listes.a_decider(par), ("demande à décider", "demandes à décider"), page, "attente"),
        chiffre(listes.reprises(par), ("reprise demandée", "reprises demandées"), page, "moi"),
    ]
    if campagne := revues.campagne_ouverte():
        a_confirmer = revues.lignes_de(par, campagne).filter(etat="a_confirmer")
        libelles = ("habilitation à confirmer", "habilitations à confirmer")
        chiffres.append(chiffre(a_confirmer, libelles, reverse("habilitations:revue"), "alerte"))
    return chiffres


def _sans_dossier(par: Habilitation) -> Accueil:
    chiffres, mot = _habilitations(par), MOTS[Profil(par.profil)]
    if not chiffres:
        return Accueil(mot=mot)
    demandes = listes.a_decider(par).order_by("demandee_le", "pk")[:LIGNES]
    return Accueil(chiffres, mot=mot, a_decider=list(demandes))


MOTS = {
    Profil.RESPONSABLE: "Vous validez et revoyez les habilitations de votre organisme ; vous n’ouvrez aucun dossier.",
    Profil.MEMBRE: "Les dossiers inscrits à une séance vous seront présentés ici. Aucune séance n’est convoquée.",
    Profil.PRESIDENT: "Les dossiers inscrits à une séance vous seront présentés ici. Aucune séance n’est convoquée.",
    Profil.ADMINISTRATEUR: "Vous gérez les utilisateurs et leurs habilitations ; vous n’ouvrez aucun dossier.",
    Profil.SUPERVISEUR: "Vous suivez l’activité par des nombres, sans ouvrir de dossier.",
    Profil.DPO: "Le journal dit qui a fait quoi, et quand ; chaque dossier montre qui l’a consulté et sur quel accord.",
    Profil.MEDECIN: "Les pièces médicales et vos notes ne s’ouvrent qu’aux médecins-conseils.",
    Profil.SECRETAIRE: "Les demandes instruites sont à inscrire à une séance. Aucune séance n’est convoquée.",
    Profil.NUMERISATION: "Vous déposez dans les demandes les pièces reçues par courrier.",
}


PAR_PROFIL: dict[str, Callable[[Regard], Accueil]] = {
    Profil.DPO: _dpo,
    Profil.SECRETAIRE: _secretaire,
    Profil.NUMERISATION: _numerisation,
}


def composer(regard: Regard) -> Accueil:
    """The home of this profile."""
    profil = regard.habilitation.profil
    if profil in PROFILS_SANS_DOSSIER:
        return _sans_dossier(regard.habilitation)
    faire: Callable[[Regard], Accueil] = _lecteur
    if regard.est_correspondant:
        faire = _correspondant
    elif regard.peut(Droit.INSTRUIRE):
        faire = _gestionnaire
    elif regard.peut(Droit.CONTRIBUER):
        faire = _partenaire
    elif regard.peut(Droit.RENDRE_AVIS):
        faire = _medecin
    elif profil in PAR_PROFIL:
        faire = PAR_PROFIL[profil]
    return faire(regard)


def statistiques() -> list[dict[str, Any]]:
    """How many demandes stand in each state, for the superviseur; a group under five is not told."""
    lignes = (
        Demande.objects.exclude(etat=E.BROUILLON)
        .exclude(Q(etat=E.ANNULEE, soumise_le=None))
        .values("etat")
        .annotate(n=Count("pk"))
    )
    with systeme("statistiques"):
        nombres = {ligne["etat"]: ligne["n"] for ligne in lignes}
    return [
        {"libelle": etat.label, "nombre": None if nombres[etat] < PETIT_EFFECTIF else nombres[etat]}
        for etat in E
        if etat in nombres
    ]


@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """The public page, or the home of the acting habilitation."""
    if not request.user.is_authenticated:
        return render(request, "accueil_public.html")
    if request.habilitation is None:
        return redirect("habilitations:choisir")
    with agir_pour(request.habilitation):
        return _accueil_de(request)


def _accueil_de(request: HttpRequest) -> HttpResponse:
    regard = Regard(request.habilitation)
    contenu = composer(regard)
    for demande in contenu.demandes:
        demande.delai = delai_en_mots(demande)  # type: ignore[attr-defined]
    ajoutees = cartes(regard)
    ajoutes = [carte.chiffre for carte in ajoutees]
    if ajoutees and not contenu.demandes:
        # What waits is in the cards.
        contenu.titre, contenu.chiffres = "", [*ajoutes, *contenu.chiffres]
    else:
        contenu.chiffres += ajoutes
    lus = [d.dossier.numero for d in contenu.demandes] + [n for c in ajoutees for n in c.numeros]
    lus += [a.objet for a in contenu.alertes if a.objet]
    if lus:
        journaliser(request.habilitation, Acte.LISTER, "", objets=list(dict.fromkeys(lus)))
    return render(
        request,
        "dossiers/partages/accueil.html",
        {
            "contenu": contenu,
            "cartes": ajoutees,
            "pistes": pistes_de(request.habilitation),
            "regard": regard,
            "droits": regard.droits,
            "nouvelles": Notification.objects.filter(destinataire=request.user).order_by("-cree_le", "-pk")[
                :5
            ],
            "statistiques": statistiques() if regard.habilitation.profil == Profil.SUPERVISEUR else None,
        },
    )
