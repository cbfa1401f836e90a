"""Where a page leads to inside the portal, and which of its addresses stand for the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.html.lecture import PageServie

PORTEURS = ("href", "src", "action", "formaction", "data-hx-get")
# Each has its own author, who may have shut it to some.
ARTICLES = "/documentation/articles/"


@dataclass(frozen=True)
class Lien:
    """An address of the portal as a page gives it."""

    page: PageServie
    chemin: str
    ancre: str

    @property
    def echantillon(self) -> tuple[str, ...]:
        """Addresses that share it are made by the same code for the same person: one of them is asked for."""
        morceaux = urlsplit(self.chemin)
        if self.chemin.startswith("/static/"):
            return self.chemin, self.ancre
        try:
            route = resolve(unquote(morceaux.path)).route
        except Resolver404:
            route = morceaux.path
        if "pdf" in route or route == "annuaire/imprimer/":
            return (route,)  # long to draw, whoever asks
        if not self.page.compte or self.chemin.startswith(ARTICLES):
            return self.page.compte, self.chemin, self.ancre
        criteres = sorted({cle for cle, _ in parse_qsl(morceaux.query, keep_blank_values=True)})
        return self.page.compte, route, *criteres


def liens(page: PageServie) -> Iterator[Lien]:
    """What a click, or the browser by itself, asks of the portal by GET."""
    chez = urlsplit(page.adresse).netloc
    for element in page.arbre.iter():
        if not isinstance(element.tag, str) or _poste(element):
            continue
        for porteur in PORTEURS:
            if (valeur := element.get(porteur)) is None:
                continue
            cible = urlsplit(urljoin(page.adresse, valeur))
            if cible.scheme in ("http", "https") and cible.netloc == chez:
                suite = f"?{cible.query}" if cible.query else ""
                yield Lien(page, cible.path + suite, unquote(cible.fragment))


def _poste(element) -> bool:  # type: ignore[no-untyped-def]
    # The action of a form that changes things, and of its buttons.
    formulaire = element if element.tag == "form" else next(element.iterancestors("form"), None)
    agit = formulaire is not None and (formulaire.get("method") or "get").lower() == "post"
    return agit and (element.tag == "form" or element.get("formaction") is not None)


def reperes(page: PageServie) -> set[str]:
    """What a fragment may name in it."""
    return {"", "top", *page.arbre.xpath("//@id"), *page.arbre.xpath("//a/@name")}


def ancres_perdues(pages: Iterable[PageServie]) -> list[str]:
    """Fragments that name nothing, in the page itself or in one that the same person saw."""
    pages = list(pages)
    vues: dict[tuple[str, str], set[str]] = {}
    for page in pages:
        vues.setdefault((page.compte, page.chemin), set()).update(reperes(page))
    perdues = []
    for page in pages:
        for lien in liens(page):
            ici = lien.chemin == page.chemin
            connus = reperes(page) if ici else vues.get((page.compte, lien.chemin), {lien.ancre})
            if lien.ancre not in connus:
                perdues.append(f"{page} : {lien.chemin}#{lien.ancre}")
    return perdues


def a_demander(pages: Iterable[PageServie]) -> dict[str, list[Lien]]:
    """For each account, one link of each kind that she has not followed on her tour."""
    pages = list(pages)
    vues = {(page.compte, page.chemin) for page in pages}
    choisis: dict[tuple[str, ...], Lien] = {}
    for lien in chain.from_iterable(map(liens, pages)):
        if (lien.page.compte, lien.chemin) not in vues:
            choisis.setdefault(lien.echantillon, lien)
    par_compte: dict[str, list[Lien]] = {}
    for lien in choisis.values():
        par_compte.setdefault(lien.page.compte, []).append(lien)
    return par_compte
