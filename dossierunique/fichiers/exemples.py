"""Plausible fictitious papers for the demo and the tests: PDFs written by hand, 0.2 ms each."""

import textwrap

HAUT, BAS, INTERLIGNE = 690, 70, 17
LARGEUR_TEXTE = 84


def pdf_exemple(titre: str, lignes: list[str], pages: int = 1) -> bytes:
    """A small PDF of `pages` pages with a title and lines, each page marked DOCUMENT FICTIF."""
    corps = [bout for ligne in lignes for bout in (textwrap.wrap(ligne, LARGEUR_TEXTE) or [""])]
    contenus = [_page(titre, corps, rang, pages) for rang in range(1, pages + 1)]
    return _assembler(titre, contenus)


def _texte(valeur: str) -> bytes:
    """A literal string of PDF, in the Windows encoding that the standard fonts read."""
    octets = valeur.replace("\u202f", "\u00a0").encode("cp1252", "replace")
    return b"(" + octets.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _ecrire(police: str, corps: int, x: float, y: float, valeur: str) -> bytes:
    return b"BT /%b %d Tf %d %d Td %b Tj ET\n" % (police.encode(), corps, x, y, _texte(valeur))


def _page(titre: str, corps: list[str], rang: int, pages: int) -> bytes:
    filigrane = b"q 0.93 0.91 0.88 rg BT /F2 54 Tf 0.82 0.57 -0.57 0.82 95 230 Tm (DOCUMENT FICTIF) Tj ET Q\n"
    bandeau = b"q 0.12 0.19 0.34 rg 50 765 495 3 re f Q q 0.86 0.85 0.80 rg 50 715 495 0.8 re f Q\n"
    entete = _ecrire("F2", 8, 50, 775, "DOCUMENT FICTIF - démonstration, aucune personne réelle")
    entete += _ecrire("F2", 17, 50, 730, titre)
    par_page = (HAUT - BAS) // INTERLIGNE
    # Pages beyond the text repeat it: a long paper must look full on each of its pages.
    debut = ((rang - 1) * par_page) % max(len(corps), 1)
    lignes = b"".join(
        _ecrire("F1", 11, 50, HAUT - i * INTERLIGNE, ligne)
        for i, ligne in enumerate(corps[debut : debut + par_page])
    )
    return filigrane + bandeau + entete + lignes + _ecrire("F1", 8, 500, 40, f"{rang} / {pages}")


def _assembler(titre: str, contenus: list[bytes]) -> bytes:
    objets: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>"
        % (len(contenus), b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(contenus)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Title %b /Producer (Dossier unique, demonstration) >>" % _texte(titre),
    ]
    for i, contenu in enumerate(contenus):
        objets.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (7 + 2 * i)
        )
        objets.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(contenu), contenu))
    return _numeroter(objets)


def _numeroter(objets: list[bytes]) -> bytes:
    """Header, objects, cross-reference table and trailer."""
    sortie, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for numero, objet in enumerate(objets, start=1):
        places.append(len(sortie))
        sortie += b"%d 0 obj\n%b\nendobj\n" % (numero, objet)
    table = len(sortie)
    sortie += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objets) + 1)
    sortie += b"".join(b"%010d 00000 n \n" % place for place in places)
    sortie += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objets) + 1,
        table,
    )
    return bytes(sortie)
