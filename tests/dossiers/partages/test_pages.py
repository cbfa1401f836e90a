"""The pages of a dossier: who opens them, what they cost, what they leave in the journal."""

import pytest
from django.urls import reverse

from dossiers.contributions.models import Contribution
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db
ONGLETS = ("apercu", "demandes", "pieces", "contributions", "courriers", "histoire")


def adresse(onglet, dossier):
    return reverse(f"dossiers:{onglet}", args=[dossier.numero])


@pytest.fixture
def instruit(dossier):
    return fabriques.demande(dossier, etat="en_instruction")


@pytest.mark.parametrize("onglet", ONGLETS)
def test_opens_for_the_cnmss_and_leaves_one_row(onglet, instruit, gestionnaire, connexion):
    client = connexion(gestionnaire)
    reponse = client.get(adresse(onglet, instruit.dossier))
    assert reponse.status_code == 200
    lignes = LigneJournal.objects.filter(objet=instruit.dossier.numero, action="consulter")
    assert [(ligne.utilisateur_id, ligne.details["page"]) for ligne in lignes] == [
        (gestionnaire.utilisateur_id, onglet)
    ]


@pytest.mark.parametrize("onglet", [*ONGLETS, "acces", "synthese"])
def test_a_refused_partner_and_a_stranger_find_nothing(onglet, instruit, mspp, etranger, connexion):
    for habilitation in (mspp, etranger):
        client = connexion(habilitation)
        assert client.get(adresse(onglet, instruit.dossier)).status_code == 404
        inconnu = client.get(
            adresse(onglet, instruit.dossier).replace(instruit.dossier.numero, "DU-2026-0000000-Z")
        )
        assert inconnu.status_code == 404
    assert LigneJournal.objects.filter(action="refus", objet=instruit.dossier.numero).count() == 2


def test_a_correspondant_reads_no_amount_and_no_reason(dossier, correspondant, connexion):
    demande = fabriques.demande(dossier, etat="notifiee", montant="317.42")
    vider()
    client = connexion(correspondant)
    for onglet in ("apercu", "demandes", "pieces", "histoire", "courriers"):
        page = client.get(adresse(onglet, dossier)).content.decode()
        assert "317,42" not in page
        assert "720,00" not in page
        assert "Ressources et reste à charge étudiés" not in page
    assert "La décision est notifiée" in client.get(adresse("histoire", dossier)).content.decode()
    assert client.get(adresse("contributions", dossier)).status_code == 404
    assert demande.etat == "notifiee"


def test_a_partner_never_reads_who_was_refused(instruit, uneo, connexion):
    client = connexion(uneo)
    for onglet in ONGLETS:
        page = client.get(adresse(onglet, instruit.dossier)).content.decode()
        assert "MSPP" not in page
        assert "efusé" not in page
    assert client.get(reverse("consentements:detail", args=[instruit.dossier.numero])).status_code == 404


def test_the_decision_stays_inside_until_it_is_notified(dossier, uneo, gestionnaire, connexion):
    demande = fabriques.demande(dossier, etat="decidee", montant="317.42")
    for onglet in ("apercu", "demandes", "histoire"):
        assert "317,42" not in connexion(uneo).get(adresse(onglet, dossier)).content.decode()
    assert "317,42" in connexion(gestionnaire).get(adresse("histoire", dossier)).content.decode()
    assert demande.montant_cnmss


@pytest.mark.parametrize("onglet", ONGLETS)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    onglet, instruit, gestionnaire, connexion, django_assert_max_num_queries
):
    client = connexion(gestionnaire)
    client.get(adresse(onglet, instruit.dossier))
    with django_assert_max_num_queries(32) as avant:
        client.get(adresse(onglet, instruit.dossier))
    for code in ("aide-financiere-sante", "aide-familiale"):
        autre = fabriques.demande(instruit.dossier, etat="en_instruction", type_aide=code)
        Contribution.objects.filter(demande=autre).update(commentaire="Étudié.")
    with django_assert_max_num_queries(len(avant)):
        client.get(adresse(onglet, instruit.dossier))


def test_what_is_new_since_the_last_visit(dossier, gestionnaire, correspondant, connexion):
    client = connexion(gestionnaire)
    demande = fabriques.demande(dossier)
    premiere = client.get(adresse("apercu", dossier)).content.decode()
    assert "Depuis votre dernière visite" not in premiere
    fabriques.piece(demande, par=correspondant)
    assert "Depuis votre dernière visite" in client.get(adresse("apercu", dossier)).content.decode()
    assert "Depuis votre dernière visite" not in client.get(adresse("apercu", dossier)).content.decode()


class TestNir:
    def test_is_masked_then_shown_on_a_logged_gesture(self, dossier, gestionnaire, connexion):
        client = connexion(gestionnaire)
        assert "•• ••• ••• ••" in client.get(adresse("apercu", dossier)).content.decode().replace(
            "\u00a0", " "
        )
        reponse = client.post(adresse("reveler_nir", dossier))
        nir = dossier.assure.nir
        assert nir in "".join(c for c in reponse.content.decode() if c.isalnum())
        assert reponse["Cache-Control"] == "no-store"
        assert LigneJournal.objects.filter(action="reveler_nir", objet=dossier.numero).count() == 1

    def test_is_for_organismes_allowed_to_see_it(self, dossier, uneo, correspondant, connexion):
        assert not uneo.organisme.voit_nir
        for habilitation in (uneo, correspondant):
            assert connexion(habilitation).post(adresse("reveler_nir", dossier)).status_code == 404

    def test_search_is_a_post_with_the_birth_date(self, dossier, gestionnaire, connexion):
        client, url = connexion(gestionnaire), reverse("dossiers:par_nir")
        assert client.get(url).status_code == 405
        juste = {"nir": dossier.assure.nir, "naissance": "1984-05-14"}
        assert client.post(url, juste).url == adresse("apercu", dossier)
        for faux in ({**juste, "naissance": "1984-05-15"}, {**juste, "nir": "284058832102532"}):
            page = client.post(url, faux)
            assert page.status_code == 422
            assert "Aucun dossier que vous puissiez lire" in page.content.decode()

    def test_search_finds_nothing_that_is_not_shared(self, dossier, mspp, connexion):
        reponse = connexion(mspp).post(
            reverse("dossiers:par_nir"), {"nir": dossier.assure.nir, "naissance": "1984-05-14"}
        )
        assert reponse.status_code == 422


class TestListe:
    def test_counts_and_pages_without_more_queries(
        self, correspondant, gestionnaire, connexion, django_assert_num_queries
    ):
        client = connexion(gestionnaire)
        fabriques.dossier(par=correspondant)
        client.get("/dossiers/")
        with django_assert_num_queries(13):
            client.get("/dossiers/")
        for _ in range(4):
            fabriques.dossier(par=correspondant)
        with django_assert_num_queries(13):
            page = client.get("/dossiers/").content.decode()
        assert "5 dossiers" in page.replace("\u00a0", " ")

    @pytest.mark.parametrize("mots", ["EGLISE", "l’eglise", "d'al"])
    def test_is_searched_without_accents_or_case(self, mots, correspondant, gestionnaire, connexion):
        voulu = fabriques.dossier(
            par=correspondant, nom_naissance="D’Almeida-Fictif", nom_usage="Église-Fictive"
        )
        if mots == "l’eglise":
            voulu = fabriques.dossier(par=correspondant, nom_naissance="L'Église-Fictive")
        page = connexion(gestionnaire).get("/dossiers/", {"q": mots}).content.decode()
        assert voulu.numero in page

    def test_logs_the_numbers_shown(self, dossier, gestionnaire, connexion):
        connexion(gestionnaire).get("/dossiers/")
        assert LigneJournal.objects.get(action="lister").objets == [dossier.numero]

    def test_is_empty_with_words_for_a_partner_without_shares(self, dossier, mspp, connexion):
        page = connexion(mspp).get("/dossiers/").content.decode()
        assert "Aucun dossier ne vous est partagé" in page
        assert dossier.numero not in page


class TestRecherche:
    def test_a_number_goes_to_its_page(self, dossier, gestionnaire, connexion):
        reponse = connexion(gestionnaire).get("/recherche/", {"q": dossier.numero.lower()})
        assert reponse.url == adresse("apercu", dossier)

    def test_a_nir_in_the_address_is_not_kept(self, dossier, gestionnaire, connexion):
        reponse = connexion(gestionnaire).get("/recherche/", {"q": dossier.assure.nir})
        assert reponse.url == "/dossiers/"
        assert dossier.assure.nir not in str(LigneJournal.objects.values_list("details", "objets"))

    def test_finds_only_what_is_shared(self, dossier, mspp, uneo, connexion):
        q = {"q": dossier.assure.nom_naissance}
        assert dossier.numero in connexion(uneo).get("/recherche/", q).content.decode()
        assert dossier.numero not in connexion(mspp).get("/recherche/", q).content.decode()


@pytest.mark.parametrize(
    ("profil", "mot"),
    [
        ("correspondant", "Ce qui vous attend"),
        ("gestionnaire", "Les plus anciennes à vérifier"),
        ("partenaire", "À étudier"),
        ("medecin", "dossiers"),
        ("superviseur", "Les demandes par état"),
        ("administrateur", "habilitations"),
        ("president", "séance"),
        ("dpo", "dossier"),
    ],
)
def test_the_home_says_what_waits_for_each_profile(
    profil, mot, dossier, connexion, django_assert_max_num_queries
):
    client = connexion(fabriques.habilitation(profil))
    fabriques.demande(dossier)
    with django_assert_max_num_queries(24):
        reponse = client.get("/")
    assert reponse.status_code == 200
    assert mot in reponse.content.decode()


def test_the_public_home_asks_nothing_of_the_database_about_dossiers(client):
    assert "partagé avec votre accord" in client.get("/").content.decode()


def test_the_summary_on_paper_says_what_the_regard_may_read(instruit, gestionnaire, connexion):
    import pypdfium2

    reponse = connexion(gestionnaire).get(adresse("synthese", instruit.dossier))
    assert reponse["Content-Type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(reponse.content)
    texte = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert instruit.dossier.numero in texte
    assert instruit.dossier.assure.nir not in texte
    assert LigneJournal.objects.filter(action="imprimer", objet=instruit.dossier.numero).count() == 1
