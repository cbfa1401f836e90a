"""What becomes of the old organisme, its units, its people and its answers; what is refused, and shown."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.contributions.models import Contribution
from dossiers.partages.models import Dossier
from dossierunique.erreurs import ActionRefusee
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from partners.models import Habilitation, Organisme, Succession
from partners.successions import actions
from tests import fabriques
from tests.dossiers.consentements.succession.aides import AUJOURDHUI, fusionner, lit, ouvrir

pytestmark = pytest.mark.django_db


def test_contributions_stay_under_the_old_name_and_what_was_open_is_asked_again(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    demande = fabriques.demande(dossier)
    fusionner(admin, nouvelle, "uneo")
    etats = dict(Contribution.objects.filter(demande=demande).values_list("organisme__code", "etat"))
    assert etats == {"uneo": "sans_objet", "nova": "sollicitee"}


def test_an_answer_given_is_not_touched(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    demande = fabriques.demande(dossier)
    Contribution.objects.filter(demande=demande).update(etat="accord", montant=100, date_effet=AUJOURDHUI())
    fusionner(admin, nouvelle, "uneo")
    gardee = Contribution.objects.get(demande=demande, organisme__code="uneo")
    assert (gardee.etat, gardee.montant) == ("accord", 100)


def test_the_organisme_its_units_and_its_people(admin, nouvelle):
    active = fabriques.habilitation("partenaire", organisme="uneo", fin=date(2099, 1, 1))
    suspendue = fabriques.habilitation("referent_opex", organisme="uneo", etat="suspendue")
    deja = fabriques.habilitation("partenaire", organisme="uneo")
    la_bas = fabriques.habilitation("partenaire", organisme=nouvelle, utilisateur=deja.utilisateur)
    unite = fabriques.unite("antenne")
    unite.organisme = fabriques.organisme("uneo")
    unite.save()
    [faite] = fusionner(admin, nouvelle, "uneo")
    ancien = Organisme.objects.get(code="uneo")
    assert (ancien.successeur, ancien.jusque) == (nouvelle, AUJOURDHUI() - timedelta(days=1))
    unite.refresh_from_db()
    assert unite.organisme == nouvelle
    assert (faite.etat, faite.habilitations_transferees, faite.habilitations_closes) == ("terminee", 1, 2)
    suite = Habilitation.objects.get(utilisateur=active.utilisateur, organisme=nouvelle)
    assert (suite.etat, suite.remplace_id, suite.fin, suite.programmes) == (
        "active", active.pk, date(2099, 1, 1), ["DU"],
    )  # fmt: skip
    for close in (active, suspendue, deja):
        close.refresh_from_db()
        assert close.etat == "close"
    assert list(Habilitation.objects.en_vigueur().filter(utilisateur=deja.utilisateur)) == [la_bas]


def test_drafts_follow_their_correspondant(admin):
    marine = Organisme.objects.create(
        code="forces", sigle="Forces", nom="Forces", type="etat_major", depuis=date(2026, 1, 1),
        programmes=["DU", "OPEX"], contributeur=False,
    )  # fmt: skip
    dossier = fabriques.dossier(accordes=(), refuses=())
    brouillon = fabriques.demande(dossier, etat="brouillon")
    fusionner(admin, marine, "armee")
    brouillon.refresh_from_db()
    assert brouillon.cree_par.organisme == marine
    assert brouillon.cree_par.utilisateur == dossier.ouvert_par.utilisateur
    assert Dossier.objects.visibles_par(brouillon.cree_par).filter(pk=dossier.pk).exists()


def test_what_is_refused(admin, nouvelle):
    uneo, cnmss = fabriques.organisme("uneo"), fabriques.organisme("cnmss")
    jour = AUJOURDHUI()
    refus = [
        (fabriques.habilitation("responsable", organisme="uneo"), [uneo], nouvelle, jour),
        (admin, [], nouvelle, jour),
        (admin, [uneo], uneo, jour),
        (admin, [cnmss], nouvelle, jour),
        (admin, [uneo], cnmss, jour),
        (admin, [uneo], nouvelle, jour - timedelta(days=1)),
    ]
    for par, anciens, successeur, quand in refus:
        with pytest.raises(ActionRefusee), transaction.atomic():
            actions.decider(par, anciens, successeur, quand)
    fusionner(admin, nouvelle, "uneo")
    for anciens, successeur in (([uneo], fabriques.organisme("mspp")), ([fabriques.organisme("mspp")], uneo)):
        with pytest.raises(ActionRefusee):
            actions.decider(admin, anciens, successeur, jour)


def test_the_preview_counts_and_changes_nothing(admin, nouvelle, connexion):
    for nova in (None, "refuse", "accorde"):
        ouvrir({k: v for k, v in (("uneo", "accorde"), ("nova", nova)) if v})
    apercu = actions.apercu(admin, fabriques.organisme("uneo"), nouvelle, AUJOURDHUI())
    assert (apercu.partages.actifs, apercu.partages.repris) == (3, 1)
    assert (apercu.partages.deja_accordes, apercu.partages.refuses) == (1, 1)
    client, page = connexion(admin), reverse("administration:fusion_nouvelle")
    envoi = {
        "anciens": [fabriques.organisme("uneo").pk], "successeur": nouvelle.pk, "effet_le": AUJOURDHUI().isoformat()
    }  # fmt: skip
    assert "Ce qui va changer" in client.post(page, envoi).content.decode()
    assert not Succession.objects.exists()
    assert not Envoi.objects.filter(genre=actions.GENRE).exists()
    assert client.post(page, envoi | {"confirmer": "oui"}).status_code == 302
    assert Succession.objects.get().etat == "prevue"
    assert "Nova" in client.get(reverse("administration:fusions")).content.decode()


@pytest.mark.parametrize("fin", [-10, 0])
def test_an_habilitation_whose_days_are_over_closes_and_stops_nothing(admin, nouvelle, fin):
    """Still « active » but ended before the merger: given anew, it would end before it begins."""
    finie = fabriques.habilitation("partenaire", organisme="uneo", fin=AUJOURDHUI() + timedelta(days=fin))
    demain = AUJOURDHUI() + timedelta(days=1)
    apercu = actions.apercu(admin, fabriques.organisme("uneo"), nouvelle, demain)
    assert (apercu.transferees, apercu.closes) == (0, 1)
    [faite] = actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, demain)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        while vider():
            pass
    faite.refresh_from_db()
    finie.refresh_from_db()
    assert (faite.etat, faite.habilitations_closes, finie.etat) == ("terminee", 1, "close")


class TestDecideurConcerne:
    """Between the decision and its day, who decided may have changed posts."""

    @pytest.fixture
    def en_poste(self, admin) -> Habilitation:
        Habilitation.objects.filter(pk=admin.pk).update(etat="close", fin=AUJOURDHUI())
        return fabriques.habilitation(
            "partenaire",
            organisme="uneo",
            utilisateur=admin.utilisateur,
            accordee_par=fabriques.habilitation("administrateur").utilisateur,
        )

    def decider(self, admin, nouvelle) -> Succession:
        demain = AUJOURDHUI() + timedelta(days=1)
        [decidee] = actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, demain)
        return decidee

    def passer(self, decidee) -> Succession:
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            while vider():
                pass
        decidee.refresh_from_db()
        return decidee

    def test_her_own_habilitation_goes_on_as_granted_by_another(self, admin, nouvelle, request):
        dossier = ouvrir({"uneo": "accorde"})
        decidee = self.decider(admin, nouvelle)
        tenue = request.getfixturevalue("en_poste")
        faite = self.passer(decidee)
        assert (faite.etat, faite.habilitations_transferees) == ("terminee", 1)
        suite = Habilitation.objects.get(remplace=tenue)
        assert (suite.etat, suite.organisme, suite.utilisateur) == ("active", nouvelle, admin.utilisateur)
        assert suite.accordee_par_id == tenue.accordee_par_id
        assert lit(dossier, nouvelle)
