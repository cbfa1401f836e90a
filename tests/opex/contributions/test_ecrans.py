"""The pages of the aids: the tab, one aid, its recording by the partner and by the CNMSS."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from opex.contributions.actions import annuler_aide
from opex.contributions.models import ContributionOpex
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db
JOUR = timezone.localdate()


def liste(dossier) -> str:
    return reverse("aides:liste", args=[dossier.numero])


def saisie(genre, **k) -> dict:
    champs = {
        "genre": genre.pk, "etat": "versee", "montant": "1 250,50", "periodicite": "unique",
        "debut": (JOUR - timedelta(days=3)).isoformat(), "commentaire": "Versée par virement.",
    }  # fmt: skip
    return {**champs, **k}


def test_the_tab_shows_what_each_partner_gave_and_leaves_one_row(connexion, asd, dossier):
    une = opex.aide(dossier, libelle="Billets de train", montant="320.00")
    opex.aide(dossier, forme="pret", montant="1000.00")
    opex.aide(dossier, forme="nature", montant="0")
    opex.aide(dossier, organisme="asd", forme="rente", montant="450.00", etat="accordee", debut=JOUR)
    client = connexion(asd)
    avant = LigneJournal.objects.count()
    reponse = client.get(liste(dossier))
    page = reponse.content.decode()
    assert "Billets de train" in page
    assert "450,00\xa0€ par mois" in page
    assert "à rembourser" in page
    assert (reponse.context["totaux"].verse, reponse.context["totaux"].prets) == (320, 1000)
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert LigneJournal.objects.count() == avant + 1
    assert (ligne.action, ligne.objet) == (Acte.CONSULTER, dossier.numero)
    assert une.pk in ligne.details["aides"] and len(ligne.details["aides"]) == 4


def test_an_empty_tab_says_what_to_do(connexion, uneo, dossier, gestionnaire):
    assert "Aucune aide enregistrée" in connexion(uneo).get(liste(dossier)).content.decode()
    endormi = opex.dossier_opex()
    page = connexion(gestionnaire).get(liste(endormi)).content.decode()
    assert "Ce dossier dort" in page
    assert "Enregistrer une aide" not in page


def test_the_list_is_filtered_by_partner_and_state(connexion, uneo, dossier):
    opex.aide(dossier, montant="111.00")
    opex.aide(dossier, organisme="asd", montant="222.00", etat="promise")
    client = connexion(uneo)

    def montants(question: str) -> list[Decimal]:
        return [aide.montant for aide in client.get(liste(dossier) + question).context["page"]]

    assert montants("?organisme=asd") == [222]
    assert montants("?etat=versee") == [111]
    assert montants("?organisme=uneo&etat=promise") == []
    # A partner that gave nothing here is not told from an unknown one.
    assert sorted(montants("?organisme=mspp")) == sorted(montants("?organisme=inconnu")) == [111, 222]


def test_the_list_goes_by_pages_and_its_queries_do_not_grow(connexion, uneo, dossier):
    for rang in range(3):
        opex.aide(dossier, montant=str(100 + rang))
    client = connexion(uneo)
    client.get(liste(dossier))
    with CaptureQueriesContext(
        connection,
    ) as peu:
        client.get(liste(dossier))
    for rang in range(27):
        opex.aide(dossier, montant=str(200 + rang), debut=date(2026, 4, 1) + timedelta(days=rang))
    with CaptureQueriesContext(connection) as beaucoup:
        page = client.get(liste(dossier)).context["page"]
    assert len(beaucoup) == len(peu)
    assert len(page) == 25
    suite = client.get(f"{liste(dossier)}?apres={page.curseur_suivant}").context["page"]
    assert sorted(a.montant for a in (*page, *suite)) == sorted([*range(100, 103), *range(200, 227)])


def test_a_partner_records_by_plain_post(connexion, uneo, dossier, secours):
    client = connexion(uneo)
    reponse = client.post(reverse("aides:nouvelle", args=[dossier.numero]), saisie(secours))
    aide = ContributionOpex.objects.get()
    assert reponse["Location"] == reverse("aides:detail", args=[dossier.numero, aide.pk])
    assert (aide.montant, aide.organisme, aide.commentaire) == (
        Decimal("1250.50"), uneo.organisme, "Versée par virement.",
    )  # fmt: skip


def test_a_refused_form_keeps_what_was_typed_and_says_why(connexion, uneo, dossier, secours):
    demain = (JOUR + timedelta(days=1)).isoformat()
    reponse = connexion(uneo).post(
        reverse("aides:nouvelle", args=[dossier.numero]), saisie(secours, debut=demain)
    )
    page = reponse.content.decode()
    assert "dans le futur" in reponse.context["form"].errors["debut"][0]
    assert "1\xa0250,50" in page or "1 250,50" in page
    assert "Versée par virement." in page


def test_only_an_aid_in_kind_goes_without_an_amount(connexion, uneo, dossier, secours):
    client, nouvelle = connexion(uneo), reverse("aides:nouvelle", args=[dossier.numero])
    reponse = client.post(nouvelle, saisie(secours, montant=""))
    assert reponse.context["form"].errors["montant"] == ["Indiquez le montant."]
    sejour = opex.genre_aide("uneo", "nature")
    assert client.post(nouvelle, saisie(sejour, montant="")).status_code == 302
    assert ContributionOpex.objects.get().montant == 0


def test_the_cnmss_chooses_among_the_recipients(connexion, gestionnaire, dossier, secours):
    client = connexion(gestionnaire)
    nouvelle = reverse("aides:nouvelle", args=[dossier.numero])
    assert [o.code for o in client.get(nouvelle).context["organismes"]] == ["asd", "uneo"]
    assert client.get(f"{nouvelle}?organisme=mspp").status_code == 404
    assert client.post(f"{nouvelle}?organisme=mspp", saisie(opex.genre_aide("mspp"))).status_code == 404
    assert client.post(f"{nouvelle}?organisme=uneo", saisie(secours)).status_code == 302
    assert ContributionOpex.objects.get().saisie_par == gestionnaire


def test_a_kind_of_another_partner_is_not_offered(connexion, uneo, dossier, secours):
    reponse = connexion(uneo).post(
        reverse("aides:nouvelle", args=[dossier.numero]), saisie(opex.genre_aide("asd"))
    )
    assert reponse.context["form"].errors["genre"]
    assert not ContributionOpex.objects.exists()


def test_without_kinds_the_page_says_whom_to_ask(connexion, uneo, gestionnaire, dossier):
    nouvelle = reverse("aides:nouvelle", args=[dossier.numero])
    assert "Demandez à la CNMSS" in connexion(uneo).get(nouvelle).content.decode()
    page = connexion(gestionnaire).get(f"{nouvelle}?organisme=uneo").content.decode()
    assert reverse("aides:genres_de", args=["uneo"]) in page


def test_a_correction_starts_from_what_is_recorded(connexion, uneo, dossier, pension):
    aide = opex.aide(dossier, genre=pension, forme="rente", montant="450.00", taux=Decimal("30.00"))
    client, corriger = connexion(uneo), reverse("aides:corriger", args=[dossier.numero, aide.pk])
    page = client.get(corriger).content.decode()
    assert 'value="450,00"' in page and 'value="30,00"' in page
    saisi = saisie(
        pension, etat="en_versement", periodicite="mensuelle", montant="460", taux="32,5", version=1,
        motif="Révision du taux.",
    )  # fmt: skip
    assert client.post(corriger, saisi).status_code == 302
    page = client.get(reverse("aides:detail", args=[dossier.numero, aide.pk])).content.decode()
    assert "460,00\xa0€" in page and "450,00\xa0€" in page
    assert "Révision du taux." in page
    assert ContributionOpex.objects.get().taux == Decimal("32.50")


def test_a_stale_correction_keeps_what_was_typed_and_shows_what_changed(
    connexion, uneo, gestionnaire, dossier
):
    aide = opex.aide(dossier, par=gestionnaire, montant="500.00")
    corriger = reverse("aides:corriger", args=[dossier.numero, aide.pk])
    une = saisie(aide.genre, montant="410", version=1, motif="Erreur.")
    assert connexion(gestionnaire).post(corriger, une).status_code == 302
    client = connexion(uneo)
    reponse = client.post(corriger, saisie(aide.genre, montant="420", version=1, motif="Autre erreur."))
    page = reponse.content.decode()
    assert "420" in page and "Autre erreur." in page and "410,00\xa0€" in page
    assert ContributionOpex.objects.get().montant == 410
    nouvelle = reponse.context["form"]["version"].value()
    assert (
        client.post(corriger, saisie(aide.genre, montant="420", version=nouvelle, motif="x")).status_code
        == 302
    )


def test_a_cancelled_aid_stays_readable_and_offers_no_gesture(connexion, uneo, dossier):
    aide = opex.aide(dossier)
    client, annuler = connexion(uneo), reverse("aides:annuler", args=[dossier.numero, aide.pk])
    assert client.post(annuler, {"version": 1, "motif": ""}).context["form"].errors["motif"]
    assert client.post(annuler, {"version": 1, "motif": "Erreur de personne."}).status_code == 302
    page = client.get(reverse("aides:detail", args=[dossier.numero, aide.pk])).content.decode()
    assert "Erreur de personne." in page and "annulée" in page
    assert "Corriger" not in page
    assert client.get(annuler).status_code == 404


def test_each_page_of_an_aid_leaves_one_row(connexion, uneo, dossier):
    aide = opex.aide(dossier)
    client = connexion(uneo)
    for nom in ("detail", "corriger", "annuler"):
        avant = LigneJournal.objects.count()
        client.get(reverse(f"aides:{nom}", args=[dossier.numero, aide.pk]))
        assert LigneJournal.objects.count() == avant + 1
        ligne = LigneJournal.objects.order_by("-pk").first()
        assert (ligne.objet, ligne.details["aide"]) == (dossier.numero, aide.pk)


def test_a_dossier_of_the_other_programme_has_no_such_tab(connexion, gestionnaire, uneo):
    assert connexion(gestionnaire).get(liste(fabriques.dossier())).status_code == 404


def test_an_emergency_access_reads_no_amount(connexion, dossier):
    cellule = fabriques.habilitation("referent_opex", organisme="mspp", programmes=["DU", "OPEX"])
    fabriques.bris_de_glace(dossier, cellule)
    assert connexion(cellule).get(liste(dossier)).status_code == 404


def test_a_cancelled_aid_is_listed_and_not_counted(connexion, uneo, dossier):
    aide = opex.aide(dossier)
    annuler_aide(uneo, aide, "Erreur.", 1)
    reponse = connexion(uneo).get(liste(dossier))
    assert [a.etat for a in reponse.context["page"]] == ["annulee"]
    assert not reponse.context["totaux"]
