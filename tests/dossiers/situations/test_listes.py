"""Ready lists: whose they are, two people who tick together, what the portal knows by itself, closing and reopening."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import enregistrer_consentement, texte_en_vigueur
from dossiers.demandes.models import Demande
from dossiers.demandes.pieces import avec_pieces, pieces_manquantes
from dossiers.partages.models import Partage
from dossiers.situations import actions
from dossiers.situations.avancement import avancements
from dossiers.situations.catalogue import SITUATIONS
from dossiers.situations.models import EtatListe, ListeSituation, PointFait
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from partners.habilitations.identite import agir_pour
from tests import fabriques

pytestmark = pytest.mark.django_db
NAISSANCE = SITUATIONS["naissance-difficile"]
PREMIERE = SITUATIONS["premiere-demande"]


@pytest.fixture
def liste(correspondant, dossier):
    return actions.commencer(correspondant, dossier, NAISSANCE)


@pytest.fixture
def collegue(correspondant):
    """Another correspondant of the same unit."""
    return fabriques.habilitation("correspondant")


def adresse(nom, *args):
    return reverse(f"situations:{nom}", args=args)


def coches(liste):
    return dict(liste.coches.values_list("code", "par"))


def acquis(habilitation, liste):
    [vue] = avancements(habilitation, [ListeSituation.objects.select_related("dossier").get(pk=liste.pk)])
    return {vu.point.code: vu.fait for vu in vue.points if vu.acquis}


def seule_ligne(objet):
    return LigneJournal.objects.filter(objet=objet).order_by("-pk").values_list("action", flat=True)


def test_only_the_correspondants_of_the_unit_find_a_list(
    connexion, liste, collegue, etranger, gestionnaire, uneo, asd
):
    pages = [
        adresse("liste", liste.reference),
        adresse("du_dossier", liste.dossier.numero),
    ]
    for qui, statut in ((collegue, 200), (etranger, 404), (gestionnaire, 404), (uneo, 404), (asd, 404)):
        client = connexion(qui)
        assert {client.get(page).status_code for page in pages} == {statut}, qui
        if statut == 404:
            for nom in ("cocher", "noter", "terminer", "abandonner", "rouvrir"):
                assert client.post(adresse(nom, liste.reference), {"points": ["maison"]}).status_code == 404
    assert coches(liste) == {}
    assert ListeSituation.objects.get().etat == EtatListe.OUVERTE


def test_a_loan_gives_the_dossier_and_not_the_notes_of_the_unit(connexion, liste, etranger, dossier):
    fabriques.pret(dossier, etranger)
    client = connexion(etranger)
    page = client.get(reverse("dossiers:demandes", args=[dossier.numero]))
    assert page.status_code == 200 and "Partir d’une situation" not in page.content.decode()
    assert client.get(adresse("liste", liste.reference)).status_code == 404
    with pytest.raises(AccesRefuse):
        actions.cocher(etranger, liste, ["maison"], [])


def test_the_database_keeps_them_for_the_unit(liste, correspondant, collegue, etranger, gestionnaire, uneo):
    actions.cocher(correspondant, liste, ["maison"], [])
    for qui, lues in ((collegue, 1), (etranger, 0), (gestionnaire, 0), (uneo, 0)):
        with agir_pour(qui), connections["default"].cursor() as curseur:
            for table in ("dossiers_liste_situation", "dossiers_point_fait"):
                curseur.execute(f"SELECT count(*) FROM {table}")
                assert curseur.fetchone() == (lues,), (qui, table)


def test_the_database_refuses_the_rows_of_another_unit(liste, etranger):
    with pytest.raises(DatabaseError, match="row-level"), transaction.atomic(), agir_pour(etranger):
        PointFait.objects.create(liste_id=liste.pk, code="maison", par=etranger)


def test_when_the_dossier_leaves_the_unit_its_lists_leave_too(connexion, liste, correspondant):
    with systeme("essai"):
        Partage.objects.filter(dossier=liste.dossier, unite__isnull=False).update(retire_le=timezone.now())
    client = connexion(correspondant)
    assert client.get(adresse("liste", liste.reference)).status_code == 404
    assert client.get(adresse("du_dossier", liste.dossier.numero)).status_code == 404
    assert liste.dossier.numero not in client.get(reverse("espace_correspondant")).content.decode()
    with pytest.raises(AccesRefuse):
        actions.cocher(correspondant, liste, ["maison"], [])


def test_begun_twice_it_is_one_list(connexion, correspondant, dossier):
    client, ou = connexion(correspondant), adresse("commencer", NAISSANCE.code)
    premiere, seconde = (client.post(ou, {"numero": dossier.numero}).url for _ in range(2))
    assert premiere == seconde == adresse("liste", ListeSituation.objects.get().reference)
    assert seule_ligne(dossier.numero).filter(action="creer", details__geste="liste").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ListeSituation.objects.create(
            dossier=dossier, situation=NAISSANCE.code, version_lue=1, ouverte_par=correspondant
        )


def test_a_person_is_found_by_name_or_number_in_one_s_unit(connexion, correspondant, dossier, etranger):
    ailleurs = fabriques.dossier(par=etranger)
    client, ou = connexion(correspondant), adresse("commencer", NAISSANCE.code)
    for mots in (dossier.numero, dossier.assure.nom_naissance):
        assert dossier.numero in client.get(ou, {"q": mots}).content.decode()
    assert "<table" not in client.get(ou, {"q": ailleurs.numero}).content.decode()
    assert client.post(ou, {"numero": ailleurs.numero}).status_code == 404
    assert client.get(ou, {"q": "2 84 05 88 321 025 32"}).url == ou
    assert not ListeSituation.objects.exists()


def test_a_list_of_another_programme_is_not_begun(connexion, correspondant, dossier):
    reponse = connexion(correspondant).post(
        adresse("commencer", "blesse"), {"numero": dossier.numero}, follow=True
    )
    assert "n’est pas faite pour ce dossier" in reponse.content.decode()
    assert not ListeSituation.objects.exists()
    sans_opex = fabriques.habilitation("correspondant", programmes=["DU"])
    client = connexion(sans_opex)
    assert client.get(adresse("lire", "blesse")).status_code == 404
    assert "Blessé en opération" not in client.get(reverse("espace_correspondant")).content.decode()


def test_two_people_who_tick_together_lose_nothing(liste, correspondant, collegue):
    # Both looked at the page when nothing was ticked.
    assert actions.cocher(correspondant, liste, ["maison", "heures"], [])
    assert actions.cocher(collegue, liste, ["heures", "aide"], [])
    assert coches(liste) == {"maison": correspondant.pk, "heures": correspondant.pk, "aide": collegue.pk}
    # What she unticks is what she was shown ticked.
    assert actions.cocher(collegue, liste, ["heures"], ["heures", "aide"])
    assert set(coches(liste)) == {"maison", "heures"}


def test_ticking_twice_is_harmless_and_leaves_one_row_in_the_journal(connexion, liste, correspondant):
    client = connexion(correspondant)
    for _ in range(2):
        assert (
            client.post(adresse("cocher", liste.reference), {"points": ["maison", "inconnu"]}).status_code
            == 302
        )
    assert set(coches(liste)) == {"maison"}
    gestes = LigneJournal.objects.filter(objet=liste.dossier.numero, action="modifier")
    assert gestes.filter(details__geste="points de la liste").count() == 1
    page = client.get(adresse("liste", liste.reference)).content.decode()
    assert str(correspondant.utilisateur) in page
    assert "checked" in page.split('value="maison"')[1].split(">")[0]


def test_each_gesture_leaves_its_row(connexion, correspondant, dossier):
    client = connexion(correspondant)
    client.post(adresse("commencer", NAISSANCE.code), {"numero": dossier.numero})
    reference = ListeSituation.objects.get().reference
    for methode, nom, saisie, action in (
        ("get", "liste", {}, "consulter"),
        ("post", "noter", {"note": "Rappeler lundi.", "version": 1}, "modifier"),
        ("post", "cocher", {"points": ["maison"]}, "modifier"),
        ("post", "terminer", {}, "modifier"),
        ("post", "rouvrir", {}, "modifier"),
        ("post", "abandonner", {}, "modifier"),
    ):
        avant = set(LigneJournal.objects.values_list("pk", flat=True))
        assert getattr(client, methode)(adresse(nom, reference), saisie).status_code in (200, 302)
        nouvelles = LigneJournal.objects.exclude(pk__in=avant)
        assert [(n.action, n.objet) for n in nouvelles] == [(action, dossier.numero)], nom
    assert not dossier.evenements.filter(quand__gte=ListeSituation.objects.get().ouverte_le).exists()


def test_the_note_holds_no_nir_and_shows_what_somebody_else_wrote(connexion, liste, correspondant, collegue):
    client, ou = connexion(correspondant), adresse("noter", liste.reference)
    refusee = client.post(ou, {"note": "2 84 05 88 321 025 32", "version": 1})
    assert refusee.status_code == 422 and "pas de NIR ici" in refusee.content.decode()
    assert client.post(ou, {"note": "x" * 301, "version": 1}).status_code == 422
    actions.noter(collegue, liste, note="Devis attendu mardi.", version=1)
    with pytest.raises(ModifieDepuis):
        actions.noter(correspondant, liste, note="Autre", version=1)
    page = client.post(ou, {"note": "Ma note", "version": 1}).content.decode()
    assert "Devis attendu mardi." in page and "Ma note" in page and 'name="version" value="2"' in page
    assert client.post(ou, {"note": "Ma note", "version": 2}).status_code == 302
    assert ListeSituation.objects.get().note == "Ma note"


def test_a_closed_list_is_read_only_until_it_is_reopened(connexion, liste, correspondant):
    client = connexion(correspondant)
    for _ in range(2):
        client.post(adresse("terminer", liste.reference))
    assert ListeSituation.objects.get().etat == EtatListe.FAITE
    with pytest.raises(ActionRefusee, match="close"):
        actions.cocher(correspondant, liste, ["maison"], [])
    page = client.get(adresse("liste", liste.reference)).content.decode()
    assert "Enregistrer les points" not in page and "Rouvrir la liste" in page
    autre = actions.commencer(correspondant, liste.dossier, NAISSANCE)
    with pytest.raises(ActionRefusee, match="déjà en cours"):
        actions.rouvrir(correspondant, liste)
    actions.clore(correspondant, autre, EtatListe.ABANDONNEE)
    assert actions.rouvrir(correspondant, liste).etat == EtatListe.OUVERTE


def test_the_portal_marks_what_it_knows(correspondant, collegue):
    nu = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    liste = actions.commencer(correspondant, nu, PREMIERE)
    assert acquis(correspondant, liste) == {}
    plein = fabriques.dossier(par=correspondant)
    liste = actions.commencer(correspondant, plein, PREMIERE)
    assert set(acquis(correspondant, liste)) == {"choix"}
    demande = fabriques.demande(plein, etat="brouillon", par=correspondant)
    assert set(acquis(collegue, liste)) == {"choix", "commencee"}
    fabriques.deposer_toutes(demande, correspondant)
    assert set(acquis(collegue, liste)) == {"choix", "commencee", "obligatoires"}
    enregistrer_consentement(
        correspondant, plein, texte=texte_en_vigueur(), signe_le=timezone.localdate(),
        decisions={fabriques.organisme("asd").pk: "accorde"},
        preuve=enregistrer_pdf(fabriques.pdf("signé"), nom="signe.pdf", cree_par=correspondant),
    )  # fmt: skip
    assert acquis(collegue, liste)["preuve"].startswith("papier joint")


def test_a_demande_that_was_over_before_says_nothing_of_this_list(correspondant, dossier):
    ancienne = fabriques.demande(dossier, etat="notifiee")
    liste = actions.commencer(correspondant, dossier, PREMIERE)
    assert "deposee" not in acquis(correspondant, liste)
    Demande.objects.filter(pk=ancienne.pk).update(cree_le=timezone.now() + timedelta(seconds=1))
    assert ancienne.numero in acquis(correspondant, liste)["deposee"]


def test_what_is_missing_is_the_same_for_one_demande_and_for_many(dossier):
    for etat in ("brouillon", "soumise", "incomplete", "complete"):
        fabriques.demande(dossier, etat=etat)
    lues = {d.pk: d.tout_fourni for d in avec_pieces(Demande.objects.all())}
    assert lues == {d.pk: not pieces_manquantes(d) for d in Demande.objects.all()}
    assert set(lues.values()) == {True, False}


def test_the_space_shows_the_open_lists_the_oldest_first(
    connexion, correspondant, collegue, liste, django_assert_max_num_queries
):
    ListeSituation.objects.update(ouverte_le=timezone.now() - timedelta(days=9))
    client = connexion(collegue)
    actions.cocher(correspondant, liste, ["maison"], [])
    page = client.get(reverse("espace_correspondant")).content.decode()
    # Ticked, and the consent that the portal knows.
    assert f"2 sur {len(NAISSANCE.points)}" in page.replace("\xa0", " ")
    for _ in range(7):
        actions.commencer(correspondant, fabriques.dossier(par=correspondant), PREMIERE)
    with django_assert_max_num_queries(30):
        page = client.get(reverse("espace_correspondant")).content.decode()
    assert f'href="{reverse("situations:toutes")}"' in page
    listees = page.split("Listes en cours")[1]
    assert listees.split("</table>")[0].count(" sur ") == 6
    assert listees.index(liste.dossier.numero) < listees.index("Première demande")
    toutes = client.get(adresse("toutes")).content.decode()
    assert toutes.count(" sur ") == 8
    assert LigneJournal.objects.filter(action="lister").exists()


@pytest.mark.parametrize("nom", ["toutes", "du_dossier", "liste", "espace"])
def test_queries_do_not_grow(connexion, correspondant, dossier, nom, django_assert_num_queries):
    client = connexion(correspondant)
    liste = actions.commencer(correspondant, dossier, PREMIERE)
    ou = {
        "toutes": adresse("toutes"), "du_dossier": adresse("du_dossier", dossier.numero),
        "liste": adresse("liste", liste.reference), "espace": reverse("espace_correspondant"),
    }[nom]  # fmt: skip
    client.get(ou)
    with CaptureQueriesContext(connections["default"]) as avant:
        client.get(ou)
    fabriques.demande(dossier, etat="soumise")
    for _ in range(3):
        autre = actions.commencer(correspondant, fabriques.dossier(par=correspondant), NAISSANCE)
        actions.cocher(correspondant, autre, ["maison", "heures", "aide"], [])
    actions.clore(correspondant, actions.commencer(correspondant, dossier, NAISSANCE), EtatListe.FAITE)
    actions.cocher(correspondant, liste, ["lieu", "ecoute"], [])
    with django_assert_num_queries(len(avant)):
        assert client.get(ou).status_code == 200
