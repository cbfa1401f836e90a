"""The dry run of a list: each line told in words, and nothing written."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Envoi
from opex.imprimes import listes
from opex.models import Suivi
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.lignes import constats, courte, lancer_et_lire

pytestmark = pytest.mark.django_db


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
