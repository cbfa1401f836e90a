"""States of the follow-up: rest and back, leaving, expiry, death, and the arrows that do not exist."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from opex.models import Suivi
from opex.suivi.etats import TRANSITIONS, EtatSuivi
from opex.suivi.parcours import changer_etape, declarer_deces, passer, radier
from opex.suivi.tasks import expirer
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def le(jours: int) -> date:
    return timezone.localdate() - timedelta(days=jours)


def suivi(dossier) -> Suivi:
    return Suivi.objects.get(dossier=dossier)


class _Defaire(Exception):
    """Undoes what was tried."""


def reussit(geste, refus) -> bool:
    """Whether a gesture passes; nothing of it stays."""
    try:
        with transaction.atomic():
            geste()
            raise _Defaire
    except _Defaire:
        return True
    except refus:
        return False


class TestEtapes:
    def test_followed_at_rest_and_back(self, dossier, referent, journal):
        avant = journal()
        for vers in ("en_suivi", "en_veille", "en_suivi"):
            changer_etape(referent, dossier, vers, suivi(dossier).version)
            assert suivi(dossier).etat == vers
        assert journal() == avant + 3
        faits = Evenement.objects.filter(dossier=dossier, genre=Genre.SUIVI).order_by("pk")
        assert [f.donnees["etat"] for f in faits] == ["en_suivi", "en_veille", "en_suivi"]

    @pytest.mark.parametrize("vers", ["active", "decede", "radie", "identifie", "inconnu", ""])
    def test_only_these_two_are_chosen(self, vers, dossier, referent):
        with pytest.raises(ActionRefusee):
            changer_etape(referent, dossier, vers, suivi(dossier).version)

    def test_asleep_there_is_nothing_to_follow(self, dormant, gestionnaire):
        with pytest.raises(ActionRefusee, match="identifié"):
            changer_etape(gestionnaire, dormant, "en_suivi", 1)

    def test_stale_or_forbidden(self, dossier, referent, correspondant, ailleurs):
        with pytest.raises(ModifieDepuis):
            changer_etape(referent, dossier, "en_suivi", 1)
        for qui in (correspondant, ailleurs, fabriques.habilitation("partenaire")):
            with pytest.raises(AccesRefuse):
                changer_etape(qui, dossier, "en_suivi", suivi(dossier).version)

    def test_a_stale_button_says_to_read_again(self, dossier, referent, connexion):
        adresse = reverse("suivi:etape", args=[dossier.numero])
        page = connexion(referent).post(adresse, {"vers": "en_suivi", "version": "1"}, follow=True)
        assert "relisez-le" in page.content.decode()
        assert suivi(dossier).etat == "active"

    @pytest.mark.parametrize("de", EtatSuivi.values)
    def test_the_action_and_the_database_know_the_same_arrows(self, de):
        # Written as it is, for no path leads from every state to every other.
        tenu = Suivi.objects.create(
            dossier=fabriques.dossier(), etat=de, active_le=timezone.now(), decede_le=le(0), radie_le=le(0)
        )
        for vers in set(EtatSuivi.values) - {de}:
            permis = vers in TRANSITIONS[de]
            assert reussit(lambda vers=vers: passer(suivi(tenu.dossier), vers), ActionRefusee) == permis, vers
            assert (
                reussit(lambda vers=vers: Suivi.objects.filter(pk=tenu.pk).update(etat=vers), DatabaseError)
                == permis
            ), vers


class TestDepart:
    def test_without_a_wound_the_dossier_stays_asleep(self, dormant, correspondant):
        radier(correspondant, dormant, le=le(2), version=1)
        assert (suivi(dormant).etat, suivi(dormant).radie_le) == ("radie", le(2))
        assert Dossier.objects.get(pk=dormant.pk).endormi
        with pytest.raises(ActionRefusee, match="déjà"):
            radier(correspondant, dormant, le=le(1), version=2)

    def test_after_a_wound_it_is_a_handover(self, dossier, gestionnaire):
        with pytest.raises(ActionRefusee):
            radier(gestionnaire, dossier, le=le(2), version=suivi(dossier).version)

    def test_neither_tomorrow_nor_by_anybody(self, dormant, correspondant, etranger, referent):
        with pytest.raises(ActionRefusee) as refus:
            radier(correspondant, dormant, le=le(-1), version=1)
        assert refus.value.champ == "le"
        for qui in (etranger, referent):
            with pytest.raises(AccesRefuse):
                radier(qui, dormant, le=le(1), version=1)


class TestExpiration:
    def _ouvrir(self, dossier, mois: int) -> None:
        quand = timezone.now() - timedelta(days=31 * mois)
        Dossier.objects.filter(pk=dossier.pk).update(ouvert_le=quand)

    def test_two_years_after_the_opening_when_nobody_left(self, dormant):
        assert expirer() == 0
        self._ouvrir(dormant, 25)
        assert expirer() == 1
        assert suivi(dormant).etat == "expire"
        assert expirer() == 0
        assert Evenement.objects.get(dossier=dormant, genre=Genre.SUIVI).auteur is None

    def test_the_last_return_counts(self, dormant):
        self._ouvrir(dormant, 60)
        opex.imprime(dormant, depart_le=le(1500), retour_le=le(1400))
        opex.imprime(dormant, depart_le=le(500), retour_le=le(400))
        assert expirer() == 0
        assert suivi(dormant).etat == "identifie"

    def test_the_departure_when_no_return_is_known(self, dormant):
        self._ouvrir(dormant, 60)
        opex.imprime(dormant, depart_le=le(900), retour_le=None)
        assert expirer() == 1

    def test_a_setting_says_how_long(self, dormant, settings):
        self._ouvrir(dormant, 7)
        assert expirer() == 0
        settings.OPEX_EXPIRATION_MOIS = 6
        assert expirer() == 1

    def test_never_after_a_wound(self, dossier):
        self._ouvrir(dossier, 200)
        assert expirer() == 0
        assert suivi(dossier).etat == "active"


class TestDeces:
    def test_it_is_told_with_its_day_and_the_confirmation_is_in_the_journal(self, dossier, correspondant):
        declarer_deces(
            correspondant, dossier, le=le(1), confirmation="Acte n° 12", version=suivi(dossier).version
        )
        assert (suivi(dossier).etat, suivi(dossier).decede_le) == ("decede", le(1))
        fait = Evenement.objects.get(dossier=dossier, genre=Genre.DECES)
        assert (fait.jour, fait.donnees) == (le(1), {})
        assert LigneJournal.objects.latest("pk").motif == "Acte n° 12"

    @pytest.mark.parametrize("ecart", [-1, 30])
    def test_neither_tomorrow_nor_before_the_wound(self, ecart, dossier, correspondant):
        with pytest.raises(ActionRefusee) as refus:
            declarer_deces(
                correspondant, dossier, le=le(ecart), confirmation="Acte", version=suivi(dossier).version
            )
        assert refus.value.champ == "le"

    def test_without_a_wound_it_is_to_be_told_first(self, dormant, correspondant):
        with pytest.raises(ActionRefusee, match="signalez-la"):
            declarer_deces(correspondant, dormant, le=le(1), confirmation="Acte", version=1)

    def test_nothing_comes_after(self, dossier, gestionnaire):
        opex.deces(dossier)
        version = suivi(dossier).version
        with pytest.raises(ActionRefusee):
            changer_etape(gestionnaire, dossier, "en_suivi", version)
        with pytest.raises(ActionRefusee, match="déjà"):
            declarer_deces(gestionnaire, dossier, le=le(0), confirmation="Acte", version=version)

    def test_stale_or_forbidden(self, dossier, correspondant, etranger, ailleurs, asd):
        with pytest.raises(ModifieDepuis):
            declarer_deces(correspondant, dossier, le=le(0), confirmation="Acte", version=1)
        for qui in (etranger, ailleurs, asd):
            with pytest.raises(AccesRefuse):
                declarer_deces(qui, dossier, le=le(0), confirmation="Acte", version=suivi(dossier).version)

    def test_the_screen_asks_to_prove_oneself_again(self, dossier, correspondant, connexion, settings):
        settings.RENFORT_MINUTES = 10
        client, adresse = connexion(correspondant), reverse("suivi:deces", args=[dossier.numero])
        assert "reauthenticate" in client.get(adresse).url
        envoi = {
            "le": le(0).isoformat(),
            "confirmation": "Acte",
            "certain": "on",
            "version": suivi(dossier).version,
        }
        assert client.post(adresse, envoi).status_code == 302
        assert suivi(dossier).etat == "active"

    def test_by_the_screen(self, dossier, correspondant, connexion, settings):
        settings.RENFORT_MINUTES = 0
        client, adresse = connexion(correspondant), reverse("suivi:deces", args=[dossier.numero])
        envoi = {"le": le(0).isoformat(), "confirmation": "Acte", "version": suivi(dossier).version}
        assert client.post(adresse, envoi).status_code == 422
        assert client.post(adresse, envoi | {"certain": "on"}).status_code == 302
        assert suivi(dossier).etat == "decede"
        assert client.get(adresse).status_code == 302

    def test_the_shares_stay(self, dossier):
        opex.deces(dossier)
        assert Partage.objects.actifs().filter(dossier=dossier).count() == 4
