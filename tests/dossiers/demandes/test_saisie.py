"""Writing a demande step by step, as a correspondant does it in the browser."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from dossiers.assures.models import AyantDroit
from dossiers.demandes.actions import enregistrer_etape
from dossiers.demandes.models import Demande, TypeAide
from dossiers.echanges.models import Courrier
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
BESOIN = "L’aide d’une heure par jour : « le matin », jusqu’à l’été."
LIGNES = ("ressource", "charge")


@pytest.fixture
def client(correspondant, connexion) -> Client:
    return connexion(correspondant)


@pytest.fixture
def brouillon(correspondant, dossier) -> Demande:
    return fabriques.demande(dossier, "brouillon", par=correspondant)


def url(vue: str, demande: Demande) -> str:
    return reverse(f"demandes:{vue}", args=[demande.numero])


def budget(
    version: int, ressources: list[tuple[str, str]], charges: list[tuple[str, str]], **autres: str
) -> dict:
    donnees = {"version": str(version), **autres}
    for nature, lignes in zip(LIGNES, (ressources, charges), strict=True):
        donnees |= {f"{nature}-TOTAL_FORMS": str(len(lignes)), f"{nature}-INITIAL_FORMS": "0"}
        for rang, (libelle, montant) in enumerate(lignes):
            donnees |= {f"{nature}-{rang}-libelle": libelle, f"{nature}-{rang}-montant": montant}
    return donnees


def test_la_premiere_etape_cree_le_brouillon(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    page = client.get(adresse).content.decode()
    assert "Aide familiale (TISF)" in page
    assert "auprès des enfants" in page  # each aid is described
    aide = TypeAide.objects.get(code="aide-familiale")
    reponse = client.post(adresse, {"type_aide": aide.pk, "ayant_droit": "", "besoin": BESOIN})
    demande = Demande.objects.get()
    assert reponse.url == url("ressources", demande)
    assert (demande.etat, demande.besoin, demande.type_aide) == ("brouillon", BESOIN, aide)


def test_envoyee_deux_fois_la_premiere_etape_cree_un_seul_brouillon(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    donnees = {
        "type_aide": TypeAide.objects.get(code="aide-menagere").pk,
        "ayant_droit": "",
        "besoin": BESOIN,
    }
    premiere, seconde = client.post(adresse, donnees), client.post(adresse, donnees)
    assert premiere.url == seconde.url
    assert Demande.objects.count() == 1


def test_la_premiere_etape_dit_ce_qui_manque(client, dossier):
    reponse = client.post(reverse("demandes:creer", args=[dossier.numero]), {"besoin": BESOIN})
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "Choisissez l’aide demandée." in page
    assert BESOIN in page  # what was typed is kept
    assert not Demande.objects.exists()


def test_on_quitte_avec_un_besoin_vide_mais_on_ne_continue_pas(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    donnees = {"type_aide": TypeAide.objects.get(code="aide-menagere").pk, "besoin": ""}
    assert client.post(adresse, {**donnees, "suite": "continuer"}).status_code == 422
    assert client.post(adresse, {**donnees, "suite": "quitter"}).status_code == 302
    assert Demande.objects.get().besoin == ""


def test_un_ayant_droit_s_ajoute_sans_perdre_la_saisie(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    donnees = {
        "type_aide": TypeAide.objects.get(code="aide-menagere").pk,
        "besoin": BESOIN,
        "suite": "ayant_droit",
    }
    ajout = client.post(adresse, donnees).url
    assert "ayants-droit/nouveau" in ajout
    assert client.get(ajout).status_code == 200
    identite = {
        "nom": "D’Almeida-Fictif",
        "prenoms": "Inès",
        "date_naissance": "2019-03-02",
        "lien": "enfant",
    }
    for _ in range(2):  # sent twice, added once
        retour = client.post(ajout, identite).url
    enfant = AyantDroit.objects.get()
    page = client.get(retour)
    assert BESOIN in page.content.decode()
    assert page.context["form"]["ayant_droit"].value() == enfant.pk
    demande = Demande.objects.get()
    client.post(
        url("besoin", demande),
        {
            "type_aide": demande.type_aide_id,
            "ayant_droit": enfant.pk,
            "besoin": BESOIN,
            "version": demande.version,
        },
    )
    demande.refresh_from_db()
    assert demande.beneficiaire == "D’ALMEIDA-FICTIF Inès"


def test_un_ayant_droit_d_une_autre_personne_est_refuse(client, dossier, brouillon):
    autre = AyantDroit.objects.create(
        assure=fabriques.assure(),
        nom="Autre",
        prenoms="Enfant",
        date_naissance=date(2020, 1, 1),
        lien="enfant",
    )
    donnees = {"type_aide": brouillon.type_aide_id, "ayant_droit": autre.pk, "besoin": BESOIN, "version": 1}
    reponse = client.post(url("besoin", brouillon), donnees)
    assert reponse.status_code == 422
    assert "n’est pas un ayant droit" in reponse.content.decode()


def test_une_naissance_a_venir_est_refusee(client, dossier):
    adresse = reverse("demandes:ayant_droit", args=[dossier.numero])
    reponse = client.post(
        adresse, {"nom": "A", "prenoms": "B", "date_naissance": "2999-01-01", "lien": "enfant"}
    )
    assert "dans le futur" in reponse.content.decode()


def test_les_ressources_se_saisissent_a_la_francaise(client, brouillon):
    page = client.get(url("ressources", brouillon)).content.decode()
    assert "Prestations familiales" in page
    assert "Énergie et eau" in page
    donnees = budget(
        1,
        [("Solde ou salaire", "1 950,50"), ("Pension", ""), ("Loyer d’une chambre", "300 €")],
        [("Loyer ou crédit", "712.4")],
    )
    assert client.post(url("ressources", brouillon), donnees).url == url("cout", brouillon)
    lignes = {ligne.libelle: ligne.montant for ligne in brouillon.budget.all()}
    assert lignes == {
        "Solde ou salaire": Decimal("1950.50"), "Loyer d’une chambre": Decimal("300"),
        "Loyer ou crédit": Decimal("712.40"),
    }  # fmt: skip
    relue = client.get(url("ressources", brouillon)).content.decode()
    assert "1\xa0950,50" in relue
    assert "2\xa0250,50\xa0€" in relue  # the total


def test_enregistrer_et_rester_donne_des_lignes_vides(client, brouillon):
    pleines = [(f"Ressource {n}", "10") for n in range(8)]
    reponse = client.post(url("ressources", brouillon), budget(1, pleines, [], suite="rester"))
    assert reponse.url == url("ressources", brouillon)
    lot = client.get(reponse.url).context["ensembles"]["ressource"]
    assert [f["libelle"].value() for f in lot][-2:] == ["", ""]
    assert len(lot.forms) == 4 + 8 + 2


@pytest.mark.parametrize(
    ("ligne", "message"),
    [
        (("Solde", "mille"), "Écrivez un montant en euros"),
        (("Solde", "-3"), "ne peut pas être négatif"),
        (("", "300"), "Dites à quoi correspond ce montant"),
    ],
)
def test_une_ligne_fautive_est_montree_avec_sa_saisie(client, brouillon, ligne, message):
    reponse = client.post(url("ressources", brouillon), budget(1, [ligne], []))
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert f'value="{ligne[1]}"' in reponse.content.decode()
    assert not brouillon.budget.exists()


def test_les_totaux_se_calculent_sans_rien_enregistrer(client, brouillon):
    lignes = LigneJournal.objects.count()
    reponse = client.post(
        url("ressources", brouillon) + "?totaux",
        budget(1, [("Solde", "1 000,10")], [("Loyer", "400")]),
        HTTP_HX_REQUEST="true",
    )
    page = reponse.content.decode()
    assert "600,10\xa0€" in page
    assert "<html" not in page
    assert not brouillon.budget.exists()
    assert LigneJournal.objects.count() == lignes


def test_le_cout_calcule_le_reste_a_financer(client, brouillon):
    donnees = {
        "cout": "1 234,56",
        "periodicite": "mensuel",
        "deja_couvert": "234,56",
        "montant_demande": "",
        "version": 1,
    }
    apercu = client.post(url("cout", brouillon) + "?reste", donnees, HTTP_HX_REQUEST="true").content.decode()
    assert "1\xa0000,00\xa0€" in apercu
    assert client.post(url("cout", brouillon), donnees).url == url("pieces", brouillon)
    brouillon.refresh_from_db()
    assert (brouillon.cout, brouillon.deja_couvert) == (Decimal("1234.56"), Decimal("234.56"))
    assert brouillon.montant_demande == Decimal("1000.00")  # left empty: all that is left


@pytest.mark.parametrize(
    ("saisie", "champ", "message"),
    [
        ({"cout": ""}, "cout", "Indiquez le coût."),
        ({"cout": "0"}, "cout", "supérieur à zéro"),
        ({"cout": "100", "deja_couvert": "100,01"}, "deja_couvert", "dépasse le coût"),
        (
            {"cout": "100", "deja_couvert": "50", "montant_demande": "50,01"},
            "montant_demande",
            "dépasse ce qui reste",
        ),
        ({"cout": "12,345"}, "cout", "deux chiffres au plus"),
    ],
)
def test_un_cout_incoherent_est_refuse_pres_de_son_champ(client, brouillon, saisie, champ, message):
    reponse = client.post(url("cout", brouillon), {"periodicite": "ponctuel", "version": 1, **saisie})
    assert reponse.status_code == 422
    assert message in str(reponse.context["form"].errors[champ])


def test_modifie_depuis_garde_la_saisie_et_le_second_envoi_passe(client, correspondant, brouillon):
    enregistrer_etape(correspondant, brouillon, {"besoin": "Écrit par un collègue."}, 1)
    donnees = {"type_aide": brouillon.type_aide_id, "ayant_droit": "", "besoin": BESOIN, "version": "1"}
    reponse = client.post(url("besoin", brouillon), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Écrit par un collègue." in page
    assert BESOIN in page
    version = reponse.context["form"]["version"].value()
    assert client.post(url("besoin", brouillon), {**donnees, "version": version}).status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.besoin == BESOIN


def test_le_bouton_precedent_du_navigateur_n_accuse_personne(client, correspondant, brouillon):
    donnees = {"type_aide": brouillon.type_aide_id, "ayant_droit": "", "besoin": BESOIN, "version": "1"}
    assert client.post(url("besoin", brouillon), donnees).status_code == 302
    assert client.post(url("ressources", brouillon), budget(2, [("Solde", "1500")], [])).status_code == 302
    # Back to the first page as the browser kept it, with its old version.
    assert client.post(url("besoin", brouillon), {**donnees, "besoin": "Corrigé."}).status_code == 302
    brouillon.refresh_from_db()
    assert (brouillon.besoin, brouillon.version) == ("Corrigé.", 4)
    enregistrer_etape(correspondant, brouillon, {"besoin": "Écrit par un collègue."}, 4)
    assert client.post(url("besoin", brouillon), donnees).status_code == 422


def test_modifie_depuis_sur_les_ressources_garde_les_lignes(client, correspondant, brouillon):
    enregistrer_etape(correspondant, brouillon, {"besoin": "Autre."}, 1)
    reponse = client.post(url("ressources", brouillon), budget(1, [("Solde", "1500")], []))
    assert reponse.status_code == 422
    assert 'value="1500"' in reponse.content.decode()
    assert "modifié" in reponse.content.decode()


def test_le_recapitulatif_nomme_ce_qui_manque(client, correspondant, dossier):
    demande = fabriques.demande(dossier, "brouillon", par=correspondant, besoin=" ", cout=None)
    page = client.get(url("recapitulatif", demande)).content.decode()
    assert "Décrivez le besoin." in page
    assert "Indiquez le coût." in page
    assert "Dernier avis d’imposition" in page
    reponse = client.post(url("recapitulatif", demande), {"version": demande.version, "deposer": "oui"})
    assert reponse.status_code == 422
    demande.refresh_from_db()
    assert demande.etat == "brouillon"


def test_deposer_puis_deposer_encore_mene_a_la_meme_page(client, brouillon):
    donnees = {"version": brouillon.version, "deposer": "oui"}
    for _ in range(2):
        reponse = client.post(url("recapitulatif", brouillon), donnees)
        assert reponse.url == url("depose", brouillon)
    assert Courrier.objects.filter(demande=brouillon, genre="accuse_reception").count() == 1
    assert brouillon.evenements.filter(genre="demande_soumise").count() == 1


def test_deposer_ce_qu_un_autre_a_change_demande_de_relire(client, correspondant, brouillon):
    enregistrer_etape(correspondant, brouillon, {"cout": Decimal("999")}, 1)
    reponse = client.post(url("recapitulatif", brouillon), {"version": "1", "deposer": "oui"})
    assert reponse.status_code == 422
    assert "999,00" in reponse.content.decode()
    brouillon.refresh_from_db()
    assert brouillon.etat == "brouillon"


def test_la_page_de_depot_dit_la_suite_et_attend_l_accuse(client, correspondant, dossier):
    demande = fabriques.demande(dossier, par=correspondant)
    page = client.get(url("depose", demande)).content.decode()
    for mots in (demande.numero, "60 jours", "en préparation", "Certificat médical"):
        assert mots in page
    lignes = LigneJournal.objects.count()
    fragment = client.get(url("depose", demande), HTTP_HX_REQUEST="true").content.decode()
    assert "hx-get" in fragment
    assert LigneJournal.objects.count() == lignes  # waiting is not reading
    lasse = client.get(url("depose", demande) + "?essai=30", HTTP_HX_REQUEST="true").content.decode()
    assert "hx-get" not in lasse  # the session is not kept alive for ever
    assert "Actualiser la page" in lasse
    produire(demande)
    fragment = client.get(url("depose", demande), HTTP_HX_REQUEST="true").content.decode()
    assert "Ouvrir l’accusé de réception" in fragment
    assert "hx-get" not in fragment  # the waiting stops


def produire(demande: Demande) -> None:
    from dossierunique.fichiers.depot import enregistrer_pdf

    courrier = Courrier.objects.get(demande=demande, genre="accuse_reception")
    courrier.fichier = enregistrer_pdf(fabriques.pdf(), nom="accuse.pdf", cree_par=None)
    courrier.save()


def test_une_etape_d_une_demande_deposee_renvoie_a_sa_page(client, correspondant, dossier):
    demande = fabriques.demande(dossier, par=correspondant)
    for vue in ("besoin", "ressources", "cout", "pieces", "recapitulatif"):
        assert client.get(url(vue, demande)).url == url("detail", demande)
    assert client.get(url("depose", demande)).status_code == 200


def test_abandonner_un_brouillon(client, brouillon, dossier):
    assert client.get(url("abandonner", brouillon)).status_code == 405
    reponse = client.post(url("abandonner", brouillon))
    assert reponse.url == reverse("dossiers:apercu", args=[dossier.numero])
    brouillon.refresh_from_db()
    assert brouillon.etat == "annulee"
    assert client.get(url("besoin", brouillon)).status_code == 302


def test_un_brouillon_est_ferme_aux_autres(brouillon, connexion):
    for profil in (
        "gestionnaire",
        "medecin",
        "partenaire",
        "assistant_social",
        "administrateur",
        "superviseur",
    ):
        autre = connexion(fabriques.habilitation(profil))
        for vue in ("detail", "besoin", "ressources", "cout", "pieces", "recapitulatif", "depose"):
            assert autre.get(url(vue, brouillon)).status_code == 404, (profil, vue)
        assert autre.post(url("abandonner", brouillon)).status_code == 404, profil


@pytest.mark.parametrize(
    "profil", ["medecin", "partenaire", "assistant_social", "secretaire", "dpo", "numerisation"]
)
def test_qui_ne_depose_pas_n_ouvre_pas_la_saisie(dossier, profil, connexion):
    autre = connexion(fabriques.habilitation(profil))
    assert autre.get(reverse("demandes:creer", args=[dossier.numero])).status_code == 404
    assert autre.get(reverse("demandes:ayant_droit", args=[dossier.numero])).status_code == 404


@pytest.mark.parametrize(("vue", "fragment"), [("ressources", "totaux"), ("cout", "reste")])
def test_un_fragment_ne_se_lit_pas_sans_ligne_au_journal(client, brouillon, vue, fragment):
    avant = LigneJournal.objects.count()
    reponse = client.get(f"{url(vue, brouillon)}?{fragment}", HTTP_HX_REQUEST="true")
    assert reponse.status_code == 200
    assert LigneJournal.objects.count() == avant + 1


@pytest.mark.parametrize("vue", ["besoin", "ressources", "cout", "pieces", "recapitulatif"])
def test_lire_une_etape_laisse_une_ligne_au_journal(client, brouillon, vue):
    avant = LigneJournal.objects.count()
    assert client.get(url(vue, brouillon)).status_code == 200
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.objet, ligne.details["page"]) == ("consulter", brouillon.dossier.numero, vue)


def test_une_demande_sans_partage_suit_le_meme_chemin(client, correspondant):
    dossier = fabriques.dossier(correspondant, accordes=(), refuses=())
    demande = fabriques.demande(dossier, "brouillon", par=correspondant)
    client.post(url("recapitulatif", demande), {"version": 1, "deposer": "oui"})
    demande.refresh_from_db()
    assert demande.etat == "soumise"
    assert not demande.contributions.exists()


@pytest.mark.parametrize("vue", ["ressources", "pieces", "recapitulatif"])
def test_le_nombre_de_requetes_ne_depend_pas_des_lignes(
    client, correspondant, brouillon, vue, django_assert_max_num_queries
):
    fabriques.deposer_toutes(brouillon, correspondant)
    with django_assert_max_num_queries(40) as peu:
        client.get(url(vue, brouillon))
    for _ in range(5):
        fabriques.piece(brouillon, par=correspondant)
        brouillon.budget.create(nature="charge", libelle="Crédit", montant=10)
    with django_assert_max_num_queries(len(peu)):
        client.get(url(vue, brouillon))
