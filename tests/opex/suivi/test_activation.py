"""The first wound wakes a dossier up: nothing of it reached a partner before, everything does at once, at any hour."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dossiers.echanges import destinataires
from dossiers.echanges.destinataires import Annonce
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.models import Dossier, Partage
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification, Preference
from dossierunique.notifications.sortie import vider
from opex.models import Suivi
from opex.suivi.blessures import signaler_blessure
from partners.habilitations.identite import agir_pour
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db
LA_NUIT = "2026-03-03 02:40:00+01:00"


@pytest.fixture
def annonce(monkeypatch):
    """The announcement of a wound, as wide as the readers, whoever writes its words."""
    monkeypatch.setitem(
        destinataires.ANNONCES,
        Genre.BLESSURE,
        Annonce(lambda n: f"Une blessure est signalée sur {n}.", correspondants=True, partenaires=True),
    )


def lus_en_sql(habilitation, dossier) -> set[str]:
    """The tables where the application's role finds something of a dossier, under this identity."""
    tables = ("opex_suivi", "opex_blessure", "opex_echeance", "dossiers_evenement", "dossiers_partage")
    trouvees = set()
    with agir_pour(habilitation), connection.cursor() as curseur:
        curseur.execute("SELECT 1 FROM dossiers_dossier WHERE id = %s", [dossier.pk])
        if curseur.fetchone():
            trouvees.add("dossiers_dossier")
        for table in tables:
            curseur.execute(f"SELECT 1 FROM {table} WHERE dossier_id = %s LIMIT 1", [dossier.pk])
            if curseur.fetchone():
                trouvees.add(table)
    return trouvees


def surfaces(client, dossier) -> dict[str, bool]:
    """Where a partner finds a dossier: its list, the search of the header, the search by NIR, its pages."""
    assure = dossier.assure
    par_nir = client.post(
        reverse("dossiers:par_nir"), {"nir": assure.nir, "naissance": assure.date_naissance.isoformat()}
    )
    suivie = par_nir.url if par_nir.status_code == 302 else par_nir.content.decode()
    return {
        "liste": dossier.numero in client.get(reverse("dossiers:liste")).content.decode(),
        "recherche": assure.nom
        in client.get(reverse("recherche"), {"q": assure.nom_naissance}).content.decode(),
        "nir": dossier.numero in suivie,
        "page": client.get(reverse("suivi:page", args=[dossier.numero])).status_code == 200,
    }


def test_nothing_before_everything_after(dormant, referent, connexion):
    client = connexion(referent)
    avant = surfaces(client, dormant)
    assert not any(avant[nom] for nom in ("liste", "nir", "page")), avant
    assert lus_en_sql(referent, dormant) == set()
    with pytest.raises(AccesRefuse):
        opex.blessure(dormant, par=referent)
    opex.blessure(dormant)
    apres = surfaces(client, dormant)
    assert apres["liste"] and apres["nir"] and apres["page"], apres
    assert {"dossiers_dossier", "opex_suivi", "opex_blessure", "opex_echeance"} <= lus_en_sql(
        referent, dormant
    )


def test_at_night_every_recipient_accorded_is_told_within_the_minute_and_nobody_else(annonce, correspondant):
    with time_machine.travel(LA_NUIT, tick=False) as horloge:
        accordee = fabriques.habilitation("assistant_social")
        refusee = fabriques.habilitation("referent_opex", organisme="uneo")
        autre = fabriques.habilitation("partenaire", organisme="mspp", programmes=["DU", "OPEX"])
        # She asked for a summary on Mondays: help does not wait for it.
        Preference.objects.create(utilisateur=accordee.utilisateur, genre="", rythme="hebdomadaire")
        dossier = opex.dossier_opex(correspondant, accordes=("asd",), refuses=("uneo",))
        vider()
        mail.outbox.clear()
        opex.blessure(
            dossier, survenue_le=timezone.localdate(), evacuation="aucune", evacuee_le=None, hopital=""
        )
        horloge.shift(timedelta(seconds=59))
        vider()
        vider()
        dits = Notification.objects.filter(genre=Genre.BLESSURE)
        assert {n.destinataire_id for n in dits} == {accordee.utilisateur_id}
        [courriel] = [m for m in mail.outbox if m.to == [accordee.utilisateur.email]]
        assert dossier.numero in courriel.subject + courriel.body
        for parole in ("Sahel", "grave", "engin", dossier.assure.nom_naissance, dossier.assure.nir):
            assert parole not in courriel.body + courriel.subject
        adresses = {a for m in mail.outbox for a in m.to}
        assert not adresses & {refusee.utilisateur.email, autre.utilisateur.email}


def test_who_was_refused_reads_nothing_after_the_wound(correspondant, referent):
    dossier = opex.blesse(correspondant, accordes=("asd",), refuses=("uneo",))
    assert lus_en_sql(referent, dossier) == set()
    assert not Dossier.objects.filter(pk=dossier.pk).visibles_par(referent).exists()


def test_it_is_one_transaction_and_one_story(dormant, journal):
    avant = journal()
    opex.blessure(dormant)
    suivi = Suivi.objects.get(dossier=dormant)
    dormant.refresh_from_db()
    assert (suivi.etat, dormant.endormi) == ("active", False)
    assert suivi.active_le is not None
    lecteurs = Partage.objects.actifs().filter(dossier=dormant, nature="consentement")
    assert set(lecteurs.values_list("organisme__code", flat=True)) == {"asd", "uneo"}
    [fait] = Evenement.objects.filter(dossier=dormant, genre=Genre.BLESSURE)
    assert fait.jour == dormant.blessures.get().survenue_le
    assert journal() == avant + 1


def test_a_refused_wound_wakes_nobody(dormant, correspondant):
    demain = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Exception, match="futur"):
        signaler_blessure(
            correspondant, dormant,
            {"survenue_le": demain, "theatre": "Sahel", "circonstances": "combat", "gravite": "grave"},
        )  # fmt: skip
    dormant.refresh_from_db()
    assert dormant.endormi
    assert not Partage.objects.actifs().filter(dossier=dormant, nature="consentement").exists()


@pytest.mark.parametrize("etat", ["expire", "radie"])
def test_a_wound_wakes_what_had_expired_or_left(etat, dormant):
    Suivi.objects.filter(dossier=dormant).update(etat=etat)
    opex.blessure(dormant)
    assert Suivi.objects.get(dossier=dormant).etat == "active"


def test_without_consent_nobody_reads_it_and_the_fund_goes_on(correspondant):
    dossier = opex.dossier_opex(correspondant, accordes=())
    opex.blessure(dossier)
    assert not Partage.objects.actifs().filter(dossier=dossier, nature="consentement").exists()
    assert Suivi.objects.get(dossier=dossier).etat == "active"


def test_a_consent_given_after_the_wound_opens_at_once(correspondant, referent):
    from dossiers.consentements.actions import enregistrer_consentement, texte_en_vigueur

    dossier = opex.dossier_opex(correspondant, accordes=())
    opex.blessure(dossier)
    enregistrer_consentement(
        correspondant, dossier, texte=texte_en_vigueur("OPEX"), signe_le=timezone.localdate(),
        decisions={fabriques.organisme("uneo").pk: "accorde"},
    )  # fmt: skip
    assert Dossier.objects.filter(pk=dossier.pk).visibles_par(referent).exists()
