"""Referent and handover: only to whom the person accorded, under the same number; the unit may leave with her."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import enregistrer_consentement, retirer_consentement, texte_en_vigueur
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.models import Dossier, Partage
from dossiers.partages.verification import ecarts
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from opex.models import Echeance, Relais, Suivi
from opex.suivi.branchements import CONFIE
from opex.suivi.rappels import GENRE
from opex.suivi.relais import choisir_referent, passer_relais
from opex.suivi.tasks import rappeler
from partners.habilitations.identite import agir_pour
from partners.models import Organisme
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def suivi(dossier) -> Suivi:
    return Suivi.objects.get(dossier=dossier)


def lit(habilitation, dossier) -> bool:
    return Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists()


def lit_en_sql(habilitation, dossier) -> bool:
    with agir_pour(habilitation), connection.cursor() as curseur:
        curseur.execute("SELECT 1 FROM dossiers_dossier WHERE id = %s", [dossier.pk])
        return curseur.fetchone() is not None


def choisir(par, dossier, qui):
    return choisir_referent(par, dossier, qui, version=suivi(dossier).version)


def passer(par, dossier, vers, **k):
    return passer_relais(par, dossier, vers=vers, motif="Départ.", version=suivi(dossier).version, **k)


def accorder(par, dossier, organisme):
    enregistrer_consentement(
        par, dossier, texte=texte_en_vigueur("OPEX"), signe_le=timezone.localdate(),
        decisions={organisme.pk: "accorde"},
    )  # fmt: skip


@pytest.fixture
def onac(db) -> Organisme:
    return Organisme.objects.create(
        code="onacvg", sigle="ONaCVG", nom="Office national des combattants", type="onacvg", programmes=["OPEX"],
        depuis=timezone.localdate() - timedelta(days=900),
    )  # fmt: skip


@pytest.fixture
def de_l_onac(onac):
    return fabriques.habilitation("partenaire", organisme=onac)


class TestReferent:
    def test_her_organisme_becomes_the_holder_and_she_is_told(self, dossier, gestionnaire, referent):
        choisir(gestionnaire, dossier, referent)
        assert (suivi(dossier).referent, suivi(dossier).porteur) == (referent, referent.organisme)
        vider()
        assert Notification.objects.get(genre=CONFIE).destinataire_id == referent.utilisateur_id

    def test_the_fund_chooses_among_all_the_readers_a_partner_at_home(
        self, dossier, gestionnaire, referent, asd
    ):
        with pytest.raises(ActionRefusee):
            choisir(referent, dossier, asd)
        choisir(gestionnaire, dossier, asd)

    def test_with_a_holder_one_of_its_people(self, dossier, gestionnaire, referent, asd):
        choisir(gestionnaire, dossier, referent)
        collegue = fabriques.habilitation("partenaire")
        choisir(asd, dossier, collegue)
        with pytest.raises(ActionRefusee):
            choisir(gestionnaire, dossier, asd)
        with pytest.raises(ActionRefusee, match="suit déjà"):
            choisir(gestionnaire, dossier, collegue)

    @pytest.mark.parametrize(
        ("profil", "options"),
        [
            ("referent_opex", {"organisme": "mspp", "programmes": ["DU", "OPEX"]}),
            ("referent_opex", {"organisme": "uneo", "etat": "suspendue"}),
            ("referent_opex", {"organisme": "uneo", "programmes": ["DU"]}),
            ("gestionnaire", {}),
            ("decideur_asd", {}),
            ("correspondant", {}),
        ],
    )
    def test_neither_who_does_not_read_it_nor_who_may_not(self, profil, options, dossier, gestionnaire):
        with pytest.raises(ActionRefusee):
            choisir(gestionnaire, dossier, fabriques.habilitation(profil, **options))
        assert suivi(dossier).referent is None

    def test_stale_asleep_or_forbidden(
        self, dossier, dormant, gestionnaire, referent, correspondant, ailleurs
    ):
        with pytest.raises(ModifieDepuis):
            choisir_referent(gestionnaire, dossier, referent, version=1)
        with pytest.raises(ActionRefusee, match="signalez-la"):
            choisir_referent(gestionnaire, dormant, referent, version=1)
        for qui in (correspondant, ailleurs):
            with pytest.raises(AccesRefuse):
                choisir(qui, dossier, referent)

    def test_by_the_screen_that_offers_only_them(self, dossier, gestionnaire, referent, ailleurs, connexion):
        client, adresse = connexion(gestionnaire), reverse("suivi:referent", args=[dossier.numero])
        vue = client.get(adresse).content.decode()
        assert str(referent.utilisateur) in vue
        assert str(ailleurs.utilisateur) not in vue
        envoi = {"referent": ailleurs.pk, "version": suivi(dossier).version}
        assert client.post(adresse, envoi).status_code == 422
        assert client.post(adresse, envoi | {"referent": referent.pk}).status_code == 302

    def test_nobody_to_choose_is_said(self, correspondant, gestionnaire, connexion):
        dossier = opex.blesse(correspondant, accordes=())
        vue = connexion(gestionnaire).get(reverse("suivi:referent", args=[dossier.numero])).content.decode()
        assert "Personne ne peut être choisi" in vue


class TestRelais:
    def test_only_to_whom_the_person_accorded(self, dossier, gestionnaire, onac):
        with pytest.raises(ActionRefusee, match="enregistrez d’abord le consentement") as refus:
            passer(gestionnaire, dossier, onac)
        assert refus.value.champ == "vers"
        assert not Relais.objects.exists()
        accorder(gestionnaire, dossier, onac)
        passer(gestionnaire, dossier, onac)
        assert suivi(dossier).porteur == onac

    def test_number_story_and_steps_follow(self, dossier, gestionnaire, referent, onac, de_l_onac, journal):
        choisir(gestionnaire, dossier, referent)
        etapes = set(Echeance.objects.filter(dossier=dossier).values_list("pk", flat=True))
        Echeance.objects.filter(dossier=dossier).update(le=timezone.localdate() + timedelta(days=9))
        rappeler()
        accorder(gestionnaire, dossier, onac)
        avant, numero = journal(), dossier.numero
        relais = passer(referent, dossier, onac, referent=de_l_onac)
        assert journal() == avant + 1
        assert (relais.de, relais.vers, suivi(dossier).referent) == (referent.organisme, onac, de_l_onac)
        assert Dossier.objects.get(pk=dossier.pk).numero == numero
        assert (
            set(Echeance.objects.filter(dossier=dossier, etat="a_faire").values_list("pk", flat=True))
            == etapes
        )
        # Who takes over is reminded of what is open, though it was recalled to the former one.
        assert rappeler() == 1
        assert Notification.objects.filter(genre=GENRE, destinataire=de_l_onac.utilisateur).exists()
        assert Evenement.objects.get(dossier=dossier, genre=Genre.RELAIS).donnees == {"relais": relais.pk}

    def test_both_are_told_each_while_she_reads_it(self, dossier, gestionnaire, referent, onac, de_l_onac):
        choisir(gestionnaire, dossier, referent)
        accorder(gestionnaire, dossier, onac)
        passer(gestionnaire, dossier, onac, referent=de_l_onac)
        vider()
        dits = Notification.objects.filter(genre=CONFIE).values_list("destinataire", "texte")
        assert any(qui == de_l_onac.utilisateur_id and "vous est confié" in texte for qui, texte in dits)
        assert any(qui == referent.utilisateur_id and "quelqu’un d’autre" in texte for qui, texte in dits)

    def test_who_lost_the_right_meanwhile_is_not_told(self, dossier, gestionnaire, referent, onac):
        choisir(gestionnaire, dossier, referent)
        vider()
        Notification.objects.all().delete()
        accorder(gestionnaire, dossier, onac)
        passer(gestionnaire, dossier, onac)
        retirer_consentement(gestionnaire, dossier, [referent.organisme], signe_le=timezone.localdate())
        vider()
        assert not Notification.objects.filter(genre=CONFIE, destinataire=referent.utilisateur).exists()

    def test_leaving_the_service_closes_the_share_of_the_unit_at_once(
        self, dossier, correspondant, referent, onac
    ):
        accorder(correspondant, dossier, onac)
        assert lit(correspondant, dossier) and lit_en_sql(correspondant, dossier)
        passer(referent, dossier, onac, radie_le=timezone.localdate())
        assert not lit(correspondant, dossier) and not lit_en_sql(correspondant, dossier)
        assert lit(referent, dossier)
        assert suivi(dossier).radie_le == timezone.localdate()
        [ferme] = Partage.objects.filter(dossier=dossier, nature="unite")
        assert "quitté le service" in ferme.motif
        assert ecarts() == []
        with pytest.raises(AccesRefuse):
            opex.blessure(dossier, par=correspondant, theatre="Liban")

    def test_without_leaving_the_unit_goes_on(self, dossier, correspondant, gestionnaire, onac):
        accorder(correspondant, dossier, onac)
        passer(gestionnaire, dossier, onac)
        assert lit(correspondant, dossier)

    def test_refused_days_holders_and_referents(self, dossier, gestionnaire, referent, asd, onac):
        accorder(gestionnaire, dossier, onac)
        with pytest.raises(ActionRefusee) as refus:
            passer(gestionnaire, dossier, onac, radie_le=timezone.localdate() + timedelta(days=1))
        assert refus.value.champ == "radie_le"
        with pytest.raises(ActionRefusee) as refus:
            passer(gestionnaire, dossier, onac, referent=asd)
        assert refus.value.champ == "referent"
        passer(gestionnaire, dossier, onac)
        with pytest.raises(ActionRefusee, match="suit déjà"):
            passer(gestionnaire, dossier, onac)

    def test_stale_asleep_or_forbidden(
        self, dossier, dormant, gestionnaire, correspondant, asd, ailleurs, onac
    ):
        with pytest.raises(ModifieDepuis):
            passer_relais(gestionnaire, dossier, vers=onac, motif="Départ.", version=1)
        with pytest.raises(ActionRefusee, match="signalez-la"):
            passer(gestionnaire, dormant, onac)
        for qui in (correspondant, asd, ailleurs):
            with pytest.raises(AccesRefuse):
                passer(qui, dossier, onac)

    def test_a_refusal_tells_a_partner_nothing_of_what_the_person_said(self, correspondant, referent, onac):
        """Rule 8: refused, or never asked, reads the same."""
        refuse, jamais = (
            opex.blesse(correspondant, accordes=("uneo",)),
            opex.blesse(correspondant, accordes=("uneo",)),
        )
        enregistrer_consentement(
            correspondant, refuse, texte=texte_en_vigueur("OPEX"), signe_le=timezone.localdate(),
            decisions={onac.pk: "refuse"},
        )  # fmt: skip
        messages = []
        for dossier in (refuse, jamais):
            with pytest.raises(ActionRefusee) as refus:
                passer(referent, dossier, onac)
            messages.append(refus.value.message)
        assert messages[0] == messages[1]

    def test_by_the_screen(self, dossier, referent, correspondant, onac, connexion):
        client, adresse = connexion(referent), reverse("suivi:relais", args=[dossier.numero])
        envoi = {
            "vers": "onacvg",
            "motif": "Quitte le service.",
            "radie_le": "",
            "version": suivi(dossier).version,
        }
        refuse = client.post(adresse, envoi)
        assert refuse.status_code == 422
        assert "Quitte le service." in refuse.content.decode()
        accorder(correspondant, dossier, onac)
        assert client.post(adresse, envoi).status_code == 302
        assert (
            "Quitte le service." in client.get(reverse("suivi:page", args=[dossier.numero])).content.decode()
        )

    def test_a_handover_is_not_rewritten(self, dossier, gestionnaire, onac):
        accorder(gestionnaire, dossier, onac)
        relais = passer(gestionnaire, dossier, onac)
        with pytest.raises(DatabaseError), transaction.atomic():
            Relais.objects.filter(pk=relais.pk).update(motif="Autre.")
