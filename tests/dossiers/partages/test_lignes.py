"""Rows written in Python: as safe as those of a template."""

from types import SimpleNamespace
from uuid import UUID

from django.template import engines
from django.utils import timezone

from dossiers.echanges.histoire import Ligne as Fait
from dossiers.justificatifs.lignes import LignePiece
from dossiers.partages.listes import Ligne

PIEGE = "<script>alert('&')</script>"
SUR = "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;"


def dessiner(tag: str, **contexte) -> str:
    return engines["django"].from_string(f"{{% load lignes %}}{{% {tag} %}}").render(contexte)


def piece(**autres) -> LignePiece:
    papier = SimpleNamespace(
        reference=UUID(int=1),
        etat="rejete",
        depose_le=timezone.now(),
        type=SimpleNamespace(nom=PIEGE, classe="financier"),
        fichier=SimpleNamespace(pages=2, taille=1500),
    )
    return LignePiece(**{"piece": papier, "lisible": True, "reserve": "", "motif": PIEGE, **autres})


def test_un_nom_n_est_jamais_du_code() -> None:
    ligne = Ligne(1, "DU-2026-1", PIEGE, PIEGE, timezone.now(), "En cours", "/dossiers/DU-2026-1/")
    rendu = dessiner("lignes_dossiers page", page=[ligne])
    assert PIEGE not in rendu and rendu.count(SUR) == 2
    assert '<a href="/dossiers/DU-2026-1/"><b>' in rendu


def test_une_piece_dit_son_motif_et_ne_s_ouvre_qu_a_qui_la_lit() -> None:
    ouverte = dessiner("lignes_pieces pieces", pieces=[piece()])
    assert PIEGE not in ouverte and ouverte.count(SUR) == 2
    assert f'href="/pieces/{UUID(int=1)}/"' in ouverte and "etat--refus" in ouverte
    reservee = dessiner("lignes_pieces pieces", pieces=[piece(lisible=False, reserve=PIEGE, motif="")])
    assert "href" not in reservee and reservee.count(SUR) == 2 and "2\xa0pages" not in reservee


def test_un_fait_garde_son_texte_pour_du_texte() -> None:
    fait = Fait(timezone.now(), PIEGE, PIEGE, PIEGE, "/demandes/DM-1/", "DM-1", neuf=True)
    rendu = dessiner("temps faits", faits=[fait])
    assert PIEGE not in rendu and rendu.count(SUR) == 3
    assert '<li class="neuf">' in rendu and "Nouveau" in rendu and "aujourd’hui" in rendu
