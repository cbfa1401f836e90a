"""Bris de glace: who, how, for how long, what it lets one do, and who learns of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import enregistrer_consentement, retirer_consentement, texte_en_vigueur
from dossiers.exceptions.models import BrisDeGlace
from dossiers.exceptions.urgence import Cible, Constat, briser_la_glace, terminer_urgence
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossiers.partages.policies import exiger, regard_sur
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification, Preference
from dossierunique.notifications.sortie import vider
from partners.habilitations.models import Profil
from tests import fabriques
from tests.dossiers.exceptions.conftest import MOTIF

pytestmark = pytest.mark.django_db
AUTORISES = {"assistant_social", "decideur_asd", "referent_opex"}


def briser(habilitation, dossier, **k):
    return briser_la_glace(habilitation, Cible(dossier.numero), **{"genre": "danger", "motif": MOTIF, **k})


def lit(habilitation, dossier) -> bool:
    return Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists()


@pytest.mark.parametrize("profil", Profil.values)
def test_authorised_profiles_only(profil, ferme):
    options = {"unites": [fabriques.unite("2e-rep")]} if profil == "correspondant" else {}
    habilitation = fabriques.habilitation(profil, **options)
    if profil in AUTORISES:
        assert briser(habilitation, ferme).constat is Constat.OUVERT
        assert lit(habilitation, ferme)
    else:
        with pytest.raises(AccesRefuse):
            briser(habilitation, ferme)
        assert not BrisDeGlace.objects.exists()


class TestEntree:
    def test_by_nir_and_birth_date(self, ferme, asd):
        from dossiers.assures.nir import lire

        cible = Cible(nir=lire(ferme.assure.nir), naissance=ferme.assure.date_naissance)
        assert briser_la_glace(asd, cible, genre="danger", motif=MOTIF).numero == ferme.numero
        assert lit(asd, ferme)

    def test_a_wrong_birth_date_is_an_unknown_person(self, ferme, asd):
        from dossiers.assures.nir import lire

        cible = Cible(nir=lire(ferme.assure.nir), naissance=ferme.assure.date_naissance + timedelta(days=1))
        resultat = briser_la_glace(asd, cible, genre="danger", motif=MOTIF)
        assert (resultat.constat, resultat.numero) == (Constat.INTROUVABLE, "")
        ligne = LigneJournal.objects.latest("pk")
        assert (ligne.action, ligne.objet, ligne.details["constat"]) == ("rechercher", "", "introuvable")

    def test_a_programme_one_is_not_habilitated_for_is_unknown(self, ferme):
        opex = fabriques.habilitation("referent_opex", programmes=["OPEX"])
        assert briser(opex, ferme).constat is Constat.INTROUVABLE

    def test_what_one_reads_already_needs_no_breaking(self, dossier, asd):
        assert briser(asd, dossier).constat is Constat.DEJA_LU
        assert not BrisDeGlace.objects.exists()

    def test_sent_twice_it_opens_once(self, ferme, asd):
        assert briser(asd, ferme).constat is Constat.OUVERT
        assert briser(asd, ferme).constat is Constat.DEJA_LU
        assert BrisDeGlace.objects.count() == ExceptionUtilisateur.objects.count() == 1

    def test_attempts_are_limited(self, ferme, asd, settings):
        settings.BRIS_DE_GLACE_ESSAIS_PAR_HEURE = 2
        for _ in range(2):
            briser_la_glace(asd, Cible("DU-2026-9999999-A"), genre="danger", motif=MOTIF)
        with pytest.raises(ActionRefusee, match="essais"):
            briser(asd, ferme)
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            assert briser(asd, ferme).constat is Constat.OUVERT


class TestPage:
    @pytest.fixture
    def saisie(self, ferme):
        return {
            "numero": ferme.numero,
            "nir": "",
            "naissance": "",
            "genre": "danger",
            "motif": MOTIF,
            "compris": "on",
        }

    def test_opens_and_leads_to_the_dossier(self, saisie, ferme, asd, connexion):
        reponse = connexion(asd).post(reverse("urgence:demander"), saisie)
        assert reponse.url == reverse("dossiers:apercu", args=[ferme.numero])

    def test_a_fresh_proof_of_identity_is_asked_first(self, saisie, asd, connexion, settings):
        settings.RENFORT_MINUTES = 10
        client, adresse = connexion(asd), reverse("urgence:demander")
        for reponse in (client.get(adresse), client.post(adresse, saisie)):
            assert reponse.url.startswith(reverse("account_reauthenticate"))
        assert not BrisDeGlace.objects.exists()

    @pytest.mark.parametrize(
        "manque",
        [
            {"motif": ""}, {"motif": "Trop court."}, {"motif": "Pour 2 84 05 88 321 025 32, en danger."},
            {"genre": ""}, {"compris": ""}, {"numero": ""}, {"numero": "DU-2026-1"}, {"naissance": "1984-05-14"},
        ],
    )  # fmt: skip
    def test_until_the_form_is_whole_a_known_dossier_looks_like_an_unknown_one(
        self, manque, saisie, ferme, asd, connexion
    ):
        """The same answer, and nothing compared: no row of the journal tells of an attempt."""
        client, adresse = connexion(asd), reverse("urgence:demander")
        autre = "DU-2026-9999999-" + next(
            c for c in "ABCDEFGHJKLMNPQRSTUVWXYZ" if _valide(f"DU-2026-9999999-{c}")
        )
        avant = LigneJournal.objects.count()
        pages = []
        for numero in (ferme.numero, autre):
            reponse = client.post(adresse, saisie | {"numero": numero} | manque)
            assert reponse.status_code == 422
            page = reponse.content.decode().replace(numero, "·")
            pages.append(page.split("csrfmiddlewaretoken")[0] + page.split("<fieldset", 1)[1])
        assert pages[0] == pages[1]
        assert LigneJournal.objects.count() == avant
        assert not BrisDeGlace.objects.exists()

    def test_the_nir_is_posted_and_written_nowhere(self, saisie, ferme, asd, connexion):
        nir, client = ferme.assure.nir, connexion(asd)
        saisie |= {"numero": "", "nir": nir, "naissance": ferme.assure.date_naissance.isoformat()}
        reponse = client.post(reverse("urgence:demander"), saisie)
        assert reponse.url == reverse("dossiers:apercu", args=[ferme.numero])
        vider()
        lignes = LigneJournal.objects.values_list("objet", "motif", "details")
        assert nir not in f"{list(lignes)}{list(Notification.objects.values_list('texte', 'url'))}"

    def test_an_unknown_dossier_says_so_after_the_whole_form_only(self, saisie, asd, connexion):
        numero = next(n for n in (f"DU-2026-9999999-{c}" for c in "ABCDEFGHJKLMNPQRSTUVWXYZ") if _valide(n))
        reponse = connexion(asd).post(reverse("urgence:demander"), saisie | {"numero": numero})
        assert reponse.status_code == 422
        assert "Aucun dossier ne correspond" in reponse.content.decode()
        assert LigneJournal.objects.latest("pk").details["geste"] == "bris de glace"

    def test_constant_queries(self, asd, correspondant, connexion, django_assert_max_num_queries):
        client = connexion(asd)
        client.get(reverse("urgence:demander"))
        with django_assert_max_num_queries(16) as peu:
            client.get(reverse("urgence:demander"))
        for _ in range(3):
            fabriques.bris_de_glace(fabriques.dossier(par=correspondant, accordes=(), refuses=()), asd)
        with django_assert_max_num_queries(len(peu)):
            client.get(reverse("urgence:demander"))


def _valide(numero: str) -> bool:
    from dossierunique import numeros

    return numeros.est_valide(numero)


class TestDuree:
    def adresses(self, dossier):
        demande = dossier.demandes.first()
        piece = demande.justificatifs.filter(type__classe="financier").first()
        onglets = ("apercu", "demandes", "pieces", "contributions", "courriers", "histoire")
        return [
            *(reverse(f"dossiers:{onglet}", args=[dossier.numero]) for onglet in onglets),
            reverse("demandes:detail", args=[demande.numero]),
            reverse("pieces:lire", args=[piece.reference]),
            reverse("pieces:apercu", args=[piece.reference, 1]),
        ]

    def copies(self, dossier):
        piece = dossier.demandes.first().justificatifs.filter(type__classe="financier").first()
        return [
            reverse("dossiers:synthese", args=[dossier.numero]),
            reverse("pieces:fichier", args=[piece.reference]),
        ]

    def test_fifty_nine_minutes_and_not_sixty_one(self, ferme, asd, connexion):
        fabriques.piece(ferme.demandes.first(), "avis-imposition")
        bris = fabriques.bris_de_glace(ferme, asd)
        with time_machine.travel(bris.depuis + timedelta(minutes=59)):
            client = connexion(asd)
            assert {client.get(a).status_code for a in self.adresses(ferme)} == {200}
            assert {client.get(a).status_code for a in self.copies(ferme)} == {404}
            assert ferme.numero in client.get(reverse("dossiers:liste")).content.decode()
            page = client.get(reverse("dossiers:apercu", args=[ferme.numero])).content.decode()
            assert "encore 1\u00a0minute" in page.replace("<span data-urgence-reste>", "")
        with time_machine.travel(bris.depuis + timedelta(minutes=61)):
            client = connexion(asd)
            assert {client.get(a).status_code for a in self.adresses(ferme) + self.copies(ferme)} == {404}
            assert ferme.numero not in client.get(reverse("dossiers:liste")).content.decode()
            par_nir = {"nir": ferme.assure.nir, "naissance": ferme.assure.date_naissance.isoformat()}
            assert client.post(reverse("dossiers:par_nir"), par_nir).status_code == 422
            assert client.get(reverse("recherche"), {"q": ferme.numero}, follow=True).status_code == 404

    def test_the_setting_says_how_long(self, ferme, asd, settings):
        settings.BRIS_DE_GLACE_MINUTES = 15
        bris = fabriques.bris_de_glace(ferme, asd)
        assert bris.jusque - bris.depuis == timedelta(minutes=15)

    def test_its_author_ends_it_before(self, ferme, asd, connexion):
        bris, client = fabriques.bris_de_glace(ferme, asd), connexion(asd)
        adresse = reverse("urgence:terminer", args=[bris.reference])
        assert client.post(adresse).url == reverse("urgence:demander")
        assert client.get(reverse("dossiers:apercu", args=[ferme.numero])).status_code == 404
        assert "déjà pris fin" in client.post(adresse, follow=True).content.decode()

    def test_nobody_else_ends_it(self, ferme, asd, gestionnaire):
        bris = fabriques.bris_de_glace(ferme, asd)
        for autre in (gestionnaire, fabriques.habilitation("decideur_asd")):
            with pytest.raises(AccesRefuse):
                terminer_urgence(autre, bris)

    def test_it_is_hers_alone(self, ferme, asd):
        fabriques.bris_de_glace(ferme, asd)
        assert not lit(fabriques.habilitation("assistant_social"), ferme)


class TestLectureSeule:
    @pytest.mark.parametrize("droit", [d for d in Droit if d not in (
        Droit.VOIR_MONTANTS, Droit.VOIR_RESSOURCES, Droit.VOIR_MOTIFS
    )])  # fmt: skip
    def test_every_other_right_is_refused(self, droit, ferme, asd):
        fabriques.bris_de_glace(ferme, asd)
        with pytest.raises(AccesRefuse):
            exiger(asd, droit, ferme)

    def test_reading_is_what_the_profile_reads(self, ferme, asd):
        fabriques.bris_de_glace(ferme, asd)
        for droit in (Droit.VOIR_MONTANTS, Droit.VOIR_RESSOURCES, Droit.VOIR_MOTIFS):
            assert exiger(asd, droit, ferme).lecture_seule

    def test_the_actions_and_their_pages_refuse(self, ferme, asd, connexion):
        fabriques.bris_de_glace(ferme, asd)
        with pytest.raises(AccesRefuse):
            retirer_consentement(asd, ferme, [asd.organisme], signe_le=timezone.localdate())
        client = connexion(asd)
        demande = ferme.demandes.first()
        for adresse in (
            reverse("consentements:retirer", args=[ferme.numero]),
            reverse("contributions:enregistrer", args=[demande.numero]),
        ):
            assert client.get(adresse).status_code == 404
        assert client.post(reverse("dossiers:reveler_nir", args=[ferme.numero])).status_code == 404

    def test_no_button_is_offered(self, ferme, asd, connexion):
        fabriques.bris_de_glace(ferme, asd)
        page = connexion(asd).get(reverse("dossiers:apercu", args=[ferme.numero])).content.decode()
        for mot in ("Imprimer la synthèse", "révéler", "Enregistrer un retrait"):
            assert mot not in page

    def test_consent_given_meanwhile_gives_back_the_rights(self, ferme, asd, correspondant):
        fabriques.bris_de_glace(ferme, asd)
        enregistrer_consentement(
            correspondant, ferme, texte=texte_en_vigueur(), signe_le=timezone.localdate(),
            decisions={asd.organisme_id: "accorde"},
        )  # fmt: skip
        assert not regard_sur(asd, ferme).lecture_seule
        assert exiger(asd, Droit.CONTRIBUER, ferme)

    def test_medical_papers_stay_closed(self, ferme, asd, connexion):
        medicale = fabriques.piece(ferme.demandes.first(), "certificat-medical")
        fabriques.bris_de_glace(ferme, asd)
        client = connexion(asd)
        for nom in ("pieces:lire", "pieces:fichier"):
            assert client.get(reverse(nom, args=[medicale.reference])).status_code == 404
        assert client.get(reverse("pieces:apercu", args=[medicale.reference, 1])).status_code == 404
        page = client.get(reverse("demandes:detail", args=[medicale.demande.numero])).content.decode()
        assert str(medicale.reference) not in page


class TestTraces:
    def test_one_row_for_the_opening_and_the_reason_on_each_reading(self, ferme, asd, connexion):
        client = connexion(asd)
        avant = set(LigneJournal.objects.values_list("pk", flat=True))
        fabriques.bris_de_glace(ferme, asd)
        client.get(reverse("dossiers:apercu", args=[ferme.numero]))
        client.get(reverse("demandes:detail", args=[ferme.demandes.first().numero]))
        lignes = LigneJournal.objects.exclude(pk__in=avant).order_by("pk")
        assert [(x.action, x.objet, x.motif) for x in lignes] == [
            ("creer", ferme.numero, "bris de glace"),
            ("consulter", ferme.numero, "bris de glace"),
            ("consulter", ferme.numero, "bris de glace"),
        ]
        assert MOTIF not in str(list(lignes.values_list("details", "motif")))

    def test_the_reason_is_not_on_the_readings_of_others(self, ferme, asd, gestionnaire, connexion):
        fabriques.bris_de_glace(ferme, asd)
        connexion(gestionnaire).get(reverse("dossiers:apercu", args=[ferme.numero]))
        assert LigneJournal.objects.filter(action="consulter").latest("pk").motif == ""

    def test_the_banner_is_on_every_page_of_that_dossier_and_no_other(self, ferme, asd, dossier, connexion):
        fabriques.bris_de_glace(ferme, asd)
        client = connexion(asd)
        for adresse in TestDuree().adresses(ferme)[:-1]:
            assert "Terminer maintenant" in client.get(adresse).content.decode(), adresse
        autre = client.get(reverse("dossiers:apercu", args=[dossier.numero])).content.decode()
        assert "Accès d’urgence" not in autre

    def test_the_dpo_and_the_one_who_instructs_are_told_at_once(self, ferme, asd, dpo, correspondant):
        charge, autre = fabriques.habilitation("gestionnaire"), fabriques.habilitation("gestionnaire")
        fabriques.demande(ferme, etat="en_instruction", gestionnaire=charge, type_aide="aide-familiale")
        while vider():
            pass
        mail.outbox.clear()
        Preference.objects.create(utilisateur=dpo.utilisateur, rythme="hebdomadaire")
        fabriques.bris_de_glace(ferme, asd)
        while vider():
            pass
        assert _prevenus() == {dpo.utilisateur_id, charge.utilisateur_id}
        assert autre.utilisateur_id not in _prevenus()
        courriels = {adresse for message in mail.outbox for adresse in message.to}
        assert courriels == {dpo.utilisateur.email, charge.utilisateur.email}
        corps = " ".join(f"{m.subject}{m.body}{m.alternatives}" for m in mail.outbox)
        for secret in (ferme.assure.nom, ferme.assure.prenoms, str(asd.utilisateur), MOTIF):
            assert secret not in corps

    def test_all_the_gestionnaires_when_nobody_instructs(self, ferme, asd, dpo):
        deux = {fabriques.habilitation("gestionnaire").utilisateur_id for _ in range(2)}
        fabriques.bris_de_glace(ferme, asd)
        vider()
        assert deux < _prevenus()


def _prevenus() -> set[int]:
    return set(Notification.objects.filter(genre="urgence").values_list("destinataire", flat=True))


def test_another_partner_sees_nothing_of_it(ferme, asd, correspondant, connexion):
    """Rule 8: neither the correspondant nor a partner learns that somebody went around the person's choice."""
    dossier = fabriques.dossier(par=correspondant, accordes=("uneo",), refuses=("asd",))
    uneo = fabriques.habilitation("partenaire", organisme="uneo")
    fabriques.bris_de_glace(dossier, asd)
    vider()
    for autre in (uneo, correspondant):
        client = connexion(autre)
        for onglet in ("apercu", "demandes", "histoire", "contributions"):
            reponse = client.get(reverse(f"dossiers:{onglet}", args=[dossier.numero]))
            assert str(asd.utilisateur) not in reponse.content.decode()
            assert "urgence" not in reponse.content.decode().replace("urgence.js", "").lower()


def test_reading_costs_two_questions_more(ferme, dossier, asd, connexion, django_assert_max_num_queries):
    fabriques.bris_de_glace(ferme, asd)
    client = connexion(asd)
    client.get(reverse("dossiers:demandes", args=[dossier.numero]))
    with django_assert_max_num_queries(16):
        client.get(reverse("dossiers:demandes", args=[ferme.numero]))


class TestFinEnCoursDePage:
    def test_what_ends_between_two_questions_leaves_no_more_rights(self, ferme, asd):
        """The dossier was found while the glass was broken; what is asked of it afterwards is still only reading."""
        briser(asd, ferme)
        assert lit(asd, ferme)
        terminer_urgence(asd, BrisDeGlace.objects.get())
        regard = regard_sur(asd, ferme)
        assert regard.lecture_seule
        assert not regard.peut(Droit.IMPRIMER)

    def test_a_loan_gives_the_rights_of_the_profile(self, dossier):
        emprunteur = fabriques.habilitation("assistant_social")
        fabriques.pret(dossier, emprunteur)
        assert not regard_sur(emprunteur, dossier).lecture_seule
