"""Reading a list: its file, its headings, each of its cells; and what cannot be read, in words."""

import io
import zipfile
from datetime import date

import pytest

from dossiers.consentements.actions import destinataires
from dossierunique.listes_deposees import ListeIllisible, lire_tableau
from dossierunique.mots import simplifier
from opex.imprimes.colonnes import defauts, deviner
from opex.imprimes.forms_listes import TITRES as EXEMPLE
from opex.imprimes.forms_listes import masquer_cellule
from opex.imprimes.lecture_ligne import lire_ligne
from tests import fabriques
from tests.opex.imprimes.classeurs import ods, xlsx

NIR = "284058832102532"
TITRES = ["NIR", "Nom", "Prénoms", "Né(e) le", "Portable"]
LIGNE = [NIR, "D’Église", "Zoë", "14/05/1984", "0600000001"]


def csv(separateur: str = ";", fin: str = "\r\n") -> str:
    return fin.join(separateur.join(rang) for rang in (TITRES, LIGNE))


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_csv_whatever_its_encoding_and_its_separator(codage, separateur):
    tableau = lire_tableau(csv(separateur).encode(codage), EXEMPLE)
    assert (tableau.titres, tableau.lignes) == (TITRES, [(2, LIGNE)])


def test_a_separator_inside_quotes_is_text():
    tableau = lire_tableau(b'NIR;Nom;Prenoms\n1;"A;B, C\t D";"E ""F"""\n', EXEMPLE)
    assert tableau.lignes == [(2, ["1", "A;B, C D", 'E "F"'])]


@pytest.mark.parametrize("fabrique", [xlsx, ods])
def test_workbooks_give_text_as_it_was_meant(fabrique):
    rangs = [["Liste des partants"], [], TITRES, [int(NIR), "D’Église", "Zoë", date(1984, 5, 14), 600000001]]
    tableau = lire_tableau(fabrique(rangs), EXEMPLE)
    assert tableau.titres == TITRES
    assert tableau.lignes == [(4, [NIR, "D’Église", "Zoë", "14/05/1984", "600000001"])]


def test_blank_lines_keep_the_numbers_of_the_others():
    octets = csv().encode() + b"\r\n;;;;\r\n" + ";".join(LIGNE).encode()
    assert [numero for numero, _ in lire_tableau(octets, EXEMPLE).lignes] == [2, 4]


def bombe() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 61 * 1024 * 1024)
    return sortie.getvalue()


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "vide"),
        (b"a;b;c\n", "aucune ligne"),
        (b"une seule colonne\nrien", "titres des colonnes"),
        (b"\x00\x01\x02\x03binaire;a;b;c", "n’est pas une liste"),
        (b"PK\x03\x04 abime", "ne s’ouvre pas"),
        (bombe(), "trop gros une fois ouvert"),
        (b"a;b;c\n" + b"1;2;3\n" * 1001, "1\u00a0001 lignes, le maximum est 1\u00a0000"),
        (b"x" * (2 * 1024 * 1024 + 1), "dépasse 2"),
        (";".join(f"c{i}" for i in range(61)).encode() + b"\n1", "plus de 60 colonnes"),
        (xlsx([[]]), "vide"),
    ],
)
def test_what_cannot_be_read_says_why(octets, message):
    with pytest.raises(ListeIllisible, match=message):
        lire_tableau(octets, EXEMPLE)


@pytest.mark.parametrize("nombre", [999, 1000])
def test_a_thousand_lines_are_read(nombre):
    assert len(lire_tableau(b"a;b;c\n" + b"1;2;3\n" * nombre, EXEMPLE).lignes) == nombre


# Columns.


@pytest.mark.django_db
def test_headings_are_understood():
    fabriques.organismes()
    titres = {
        "N° de sécurité sociale": "nir", "NOM DE NAISSANCE": "nom", "Nom marital": "nom_usage", "prenom(s)": "prenoms",
        "Né(e) le": "naissance", "Commune de naissance": "lieu_naissance", "Civilité": "sexe", "Grade": "grade",
        "Matricule": "matricule", "Tél.": "telephone", "Personne à prévenir": "prevenir_nom",
        "Tél. personne à prévenir": "prevenir_telephone", "Lien de parenté": "prevenir_lien", "Mutuelle": "mutuelle",
        "N° d’adhérent": "mutuelle_numero", "ASD": "consent:asd", "Accord Unéo": "consent:uneo",
        "Date de signature": "signe_le", "Pointure": "",
    }  # fmt: skip
    devinees = deviner(list(titres), destinataires("OPEX"))
    assert {titre: devinees.get(str(rang), "") for rang, titre in enumerate(titres)} == titres


def test_a_plain_name_is_the_name_of_birth():
    assert deviner(["Nom", "Prénom"], []) == {"0": "nom", "1": "prenoms"}


def test_an_association_must_be_whole_and_single():
    bonne = {"0": "nir", "1": "nom", "2": "prenoms", "3": "naissance"}
    assert defauts(bonne) == []
    assert "«\u00a0NIR\u00a0»" in defauts({c: v for c, v in bonne.items() if v != "nir"})[0]
    assert "Deux colonnes" in defauts(bonne | {"4": "nom"})[0]
    assert "date de signature" in defauts(bonne | {"4": "consent:asd"})[0]
    assert defauts(bonne | {"4": "consent:asd", "5": "signe_le"}) == []


def test_words_are_compared_without_accents():
    assert simplifier("  N° d’Adhérent(e) ") == "no d adherent e"
    assert simplifier("D’Œuvre-Église") == simplifier("d'oeuvre eglise")


@pytest.mark.parametrize(
    ("cellule", "montree"),
    [
        (NIR, "28405••••••••••"),
        ("2 84 05 88 321 025 32", "28405••••••••••"),
        ("2840588321025", "28405••••••••••"),
        ("284052A32102552", "28405••••••••••"),
        (f"Zoë {NIR}", "Zoë numéro masqué"),
        ("D’Église", "D’Église"),
        ("14/05/1984", "14/05/1984"),
        ("06 00 00 00 01", "06 00 00 00 01"),
    ],
)
def test_the_sample_shows_no_nir(cellule, montree):
    propre = masquer_cellule(cellule)
    assert propre == montree or (propre == "numéro masqué" and NIR in cellule)


# Cells.

ORDRE = (
    "nir", "nom", "prenoms", "naissance", "sexe", "telephone", "prevenir_nom", "prevenir_lien", "prevenir_telephone",
    "mutuelle", "mutuelle_numero", "consent:asd", "signe_le",
)  # fmt: skip
BONNE = dict(zip(ORDRE, (NIR, "D’Église", "Zoë", "14/05/1984", *[""] * 9), strict=True))


def lire(**change):
    cellules = {**BONNE, **{nom.replace("__", ":"): valeur for nom, valeur in change.items()}}
    return lire_ligne(7, list(cellules.values()), {str(r): c for r, c in enumerate(cellules)})


@pytest.mark.parametrize(
    ("change", "champ", "message"),
    [
        ({"nir": ""}, "NIR", "vide"),
        ({"nir": "2840588321025"}, "NIR", "manque sans doute la clé"),
        ({"nir": "284058832102533"}, "NIR", "La clé"),
        ({"nir": "284138832102532"}, "NIR", "mois de naissance"),
        ({"nir": "28405883210A532"}, "NIR", "Corse"),
        ({"nom": ""}, "Nom de naissance", "vide"),
        ({"nom": "M4rtin"}, "Nom de naissance", "Un nom s’écrit"),
        ({"nom": "M" * 81}, "Nom de naissance", "80 caractères"),
        ({"naissance": "14/05/84"}, "Date de naissance", "ne se lit pas"),
        ({"naissance": "31/02/1984"}, "Date de naissance", "ne se lit pas"),
        ({"naissance": "14/05/2984"}, "Date de naissance", "pas possible"),
        ({"naissance": "14/06/1984"}, "Date de naissance", "Le mois de naissance ne correspond pas"),
        ({"sexe": "H"}, "Sexe", "Le NIR est celui d’une femme"),
        ({"sexe": "oui"}, "Sexe", "H ou F"),
        ({"telephone": "12"}, "Téléphone", "six chiffres"),
        ({"prevenir_nom": "Martin Paul"}, "Personne à prévenir : téléphone", "on ne peut pas prévenir"),
        (
            {"prevenir_nom": "Martin", "prevenir_telephone": "0600000001"},
            "Personne à prévenir : nom",
            "le prénom",
        ),
        ({"prevenir_telephone": "0600000001"}, "Personne à prévenir : nom", "le nom et le prénom"),
        ({"mutuelle_numero": "12"}, "Mutuelle : nom", "sans le nom"),
        ({"consent__asd": "oui"}, "Consentement : date de signature", "sans leur date"),
        ({"consent__asd": "peut-être"}, "Consentement", "accordé"),
        ({"signe_le": "01/01/2999"}, "Consentement : date de signature", "futur"),
        ({"consent__asd": "oui", "signe_le": "01/01/2000"}, "Consentement : date de signature", "mineure"),
    ],
)
def test_a_wrong_cell_says_why(change, champ, message):
    ligne, erreurs = lire(**change)
    assert ligne is None
    assert any(e["champ"] == champ and message in e["message"] for e in erreurs), erreurs


def test_all_the_errors_of_a_line_come_at_once():
    _, erreurs = lire(nir="1", nom="", naissance="hier")
    assert [e["champ"] for e in erreurs] == ["NIR", "Date de naissance", "Nom de naissance"]


def test_a_message_never_quotes_a_cell():
    """A NIR in the wrong column is not carried into the report."""
    for champ in ORDRE:
        if champ != "nir":
            _, erreurs = lire(**{champ.replace(":", "__"): NIR})
            assert NIR not in str(erreurs), champ


@pytest.mark.parametrize("texte", ["14/05/1984", "14-05-1984", "14.05.1984", "1984-05-14"])
def test_days_are_read_as_they_are_written(texte):
    assert lire(naissance=texte)[0].naissance == date(1984, 5, 14)


def test_a_line_is_understood_whole():
    ligne, erreurs = lire(
        sexe="Mme", telephone="612345678", prevenir_nom="MARTIN FICTIF Jean Paul", prevenir_lien="époux",
        prevenir_telephone="06 00 00 00 01", mutuelle="Unéo", mutuelle_numero="A1", consent__asd="Accordé",
        signe_le="2026-01-02",
    )  # fmt: skip
    assert erreurs == []
    assert (ligne.numero, ligne.sexe, ligne.textes) == (7, "F", {"telephone": "0612345678"})
    assert ligne.a_prevenir == {
        "nom": "MARTIN FICTIF", "prenoms": "Jean Paul", "relation": "conjoint", "telephone": "06 00 00 00 01",
        "adresse": "",
    }  # fmt: skip
    assert ligne.mutuelle == ("Unéo", "A1")
    assert (ligne.decisions, ligne.signe_le) == ({"asd": "accorde"}, date(2026, 1, 2))
