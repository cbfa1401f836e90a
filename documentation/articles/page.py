"""What the page of an article shows, on screen and on paper."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from documentation.articles.contenu import Contenu
from documentation.articles.models import Article, VersionArticle
from documentation.articles.pieces import image_png, pieces_a_venir, pieces_lues
from documentation.articles.suites import PieceArticle
from documentation.policies import versions_lisibles
from documentation.rendu import Rendu, articles_cites, rendre
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.ui.formats import jour
from partners.models import Habilitation

VOISINS = 5
PAPIERS_GARDES = 32


@dataclass
class Page:
    """A text drawn, with what is joined to it and what to read next."""

    rendu: Rendu
    documents: list[PieceArticle]
    images: dict[str, PieceArticle] = field(default_factory=dict)
    voisins: list[VersionArticle] = field(default_factory=list)


def composer(habilitation: Habilitation | None, article: Article, version: VersionArticle) -> Page:
    """The page as this reader sees it: links to what she does not read are words."""
    pieces = list(pieces_lues(article))
    cites = [slug.partition("#")[0] for slug in articles_cites(version.corps)]
    connexes = versions_lisibles(habilitation).exclude(article=article)
    lus = list(
        connexes.filter(Q(article__slug__in=[*cites, *version.voir]) | Q(rubrique=version.rubrique_id))
        .defer("corps", "texte", "recherche")
        .order_by("ordre", "titre", "pk")[:200]
    )
    par_slug = {v.article.slug: v for v in lus}
    page = dessiner(version, pieces, set(par_slug))
    dits = [par_slug[slug] for slug in version.voir if slug in par_slug]
    suite = [v for v in lus if v.rubrique_id == version.rubrique_id and v not in dits]
    page.voisins = [*dits, *suite][: max(VOISINS, len(dits))]
    return page


def dessiner(contenu: Contenu, pieces: list[PieceArticle], connus: set[str]) -> Page:
    """A text with these files, whose links to the articles named in `connus` live."""
    images = {p.cle: p for p in pieces if p.genre == PieceArticle.Genre.IMAGE and p.fichier.disponible}

    def adresse_image(cle: str) -> str | None:
        piece = images.get(cle)
        return reverse("documentation:image", args=[piece.reference]) if piece else None

    def adresse_article(slug: str) -> str | None:
        return reverse("documentation:lire", args=[slug]) if slug in connus else None

    rendu = rendre(contenu.corps, adresse_article, adresse_image)
    documents = [p for p in pieces if p.genre == PieceArticle.Genre.DOCUMENT]
    return Page(rendu, documents, images)


def apercu(article: Article | None, contenu: Contenu) -> Page:
    """A text being written, as its writers look at it: every published article is a living link for them."""
    cites = [slug.partition("#")[0] for slug in articles_cites(contenu.corps)]
    connus = Article.objects.filter(slug__in=cites, publiee__isnull=False)
    pieces = list(pieces_a_venir(article)) if article else []
    return dessiner(contenu, pieces, set(connus.values_list("slug", flat=True)))


class Feuille(NamedTuple):
    """All that the paper shows."""

    titre: str
    resume: str
    rubrique: str
    html: str
    documents: tuple[str, ...]
    du: str
    adresse: str
    reference: str
    date_texte: date | None
    source: str
    valable_jusqu_au: date | None
    perimee: bool


def papier(version: VersionArticle, page: Page, adresse: str) -> bytes:
    """The article as a PDF."""
    return _imprimer(
        Feuille(
            version.titre,
            version.resume,
            version.rubrique.nom,
            _avec_images(page),
            tuple(piece.titre for piece in page.documents),
            jour(version.du),
            adresse,
            version.reference,
            version.date_texte,
            version.source,
            version.valable_jusqu_au,
            version.perimee,
        )
    )


@lru_cache(maxsize=PAPIERS_GARDES)
def _imprimer(feuille: Feuille) -> bytes:
    """What anybody may ask for is drawn once by a process, not at each request."""
    contexte = {"feuille": feuille, "chapeau": feuille.resume}
    return rendre_pdf("courriers/article.html", contexte, titre=feuille.titre)


def _avec_images(page: Page) -> str:
    """The text with its pictures inside: a document asks the network for nothing."""
    html = str(page.rendu.html)
    for piece in page.images.values():
        adresse = reverse("documentation:image", args=[piece.reference])
        if adresse in html:
            octets = b64encode(image_png(piece.fichier)).decode()
            html = html.replace(f'src="{adresse}"', f'src="data:image/png;base64,{octets}"')
    return html
