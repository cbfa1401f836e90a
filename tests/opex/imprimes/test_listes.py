"""A list from its file to its dossiers: 120 people with 9 bad lines, and everything that may go wrong on the way."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.assures.nir import lire
from dossiers.consentements.actions import ouvrir_dossier, retirer_consentement
from dossiers.consentements.models import Consentement, PreuveAConfirmer
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from opex.imprimes import listes, reprise
from opex.imprimes.actions import enregistrer_imprime
from opex.imprimes.reprise import reprendre_liste
from opex.imprimes.tableurs import Tableau
from opex.imprimes.tasks import vider_les_oubliees
from opex.models import Imprime, LotImport, Suivi
from partners.models import Habilitation
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.classeurs import ods, xlsx
from tests.opex.imprimes.saisies import champs, personne

pytestmark = pytest.mark.django_db
TITRES = [
    "NIR", "Nom de naissance", "Prénoms", "Date de naissance", "Sexe", "Lieu de naissance", "Grade", "Matricule",
    "Téléphone",
    "Personne à prévenir", "Lien", "Tél. personne à prévenir", "Mutuelle", "N° d’adhérent", "ASD", "Unéo",
    "Date de signature",
]  # fmt: skip


def ligne(rang: int, **change) -> list:
    """A good line of somebody new."""
    cellules = {
        "nir": fabriques.nir_valide("H", 90, 1 + rang % 12, "64", rang=rang + 1), "nom": "Fictif-Partant",
        "prenoms": f"Jean {chr(65 + rang % 26)}{chr(97 + rang // 26)}", "naissance": date(1990, 1 + rang % 12, 15),
        "sexe": "H", "lieu": "Pau", "grade": "soldat", "matricule": f"M{rang}", "tel": 600000000 + rang,
        "prevenir": "FICTIVE Jeanne",
        "lien": "mère", "tel_prevenir": "0500000001", "mutuelle": "Unéo", "numero": f"U{rang}",
        "asd": "oui", "uneo": "non" if rang % 2 else "", "signe_le": date(2026, 11, 2), **change,
    }  # fmt: skip
    return list(cellules.values())


def courte(rang: int) -> list[str]:
    """The same with its four required cells, as text."""
    nir, nom, prenoms, naissance, *_ = ligne(rang)
    return [nir, nom, prenoms, naissance.isoformat()]


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


def deposer(client, octets: bytes, nom: str, **change):
    donnees = {
        "fichier": SimpleUploadedFile(nom, octets), "unite": fabriques.unite().pk, "operation": opex.operation().pk,
        "depart_le": "2026-12-05", **change,
    }  # fmt: skip
    return client.post(reverse("imprimes:importer"), donnees)


def associer(client, lot: LotImport, **change):
    """Send the page of the columns back as it was guessed."""
    adresse = reverse("imprimes:colonnes", args=[lot.reference])
    form = client.get(adresse).context["form"]
    donnees = {nom: form[nom].value() for nom in form.fields} | change
    return client.post(adresse, donnees)


def lancer(client, lot: LotImport):
    lot.refresh_from_db()
    return client.post(reverse("imprimes:reprendre", args=[lot.reference]), {"version": lot.version})


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


def test_a_file_that_cannot_be_read_leaves_the_rest_typed(connexion, correspondant):
    page = deposer(connexion(correspondant), b"\x00\x01", "section.xls")
    contenu = page.content.decode()
    assert page.status_code == 422
    assert "n’est pas une liste" in contenu and "2026-12-05" in contenu
    assert not LotImport.objects.exists()


@pytest.mark.parametrize("manque", ["fichier", "unite", "operation", "depart_le"])
def test_everything_is_asked_for(connexion, correspondant, manque):
    assert deposer(connexion(correspondant), b"a;b;c\n1;2;3", "l.csv", **{manque: ""}).status_code == 422


def test_limits_are_said_before(connexion, correspondant):
    page = connexion(correspondant).get(reverse("imprimes:importer")).content.decode()
    assert "1000 lignes et 2\u00a0Mo au plus" in page


def test_another_unit_cannot_be_picked(connexion, correspondant):
    ailleurs = fabriques.unite("2e-rep")
    assert deposer(connexion(correspondant), b"a;b;c\n1;2;3", "l.csv", unite=ailleurs.pk).status_code == 422
    with pytest.raises(ActionRefusee, match="périmètre"):
        opex.lot(correspondant, unite=ailleurs)
    assert not LotImport.objects.exists()


def test_the_operation_must_hold_that_day(connexion, correspondant):
    page = deposer(connexion(correspondant), b"a;b;c\n1;2;3", "l.csv", depart_le="2001-01-01")
    assert page.status_code == 422 and "commence le" in page.content.decode()


def test_nobody_walks_the_numbers_by_lists(correspondant, settings):
    settings.OPEX_LISTE_LIGNES_PAR_JOUR = 3
    tableau = Tableau(["a", "b", "c"], [(2, ["1", "2", "3"]), (3, ["1", "2", "3"])])
    arguments = {
        "nom": "l.csv",
        "unite": fabriques.unite(),
        "operation": opex.operation(),
        "depart_le": date(2026, 12, 5),
    }
    listes.deposer_liste(correspondant, tableau, **arguments)
    with pytest.raises(ActionRefusee, match="depuis hier"):
        listes.deposer_liste(correspondant, tableau, **arguments)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        listes.deposer_liste(correspondant, tableau, **arguments)


def test_cells_are_stored_encrypted(correspondant):
    lot = opex.lot(correspondant)
    nir = json.loads(lot.lignes)["lignes"][0][1][0]
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT lignes FROM opex_lot_import")
        octets = bytes(curseur.fetchone()[0])
    assert nir.encode() not in octets and b"Fictif" not in octets


# Columns.


def test_a_required_column_is_named_when_it_lacks(connexion, correspondant):
    lot = opex.lot(correspondant)
    page = associer(connexion(correspondant), lot, colonne_0="")
    assert page.status_code == 422
    assert "Aucune colonne n’est associée à «\u00a0NIR\u00a0»" in page.content.decode()
    with pytest.raises(ActionRefusee, match="NIR"):
        listes.associer_colonnes(correspondant, lot, {}, lot.version)


def test_columns_may_be_joined_otherwise(connexion, correspondant):
    titres = ["A", "B", "C", "D"]
    nir = fabriques.nir_valide("F", 84, 5)
    deposer(connexion(correspondant), f"{';'.join(titres)}\n14/05/1984;Zoé;Fictive;{nir}".encode(), "l.csv")
    lot = LotImport.objects.get()
    client = connexion(correspondant)
    assert associer(client, lot).status_code == 422, "nothing could be guessed"
    choix = {"colonne_0": "naissance", "colonne_1": "prenoms", "colonne_2": "nom", "colonne_3": "nir"}
    assert associer(client, lot, **choix).status_code == 302
    lot.refresh_from_db()
    assert [e["constat"] for e in lot.rapport] == ["nouvelle"]


def test_two_people_do_not_join_the_columns_over_each_other(connexion, correspondant):
    lot = opex.lot(correspondant)
    with pytest.raises(ModifieDepuis):
        listes.associer_colonnes(correspondant, lot, lot.colonnes, lot.version - 1)
    page = associer(connexion(correspondant), lot, version=lot.version - 1)
    assert page.status_code == 422 and f'value="{lot.version}"' in page.content.decode()


# The dry run.


def constats(lot) -> list[tuple[str, str]]:
    return [(e["constat"], " ".join(erreur["message"] for erreur in e["erreurs"])) for e in lot.rapport]


def test_a_known_person_under_another_name_or_birth_is_refused(correspondant):
    assure = fabriques.assure(par=correspondant)
    ligne_ = [assure.nir, "Autre-Nom", "Zoé", "14/05/1984"]
    ((constat, message),) = constats(opex.lot(correspondant, [ligne_]))
    assert constat == "refusee" and "sous un autre nom" in message
    ((constat, message),) = constats(opex.lot(correspondant, [[*ligne_[:3], "15/05/1984"]]))
    assert constat == "refusee" and "ne vont pas ensemble" in message


def test_a_dead_person_leaves_no_more(correspondant):
    dossier = opex.dossier_opex(correspondant, nom_naissance="Fictif-Perdu")
    Suivi.objects.filter(dossier=dossier).update(etat="active", active_le=timezone.now())
    Suivi.objects.filter(dossier=dossier).update(etat="decede", decede_le=date(2026, 3, 1))
    assure = dossier.assure
    ((_, message),) = constats(
        opex.lot(correspondant, [[assure.nir, assure.nom_naissance, "Éloïse", "14/05/1984"]])
    )
    assert "décédée" in message


def test_the_dry_run_is_journalled_with_what_it_showed(correspondant):
    dossier = opex.dossier_opex(correspondant, nom_naissance="Fictif-Connu")
    assure = dossier.assure
    lot = opex.lot(correspondant, [[assure.nir, assure.nom_naissance, "Éloïse", "14/05/1984"]])
    (ligne_,) = LigneJournal.objects.filter(action="rechercher")
    assert (ligne_.objet, ligne_.objets) == (str(lot.reference), [dossier.numero])
    assert ligne_.details == {"par": "liste", "lignes": 1, "refusees": 0}


def test_the_dry_run_asks_as_many_questions_for_one_line_as_for_many(
    correspondant, django_assert_max_num_queries
):
    lot = opex.lot(correspondant, [courte(r) for r in range(60)])
    with django_assert_max_num_queries(20):
        listes.associer_colonnes(correspondant, lot, lot.colonnes, lot.version)


def test_the_bad_lines_are_downloaded_without_a_nir(connexion, correspondant):
    nir = fabriques.nir_valide("F", 84, 5)
    lot = opex.lot(
        correspondant, [[nir[:-1], "=cmd|'/c calc'!A1", "Zoé", "hier"], [nir, "Fictive", "Zoé", "14/05/1984"]]
    )
    reponse = connexion(correspondant).get(reverse("imprimes:erreurs", args=[lot.reference]))
    contenu = reponse.content.decode("utf-8-sig")
    lignes = contenu.splitlines()
    assert lignes[0] == "Ligne;Colonne;À corriger"
    assert {ligne_.split(";")[0] for ligne_ in lignes[1:]} == {"2"}
    assert nir[:13] not in contenu and "cmd" not in contenu
    (ecrite,) = LigneJournal.objects.filter(action="exporter")
    assert (ecrite.objet, ecrite.details["lignes"]) == (str(lot.reference), 3)


def test_a_long_report_is_read_page_by_page(connexion, correspondant):
    rangs = [["1", "", "", ""] for _ in range(150)]
    lot = opex.lot(correspondant, rangs)
    client = connexion(correspondant)
    adresse = reverse("imprimes:lot", args=[lot.reference])
    premiere = client.get(adresse)
    assert [e["ligne"] for e in premiere.context["page"]] == list(range(2, 102))
    suivante = client.get(adresse, {"apres": premiere.context["page"].curseur_suivant})
    assert [e["ligne"] for e in suivante.context["page"]] == list(range(102, 152))
    retour = client.get(adresse, {"avant": suivante.context["page"].curseur_precedent})
    assert [e["ligne"] for e in retour.context["page"]] == list(range(2, 102))


# The job.


def test_a_list_with_nothing_good_is_not_taken_over(connexion, correspondant):
    lot = opex.lot(correspondant, [["1", "", "", ""]])
    assert "Aucune ligne ne peut être reprise" in lancer_et_lire(connexion(correspondant), lot)
    assert not Envoi.objects.filter(genre=listes.GENRE).exists()


def lancer_et_lire(client, lot) -> str:
    return client.get(lancer(client, lot)["Location"]).content.decode()


def test_the_button_pressed_twice_makes_one_job(connexion, correspondant):
    lot = opex.lot(correspondant)
    client = connexion(correspondant)
    lancer_et_lire(client, lot)
    assert "déjà reprise" in lancer_et_lire(client, lot)
    assert Envoi.objects.filter(genre=listes.GENRE).count() == 1
    vider()
    assert Dossier.objects.count() == 1


def test_a_job_run_again_does_nothing_twice(correspondant):
    lot = opex.lot(correspondant, [courte(r) for r in range(3)])
    listes.lancer_reprise(correspondant, lot, lot.version)
    envoi = Envoi.objects.get(genre=listes.GENRE)
    assert envoi.donnees == {"lot": lot.pk, "habilitation": correspondant.pk}
    vider()
    reprendre_liste(envoi.donnees)
    assert (Dossier.objects.count(), Imprime.objects.count()) == (3, 3)


def test_a_job_that_stopped_goes_on_from_where_it_was(correspondant, monkeypatch):
    """A long list is taken over by pieces; a piece that is delivered twice opens nothing twice."""
    monkeypatch.setattr(reprise, "PAR_ENVOI", 2)
    lot = opex.lot(correspondant, [courte(r) for r in range(5)])
    listes.lancer_reprise(correspondant, lot, lot.version)
    donnees = Envoi.objects.get(genre=listes.GENRE).donnees
    reprendre_liste(donnees)
    lot.refresh_from_db()
    assert lot.etat == "en_cours" and lot.lignes and Dossier.objects.count() == 2
    while vider():
        continue
    lot.refresh_from_db()
    assert (lot.etat, lot.lignes, Dossier.objects.count(), Imprime.objects.count()) == ("termine", "", 5, 5)


def test_a_line_refused_meanwhile_leaves_the_others(correspondant):
    """Between the dry run and the job, somebody else entered one of them under another name."""
    rangs = [courte(r) for r in range(3)]
    lot = opex.lot(correspondant, rangs)
    fabriques.assure(par=correspondant, nir=rangs[1][0], sexe="H", date_naissance=date(1990, 2, 15))
    listes.lancer_reprise(correspondant, lot, lot.version)
    vider()
    lot.refresh_from_db()
    assert [e["fait"] for e in lot.rapport] == ["nouvelle", "refusee", "nouvelle"]
    assert "sous un autre nom" in str(lot.rapport[1]["erreurs"])


def test_a_line_is_whole_or_not_at_all(correspondant):
    """A choice older than a withdrawal is refused: nothing of the line stays."""
    dossier = opex.dossier_opex(correspondant, nom_naissance="Fictif-Retrait")
    retirer_consentement(correspondant, dossier, None, signe_le=timezone.localdate())
    assure = dossier.assure
    rang = [assure.nir, assure.nom_naissance, "Éloïse", "14/05/1984", "oui", "2020-01-01"]
    lot = opex.lot(correspondant, [rang], [*opex.TITRES_LOT, "ASD", "Date de signature"])
    listes.lancer_reprise(correspondant, lot, lot.version)
    vider()
    lot.refresh_from_db()
    assert lot.rapport[0]["fait"] == "refusee" and "fermé l’accès" in str(lot.rapport[0]["erreurs"])
    assert not dossier.imprimes.exists()


def test_an_habilitation_that_ended_takes_nothing_over(correspondant):
    lot = opex.lot(correspondant)
    listes.lancer_reprise(correspondant, lot, lot.version)
    Habilitation.objects.filter(pk=correspondant.pk).update(etat="suspendue")
    vider()
    lot.refresh_from_db()
    assert lot.etat == "termine" and lot.rapport[0]["fait"] == "refusee"
    assert not Dossier.objects.exists() and not Assure.objects.exists()


def test_an_older_sheet_of_the_journal_names_who_asked(correspondant):
    """The job acts under the habilitation that launched it, and each dossier says so."""
    lot = opex.lot(correspondant)
    listes.lancer_reprise(correspondant, lot, lot.version)
    vider()
    dossier = Dossier.objects.get()
    assert dossier.ouvert_par == correspondant
    crees = LigneJournal.objects.filter(objet=dossier.numero, action="creer")
    assert {ligne_.habilitation_id for ligne_ in crees} == {correspondant.pk}


# The end of a list, and who sees it.


def test_a_list_given_up_is_emptied(connexion, correspondant):
    lot = opex.lot(correspondant)
    client = connexion(correspondant)
    client.post(reverse("imprimes:abandonner", args=[lot.reference]), {"version": lot.version})
    lot.refresh_from_db()
    assert (lot.etat, lot.lignes, lot.rapport) == ("abandonne", "", [])
    assert (
        "Cette liste est abandonnée"
        in client.get(reverse("imprimes:lot", args=[lot.reference])).content.decode()
    )
    assert client.get(reverse("imprimes:erreurs", args=[lot.reference])).status_code == 404
    assert client.get(reverse("imprimes:colonnes", args=[lot.reference])).status_code == 302
    with pytest.raises(ActionRefusee, match="abandonnée"):
        listes.lancer_reprise(correspondant, lot, lot.version)


def test_forgotten_lists_are_emptied(correspondant, settings):
    vieille, recente = opex.lot(correspondant), opex.lot(correspondant)
    limite = timezone.now() - timedelta(days=settings.OPEX_LISTE_JOURS, hours=1)
    LotImport.objects.filter(pk=vieille.pk).update(depose_le=limite)
    assert vider_les_oubliees() == 1
    vieille.refresh_from_db()
    recente.refresh_from_db()
    assert (vieille.etat, vieille.lignes, recente.etat) == ("abandonne", "", "verifie")


def test_a_list_belongs_to_its_unit_and_to_the_fund(connexion, correspondant, etranger, gestionnaire):
    lot = opex.lot(correspondant)
    camarade = fabriques.habilitation("correspondant")
    for habilitation, statut in ((correspondant, 200), (camarade, 200), (gestionnaire, 200), (etranger, 404)):
        client = connexion(habilitation)
        for nom in ("lot", "colonnes", "erreurs"):
            assert client.get(reverse(f"imprimes:{nom}", args=[lot.reference])).status_code == statut
        for nom in ("accueil", "listes"):
            page = client.get(reverse(f"imprimes:{nom}")).content.decode()
            assert (str(lot.reference) in page) == (statut == 200)
    for geste in (listes.lancer_reprise, listes.abandonner_liste):
        with pytest.raises(AccesRefuse):
            geste(etranger, lot, lot.version)
    for profil in (
        "medecin",
        "secretaire",
        "numerisation",
        "partenaire",
        "referent_opex",
        "dpo",
        "administrateur",
    ):
        client = connexion(fabriques.habilitation(profil))
        assert client.get(reverse("imprimes:lot", args=[lot.reference])).status_code == 404, profil


def test_the_result_names_who_is_read_and_nobody_else(connexion, correspondant, etranger, gestionnaire):
    """The report keeps numbers: a dossier that has changed hands since is not named to its former unit."""
    lot = opex.lot(correspondant, [courte(r) for r in range(2)])
    listes.lancer_reprise(correspondant, lot, lot.version)
    vider()
    reste, parti = Dossier.objects.order_by("pk")
    Partage.objects.filter(dossier=parti, nature="unite").update(retire_le=timezone.now(), motif="mutation")
    page = connexion(correspondant).get(reverse("imprimes:lot", args=[lot.reference])).content.decode()
    assert reste.numero in page and str(reste.assure) in page
    assert parti.numero not in page and str(parti.assure) not in page
    assert LigneJournal.objects.filter(objet=str(lot.reference)).latest("quand").objets == [reste.numero]


def test_a_line_that_the_database_refuses_does_not_stop_the_others(correspondant, monkeypatch):
    lot = opex.lot(correspondant, [courte(r) for r in range(3)])
    listes.lancer_reprise(correspondant, lot, lot.version)
    vraie, vues = reprise.Atelier._personne, []

    def trop_long(self, lue):
        vues.append(lue.numero)
        if len(vues) == 2:
            lue.textes["grade"] = "x" * 500
        return vraie(self, lue)

    monkeypatch.setattr(reprise.Atelier, "_personne", trop_long)
    vider()
    lot.refresh_from_db()
    assert [e["fait"] for e in lot.rapport] == ["nouvelle", "refusee", "nouvelle"]
    assert "n’a pas pu être enregistrée" in str(lot.rapport[1]["erreurs"])


def test_the_fund_is_told_of_a_person_of_another_unit(connexion, gestionnaire, etranger):
    fabriques.organismes()
    assure = fabriques.assure(par=etranger, nom_naissance="Fictif-Ailleurs")
    rang = [assure.nir, "Fictif-Ailleurs", "Éloïse", "14/05/1984"]
    lot = opex.lot(gestionnaire, [rang], unite=fabriques.unite())
    page = connexion(gestionnaire).get(reverse("imprimes:lot", args=[lot.reference])).content.decode()
    assert "Elle est rattachée à une autre unité" in page
    listes.lancer_reprise(gestionnaire, lot, lot.version)
    vider()
    dossier = Dossier.objects.get()
    assert (dossier.unite, dossier.imprimes.get().unite) == (assure.unite, lot.unite)
