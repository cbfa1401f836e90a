"""The ready lists: read, on paper, begun for a person; and the lists of the unit, ticked together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.partages import listes as dossiers_listes
from dossiers.situations import actions
from dossiers.situations.avancement import avancements
from dossiers.situations.catalogue import situations_de
from dossiers.situations.forms import FormNote
from dossiers.situations.models import EtatListe, ListeSituation
from dossiers.situations.papier import papier
from dossiers.situations.policies import dossier_de_l_unite, liste_visible, listes_visibles, situation_de
from dossiers.vues import contexte_dossier, executer
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.nir import saisie_suspecte
from dossierunique.ui.formulaires import enregistrer
from dossierunique.ui.pagination import page_par_cle
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import Profil

PERSONNES_MAX = 10

correspondants = habilitation_requise(Profil.CORRESPONDANT)


@require_GET
@correspondants
def lire(request: HttpRequest, code: str) -> HttpResponse:
    """A ready list, empty: to be read, printed, or begun for a person."""
    return render(
        request, "dossiers/situations/lire.html", {"situation": situation_de(request.habilitation, code)}
    )


@require_GET
@correspondants
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on one sheet, with nobody's name on it."""
    reponse = HttpResponse(papier(situation_de(request.habilitation, code)), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{code}.pdf"'
    return reponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@correspondants
def commencer(request: HttpRequest, code: str) -> HttpResponse:
    """For whom: a dossier of her unit, found by its number or the name, then the list begins."""
    situation = situation_de(request.habilitation, code)
    if request.method == "POST":
        dossier = dossier_de_l_unite(request.habilitation, request.POST.get("numero", ""))
        try:
            liste = actions.commencer(request.habilitation, dossier, situation)
        except ActionRefusee as refus:
            messages.error(request, refus.message)
            return redirect("situations:commencer", code)
        return redirect("situations:liste", liste.reference)
    mots = request.GET.get("q", "").strip()
    if saisie_suspecte(mots):
        messages.warning(request, "La recherche se fait par nom ou par numéro de dossier, jamais par NIR.")
        return redirect("situations:commencer", code)
    filtres = dossiers_listes.Filtres(mots=mots, programme=situation.programme)
    partages = (
        list(
            dossiers_listes.lignes(request.habilitation, filtres)
            .select_related("dossier__assure", "dossier__unite")
            .order_by("nom_tri", "pk")[: PERSONNES_MAX + 1]
        )
        if mots
        else []
    )
    trouves = [partage.dossier for partage in partages[:PERSONNES_MAX]]
    if mots:
        journaliser(request.habilitation, Acte.RECHERCHER, "", objets=[d.numero for d in trouves])
    contexte = {
        "situation": situation,
        "mots": mots,
        "dossiers": trouves,
        "encore": len(partages) > PERSONNES_MAX,
    }
    return render(request, "dossiers/situations/commencer.html", contexte)


@require_GET
@correspondants
def toutes(request: HttpRequest) -> HttpResponse:
    """The open lists of the unit, the oldest first."""
    ouvertes = listes_visibles(request.habilitation).filter(etat=EtatListe.OUVERTE)
    page = page_par_cle(ouvertes, request, cles=("ouverte_le", "pk"))
    if page:
        numeros = list(dict.fromkeys(liste.dossier.numero for liste in page))
        journaliser(request.habilitation, Acte.LISTER, "", objets=numeros)
    contexte = {"page": page, "avancements": avancements(request.habilitation, list(page))}
    return render(request, "dossiers/situations/toutes.html", contexte)


@require_GET
@correspondants
def du_dossier(request: HttpRequest, numero: str) -> HttpResponse:
    """The lists of a dossier, and those that may be begun on it."""
    dossier = dossier_de_l_unite(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, numero, details={"page": "listes"})
    siennes = listes_visibles(request.habilitation).filter(dossier=dossier)
    page = page_par_cle(siennes, request, cles=("-ouverte_le", "-pk"))
    ouvertes = set(siennes.filter(etat=EtatListe.OUVERTE).order_by().values_list("situation", flat=True))
    contexte = contexte_dossier(request.habilitation, dossier, "") | {
        "page": page,
        "avancements": avancements(request.habilitation, list(page)),
        "situations": [
            s
            for s in situations_de(request.habilitation)
            if s.programme == dossier.programme and s.code not in ouvertes
        ],
    }
    return render(request, "dossiers/situations/du_dossier.html", contexte)


@never_cache
@require_GET
@correspondants
def liste(request: HttpRequest, reference: UUID) -> HttpResponse:
    """One list: its points, what the portal knows of them, its note."""
    return _montrer(request, liste_visible(request.habilitation, reference))


def _montrer(request: HttpRequest, liste: ListeSituation, form: FormNote | None = None) -> HttpResponse:
    details = {"page": "liste", "situation": liste.situation}
    journaliser(request.habilitation, Acte.CONSULTER, liste.dossier.numero, details=details)
    [vue] = avancements(request.habilitation, [liste])
    contexte = contexte_dossier(request.habilitation, liste.dossier, "") | {
        "liste": liste,
        "vue": vue,
        "note": form or FormNote(initial={"note": liste.note, "version": liste.version}),
        "ouverte": liste.etat == EtatListe.OUVERTE,
        "plus_recente": liste.version_lue < vue.situation.version,
    }
    return render(request, "dossiers/situations/liste.html", contexte, status=422 if form else 200)


@require_POST
@correspondants
def cocher(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Save the boxes of the page."""
    visee = liste_visible(request.habilitation, reference)
    coches, montres = request.POST.getlist("points"), request.POST.getlist("montres")
    return executer(
        request, lambda: actions.cocher(request.habilitation, visee, coches, montres),
        "Les points sont enregistrés.", "situations:liste", reference,
    )  # fmt: skip


@never_cache
@require_POST
@correspondants
def noter(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Save the note; somebody else's is shown beside it when it was saved first."""
    visee = liste_visible(request.habilitation, reference)
    form = FormNote(request.POST)
    if form.is_valid():
        faite, conflit = enregistrer(
            form, lambda: actions.noter(request.habilitation, visee, **form.cleaned_data)
        )
        if faite:
            messages.success(request, "La note est enregistrée.")
            return redirect("situations:liste", reference)
        if conflit:
            form.add_error(
                "note", f"Quelqu’un a écrit entre-temps : « {conflit[0][1]} ». Votre note est gardée ici."
            )
    return _montrer(request, visee, form)


@require_POST
@correspondants
def clore(request: HttpRequest, reference: UUID, etat: str) -> HttpResponse:
    """All is done, or the list is given up."""
    visee = liste_visible(request.habilitation, reference)
    vers = EtatListe(etat)
    return executer(
        request, lambda: actions.clore(request.habilitation, visee, vers),
        f"La liste est {vers.label}.", "situations:liste", reference,
    )  # fmt: skip


@require_POST
@correspondants
def rouvrir(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Take a closed list up again."""
    visee = liste_visible(request.habilitation, reference)
    return executer(
        request, lambda: actions.rouvrir(request.habilitation, visee),
        "La liste est rouverte.", "situations:liste", reference,
    )  # fmt: skip
