"""Rows that pages write by the dozen. A row in Python costs a tenth of the same row as template nodes.

{% load lignes %} {% lignes_dossiers page %} {% lignes_pieces pieces %} {% temps evenements %}
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from dossiers.echanges.histoire import Ligne as Fait
from dossiers.justificatifs.lignes import LignePiece
from dossiers.justificatifs.models import TONS, ClassePiece, EtatJustificatif
from dossiers.partages.listes import Ligne as LigneDossier
from dossierunique.ui.adresses import adresse
from dossierunique.ui.formats import heure, instant, jour, jour_court, jour_proche, octets, pluriel
from dossierunique.ui.remplir import remplir, suite
from dossierunique.ui.templatetags.du import etat
from dossierunique.ui.typographie import espacer

register = template.Library()

DOSSIER = (
    '<tr><td><a href="{}"><b>{}</b></a><br><span class="doux petit">{}{}</span></td><td>{}</td>'
    '<td>{}</td><td class="nobr">{}</td></tr>\n'
)
PROGRAMME = ' · <b class="nobr">{}</b>'
PIECE = '<tr><td>{}{}</td><td data-titre="Classe">{}</td><td data-titre="Déposée">{}</td><td>{}</td></tr>\n'
OUVRABLE = '<a href="{}">{}</a><br><span class="doux petit">{} · {}</span>'
RESERVEE = '{}<br><span class="doux petit">{}</span>'
MOTIF = '<br><span class="doux petit">{}</span>'
FAIT = '<li{}><time datetime="{}">{}<br> {}</time><div>{}{}{}{}{}</div></li>'
NEUF = SafeString('<span class="invisible">Nouveau : </span>')


@register.simple_tag
def lignes_dossiers(lignes: Iterable[LigneDossier]) -> SafeString:
    """The rows of the list of dossiers."""
    return suite(
        DOSSIER,
        (
            (x.url, x.personne, x.numero, _programme(x), x.unite, jour(x.ouvert_le), x.situation)
            for x in lignes
        ),
    )


def _programme(ligne: LigneDossier) -> SafeString | str:
    return remplir(PROGRAMME, ligne.programme) if ligne.programme else ""


@register.simple_tag
def lignes_pieces(lignes: Iterable[LignePiece]) -> SafeString:
    """The rows of a table of papers."""
    return suite(PIECE, map(_piece, lignes))


def _piece(ligne: LignePiece) -> tuple[Any, ...]:
    piece = ligne.piece
    return (
        _nom(ligne),
        remplir(MOTIF, ligne.motif) if ligne.motif else "",
        ClassePiece(piece.type.classe).label,
        jour_court(piece.depose_le),
        etat(EtatJustificatif(piece.etat).label, TONS[piece.etat]),
    )


def _nom(ligne: LignePiece) -> SafeString:
    piece = ligne.piece
    if not ligne.lisible:
        return remplir(RESERVEE, piece.type.nom, ligne.reserve)
    url, fichier = adresse("pieces:lire", piece.reference), piece.fichier
    return remplir(
        OUVRABLE, url, piece.type.nom, pluriel(fichier.pages, "page,pages"), octets(fichier.taille)
    )


@register.simple_tag
def temps(faits: Iterable[Fait]) -> SafeString:
    """The events of a timeline."""
    return suite(FAIT, map(_fait, faits))


def _fait(fait: Fait) -> tuple[Any, ...]:
    return (
        SafeString(' class="neuf"') if fait.neuf else "",
        instant(fait.quand),
        jour_proche(fait.quand),
        heure(fait.quand),
        NEUF if fait.neuf else "",
        remplir("<b>{}</b> ", fait.auteur) if fait.auteur else "",
        espacer(fait.texte),
        remplir(' <a class="petit" href="{}">{}</a>', fait.lien, fait.lien_texte) if fait.lien else "",
        remplir('<p class="doux petit">{}</p>', espacer(fait.detail)) if fait.detail else "",
    )
