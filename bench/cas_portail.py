"""The pages of the portal that are measured, as the people of the bench ask for them."""

import re
from collections.abc import Callable
from itertools import cycle

from django.conf import settings
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from bench.cas import Cas
from bench.client import Requete, envoyer
from bench.personnes import naissance_de, nir_de, rangs_riches
from bench.seances import ouvrir
from dossiers.partages.listes import CLES, Filtres, lignes
from dossierunique import numeros
from dossierunique.ui.pagination import page_par_cle
from partners.habilitations.identite import agir_pour
from partners.models import Habilitation

JETON = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
RECHERCHES = 200


def _habilitation(identifiant: str) -> Habilitation:
    return Habilitation.objects.select_related("utilisateur", "organisme").get(
        utilisateur__username=identifiant
    )


def _temoins(habilitation: Habilitation) -> dict[str, str]:
    return ouvrir(habilitation.utilisateur, second_facteur=True, habilitation_id=habilitation.pk)


def _derniere_page(habilitation: Habilitation, reste: int) -> str:
    """The query string of the page that shows the `reste` oldest rows of a list."""
    tout = lignes(habilitation, Filtres())
    avant_dernieres = list(tout.order_by("ouvert_le", "dossier_id")[reste : reste + 1])
    if not avant_dernieres:
        return ""
    repere = tout.filter(ouvert_le__gte=avant_dernieres[0].ouvert_le).order_by("ouvert_le", "dossier_id")[:1]
    voisins = tout.filter(pk__in=[p.pk for p in repere] + [p.pk for p in tout.order_by("ouvert_le")[:1]])
    page = page_par_cle(voisins, RequestFactory().get("/"), cles=CLES, taille=1)
    return f"apres={page.curseur_suivant}"


def _liste(identifiant: str, reste: int | None = None, attendues: int = 25) -> Cas:
    habilitation = _habilitation(identifiant)
    with agir_pour(habilitation):
        question = _derniere_page(habilitation, reste) if reste else ""
    return Cas(
        [Requete(reverse("dossiers:liste"), _temoins(habilitation), question)],
        contient="<h1>Dossiers</h1>",
        lignes=attendues,
    )


def _apercu(identifiant: str, nombre: int) -> Cas:
    temoins = _temoins(_habilitation(identifiant))
    pages = [
        reverse("dossiers:apercu", args=[numeros.former("DU", 2026, rang)]) for rang in rangs_riches(nombre)
    ]
    return Cas([Requete(page, temoins) for page in pages], contient="Plan de financement")


def _par_nir(application: Callable, nombre: int) -> Cas:
    gestionnaires = Habilitation.objects.filter(profil="gestionnaire").select_related("utilisateur")
    signes = [_avec_jeton(application, _temoins(h)) for h in gestionnaires]
    rangs = [1 + nombre * i // RECHERCHES for i in range(RECHERCHES)]
    requetes = [
        Requete(
            reverse("dossiers:par_nir"),
            temoins,
            formulaire={
                "csrfmiddlewaretoken": jeton,
                "nir": nir_de(rang),
                "naissance": f"{naissance_de(rang)}",
            },
        )
        for rang, (temoins, jeton) in zip(rangs, cycle(signes), strict=False)
    ]
    return Cas(requetes, statut=302)


def _avec_jeton(application: Callable, temoins: dict[str, str]) -> tuple[dict[str, str], str]:
    """Open the list as a person does before searching, and keep its anti-forgery token."""
    page = envoyer(application, Requete(reverse("dossiers:liste"), temoins))
    trouve = JETON.search(page.corps)
    if page.statut != 200 or trouve is None:
        raise RuntimeError(f"page de la liste inattendue : {page.statut}")
    nom = settings.CSRF_COOKIE_NAME
    return {**temoins, nom: page.temoin(nom)}, trouve[1].decode()


def preparer(nombre: int, application: Callable) -> dict[str, Cas]:
    """Every measured page of the portal; the list of one percent is short in the small database."""
    un_pour_cent = min(25, nombre // 100)
    return {
        "liste CNMSS": _liste("gestionnaire-0"),
        "liste CNMSS, dernière page": _liste("gestionnaire-0", 25),
        "liste 60 %": _liste("soixante"),
        "liste 60 %, dernière page": _liste("soixante", 25),
        "liste 1 %": _liste("centieme", attendues=un_pour_cent),
        "liste 1 %, dix dernières lignes": _liste("centieme", 10, 10),
        "liste des 30 plus anciens": _liste("anciens"),
        "liste des 30 plus anciens, suite": _liste("anciens", 5, 5),
        "liste d’un correspondant, 1 unité": _liste("correspondant-1"),
        "liste d’un correspondant, 2 unités": _liste("correspondant-2"),
        "dossier, gestionnaire": _apercu("gestionnaire-2", nombre),
        "dossier, partenaire": _apercu("soixante", nombre),
        "recherche par NIR": _par_nir(application, nombre),
        **_corbeille("gestionnaire-1"),
    }


def _corbeille(identifiant: str) -> dict[str, Cas]:
    try:
        adresse = reverse("demandes:corbeille")
    except NoReverseMatch:
        return {}
    return {"corbeille CNMSS": Cas([Requete(adresse, _temoins(_habilitation(identifiant)))], contient="<h1>")}
