"""The pages of a dossier, the list of dossiers, and the search."""

from functools import cache
from itertools import islice
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.assures import nir as regles_nir
from dossiers.assures.recherche import verifier_limite
from dossiers.demandes.models import Demande
from dossiers.demandes.plan import contributions_visibles, lecteurs_connus, reste
from dossiers.echanges.actions import noter_visite
from dossiers.echanges.histoire import evenements_de
from dossiers.echanges.histoire import lignes as lignes_histoire
from dossiers.justificatifs.lignes import lignes_pieces
from dossiers.justificatifs.models import Justificatif
from dossiers.justificatifs.policies import prend_sans_demande
from dossiers.partages import listes, listes_lues, premier_ecran
from dossiers.partages.apercu import contexte_apercu
from dossiers.partages.forms import FiltreListe, RechercheNir
from dossiers.partages.models import Situation
from dossiers.partages.policies import dossier_visible, exiger_sur
from dossiers.partages.premier_ecran import PremierEcran
from dossiers.partages.profils import Droit, Regard
from dossiers.partages.synthese import contexte_synthese
from dossiers.vues import PAGES_AVEC_NIR, PREMIERES_PAGES, contexte_dossier, tenter
from dossierunique import numeros
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.nir import saisie_suspecte
from dossierunique.ui.pagination import page_par_cle
from dossierunique.ui.recherche import chercher
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import PROFILS_SANS_DOSSIER

# As long as the field of the header lets one type.
MOTS_LONGUEUR = 100


@require_GET
@habilitation_requise()
def liste(request: HttpRequest) -> HttpResponse:
    """Dossiers that this habilitation reads, newest first."""
    if request.habilitation.profil in PROFILS_SANS_DOSSIER:
        raise AccesRefuse("", "profil sans dossier")
    if saisie_suspecte(request.GET.get("q", "")):
        return _nir_dans_l_adresse(request)
    filtre = FiltreListe(request.GET, habilitation=request.habilitation)
    filtres = filtre.valeurs()
    trouvee = listes_lues.lire(request.habilitation, filtres, request)
    montres = [ligne.numero for ligne in (*trouvee.page, *trouvee.confies)]
    journaliser(request.habilitation, Acte.LISTER, "", objets=montres)
    return render(
        request,
        "dossiers/partages/liste.html",
        {
            "page": trouvee.page,
            "total": trouvee.total,
            "au_dela": trouvee.au_dela,
            "actif": filtre.actif(),
            "filtres": filtres,
            "situations": Situation.choices,
            "programmes": filtre.programmes(),
            "champs_nir": _champs_nir_vierges(),
            "confies": trouvee.confies,
            "droits": Regard(request.habilitation).droits,
        },
    )


@cache
def _champs_nir_vierges() -> SafeString:
    """The two fields of the search, empty: the same for everybody, so that they are drawn once for a process."""
    return render_to_string("dossiers/partages/_champs_nir.html", {"recherche_nir": RechercheNir()})


@sensitive_post_parameters("nir", "naissance")
@require_POST
@habilitation_requise()
def par_nir(request: HttpRequest) -> HttpResponse:
    """Find a dossier by NIR and birth date. Always a POST; unknown, forbidden and mistaken look the same."""
    if request.habilitation.profil in PROFILS_SANS_DOSSIER:
        raise AccesRefuse("", "profil sans dossier")
    formulaire = RechercheNir(request.POST)
    if not formulaire.is_valid():
        return render(request, "dossiers/partages/par_nir.html", _champs(request, formulaire), status=422)
    tenter(formulaire, lambda: verifier_limite(request.habilitation))
    if formulaire.errors:
        return render(request, "dossiers/partages/par_nir.html", _champs(request, formulaire), status=429)
    numero = listes.par_nir(request.habilitation, **formulaire.cleaned_data)
    journaliser(request.habilitation, Acte.RECHERCHER, numero, details={"par": "nir"})
    if not numero:
        formulaire.add_error(
            None, "Aucun dossier que vous puissiez lire ne correspond à ce NIR et à cette date."
        )
        return render(request, "dossiers/partages/par_nir.html", _champs(request, formulaire), status=422)
    return redirect("dossiers:apercu", numero)


def _champs(request: HttpRequest, formulaire: RechercheNir) -> dict[str, object]:
    return {"recherche_nir": formulaire, "droits": Regard(request.habilitation).droits}


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@habilitation_requise()
def recherche(request: HttpRequest) -> HttpResponse:
    """Search of the whole portal; an exact number goes straight to its page.

    The header sends it by POST, so that a NIR typed there is in no address: it asks for the birth date, and finds
    by the form that is made for it. Anything else is shown at an address that can be kept.
    """
    if request.method == "POST":
        return _tapee(request, request.POST.get("q", "").strip()[:MOTS_LONGUEUR])
    mots = request.GET.get("q", "").strip()
    if numeros.est_valide(mots):
        vue = "demandes:detail" if mots.upper().startswith("DM-") else "dossiers:apercu"
        return redirect(vue, mots.upper())
    if saisie_suspecte(mots):
        return _nir_dans_l_adresse(request)
    lignes = (
        listes.lignes(request.habilitation, listes.Filtres(mots=mots))
        .select_related("dossier__assure", "dossier__unite")
        .order_by("nom_tri", "pk")
        if mots
        else []
    )
    resultats = listes.confies(request.habilitation, mots) if mots else []
    resultats += [ligne.dossier for ligne in islice(lignes[:26], 26)] if mots else []
    journaliser(request.habilitation, Acte.RECHERCHER, "", objets=[d.numero for d in resultats[:25]])
    return render(
        request,
        "dossiers/partages/recherche.html",
        {
            "mots": mots,
            "resultats": resultats[:25],
            "encore": len(resultats) > 25,
            "sections": chercher(request, mots),
            "lit": request.habilitation.profil not in PROFILS_SANS_DOSSIER,
        },
    )


def _tapee(request: HttpRequest, mots: str) -> HttpResponse:
    if not saisie_suspecte(mots):
        return redirect(f"{reverse('recherche')}?{urlencode({'q': mots})}")
    if request.habilitation.profil in PROFILS_SANS_DOSSIER:
        return _sans_dossier(request)
    formulaire = RechercheNir(initial={"nir": mots})
    formulaire.fields["naissance"].widget.attrs["autofocus"] = True
    return render(request, "dossiers/partages/par_nir.html", _champs(request, formulaire))


def _nir_dans_l_adresse(request: HttpRequest) -> HttpResponse:
    # It has already been in an address: do not keep it there, nor search with it.
    if request.habilitation.profil in PROFILS_SANS_DOSSIER:
        return _sans_dossier(request)
    messages.warning(
        request, "Un NIR ne s’écrit jamais dans une adresse : tapez-le dans la recherche, en haut."
    )
    return redirect("dossiers:liste")


def _sans_dossier(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "Votre profil ne lit aucun dossier : il ne cherche pas par NIR.")
    return redirect("recherche")


@require_GET
@habilitation_requise()
def apercu(request: HttpRequest, numero: str) -> HttpResponse:
    """The overview: what is new, where the requests stand, the plan, who sees the dossier."""
    ecran = premier_ecran.lire(request.habilitation, numero)
    if ecran is None:
        raise AccesRefuse(numero, "dossier inconnu ou non partagé")
    if page_propre := PREMIERES_PAGES.get(ecran.dossier.programme):
        return redirect(page_propre, ecran.dossier.numero)
    precedente = noter_visite(request.user.pk, ecran.dossier, timezone.now())
    journaliser(request.habilitation, Acte.CONSULTER, ecran.dossier.numero, details={"page": "apercu"})
    contexte = contexte_dossier(request.habilitation, ecran.dossier, "apercu")
    contexte |= contexte_apercu(ecran, contexte["regard"], precedente)
    return render(request, "dossiers/partages/apercu.html", contexte)


@require_GET
@habilitation_requise()
def demandes(request: HttpRequest, numero: str) -> HttpResponse:
    """The demandes of a dossier."""
    dossier = dossier_visible(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "demandes"})
    lignes = (
        Demande.objects.filter(dossier=dossier)
        .visibles_par(request.habilitation)
        .select_related("type_aide", "ayant_droit", "dossier__assure")
    )
    contexte = contexte_dossier(request.habilitation, dossier, "demandes")
    contexte["page"] = page_par_cle(lignes, request, cles=("-pk",))
    for demande in contexte["page"]:
        demande.reste = reste(demande, contexte["regard"])
    return render(request, "dossiers/partages/demandes.html", contexte)


@require_GET
@habilitation_requise()
def pieces(request: HttpRequest, numero: str) -> HttpResponse:
    """Every paper of a dossier; the content of a reserved class is not even named."""
    dossier = dossier_visible(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "pieces"})
    visibles = Demande.objects.filter(dossier=dossier).visibles_par(request.habilitation).values("pk")
    lignes = (
        Justificatif.objects.gardes()
        .filter(Q(demande__in=visibles) | Q(demande__isnull=True), dossier=dossier)
        .select_related("type", "fichier", "demande", "depose_par")
    )
    contexte = contexte_dossier(request.habilitation, dossier, "pieces")
    page = page_par_cle(lignes, request, cles=("-depose_le", "-pk"))
    contexte |= {
        "page": page,
        "pieces": lignes_pieces(page, contexte["regard"]),
        "depot": prend_sans_demande(dossier) and contexte["regard"].peut(Droit.DEPOSER_PIECE),
    }
    return render(request, "dossiers/partages/pieces.html", contexte)


@require_GET
@habilitation_requise()
def contributions(request: HttpRequest, numero: str) -> HttpResponse:
    """What each body gives, demande by demande."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.VOIR_MONTANTS, dossier)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "contributions"})
    lignes = (
        Demande.objects.filter(dossier=dossier)
        .visibles_par(request.habilitation)
        .deposees()
        .select_related("type_aide")
        .prefetch_related("contributions__organisme")
    )
    contexte = contexte_dossier(request.habilitation, dossier, "contributions")
    page = page_par_cle(lignes, request, cles=("-pk",))
    lecteurs = lecteurs_connus(dossier.pk, contexte["regard"])
    contexte |= {
        "page": page,
        "lignes": [{"demande": d, "contributions": contributions_visibles(d, lecteurs)} for d in page],
    }
    return render(request, "dossiers/partages/contributions.html", contexte)


@require_GET
@habilitation_requise()
def courriers(request: HttpRequest, numero: str) -> HttpResponse:
    """The letters of a dossier that this regard may open."""
    from dossiers.echanges.policies import courriers_lisibles

    dossier = dossier_visible(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "courriers"})
    contexte = contexte_dossier(request.habilitation, dossier, "courriers")
    lignes = courriers_lisibles(contexte["regard"], dossier).select_related("demande", "fichier")
    contexte["page"] = page_par_cle(lignes, request, cles=("-cree_le", "-pk"))
    return render(request, "dossiers/partages/courriers.html", contexte)


@require_GET
@habilitation_requise()
def histoire(request: HttpRequest, numero: str) -> HttpResponse:
    """The whole timeline, by pages."""
    dossier = dossier_visible(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "histoire"})
    contexte = contexte_dossier(request.habilitation, dossier, "histoire")
    page = page_par_cle(evenements_de(dossier), request, cles=("-quand", "-pk"), taille=50)
    contexte |= {"page": page, "evenements": lignes_histoire(page, contexte["regard"])}
    return render(request, "dossiers/partages/histoire.html", contexte)


@require_POST
@habilitation_requise()
@renfort_requis
def reveler_nir(request: HttpRequest, numero: str) -> HttpResponse:
    """Show the full NIR once, on a logged gesture."""
    ecran = premier_ecran.lire(request.habilitation, numero)
    if ecran is None:
        raise AccesRefuse(numero, "dossier inconnu ou non partagé")
    exiger_sur(request.habilitation, Droit.VOIR_NIR, ecran.dossier)
    journaliser(request.habilitation, Acte.REVELER_NIR, ecran.dossier.numero)
    reponse = _page_avec_nir(request, ecran, regles_nir.espacer(ecran.dossier.assure.nir))
    reponse["Cache-Control"] = "no-store"
    return reponse


def _page_avec_nir(request: HttpRequest, ecran: PremierEcran, nir: str) -> HttpResponse:
    if page_propre := PAGES_AVEC_NIR.get(ecran.dossier.programme):
        return page_propre(request, ecran.dossier, nir)
    contexte = contexte_dossier(request.habilitation, ecran.dossier, "apercu")
    contexte["nir_revele"] = nir
    contexte |= contexte_apercu(ecran, contexte["regard"], None)
    return render(request, "dossiers/partages/apercu.html", contexte)


@require_GET
@habilitation_requise()
@renfort_requis
def synthese(request: HttpRequest, numero: str) -> HttpResponse:
    """The dossier on paper, as this regard may read it."""
    dossier = dossier_visible(request.habilitation, numero)
    regard = exiger_sur(request.habilitation, Droit.IMPRIMER, dossier)
    journaliser(request.habilitation, Acte.IMPRIMER, dossier.numero)
    pdf = rendre_pdf(
        "courriers/synthese.html",
        contexte_synthese(dossier, regard),
        titre=f"Synthèse du dossier {dossier.numero}",
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="synthese-{dossier.numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
