"""The first page of an OPEX dossier: its story in time, its filters, its side, and what it keeps from whom."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.models import PreuveAConfirmer
from dossiers.partages.models import Dossier
from dossierunique.journal.models import LigneJournal
from opex.suivi.models import Suivi
from tests import fabriques
from tests.opex.fabriques import dossier_opex
from tests.opex.vie import faits

pytestmark = pytest.mark.django_db


def lire(client, dossier, suite: str = "") -> str:
    reponse = client.get(reverse("vie:page", args=[dossier.numero]) + suite)
    assert reponse.status_code == 200
    return dit(reponse.content.decode())


def dit(html: str) -> str:
    """What a page says, without its tags nor the meanings that are closed, with ordinary spaces."""
    html = re.sub(r" popover>.*?</a></span>", ">", html)
    nu = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", nu)


def test_la_premiere_page_d_un_dossier_opex_est_sa_vie(connexion, gestionnaire, dossier):
    reponse = connexion(gestionnaire).get(reverse("dossiers:apercu", args=[dossier.numero]))
    assert reponse.status_code == 302 and reponse.url == reverse("vie:page", args=[dossier.numero])


def test_les_faits_sont_dans_l_ordre_de_leur_jour_par_annee(connexion, gestionnaire, dossier):
    faits.blessure(dossier, gestionnaire, survenue_le=date(2024, 5, 1), evacuee_le=None)
    faits.blessure(dossier, gestionnaire)
    faits.evolution(dossier.blessures.get(rang=2), gestionnaire, depuis=faits.JOUR)
    html = connexion(gestionnaire).get(reverse("vie:page", args=[dossier.numero])).content.decode()
    annees = re.findall(r'<h3 id="an-(\d+)"', html)
    assert annees == sorted(annees, reverse=True) and {"2024", "2026"} <= set(annees)
    assert html.count('<time datetime="2026-03-12">') == 1
    page = dit(html)
    # The last told of one day first; the year stands above, so the day is said without it.
    assert page.index("évolution : hospitalisation") < page.index("blessure survenue le 12 mars 2026")
    assert page.index("12 mars 2026") < page.index("1er mai Vous avez signalé")
    assert "Enregistré le" in page


def test_une_lecture_laisse_une_ligne_au_journal(connexion, gestionnaire, dossier):
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    lire(client, dossier)
    [ligne] = LigneJournal.objects.order_by("-pk")[: LigneJournal.objects.count() - avant]
    assert (ligne.action, ligne.objet) == ("consulter", dossier.numero)


def test_inconnu_ailleurs_ou_sans_partage_c_est_pareil(connexion, dossier, mspp):
    ailleurs = fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])
    for habilitation in (ailleurs, mspp, fabriques.habilitation("superviseur")):
        for vue in ("vie:page", "vie:pdf"):
            assert connexion(habilitation).get(reverse(vue, args=[dossier.numero])).status_code == 404


def test_un_dossier_du_n_a_pas_de_vie(connexion, gestionnaire):
    du = fabriques.dossier()
    for vue in ("vie:page", "vie:pdf"):
        assert connexion(gestionnaire).get(reverse(vue, args=[du.numero])).status_code == 404


@pytest.mark.parametrize(
    ("etat", "mots"),
    [("identifie", "avant un départ"), ("expire", "passée sans blessure"), ("radie", "a quitté le service")],
)
def test_un_dossier_qui_dort_le_dit_et_dit_pourquoi(connexion, gestionnaire, correspondant, uneo, etat, mots):
    dossier = dossier_opex(correspondant)
    if etat != "identifie":
        Suivi.objects.filter(dossier=dossier).update(etat=etat)
    for habilitation in (gestionnaire, correspondant):
        page = lire(connexion(habilitation), dossier)
        assert "Ce dossier dort" in page and mots in page and "ne le voient pas" in page
    assert connexion(uneo).get(reverse("vie:page", args=[dossier.numero])).status_code == 404


class TestFiltres:
    @pytest.fixture
    def riche(self, dossier, gestionnaire) -> Dossier:
        faits.blessure(dossier, gestionnaire)
        faits.aide(dossier, gestionnaire)
        faits.aide(dossier, gestionnaire, "asd", nom="Secours d’urgence", debut=date(2025, 2, 3))
        return dossier

    def test_par_partenaire(self, connexion, gestionnaire, riche):
        page = lire(connexion(gestionnaire), riche, "?partenaire=uneo")
        assert "aide : Unéo" in page and "aide : ASD" not in page and "a signalé" not in page

    def test_le_sien_vient_en_premier(self, connexion, riche, uneo, asd):
        for habilitation, premier in ((uneo, "Unéo"), (asd, "ASD")):
            html = connexion(habilitation).get(reverse("vie:page", args=[riche.numero])).content.decode()
            choix = re.findall(r'<option value="(?:asd|uneo)"[^>]*>([^<]+)', html)
            assert choix[0] == premier and sorted(choix) == ["ASD", "Unéo"]

    def test_par_genre_de_fait_et_par_periode(self, connexion, gestionnaire, riche):
        client = connexion(gestionnaire)
        page = lire(client, riche, "?fait=aides&du=2025-01-01&au=2025-12-31")
        assert "aide : ASD" in page and "aide : Unéo" not in page and "a ouvert le dossier" not in page
        assert "Aucun fait ne correspond" in lire(client, riche, "?fait=dapias")

    def test_une_periode_a_l_envers_se_dit_a_cote_de_sa_fin(self, connexion, gestionnaire, riche):
        html = (
            connexion(gestionnaire)
            .get(reverse("vie:page", args=[riche.numero]) + "?du=2025-12-31&au=2025-01-01")
            .content.decode()
        )
        assert "vient avant son début" in html and 'id="id_au_erreur"' in html
        assert 'value="2025-01-01"' in html, "what was typed is kept"

    def test_un_organisme_sans_aide_et_un_inconnu_repondent_pareil(
        self, connexion, gestionnaire, riche, mspp
    ):
        client = connexion(gestionnaire)
        pages = [
            lire(client, riche, f"?partenaire={code}").replace(code, "N") for code in ("mspp", "inconnu")
        ]
        assert pages[0] == pages[1] and "choix valide" in pages[0]

    def test_le_correspondant_n_a_ni_partenaires_ni_aides_a_choisir(self, connexion, correspondant, riche):
        html = connexion(correspondant).get(reverse("vie:page", args=[riche.numero])).content.decode()
        assert 'name="partenaire"' not in html and 'value="aides"' not in html and 'value="blessures"' in html

    def test_les_filtres_restent_dans_l_adresse_de_la_suite(self, connexion, gestionnaire, dossier):
        faits.en_nombre(dossier, gestionnaire, 240)
        client = connexion(gestionnaire)
        url = reverse("vie:page", args=[dossier.numero])
        html = client.get(f"{url}?fait=suivi&au=2026-03-12").content.decode()
        [suite] = re.findall(r'rel="next" href="([^"]+)"', html)
        assert "fait=suivi" in suite and "au=2026-03-12" in suite
        page = lire(client, dossier, unescape(suite))
        assert "est en suivi" in page and "signalé une blessure" not in page


class TestPages:
    def test_elles_se_suivent_sans_trou_et_sans_decalage(
        self, connexion, gestionnaire, dossier, django_assert_num_queries
    ):
        faits.en_nombre(dossier, gestionnaire, 120)
        client, suite, vus = connexion(gestionnaire), "", []
        while suite is not None:
            html = client.get(reverse("vie:page", args=[dossier.numero]) + suite).content.decode()
            vus.append(html.count('class="fait"'))
            suivante = re.findall(r'rel="next" href="([^"]+)"', html)
            suite = unescape(suivante[0]) if suivante else None
        assert vus[:-1] == [50, 50] and sum(vus) == dossier.evenements.count()

    def test_ce_qui_ne_se_lit_pas_ne_troue_pas_les_pages(
        self, connexion, correspondant, gestionnaire, dossier
    ):
        faits.en_nombre(dossier, gestionnaire, 200)
        html = connexion(correspondant).get(reverse("vie:page", args=[dossier.numero])).content.decode()
        assert html.count('class="fait"') == 50 and "aide" not in dit(html).replace("Aide", "")


class TestVisite:
    def test_ce_qui_est_nouveau_est_compte_et_montre(self, connexion, gestionnaire, uneo, dossier):
        client = connexion(gestionnaire)
        assert "Depuis votre dernière visite" not in lire(client, dossier)
        # Told today of a day long past: it is new all the same.
        faits.aide(dossier, uneo, debut=date(2019, 4, 1))
        html = client.get(reverse("vie:page", args=[dossier.numero])).content.decode()
        assert "1 nouveauté." in dit(html)
        [vers] = re.findall(r'href="(\?depuis=[^"]+)"', html)
        nouvelle = lire(client, dossier, unescape(vers))
        assert "aide : Unéo" in nouvelle and "a ouvert le dossier" not in nouvelle
        assert "Depuis votre dernière visite" not in lire(client, dossier)

    def test_une_page_filtree_n_est_pas_une_visite(self, connexion, gestionnaire, uneo, dossier):
        client = connexion(gestionnaire)
        lire(client, dossier)
        faits.aide(dossier, uneo)
        lire(client, dossier, "?fait=aides")
        assert "1 nouveauté." in lire(client, dossier)

    def test_ce_qu_il_ne_lit_pas_n_est_pas_une_nouveaute(self, connexion, correspondant, uneo, dossier):
        client = connexion(correspondant)
        lire(client, dossier)
        faits.aide(dossier, uneo)
        assert "nouveauté" not in lire(client, dossier)

    def test_le_consentement_d_un_autre_non_plus(self, connexion, correspondant, uneo, dossier):
        """Rule 8: a count would tell a partner that the person changed her mind about somebody."""
        from dossiers.consentements.actions import retirer_consentement

        client = connexion(uneo)
        lire(client, dossier)
        retirer_consentement(
            correspondant, dossier, [fabriques.organisme("asd")], signe_le=timezone.localdate()
        )
        assert "nouveauté" not in lire(client, dossier)


class TestCote:
    def test_ou_il_en_est_et_qui_le_suit(self, connexion, gestionnaire, uneo, dossier):
        faits.activer(dossier, porteur=uneo.organisme, referent=uneo)
        page = lire(connexion(gestionnaire), dossier)
        assert "activé" in page and f"Référent {uneo.utilisateur}, Unéo" in page
        assert "Suivi par Unéo" in page

    def test_les_cinq_prochaines_etapes(self, connexion, gestionnaire, dossier):
        aujourdhui = timezone.localdate()
        for rang in range(6):
            faits.echeance(dossier, f"Étape {rang}", aujourdhui + timedelta(days=rang - 1))
        faits.echeance(dossier, "Étape finie", aujourdhui, etat="faite")
        page = lire(connexion(gestionnaire), dossier)
        assert all(f"Étape {rang}" in page for rang in range(5)) and "Étape 5" not in page
        assert "Étape finie" not in page and page.count("en retard") == 1

    @time_machine.travel("2026-06-20 10:00:00+02:00")
    def test_les_totaux_par_partenaire_et_par_genre(self, connexion, gestionnaire, dossier):
        faits.aide(dossier, gestionnaire, montant=1000)
        faits.aide(dossier, gestionnaire, montant=500)
        faits.aide(
            dossier, gestionnaire, "asd", nom="Rente", forme="rente", etat="en_versement", montant=100,
            periodicite="mensuelle", debut=date(2026, 3, 5),
        )  # fmt: skip
        faits.aide(dossier, gestionnaire, "asd", nom="Prêt d’honneur", forme="pret", montant=3000)
        faits.aide(dossier, gestionnaire, "asd", nom="Secours", etat="promise", montant=250)
        faits.aide(dossier, gestionnaire, "asd", nom="Secours", etat="annulee", montant=9999)
        page = lire(connexion(gestionnaire), dossier)
        cote = page[page.index("Aides reçues Toutes les aides") :]
        assert "Capital blessure × 2 1 500,00 €" in cote
        # March, April, May and June: four instalments by the 20th of June.
        assert "Rente 100,00 € par mois, sans date de fin 400,00 €" in cote
        assert "Total versé 1 900,00 €" in cote and "À venir 250,00 €" in cote
        assert "Prêté, à rembourser 3 000,00 €" in cote and "9 999" not in cote

    def test_le_correspondant_n_a_pas_de_totaux(self, connexion, gestionnaire, correspondant, dossier):
        faits.aide(dossier, gestionnaire)
        page = lire(connexion(correspondant), dossier)
        assert "Aides reçues" not in page and "4 321,17" not in page

    def test_un_partenaire_ne_sait_pas_qui_d_autre_lit(self, connexion, uneo, gestionnaire, dossier):
        cartes = {
            h.pk: re.findall(r"Qui voit ce dossier(.*?)Qui voit quoi", lire(connexion(h), dossier))[0]
            for h in (uneo, gestionnaire)
        }
        assert "Unéo" in cartes[uneo.pk] and "ASD" not in cartes[uneo.pk]
        assert "ASD" in cartes[gestionnaire.pk]

    def test_un_dossier_confie_se_rend_d_ici(self, connexion, gestionnaire, dossier):
        ailleurs = fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])
        pret = fabriques.pret(dossier, ailleurs)
        html = connexion(ailleurs).get(reverse("vie:page", args=[dossier.numero])).content.decode()
        assert reverse("prets:terminer", args=[pret.reference]) in html
        assert reverse("prets:confier", args=[dossier.numero]) not in html
        chez_nous = connexion(gestionnaire).get(reverse("vie:page", args=[dossier.numero])).content.decode()
        assert str(ailleurs.utilisateur) in chez_nous
        assert reverse("prets:confier", args=[dossier.numero]) in chez_nous

    def test_un_partage_suspendu_se_dit_a_qui_lit_les_choix(self, connexion, gestionnaire, uneo, dossier):
        PreuveAConfirmer.objects.update_or_create(
            consentement=dossier.consentements.get(),
            defaults={"dossier": dossier, "suspendu_le": timezone.now()},
        )
        assert "Partage suspendu" in lire(connexion(gestionnaire), dossier)
        assert "Partage suspendu" not in lire(connexion(uneo), dossier)


class TestLesDeuxProgrammes:
    @pytest.fixture
    def du(self, dossier, correspondant) -> Dossier:
        from dossiers.consentements.actions import ouvrir_dossier

        return ouvrir_dossier(correspondant, dossier.assure)

    def test_chacun_mene_a_l_autre_pour_qui_lit_les_deux(self, connexion, correspondant, dossier, du):
        client = connexion(correspondant)
        assert du.numero in lire(client, dossier)
        apercu = client.get(reverse("dossiers:apercu", args=[du.numero])).content.decode()
        assert dossier.numero in apercu and "Dossier unique OPEX" in apercu

    def test_qui_ne_lit_que_l_un_ne_sait_rien_de_l_autre(self, connexion, uneo, dossier, du):
        assert du.numero not in lire(connexion(uneo), dossier)
        seul = fabriques.habilitation("correspondant", programmes=["DU"])
        apercu = connexion(seul).get(reverse("dossiers:apercu", args=[du.numero])).content.decode()
        assert dossier.numero not in apercu

    def test_un_dossier_opex_endormi_n_est_pas_annonce_a_un_partenaire(self, connexion, correspondant, uneo):
        du = fabriques.dossier(par=correspondant)
        dormant = dossier_opex(correspondant, assure=du.assure)
        vues = [
            connexion(h).get(reverse("dossiers:apercu", args=[du.numero])).content.decode()
            for h in (uneo, correspondant)
        ]
        assert dormant.numero not in vues[0] and dormant.numero in vues[1]


def test_le_nir_entier_se_montre_sur_la_vie_du_dossier(connexion, gestionnaire, dossier):
    faits.vie_entiere(dossier, gestionnaire)
    reponse = connexion(gestionnaire).post(reverse("dossiers:reveler_nir", args=[dossier.numero]))
    page = dit(reponse.content.decode())
    assert reponse.status_code == 200 and "no-store" in reponse["Cache-Control"]
    assert dossier.assure.nir in page.replace(" ", "") and "La vie du dossier" in page
