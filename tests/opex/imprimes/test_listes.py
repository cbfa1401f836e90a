"""A list from its file to its dossiers: 120 people with 9 bad lines, in every format."""

from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from dossiers.assures.models import Assure
from dossiers.assures.nir import lire
from dossiers.consentements.actions import ouvrir_dossier
from dossiers.consentements.models import Consentement, PreuveAConfirmer
from dossiers.partages.models import Dossier, Partage
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from opex.imprimes import listes
from opex.imprimes.actions import enregistrer_imprime
from opex.models import Imprime, LotImport, Suivi
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.classeurs import ods, xlsx
from tests.opex.imprimes.lignes import TITRES, associer, deposer, lancer, ligne
from tests.opex.imprimes.saisies import champs, personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def compagnie(correspondant, etranger):
    """120 lines, 9 of them wrong in as many ways, two of people already known; and what is said of the bad ones."""
    connue = fabriques.assure(
        par=correspondant, sexe="H", date_naissance=date(1990, 3, 15), nom_naissance="Fictif-Connu"
    )
    ouvrir_dossier(correspondant, connue)
    partie = fabriques.assure(
        par=correspondant, sexe="H", date_naissance=date(1990, 4, 15), nom_naissance="Fictif-Parti"
    )
    deja = opex.dossier_opex(correspondant, assure=partie)
    contrat = {"genre": "prevoyance", "organisme": None, "nom": "Prévoyance d’essai", "numero": "9"}
    enregistrer_imprime(correspondant, deja, champs(adresse="1 rue Gardée"), [personne()], [], [contrat])
    ailleurs = fabriques.assure(par=etranger, sexe="H", date_naissance=date(1990, 5, 15))
    rangs = [ligne(r) for r in range(120)]
    rangs[2] = ligne(2, nir=connue.nir, nom="fictif connu", naissance="15/03/1990")
    rangs[3] = ligne(3, nir=partie.nir, nom="FICTIF-PARTI", naissance="15/04/1990", mutuelle="Autre mutuelle")
    mauvaises = {
        10: ({"nir": "1900183061001"}, "manque sans doute la clé"),
        20: ({"nir": str(int(rangs[20][0]) + 1)}, "La clé"),
        30: ({"nir": rangs[30][0][:3] + "13" + rangs[30][0][5:]}, "mois de naissance"),
        40: ({"nir": rangs[40][0][:5] + "8A" + rangs[40][0][7:]}, "Corse"),
        50: ({"naissance": "15 mars"}, "ne se lit pas"),
        60: ({"nom": ""}, "vide"),
        70: ({"naissance": date(1991, 11, 15)}, "ne correspond pas au NIR"),
        80: ({"nir": rangs[79][0], "naissance": rangs[79][3]}, "Même NIR que la ligne 81"),
        90: ({"nir": ailleurs.nir, "naissance": ailleurs.date_naissance}, "déjà connue"),
    }
    for rang, (change, _) in mauvaises.items():
        rangs[rang] = ligne(rang, **change)
    return rangs, {rang + 2: message for rang, (_, message) in mauvaises.items()}


@pytest.mark.parametrize(("fabrique", "nom"), [(xlsx, "compagnie.xlsx"), (ods, "compagnie.ods")])
def test_a_company_of_120_with_9_bad_lines(connexion, correspondant, compagnie, fabrique, nom):
    rangs, mauvaises = compagnie
    client = connexion(correspondant)
    avant = Dossier.objects.filter(programme="OPEX").count()
    reponse = deposer(client, fabrique([TITRES, *rangs]), nom)
    lot = LotImport.objects.get()
    assert reponse["Location"] == reverse("imprimes:colonnes", args=[lot.reference])
    assert associer(client, lot)["Location"] == reverse("imprimes:lot", args=[lot.reference])
    # The dry run writes nothing but its report.
    lot.refresh_from_db()
    assert {e["ligne"] for e in lot.rapport if e["erreurs"]} == set(mauvaises)
    for entree in lot.rapport:
        if entree["ligne"] in mauvaises:
            assert mauvaises[entree["ligne"]] in str(entree["erreurs"]), entree
    assert Dossier.objects.filter(programme="OPEX").count() == avant
    page = client.get(reverse("imprimes:lot", args=[lot.reference]) + "?voir=erreurs").content.decode()
    assert "9\u00a0lignes sont à corriger" in page and "111\u00a0lignes peuvent être reprises" in page
    assert all(message in page.replace("&#x27;", "’") for message in mauvaises.values())
    # One job.
    lancer(client, lot)
    assert Envoi.objects.filter(genre=listes.GENRE).count() == 1
    vider()
    lot.refresh_from_db()
    assert (lot.etat, lot.lignes) == ("termine", "")
    assert [e["fait"] for e in lot.rapport if e["constat"] != "refusee"].count("version") == 1
    assert Dossier.objects.filter(programme="OPEX").count() == avant + 110
    assert Imprime.objects.filter(source="liste", operation__code="barkhane").count() == 111
    page = client.get(reverse("imprimes:lot", args=[lot.reference])).content.decode()
    assert "La reprise est terminée" in page
    for chiffre in ("<b>110</b>", "<b>1</b>", "<b>9</b>"):
        assert chiffre in page
    _verifier_une_personne(rangs[0])
    _verifier_la_partante()
    _sans_nir([rang[0] for rang in rangs])


def _verifier_une_personne(rang: list) -> None:
    """Everything that the line said is there, and asleep."""
    dossier = Dossier.objects.get(programme="OPEX", assure=Assure.objects.par_nir(lire(rang[0])).get())
    assert dossier.endormi and Suivi.objects.get(dossier=dossier).etat == "identifie"
    assert (dossier.assure.lieu_naissance, dossier.assure.telephone) == ("Pau", "0600000000")
    imprime = dossier.imprimes.get()
    assert (imprime.grade, imprime.matricule, imprime.depart_le) == ("soldat", "M0", date(2026, 12, 5))
    prevenue = imprime.a_prevenir.get()
    assert (prevenue.nom, prevenue.prenoms, prevenue.relation) == ("FICTIVE", "Jeanne", "parent")
    assert imprime.contrats.get().organisme.code == "uneo"
    acte = Consentement.objects.get(dossier=dossier)
    assert {(li.organisme.code, li.decision) for li in acte.lignes.all()} == {("asd", "accorde")}
    assert PreuveAConfirmer.objects.filter(dossier=dossier).exists(), "the paper is still to be confirmed"
    assert not Partage.objects.filter(dossier=dossier, nature="consentement").exists(), "asleep"


def _verifier_la_partante() -> None:
    """A new version loses nothing of the one before."""
    dossier = Dossier.objects.get(programme="OPEX", assure__nom_naissance="Fictif-Parti")
    imprime = dossier.imprimes.first()
    assert (imprime.rang, imprime.adresse) == (2, "1 rue Gardée")
    assert [str(p) for p in imprime.a_prevenir.all()] == ["FICTIVE Jeanne", "MARTIN-FICTIF Claire"]
    assert [(c.genre, str(c)) for c in imprime.contrats.all()] == [
        ("mutuelle", "Autre mutuelle"), ("prevoyance", "Prévoyance d’essai"),
    ]  # fmt: skip


def _sans_nir(nirs: list[str]) -> None:
    """Neither the report, the journal, the outbox nor anything else holds one, right or wrong."""
    with connections["default"].cursor() as curseur:
        for table in (
            "opex_lot_import",
            "journal_ligne",
            "notifications_envoi",
            "dossiers_evenement",
            "opex_imprime",
        ):
            curseur.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            contenu = curseur.fetchone()[0] or ""
            assert contenu, table
            assert not [nir for nir in nirs if str(nir) in contenu], table


def test_a_csv_follows_the_same_way(connexion, correspondant, caplog):
    caplog.set_level("DEBUG")
    nir = fabriques.nir_valide("F", 84, 5)
    octets = f"NIR;Nom;Prénom;Né(e) le\r\n{nir};D’Église;Zoë;14/05/1984\r\n".encode("cp1252")
    client = connexion(correspondant)
    deposer(client, octets, f"liste {nir}.csv")
    lot = LotImport.objects.get()
    assert lot.nom == "liste numéro masqué.csv"
    page = client.get(reverse("imprimes:colonnes", args=[lot.reference])).content.decode()
    assert nir not in page and f"{nir[:5]}••••••••••" in page and "D’Église" in page
    associer(client, lot)
    lancer(client, lot)
    vider()
    assert Dossier.objects.get().assure.nom_naissance == "D’Église"
    assert nir not in " ".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))


# Filing.
