"""The baskets of demandes: what awaits each profil, oldest first.

They ask for an active share of the reader (the CNMSS's mission, the correspondant's units) and not for the general
`visibles_par`: two tables to plan, and the index of the order shown gives the page. What a row names is fetched
by key afterwards: seven tables in one query took PostgreSQL 10 to 25 ms to plan, and 2 ms to run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dossiers.assures.models import Assure
from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande, TypeAide
from dossiers.partages.listes import sans_accent
from dossiers.partages.models import Partage
from dossiers.partages.prefixes import debute_par
from dossiers.partages.profils import Droit, Regard
from dossierunique import numeros
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.nir import saisie_suspecte
from dossierunique.ui.pagination import compte_borne, page_par_cle
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import Habilitation, Profil

Condition = Callable[[Habilitation], Q]
ANCIENNES, RECENTES, BROUILLONS = ("soumise_le", "id"), ("-soumise_le", "-id"), ("-id",)
BORNE = 200
OUVERTES = etats.EN_COMPLETUDE | etats.EN_INSTRUCTION
# Without the NIR: a list never deciphers it.
PERSONNES = Assure.objects.only("nom_naissance", "nom_usage", "prenoms")
NOMMES = (
    "type_aide",
    "dossier__unite",
    Prefetch("dossier__assure", PERSONNES),
    "cree_par__utilisateur",
)


@dataclass(frozen=True)
class Corbeille:
    """One filter of the list: its words, its rows, its order, and what to say when it is empty."""

    code: str
    libelle: str
    condition: Condition
    vide: str
    conseil: str
    cles: tuple[str, ...] = ANCIENNES
    comptee: bool = True


def _dans(*choix: str) -> Condition:
    return lambda habilitation: Q(etat__in=choix, soumise_le__isnull=False)


def _miennes(habilitation: Habilitation) -> Q:
    return Q(etat__in=etats.EN_INSTRUCTION, instruite_par=habilitation, soumise_le__isnull=False)


def _en_retard(habilitation: Habilitation) -> Q:
    return Q(etat__in=OUVERTES, echeance__lt=timezone.localdate(), soumise_le__isnull=False)


def _brouillons(habilitation: Habilitation) -> Q:
    return Q(etat=EtatDemande.BROUILLON, cree_par__organisme=habilitation.organisme_id)


def _deposees(habilitation: Habilitation) -> Q:
    return Q(soumise_le__isnull=False)


E = EtatDemande
A_VERIFIER = Corbeille(
    "a-verifier", "À vérifier", _dans(E.SOUMISE, E.EN_COMPLETUDE),
    "Aucune demande n’attend de vérification.", "Celles que les correspondants déposent arrivent ici.",
)  # fmt: skip
INCOMPLETES = Corbeille(
    "incompletes", "Incomplètes", _dans(E.INCOMPLETE),
    "Aucune pièce n’est attendue.", "Les demandes dont vous réclamez des pièces restent ici jusqu’à la réponse.",
)  # fmt: skip
COMPLETES = Corbeille(
    "completes", "Complètes à prendre", _dans(E.COMPLETE),
    "Aucune demande complète n’attend d’instructeur.", "Vérifiez les pièces des demandes déposées pour en compléter.",
)  # fmt: skip
MIENNES = Corbeille(
    "a-moi", "À instruire par moi", _miennes,
    "Vous n’avez aucune demande à instruire.", "Prenez-en une parmi les demandes complètes.",
)  # fmt: skip
EN_RETARD = Corbeille(
    "en-retard",
    "En retard",
    _en_retard,
    "Aucun délai n’est dépassé.",
    "Les échéances passées s’afficheront ici.",
)
DECIDEES = Corbeille(
    "decidees", "Décidées", _dans(*sorted(etats.DECIDEES)),
    "Aucune décision n’est encore enregistrée.", "Elles s’afficheront ici, la plus récente en premier.",
    RECENTES, comptee=False,
)  # fmt: skip
TOUTES = Corbeille(
    "toutes", "Toutes", _deposees,
    "Aucune demande n’est encore déposée.", "Elles s’afficheront ici dès leur dépôt.", RECENTES, comptee=False,
)  # fmt: skip
CNMSS = (A_VERIFIER, INCOMPLETES, COMPLETES, MIENNES, EN_RETARD, DECIDEES, TOUTES)
LECTURE = tuple(corbeille for corbeille in CNMSS if corbeille is not MIENNES)
UNITE = (
    Corbeille(
        "brouillons", "Brouillons", _brouillons,
        "Vous n’avez aucun brouillon.", "Ouvrez un dossier pour y commencer une demande.", BROUILLONS,
    ),
    Corbeille(
        "pieces", "Pièces demandées", _dans(E.INCOMPLETE),
        "Aucune pièce n’est attendue de votre unité.", "Vous serez prévenu dès que la CNMSS en demande une.",
    ),
    Corbeille(
        "en-cours", "En cours", _dans(*sorted(OUVERTES - {E.INCOMPLETE}), E.DECIDEE),
        "Aucune demande de votre unité n’est en cours.", "Celles que vous déposez sont suivies ici.",
    ),
    Corbeille(
        "terminees", "Terminées", _dans(*sorted((etats.DECIDEES | etats.TERMINEES) - {E.DECIDEE})),
        "Aucune demande n’est encore terminée.", "Vous y retrouverez l’issue de chaque demande.",
        RECENTES, comptee=False,
    ),
)  # fmt: skip


class FiltreForm(forms.Form):
    """The narrowing of the list, from the address; what makes no sense is ignored."""

    q = forms.CharField(
        label="Nom ou numéro", required=False, max_length=40, strip=True,
        # A NIR typed here would end in the address: the browser stops it, and the server never looks for one.
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "pattern": r"(?!(.*\d){13}).*",
                   "title": "Un nom, ou un numéro de demande ou de dossier. Jamais un NIR."}
        ),
    )  # fmt: skip
    aide = forms.ModelChoiceField(
        TypeAide.objects.none(),
        label="Aide",
        required=False,
        to_field_name="code",
        empty_label="Toutes les aides",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aide"].queryset = TypeAide.objects.all()  # type: ignore[attr-defined]

    def criteres(self) -> tuple[Q, Q]:
        """What narrows the rows: on the demande, and on the share that shows it."""
        saisie = self.cleaned_data if self.is_valid() else {}
        sur_demande = Q(type_aide=saisie["aide"]) if saisie.get("aide") else Q()
        mots = saisie.get("q", "")
        numero = mots.upper()
        if numeros.est_valide(numero):
            par_numero = Q(numero=numero) if numero.startswith("DM-") else Q(dossier__numero=numero)
            return sur_demande & par_numero, Q()
        if not mots:
            return sur_demande, Q()
        nom = sans_accent(mots)
        return sur_demande, debute_par("nom_tri", nom) | debute_par("naissance_tri", nom)

    @property
    def nir_saisi(self) -> bool:
        """Whether what was typed has more digits than a number of ours."""
        return saisie_suspecte(self.data.get("q", ""))

    @property
    def actif(self) -> bool:
        """Whether anything narrows the list."""
        return self.is_valid() and any(self.cleaned_data.values())


Lignes = Callable[[Corbeille], QuerySet[Demande]]


def lignes_de(habilitation: Habilitation, sur_demande: Q, sur_partage: Q) -> Lignes:
    """The rows of each basket: demandes that reach this habilitation by an active share, narrowed by a search."""
    partages = Partage.objects.visibles_par(habilitation).filter(sur_partage, dossier=OuterRef("dossier_id"))
    demandes = Demande.objects.filter(Exists(partages), sur_demande)
    return lambda corbeille_: demandes.filter(corbeille_.condition(habilitation))


def corbeilles_de(regard: Regard) -> tuple[Corbeille, ...]:
    """The filters offered to a profil."""
    if regard.est_correspondant:
        return UNITE
    return CNMSS if regard.peut(Droit.INSTRUIRE) else LECTURE


@dataclass
class Choix:
    """A filter as the page offers it."""

    corbeille: Corbeille
    courante: bool
    compte: int | None
    au_dela: bool
    parametres: str


@require_GET
@habilitation_requise(
    Profil.CORRESPONDANT, Profil.GESTIONNAIRE, Profil.SECRETAIRE, Profil.MEDECIN, Profil.NUMERISATION
)
def corbeille(request: HttpRequest) -> HttpResponse:
    """The demandes to work on, by filter; to read only for those who do not instruct."""
    regard = Regard(request.habilitation)
    filtre = FiltreForm(request.GET)
    if filtre.nir_saisi:
        messages.warning(
            request, "La recherche par NIR se fait depuis la liste des dossiers, jamais dans l’adresse."
        )
        return redirect("demandes:corbeille")
    lignes = lignes_de(request.habilitation, *filtre.criteres())
    offertes = corbeilles_de(regard)
    courante = next((c for c in offertes if c.code == request.GET.get("voir")), offertes[0])
    page = page_par_cle(
        lignes(courante).defer("besoin").prefetch_related(*NOMMES), request, cles=courante.cles
    )
    for ligne in page:
        ligne.delai = delai_en_mots(ligne)
    journaliser(
        request.habilitation, Acte.LISTER, objets=list(dict.fromkeys(d.dossier.numero for d in page)),
        details={"liste": "demandes", "filtre": courante.code},
    )  # fmt: skip
    return render(request, "dossiers/demandes/corbeille.html", {
        "page": page, "choix": _choix(request, offertes, courante, lignes), "courante": courante,
        "filtre": filtre, "regard": regard, "droits": regard.droits, "brouillons": courante.cles == BROUILLONS,
    })  # fmt: skip


def _choix(
    request: HttpRequest, offertes: tuple[Corbeille, ...], courante: Corbeille, lignes: Lignes
) -> list[Choix]:
    affinage = {cle: valeur for cle in ("q", "aide") if (valeur := request.GET.get(cle))}
    choix = []
    for offerte in offertes:
        nombre, au_dela = compte_borne(lignes(offerte), BORNE) if offerte.comptee else (None, False)
        parametres = urlencode({"voir": offerte.code, **affinage})
        choix.append(Choix(offerte, offerte is courante, nombre, au_dela, parametres))
    return choix


def delai_en_mots(demande: Demande) -> str:
    """How the due date stands today, in words; empty when there is nothing to add to the date."""
    if demande.echeance is None or demande.etat not in OUVERTES:
        return ""
    ecart = (demande.echeance - timezone.localdate()).days
    if ecart < 0:
        return f"{-ecart}\u00a0jour{'s' if ecart < -1 else ''} de retard"
    if demande.etat == EtatDemande.INCOMPLETE:
        return "pièces attendues"
    if ecart < 8:
        return "aujourd’hui" if ecart == 0 else f"dans {ecart}\u00a0jour{'s' if ecart > 1 else ''}"
    return ""
