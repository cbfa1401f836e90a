"""An organisme ceases into another: the person's word stands, whatever it was."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dossiers.consentements.actions import retirer_consentement
from dossiers.consentements.confirmations import rejeter_preuve
from dossiers.consentements.models import Consentement, LigneConsentement
from dossiers.partages.models import Partage
from partners.models import Organisme
from tests import fabriques
from tests.dossiers.consentements.succession.aides import AUJOURDHUI, dire, fusionner, lit, ouvrir

pytestmark = pytest.mark.django_db
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
