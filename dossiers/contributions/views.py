"""The partner's basket, and the recording of its contribution."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.forms import FormContribution
from dossiers.contributions.models import DECISIONS, Contribution
from dossiers.demandes import etats
from dossiers.demandes.corbeilles import PERSONNES
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.plan import plan, reste
from dossiers.partages.models import Partage
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier, demande_visible, tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.pagination import compte_borne, page_par_cle
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

FILTRES: dict[str, tuple[str, frozenset[str]]] = {
    "a-etudier": ("À étudier", frozenset({"sollicitee"})),
    "en-instruction": ("En instruction", frozenset({"en_instruction"})),
    "repondues": ("Répondues", DECISIONS | {"versee", "close"}),
    "toutes": ("Toutes", frozenset()),
}
VIDES = {
    "a-etudier": (
        "Rien à étudier",
        "Une demande arrive ici dès qu’une personne vous donne accès à son dossier.",
    ),
    "en-instruction": (
        "Rien en instruction chez vous",
        "Les demandes que vous commencez à étudier restent ici.",
    ),
    "repondues": ("Aucune réponse enregistrée", "Vous retrouverez ici vos accords et vos refus."),
    "toutes": (
        "Aucune demande ne vous est partagée",
        "Une demande arrive ici dès que la personne le veut bien.",
    ),
}
A_FAIRE = frozenset({"a-etudier", "en-instruction"})
SANS_DECISION = Demande.objects.filter(
    pk=OuterRef("demande_id"), etat__in=sorted(etats.TERMINEES - {EtatDemande.CLOSE})
)
BORNE = 200
NOMMES = ("demande__type_aide", "demande__dossier__unite", Prefetch("demande__dossier__assure", PERSONNES))


def _miennes(habilitation: Habilitation) -> QuerySet[Contribution]:
    """The contributions of this organisme on the dossiers that it reads today."""
    lus = Partage.objects.visibles_par(habilitation).filter(dossier=OuterRef("demande__dossier"))
    return Contribution.objects.filter(Exists(lus), organisme=habilitation.organisme_id)


def _filtrer(lignes: QuerySet[Contribution], code: str) -> QuerySet[Contribution]:
    voulus = FILTRES[code][1]
    if code in A_FAIRE:
        # Ended without a decision, a demande asks for no answer any more.
        lignes = lignes.exclude(Exists(SANS_DECISION))
    return lignes.filter(etat__in=voulus) if voulus else lignes


@require_GET
@habilitation_requise()
def corbeille(request: HttpRequest) -> HttpResponse:
    """Demandes that the partner has to study, or has answered."""
    regard = exiger(request.habilitation, Droit.CONTRIBUER)
    code = request.GET.get("voir", "")
    code = code if code in FILTRES else "a-etudier"
    miennes = _miennes(request.habilitation)
    lignes = _filtrer(miennes, code).prefetch_related(*NOMMES)
    page = page_par_cle(lignes, request, cles=("id",) if code in A_FAIRE else ("-id",))
    for ligne in page:
        ligne.reste = reste(ligne.demande, regard)
    journaliser(
        request.habilitation,
        Acte.LISTER,
        objets=list(dict.fromkeys(c.demande.dossier.numero for c in page)),
        details={"liste": "contributions", "filtre": code},
    )
    titre_vide, texte_vide = VIDES[code]
    return render(
        request,
        "dossiers/contributions/corbeille.html",
        {
            "page": page,
            "libelle": FILTRES[code][0],
            "choix": [_choix(miennes, c, c == code) for c in FILTRES],
            "titre_vide": titre_vide,
            "texte_vide": texte_vide,
        },
    )


def _choix(miennes: QuerySet[Contribution], code: str, courant: bool) -> dict[str, Any]:
    nombre, au_dela = (None, False) if code == "toutes" else compte_borne(_filtrer(miennes, code), BORNE)
    return {
        "code": code,
        "libelle": FILTRES[code][0],
        "courant": courant,
        "compte": nombre,
        "au_dela": au_dela,
    }


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def enregistrer(request: HttpRequest, numero: str) -> HttpResponse:
    """State, amount, date and comment of one's own organisme; a correction is a new version."""
    demande = demande_visible(request.habilitation, numero)
    regard = exiger(request.habilitation, Droit.CONTRIBUER, demande.dossier)
    contribution = _la_mienne(request.habilitation, demande)
    reste_lu = reste(demande, regard)
    libre = None if reste_lu is None else reste_lu + contribution.montant
    form = FormContribution(request.POST or None, contribution=contribution, libre=libre)
    if form.is_valid():
        faite = tenter(form, lambda: _enregistrer(request.habilitation, contribution, form.cleaned_data))
        if faite is not None:
            messages.success(
                request, "Votre contribution est enregistrée et visible des organismes autorisés."
            )
            return redirect("demandes:detail", numero)
    journaliser(
        request.habilitation,
        Acte.CONSULTER,
        demande.dossier.numero,
        details={"page": "contribution", "demande": demande.numero},
    )
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    contexte |= {
        "demande": demande,
        "form": form,
        "contribution": contribution,
        "libre": libre,
        "plan": plan(demande, regard),
        "versions": contribution.versions.select_related("auteur__utilisateur")[:20],
    }
    return render(request, "dossiers/contributions/enregistrer.html", contexte)


def _la_mienne(habilitation: Habilitation, demande: Demande) -> Contribution:
    contribution = (
        Contribution.objects.filter(demande=demande, organisme=habilitation.organisme_id)
        .select_related("demande__dossier")
        .first()
    )
    if contribution is None:
        raise AccesRefuse(demande.dossier.numero, "aucune contribution sollicitée")
    return contribution


def _enregistrer(
    habilitation: Habilitation, contribution: Contribution, saisie: dict[str, Any]
) -> Contribution:
    return enregistrer_contribution(
        habilitation,
        contribution,
        etat=saisie["etat"],
        montant=saisie["montant"] or Decimal(0),
        date_effet=saisie["date_effet"],
        commentaire=saisie["commentaire"],
        version=saisie["version"],
    )
