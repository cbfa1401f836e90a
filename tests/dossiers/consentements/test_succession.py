"""An organisme ceases into another: the person's word stands, whatever it was."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements import succession
from dossiers.consentements.actions import (
    enregistrer_consentement,
    ouvrir_dossier,
    retirer_consentement,
    texte_en_vigueur,
)
from dossiers.consentements.confirmations import rejeter_preuve
from dossiers.consentements.models import Consentement, LigneConsentement
from dossiers.consentements.soutiens import reveiller
from dossiers.contributions.models import Contribution
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Envoi
from dossierunique.notifications.sortie import vider
from dossierunique.securite.identite import systeme
from partners.models import Habilitation, Organisme, Succession
from partners.successions import actions
from tests import fabriques

pytestmark = pytest.mark.django_db
AUJOURDHUI = timezone.localdate


@pytest.fixture
def nouvelle() -> Organisme:
    return Organisme.objects.create(
        code="nova", sigle="Nova", nom="Nova, la mutuelle", type="mutuelle", depuis=date(2026, 1, 1)
    )


def ouvrir(decisions: dict[str, str]) -> Dossier:
    """A dossier on which the person said these things, one act after the other."""
    dossier = fabriques.dossier(accordes=(), refuses=())
    for code, mot in decisions.items():
        organisme = Organisme.objects.filter(code=code).first() or fabriques.organisme(code)
        dire(dossier, organisme, "accorde" if mot == "retire" else mot)
        if mot == "retire":
            retirer_consentement(dossier.ouvert_par, dossier, [organisme], signe_le=AUJOURDHUI())
    return dossier


def dire(dossier: Dossier, organisme: Organisme, decision: str) -> None:
    enregistrer_consentement(
        dossier.ouvert_par, dossier, texte=texte_en_vigueur(), signe_le=AUJOURDHUI(),
        decisions={organisme.pk: decision},
    )  # fmt: skip


def fusionner(admin, successeur, *codes) -> list[Succession]:
    faites = actions.decider(admin, [fabriques.organisme(c) for c in codes], successeur, AUJOURDHUI())
    while vider():
        pass
    for faite in faites:
        faite.refresh_from_db()
    return faites


def lit(dossier: Dossier, organisme: Organisme) -> bool:
    return Partage.objects.actifs().filter(dossier=dossier, organisme=organisme).exists()


CAS = [
    # what she said to the old one, to the successor, does the successor read
    ("accorde", None, True),
    ("refuse", None, False),
    ("retire", None, False),
    (None, None, False),
    ("accorde", "accorde", True),
    ("accorde", "refuse", False),
    ("accorde", "retire", False),
    ("refuse", "accorde", True),
    ("retire", "refuse", False),
]


@pytest.mark.parametrize(("ancien", "nouveau", "attendu"), CAS)
def test_her_word_stands(ancien, nouveau, attendu, admin, nouvelle):
    dossier = ouvrir({k: v for k, v in (("uneo", ancien), ("nova", nouveau)) if v})
    avant = LigneConsentement.objects.filter(dossier=dossier, organisme=nouvelle).count()
    fusionner(admin, nouvelle, "uneo")
    assert lit(dossier, nouvelle) is attendu
    assert not lit(dossier, fabriques.organisme("uneo"))
    apres = LigneConsentement.objects.filter(dossier=dossier, organisme=nouvelle).count()
    assert apres - avant == (1 if (ancien, nouveau) == ("accorde", None) else 0)


def test_the_new_act_rests_on_the_one_she_signed(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    signe = dossier.consentements.get()
    fusionner(admin, nouvelle, "uneo")
    acte = dossier.consentements.get(canal="succession")
    assert (acte.origine, acte.texte, acte.signe_le) == (signe, signe.texte, signe.signe_le)
    assert acte.enregistre_par == admin
    partage = Partage.objects.actifs().get(dossier=dossier, organisme=nouvelle)
    assert partage.consentement_ligne.consentement == acte
    ferme = Partage.objects.get(dossier=dossier, organisme__code="uneo")
    assert ferme.motif == "succession : Unéo devient Nova"


def test_she_may_withdraw_it_afterwards(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    fusionner(admin, nouvelle, "uneo")
    retirer_consentement(dossier.ouvert_par, dossier, [nouvelle], signe_le=AUJOURDHUI())
    assert not lit(dossier, nouvelle)


def test_two_organismes_into_a_third(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde", "mspp": "accorde"})
    fusionner(admin, nouvelle, "uneo", "mspp")
    assert lit(dossier, nouvelle)
    assert dossier.consentements.filter(canal="succession").count() == 1


def test_two_organismes_of_which_she_refused_one(admin, nouvelle):
    """The accord to one is enough: she never said anything of the third."""
    dossier = ouvrir({"uneo": "refuse", "mspp": "accorde"})
    fusionner(admin, nouvelle, "uneo", "mspp")
    assert lit(dossier, nouvelle)
    assert dossier.consentements.get(canal="succession").origine.lignes.get().organisme.code == "mspp"


def test_not_where_the_successor_may_not_be_a_recipient(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    Organisme.objects.filter(pk=nouvelle.pk).update(programmes=["OPEX"])
    nouvelle.refresh_from_db()
    fusionner(admin, nouvelle, "uneo")
    assert not lit(dossier, nouvelle)


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


def test_in_batches_and_again_from_where_it_stopped(admin, nouvelle, monkeypatch):
    monkeypatch.setattr(actions, "LOT", 2)
    dossiers = [ouvrir({"uneo": "accorde"}) for _ in range(5)]
    actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, AUJOURDHUI())
    vider()
    vider()
    moitie = Succession.objects.get()
    assert (moitie.etat, moitie.partages, moitie.partages_traites) == ("en_cours", 5, 2)
    # The same job twice does nothing more than the next step.
    actions.avancer({"succession": moitie.pk})
    while vider():
        pass
    moitie.refresh_from_db()
    assert (moitie.etat, moitie.partages_traites, moitie.partages_repris) == ("terminee", 5, 5)
    assert all(lit(d, nouvelle) for d in dossiers)
    actions.avancer({"succession": moitie.pk})
    assert Consentement.objects.filter(canal="succession").count() == 5


def test_the_dossiers_are_locked_in_their_order(admin, nouvelle, monkeypatch):
    """A withdrawal at the counter locks those of one person in this order: crossed, one of the two would fail."""
    premier, second = ouvrir({"mspp": "refuse"}), ouvrir({"uneo": "accorde"})
    dire(premier, fabriques.organisme("uneo"), "accorde")
    verrous = []
    monkeypatch.setattr(succession, "_un_dossier", lambda _, dossier, __: verrous.append(dossier) or True)
    succession.reprendre(
        Succession(ancien=fabriques.organisme("uneo"), successeur=nouvelle), apres=0, taille=10
    )
    assert verrous == [premier.pk, second.pk]


@pytest.mark.parametrize(
    ("uneo", "nova", "lira"), [("accorde", None, True), ("refuse", None, False), ("accorde", "refuse", False)]
)
def test_her_word_passes_while_the_dossier_sleeps_and_takes_effect_at_its_waking(
    admin, nouvelle, correspondant, uneo, nova, lira
):
    """Nobody reads it yet: there is no share to pass on, only what she signed before leaving."""
    Organisme.objects.filter(pk=nouvelle.pk).update(programmes=["DU", "OPEX"])
    fabriques.organismes()
    dossier = ouvrir_dossier(correspondant, fabriques.assure(par=correspondant), "OPEX", endormi=True)
    for organisme, mot in ((fabriques.organisme("uneo"), uneo), (nouvelle, nova)):
        if mot:
            enregistrer_consentement(
                correspondant, dossier, texte=texte_en_vigueur("OPEX"), signe_le=AUJOURDHUI(),
                decisions={organisme.pk: mot},
            )  # fmt: skip
    [faite] = fusionner(admin, nouvelle, "uneo")
    assert faite.etat == "terminee"
    assert not lit(dossier, nouvelle)
    with systeme("essai"):
        reveiller(Dossier.objects.get(pk=dossier.pk))
    assert lit(dossier, nouvelle) is lira
    assert not lit(dossier, fabriques.organisme("uneo"))
    # What had already passed is left alone when the job runs again.
    actions.avancer({"succession": faite.pk})
    assert dossier.consentements.filter(canal="succession").count() == int(lira)


def test_sleeping_dossiers_pass_in_batches_too(admin, nouvelle, correspondant, monkeypatch):
    monkeypatch.setattr(actions, "LOT", 2)
    Organisme.objects.filter(pk=nouvelle.pk).update(programmes=["DU", "OPEX"])
    fabriques.organismes()
    for _ in range(5):
        dossier = ouvrir_dossier(correspondant, fabriques.assure(par=correspondant), "OPEX", endormi=True)
        enregistrer_consentement(
            correspondant, dossier, texte=texte_en_vigueur("OPEX"), signe_le=AUJOURDHUI(),
            decisions={fabriques.organisme("uneo").pk: "accorde"},
        )  # fmt: skip
    eveille = ouvrir({"uneo": "accorde"})
    [faite] = fusionner(admin, nouvelle, "uneo")
    assert (faite.etat, faite.partages_traites, faite.partages_repris) == ("terminee", 1, 1)
    assert Consentement.objects.filter(canal="succession").count() == 6
    assert lit(eveille, nouvelle)


def test_withdrawn_while_it_runs(admin, nouvelle, monkeypatch):
    dossier = ouvrir({"uneo": "accorde"})
    actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, AUJOURDHUI())
    vider()
    retirer_consentement(dossier.ouvert_par, dossier, [fabriques.organisme("uneo")], signe_le=AUJOURDHUI())
    while vider():
        pass
    assert not lit(dossier, nouvelle)


def test_not_before_its_day(admin, nouvelle):
    dossier = ouvrir({"uneo": "accorde"})
    demain = AUJOURDHUI() + timedelta(days=1)
    actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, demain)
    vider()
    assert lit(dossier, fabriques.organisme("uneo"))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        while vider():
            pass
    assert lit(dossier, nouvelle)
    assert Organisme.objects.get(code="uneo").jusque == demain - timedelta(days=1)


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


def test_the_database_wants_an_origin_under_a_succession(admin, dossier):
    acte = dossier.consentements.first()
    with pytest.raises(IntegrityError, match="succession_fondee"), transaction.atomic():
        Consentement.objects.create(
            dossier=dossier,
            texte=acte.texte,
            signe_le=acte.signe_le,
            canal="succession",
            enregistre_par=admin,
        )


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


def test_the_history_says_it_to_who_may_know(admin, nouvelle, connexion):
    dossier = ouvrir({"uneo": "accorde", "asd": "accorde"})
    fusionner(admin, nouvelle, "uneo")
    page = reverse("dossiers:histoire", args=[dossier.numero])
    assert "Nova succède à Unéo" in connexion(dossier.ouvert_par).get(page).content.decode()
    partenaire = connexion(fabriques.habilitation("assistant_social")).get(page).content.decode()
    assert "Nova" not in partenaire


def test_the_successor_rests_on_the_accord_that_holds_the_share(admin, nouvelle, gestionnaire):
    """Of two accords, the last was recorded on a paper that proves nothing: the share rests on the one before."""
    dossier = ouvrir({"uneo": "accorde"})
    bon = dossier.consentements.get(lignes__decision="accorde")
    dire(dossier, fabriques.organisme("uneo"), "accorde")
    mauvais = dossier.consentements.filter(lignes__decision="accorde").exclude(pk=bon.pk).get()
    rejeter_preuve(gestionnaire, mauvais, "Ce papier n’est pas signé.")
    assert lit(dossier, fabriques.organisme("uneo"))
    fusionner(admin, nouvelle, "uneo")
    assert lit(dossier, nouvelle)
    assert dossier.consentements.get(canal="succession").origine == bon


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


class TestAnnuler:
    @pytest.fixture
    def demain(self, admin, nouvelle) -> Succession:
        jour = AUJOURDHUI() + timedelta(days=1)
        [decidee] = actions.decider(admin, [fabriques.organisme("uneo")], nouvelle, jour)
        return decidee

    def test_nothing_moves_on_its_day(self, demain, admin, nouvelle):
        dossier, tenue = ouvrir({"uneo": "accorde"}), fabriques.habilitation("partenaire", organisme="uneo")
        actions.annuler(fabriques.habilitation("administrateur"), demain, "Report de la réforme")
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            while vider():
                pass
        demain.refresh_from_db()
        tenue.refresh_from_db()
        assert (demain.etat, tenue.etat) == ("annulee", "active")
        assert not Envoi.objects.filter(genre=actions.GENRE, etat="a_faire").exists()
        assert lit(dossier, fabriques.organisme("uneo"))
        assert Organisme.objects.get(code="uneo").jusque is None

    def test_it_is_journalled_with_its_reason(self, demain, admin):
        actions.annuler(admin, demain, "Report de la réforme")
        ligne = LigneJournal.objects.filter(objet="organisme uneo").latest("pk")
        assert (ligne.action, ligne.motif, ligne.habilitation_id) == (
            "modifier", "Report de la réforme", admin.pk,
        )  # fmt: skip
        assert ligne.details["geste"] == "succession annulée"

    def test_another_may_then_be_decided(self, demain, admin, nouvelle):
        actions.annuler(admin, demain, "Mauvais jour")
        [faite] = fusionner(admin, nouvelle, "uneo")
        assert faite.etat == "terminee"

    def test_the_successor_may_cease_itself_afterwards(self, demain, admin, nouvelle):
        actions.annuler(admin, demain, "Mauvais jour")
        [faite] = actions.decider(admin, [nouvelle], fabriques.organisme("uneo"), AUJOURDHUI())
        assert faite.etat == "prevue"

    def test_what_is_refused(self, demain, admin, nouvelle):
        with pytest.raises(ActionRefusee, match="Dites pourquoi"):
            actions.annuler(admin, demain, "  ")
        for profil in ("responsable", "dpo"):
            with pytest.raises(ActionRefusee):
                actions.annuler(fabriques.habilitation(profil), demain, "Non")
        actions.annuler(admin, demain, "Oui")
        with pytest.raises(ActionRefusee, match="annulée"):
            actions.annuler(admin, demain, "Encore")

    def test_what_has_begun_goes_to_its_end(self, admin, nouvelle):
        [faite] = fusionner(admin, nouvelle, "uneo")
        with pytest.raises(ActionRefusee, match="terminée"):
            actions.annuler(admin, faite, "Trop tard")
        with pytest.raises(IntegrityError, match="transition interdite"), transaction.atomic():
            Succession.objects.filter(pk=faite.pk).update(
                etat="annulee", annulee_par=admin, annulee_le=timezone.now()
            )

    def test_the_page(self, demain, admin, connexion):
        client, page = connexion(admin), reverse("administration:fusion_annuler", args=[demain.pk])
        assert page in client.get(reverse("administration:fusions")).content.decode()
        assert "champ--erreur" in client.post(page, {"motif": ""}).content.decode()
        assert client.post(page, {"motif": "Report"}).headers["Location"] == reverse("administration:fusions")
        liste = client.get(reverse("administration:fusions")).content.decode()
        assert "Report" in liste
        assert page not in liste
        assert "ne s’annule plus" in client.get(page).content.decode()
        client.post(page, {"motif": "Encore"})
        demain.refresh_from_db()
        assert demain.motif == "Report"
