"""What the rooms' views share: fetching what may be seen, trying an action, the frame of a dossier's pages."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from dossiers.demandes.models import Demande
from dossiers.partages.models import Dossier
from dossiers.partages.policies import regard_sur
from dossiers.partages.profils import Droit
from dossiers.situations.policies import tient_des_listes
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.adresses import adresse
from partners.models import Habilitation

T = TypeVar("T")

DEMANDE_PERIMEE = "La demande a changé depuis l’affichage de la page : relisez-la avant d’agir."
MODIFIE_DEPUIS = (
    "Quelqu’un d’autre a modifié cette demande depuis l’affichage de la page. Ce que vous avez saisi est gardé : "
    "vérifiez ce qui a changé, puis enregistrez de nouveau."
)


def tenter(formulaire: forms.BaseForm, geste: Callable[[], T]) -> T | None:
    """Run an action; a refusal becomes an error of the form (beside its field when it names one) and gives None.

    On ModifieDepuis the form's `version` is brought up to date, so that a second, informed submit passes.
    """
    try:
        return geste()
    except ActionRefusee as refus:
        formulaire.add_error(refus.champ if refus.champ in formulaire.fields else None, refus.message)
    except ModifieDepuis as conflit:
        formulaire.add_error(None, MODIFIE_DEPUIS)
        if "version" in formulaire.fields:
            formulaire.data = formulaire.data.copy()
            formulaire.data[formulaire.add_prefix("version")] = str(conflit.objet.version)  # type: ignore[attr-defined]
        formulaire.conflit = conflit.objet  # type: ignore[attr-defined]
    return None


def version_lue(request: HttpRequest) -> int | None:
    """The version that the page with the button was made from."""
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() and len(lue) < 10 else None


def executer(
    request: HttpRequest,
    geste: Callable[[], Any],
    succes: str,
    vers: str,
    *args: Any,
    perime: str = DEMANDE_PERIMEE,
) -> HttpResponseRedirect:
    """Run an action behind a plain button: a message says what happened, and the page is shown again.

    `perime` is what it says when somebody else acted since the page was shown.
    """
    try:
        geste()
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    except ModifieDepuis:
        messages.error(request, perime)
    else:
        messages.success(request, succes)
    return redirect(vers, *args)


def demande_visible(habilitation: Habilitation, numero: str) -> Demande:
    """The demande of this number with its dossier, person, unit and aid type, or AccesRefuse."""
    demande = (
        Demande.objects.visibles_par(habilitation)
        .filter(numero=numero)
        .select_related(
            "dossier__assure", "dossier__unite", "type_aide", "ayant_droit",
            "cree_par__organisme", "cree_par__utilisateur", "instruite_par__utilisateur",
        )
        .first()
    )  # fmt: skip
    if demande is None:
        raise AccesRefuse(numero, "demande inconnue ou non partagée")
    return demande


Onglet = tuple[str, str, str, Droit | None]
ONGLETS: tuple[Onglet, ...] = (
    ("apercu", "Vue d’ensemble", "dossiers:apercu", None),
    ("demandes", "Demandes", "dossiers:demandes", None),
    ("pieces", "Pièces", "dossiers:pieces", None),
    ("contributions", "Contributions", "dossiers:contributions", Droit.VOIR_MONTANTS),
    ("courriers", "Courriers", "dossiers:courriers", None),
    ("consentement", "Consentement", "consentements:detail", Droit.VOIR_CONSENTEMENTS),
    ("histoire", "Histoire", "dossiers:histoire", None),
    ("acces", "Qui a consulté", "dossiers:acces", Droit.LIRE_JOURNAL),
)


# programme → its own tabs, then which of ours it keeps; and its own first page. Filled by the rooms of that programme.
ONGLETS_DU: dict[str, tuple[Onglet, ...]] = {}
PREMIERES_PAGES: dict[str, str] = {}
# programme → its first page with the full NIR in it, when it is not ours.
PAGES_AVEC_NIR: dict[str, Callable[[HttpRequest, Dossier, str], HttpResponse]] = {}


def declarer_programme(
    programme: str, premiere_page: str, onglets: Iterable[Onglet], gardes: Iterable[str]
) -> None:
    """A programme shows its dossiers under its own tabs, followed by those of ours that it keeps (codes)."""
    codes = set(gardes)
    ONGLETS_DU[programme] = (*onglets, *(o for o in ONGLETS if o[0] in codes))
    PREMIERES_PAGES[programme] = premiere_page


def contexte_dossier(habilitation: Habilitation, dossier: Dossier, onglet: str) -> dict[str, Any]:
    """What templates/dossiers/base.html needs: the dossier, the regard, its flags and its tabs."""
    regard = regard_sur(habilitation, dossier)
    return {
        "dossier": dossier,
        "assure": dossier.assure,
        "regard": regard,
        "droits": regard.droits,
        "tient_des_listes": tient_des_listes(habilitation, dossier),
        "onglet": onglet,
        "onglets": [
            {"libelle": libelle, "url": adresse(vue, dossier.numero), "courant": code == onglet}
            for code, libelle, vue, droit in ONGLETS_DU.get(dossier.programme, ONGLETS)
            if droit is None or regard.peut(droit)
        ],
    }
