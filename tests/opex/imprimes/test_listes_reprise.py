"""The job that takes a list over: once, line by line, and for whom it may."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.consentements.actions import retirer_consentement
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from opex.imprimes import listes, reprise
from opex.imprimes.reprise import reprendre_liste
from opex.imprimes.tasks import vider_les_oubliees
from opex.models import Imprime, LotImport
from partners.models import Habilitation
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.lignes import courte, lancer_et_lire

pytestmark = pytest.mark.django_db


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
