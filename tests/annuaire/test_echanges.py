"""What leaves and comes back: spreadsheets read by others, lists tried then applied, business cards, the paper."""

import csv
import io
import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from annuaire.echanges import actions, vcartes
from annuaire.echanges.essai import CHANGE, CREE, INCHANGE, REFUSE, compter
from annuaire.echanges.models import Depot, EtatDepot
from annuaire.fiches.models import Contact, Service
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.annuaire.fabriques import contact, service
from tests.opex.imprimes.classeurs import ods, xlsx

pytestmark = pytest.mark.django_db
CARNET = Path(__file__).parent / "carnet"
FABRIQUES = {"xlsx": xlsx, "ods": ods}


@pytest.fixture
def remplie(responsable):
    """Unéo with all that a service and a person may say."""
    unite = fabriques.unite()
    prestations = service(
        "Prestations; familles", telephone="01 99 00 10 20", courriel="p@uneo.example", note_horaires="sauf août",
        missions="=1+1 n’est pas\nune formule", adresse="7 rue de l’Exemple\n92120 Montrouge",
        horaires={str(j): [["09:00", "12:00"]] for j in range(5)},
        choses=[{"departement": "06"}, {"departement": "2A"}, {"unite": unite}, {"programme": "DU"},
                {"aide": "aide-menagere"}],
    )  # fmt: skip
    contact("N’Guyen-Fictive", prestations, prenom="Zoé", telephone="+49 30901820", courriel="zoe@uneo.example",
            fonction="-chef", portable="06 39 98 00 01", note_horaires="le matin")  # fmt: skip
    contact("Martin-Fictif", prestations, prenom="Éric")
    service("Ailleurs", "asd")
    return prestations


def exporter(client, nature: str, forme: str, **filtres: str) -> bytes:
    reponse = client.get(reverse("annuaire:exporter", args=[nature, forme]), filtres)
    assert reponse.status_code == 200
    return reponse.content


def deposer(client, octets: bytes, nature: str, nom: str = "liste.csv", organisme: str = "uneo") -> Depot:
    """File a list, accept the guess of its columns, and try it."""
    fichier = SimpleUploadedFile(nom, octets)
    saisie = {"nature": nature, "organisme": fabriques.organisme(organisme).pk, "fichier": fichier}
    reponse = client.post(reverse("annuaire:deposer"), saisie)
    assert reponse.status_code == 302, re.findall(
        r"champ__erreur[^<]*<svg.*?</svg>([^<]*)", reponse.content.decode()
    )
    page = client.get(reponse["Location"])
    form = page.context["form"]
    colonnes = {nom: form[nom].value() or "" for nom in form.fields}
    reponse = client.post(reponse["Location"], colonnes)
    assert reponse.status_code == 302, reponse.context["form"].errors
    return Depot.objects.latest("pk")


def appliquer(client, depot: Depot) -> Depot:
    client.post(reverse("annuaire:appliquer", args=[depot.reference]), {"version": depot.version})
    depot.refresh_from_db()
    return depot


def test_a_csv_is_read_by_the_csv_module(remplie, responsable, entrer):
    octets = exporter(entrer(responsable), "services", "csv", organisme="uneo")
    assert octets.startswith(b"\xef\xbb\xbf")
    titres, ligne = csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";")
    lue = dict(zip(titres, ligne, strict=True))
    assert lue["Service"] == "Prestations; familles" and lue["Organisme"] == "Unéo"
    assert lue["Ce qu’il fait"].startswith("'=1+1"), "a formula would run"
    assert lue["Départements"] == "06, 2A" and lue["Horaires"] == "lun-ven 09:00-12:00"
    assert lue["Identifiant"] == f"S{remplie.pk}"


def test_a_workbook_is_read_by_calamine(remplie, responsable, entrer):
    octets = exporter(entrer(responsable), "personnes", "xlsx", q="nguyen")
    feuille = CalamineWorkbook.from_filelike(io.BytesIO(octets)).get_sheet_by_name("Personnes").to_python()
    lue = dict(zip(feuille[0], feuille[1], strict=True))
    assert len(feuille) == 2 and lue["Nom"] == "N’Guyen-Fictive" and lue["Téléphone"] == "'+49 30901820"
    assert lue["Fonction"] == "'-chef" and lue["Portable"] == "06 39 98 00 01"


@pytest.mark.parametrize("forme", ["csv", "xlsx"])
@pytest.mark.parametrize(("nature", "nombre"), [("services", 1), ("personnes", 2)])
def test_an_export_filed_again_changes_nothing(remplie, responsable, entrer, nature, nombre, forme):
    client = entrer(responsable)
    depot = deposer(client, exporter(client, nature, forme, organisme="uneo"), nature, f"x.{forme}")
    assert [(e["constat"], e.get("changes")) for e in depot.rapport] == [(INCHANGE, [])] * nombre
    with pytest.raises(ModifieDepuis):
        actions.appliquer(responsable, depot, 99)  # an old page
    assert Service.objects.get(pk=remplie.pk).version == 1


PERSONNES = (
    "Service;Nom;Prénom;Tél.;Mail;Fonction\r\n"
    "Prestations familles;Durand-Fictif;Anaïs;0199001122;anais@uneo.example;gestionnaire\r\n"  # created
    "prestations FAMILLES;Martin-Fictif;Éric;01 99 00 33 44;;\r\n"  # changed
    "Prestations; familles;Oubliée\r\n"  # broken by its own separator: an unknown service
    "Prestations familles;;Sans nom;;;\r\n"
    "Prestations familles;Faux;Numéro;12;pas-une-adresse;\r\n"
    "Inconnu;Perdu;Luc;;;\r\n"
    "Prestations familles;Durand-Fictif;Anaïs;;anais@uneo.example;\r\n"  # twice
)


def test_a_list_is_tried_line_by_line_then_applied_at_once(remplie, responsable, entrer):
    client = entrer(responsable)
    depot = deposer(client, PERSONNES.encode(), "personnes")
    assert [e["constat"] for e in depot.rapport] == [CREE, CHANGE, REFUSE, REFUSE, REFUSE, REFUSE, REFUSE]
    assert depot.rapport[1]["changes"] == ["Téléphone"]
    erreurs = {
        e["ligne"]: [(f["champ"], f["message"]) for f in e["erreurs"]] for e in depot.rapport if e["erreurs"]
    }
    assert erreurs[5] == [("Nom", "La case est vide.")]
    assert [champ for champ, _ in erreurs[6]] == ["Téléphone", "Adresse électronique"]
    assert "n’a pas de service Inconnu" in erreurs[7][0][1]
    assert erreurs[8] == [("Nom", "Même entrée que la ligne 2 de la liste.")]
    assert Contact.objects.count() == 2, "a dry run writes nothing"
    page = client.get(reverse("annuaire:liste", args=[depot.reference])).content.decode()
    assert "5\u00a0lignes sont à corriger" in page
    depot = appliquer(client, depot)
    assert depot.etat == EtatDepot.APPLIQUE and depot.contenu == {}
    creee, changee = Contact.objects.get(nom="Durand-Fictif"), Contact.objects.get(nom="Martin-Fictif")
    assert (creee.telephone, creee.service) == ("01 99 00 11 22", remplie)
    assert (changee.telephone, changee.version) == ("01 99 00 33 44", 2)
    appliquer(client, depot)  # sent twice
    assert Contact.objects.count() == 3, "nothing is deleted, nothing is done twice"
    assert LigneJournal.objects.filter(objet=str(depot.reference), action="modifier").count() == 1
    bonnes = client.get(reverse("annuaire:erreurs", args=[depot.reference])).content.decode("utf-8-sig")
    assert bonnes.count("\r\n") == 7


@pytest.mark.parametrize("forme", ["xlsx", "ods"])
def test_services_come_from_a_workbook_and_a_list_only_adds(remplie, responsable, entrer, forme):
    client = entrer(responsable)
    rangs = [
        ["Services d’Unéo"], ["Service", "Tel", "Départements", "Horaires", "Adresse postale", "Aides"],
        ["Prestations familles", None, "83, 6", "lun-ven 9h-12h", None, "Aide ménagère"],
        ["Blessés", 199003344, 83, "sam 10h-12h", "1 rue X", "aide-inventee"],
        ["Accueil", 199003355, "Var, 2B", None, None, None],
    ]  # fmt: skip
    depot = deposer(client, FABRIQUES[forme](rangs), "services", f"s.{forme}")
    assert [e["constat"] for e in depot.rapport] == [CHANGE, REFUSE, CREE]
    assert depot.rapport[0]["changes"] == ["Départements"]
    assert depot.rapport[1]["erreurs"][0]["message"] == "Aide inconnue : aide-inventee."
    appliquer(client, depot)
    siens = sorted(c.departement for c in remplie.competences.exclude(departement=None))
    assert siens == ["06", "2A", "83"], "what it looked after stays"
    neuf = Service.objects.get(nom="Accueil")
    assert neuf.telephone == "01 99 00 33 55" and neuf.organisme.code == "uneo"


def test_a_line_of_another_organisme_is_refused_and_an_administrateur_may(
    remplie, responsable, admin, entrer
):
    lignes = "Organisme;Service;Téléphone\r\nASD;Ailleurs;0199009900\r\nInconnu;X;\r\n".encode()
    depot = deposer(entrer(responsable), lignes, "services")
    assert [e["erreurs"][0]["message"] for e in depot.rapport] == [
        "Vous ne tenez pas les entrées de cet organisme.", "Organisme inconnu : Inconnu.",
    ]  # fmt: skip
    autre = deposer(entrer(admin), lignes, "services", organisme="cnmss")
    assert compter(autre.rapport)[CHANGE] == 1
    assert entrer(responsable).get(reverse("annuaire:liste", args=[autre.reference])).status_code == 404


def test_an_identifier_renames_and_a_foreign_one_is_refused(remplie, responsable, entrer):
    client, ailleurs = entrer(responsable), Service.objects.get(nom="Ailleurs")
    lignes = f"Identifiant;Service;Téléphone\r\nS{remplie.pk};Nouveau nom;\r\nS{ailleurs.pk};Pris;\r\n"
    depot = appliquer(client, deposer(client, lignes.encode(), "services"))
    assert [e["constat"] for e in depot.rapport] == [CHANGE, REFUSE]
    remplie.refresh_from_db()
    assert remplie.nom == "Nouveau nom"


def test_what_changed_since_the_trial_is_read_again_before_anything_is_written(remplie, responsable, entrer):
    client = entrer(responsable)
    depot = deposer(client, "Service;Téléphone;Mail\r\nNeuf;0199001100;\r\n".encode(), "services")
    service("NEUF")
    depot = appliquer(client, depot)
    assert depot.etat == EtatDepot.VERIFIE and depot.rapport[0]["constat"] == CHANGE
    assert Service.objects.get(nom="NEUF").telephone == ""
    assert appliquer(client, depot).etat == EtatDepot.APPLIQUE
    with pytest.raises(ActionRefusee):
        actions.abandonner(responsable, depot, depot.version)


def test_a_list_given_up_or_forgotten_is_emptied(remplie, responsable, entrer, settings):
    client = entrer(responsable)
    depot = deposer(client, "Service;Téléphone;Mail\r\nNeuf;0199001100;\r\n".encode(), "services")
    with pytest.raises(ModifieDepuis):
        actions.abandonner(responsable, depot, 0)
    client.post(reverse("annuaire:abandonner", args=[depot.reference]), {"version": depot.version})
    depot.refresh_from_db()
    assert (depot.etat, depot.contenu, depot.rapport) == (EtatDepot.ABANDONNE, {}, [])
    oubliee = deposer(client, "Service;Téléphone;Mail\r\nNeuf;0199001100;\r\n".encode(), "services")
    assert actions.abandonner_les_oubliees() == 0
    settings.ANNUAIRE_LISTE_JOURS = -1
    assert actions.abandonner_les_oubliees() == 1
    oubliee.refresh_from_db()
    assert oubliee.contenu == {}


def test_a_file_that_is_no_list_says_why(responsable, entrer):
    saisie = {"nature": "services", "organisme": responsable.organisme_id,
              "fichier": SimpleUploadedFile("x.csv", b"\x00\x01\x02binaire")}  # fmt: skip
    reponse = entrer(responsable).post(reverse("annuaire:deposer"), saisie)
    assert reponse.status_code == 422 and "n’est pas une liste" in reponse.content.decode()


def lire_carte(octets: bytes) -> dict[str, list]:
    """A card as ical.js (Thunderbird's reader) understands it: property → values."""
    sortie = subprocess.run(
        ["node", "lire.mjs"], cwd=CARNET, input=octets, capture_output=True, check=True, timeout=60
    ).stdout
    proprietes: dict[str, list] = {}
    for nom, parametres, _, *valeurs in json.loads(sortie)[1]:
        proprietes.setdefault(nom, []).append((parametres, valeurs[0] if len(valeurs) == 1 else valeurs))
    return proprietes


def test_the_card_of_a_person_is_read_back_by_another_library(remplie):
    zoe = Contact.objects.get(prenom="Zoé")
    zoe.fonction = (
        "Chargée d’accompagnement des familles, de la reconversion ; référente « blessés » – Île-de-France"
    )
    octets = vcartes.carte_de_personne(zoe)
    assert octets.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n") and octets.endswith(b"END:VCARD\r\n")
    assert all(len(ligne) <= 75 for ligne in octets.split(b"\r\n")), "long lines are folded, in bytes"
    lue = lire_carte(octets)
    assert lue["fn"][0][1] == "Zoé N’Guyen-Fictive"
    assert lue["n"][0][1][:2] == ["N’Guyen-Fictive", "Zoé"]
    assert lue["title"][0][1] == zoe.fonction.replace(" ;", ",")
    assert lue["org"][0][1] == ["Mutuelle Unéo", "Prestations, familles"]
    numeros = {valeur: parametres["type"] for parametres, valeur in lue["tel"]}
    assert set(numeros) == {"+4930901820", "+33639980001", "+33199001020"}
    assert "CELL" in str(numeros["+33639980001"]).upper()
    assert lue["email"][0][1] == "zoe@uneo.example"
    assert lue["adr"][0][1] == ["", "", "7 rue de l’Exemple", "Montrouge", "", "92120", "France"]
    assert lue["note"][0][1] == "le matin"


def test_the_card_of_a_service_is_a_company_s(remplie, entrer, lecteur):
    reponse = entrer(lecteur).get(reverse("annuaire:service_carte", args=[remplie.pk]))
    assert reponse["Content-Type"] == "text/vcard; charset=utf-8"
    assert reponse["Content-Disposition"] == 'attachment; filename="prestations-familles.vcf"'
    lue = lire_carte(reponse.content)
    assert lue["fn"][0][1] == "Unéo, Prestations, familles" and lue["x-abshowas"][0][1] == "COMPANY"
    assert "Du lundi au vendredi" in lue["note"][0][1] and "\n" in lue["note"][0][1]


def test_the_paper_is_tagged_and_says_everything(remplie, lecteur, entrer):
    reponse = entrer(lecteur).get(reverse("annuaire:imprimer"), {"organisme": "uneo"})
    assert reponse["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(reponse.content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root and pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "fr"
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
        balises = {
            str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o
        }
        assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Link"} <= balises
    with pypdfium2.PdfDocument(reponse.content) as pdf:
        texte = re.sub(r"\s+", " ", " ".join(p.get_textpage().get_text_bounded() for p in pdf))
    for dit in (
        "Sommaire", "Unéo, Mutuelle Unéo", "Prestations; familles", "01 99 00 10 20", "Zoé N’Guyen-Fictive",
        "Index par département", "Corse-du-Sud (2A)", "Alpes-Maritimes (06)",
    ):  # fmt: skip
        assert dit.replace(" ", "") in texte.replace(" ", ""), dit
    assert "Ailleurs" not in texte


def test_a_paper_too_long_asks_for_a_filter(remplie, lecteur, entrer, monkeypatch):
    monkeypatch.setattr("annuaire.echanges.papier.ENTREES_MAX", 1)
    reponse = entrer(lecteur).get(reverse("annuaire:imprimer"), {"programme": "DU"}, follow=True)
    assert (
        reponse.redirect_chain[0][0].endswith("?programme=DU")
        and "plus de 1 entrées" in reponse.content.decode()
    )


def test_dates_of_an_export_are_french(remplie, responsable, entrer):
    Service.objects.filter(pk=remplie.pk).update(verifie_le=date(2026, 2, 3))
    assert "03/02/2026" in exporter(entrer(responsable), "services", "csv").decode()
