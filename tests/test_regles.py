"""The eight rules that never break (domain.md §5), each played through the actions or the pages.

Finer tests live with their rooms; these are the ones to read first.
"""

import logging
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.nir import lire
from dossiers.consentements.actions import ouvrir_dossier, retirer_consentement
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.models import Demande
from dossiers.echanges.models import Courrier
from dossiers.partages.models import Dossier
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def entrer(client):
    """Sign in as an habilitation, on one client whose requests are all real."""

    def _entrer(habilitation):
        client.force_login(habilitation.utilisateur, backend="partners.comptes.backends.Comptes")
        return client

    return _entrer


def test_1_an_organisme_reads_only_while_a_live_line_names_it(entrer):
    uneo = fabriques.habilitation("partenaire", organisme="uneo")
    dossier = fabriques.dossier(accordes=("uneo",), refuses=())
    adresse = reverse("dossiers:apercu", args=[dossier.numero])
    assert entrer(uneo).get(adresse).status_code == 200
    retirer_consentement(dossier.ouvert_par, dossier, [uneo.organisme], signe_le=timezone.localdate())
    assert entrer(uneo).get(adresse).status_code == 404


def test_2_each_gesture_leaves_exactly_one_row(entrer):
    gestionnaire = fabriques.habilitation("gestionnaire")
    demande = fabriques.demande(etat="complete")
    numero, piece = demande.dossier.numero, demande.justificatifs.filter(type__classe="financier").first()
    client = entrer(gestionnaire)
    gestes = [
        ("get", reverse("dossiers:apercu", args=[numero]), "consulter"),
        ("get", reverse("demandes:detail", args=[demande.numero]), "consulter"),
        ("get", reverse("pieces:lire", args=[piece.reference]), "consulter"),
        ("get", reverse("pieces:fichier", args=[piece.reference]), "telecharger"),
        ("get", reverse("dossiers:synthese", args=[numero]), "imprimer"),
        ("post", reverse("dossiers:reveler_nir", args=[numero]), "reveler_nir"),
        ("post", reverse("demandes:prendre", args=[demande.numero]), "modifier"),
    ]
    for methode, adresse, action in gestes:
        avant = set(LigneJournal.objects.values_list("pk", flat=True))
        assert getattr(client, methode)(adresse).status_code in (200, 302)
        nouvelles = LigneJournal.objects.exclude(pk__in=avant)
        assert [(ligne.action, ligne.objet) for ligne in nouvelles] == [(action, numero)], adresse


def test_3_the_plan_stays_within_the_cost():
    asd, uneo = (
        fabriques.habilitation("assistant_social"),
        fabriques.habilitation("partenaire", organisme="uneo"),
    )
    demande = fabriques.demande(fabriques.dossier(accordes=("asd", "uneo")))

    def contribuer(habilitation, montant):
        contribution = Contribution.objects.get(demande=demande, organisme=habilitation.organisme)
        enregistrer_contribution(
            habilitation, contribution, etat="accord", montant=Decimal(montant),
            date_effet=timezone.localdate(), version=contribution.version,
        )  # fmt: skip
        demande.refresh_from_db()

    contribuer(asd, "500.00")
    assert demande.reste_a_charge == Decimal("220.00")
    with pytest.raises(ActionRefusee, match="220,00"):
        contribuer(uneo, "220.01")
    contribuer(uneo, "220.00")
    assert demande.reste_a_charge == 0


def test_4_one_dossier_per_person_and_later_requests_join_it():
    dossier = fabriques.dossier()
    with pytest.raises(ActionRefusee):
        ouvrir_dossier(dossier.ouvert_par, dossier.assure)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.create(
            numero="DU-2026-9999999-A",
            assure=dossier.assure,
            unite=dossier.unite,
            ouvert_par=dossier.ouvert_par,
        )
    for code in ("aide-menagere", "aide-familiale"):
        assert fabriques.demande(dossier, type_aide=code).dossier_id == dossier.pk


@pytest.mark.parametrize("profil", ["gestionnaire", "secretaire", "assistant_social", "correspondant", "dpo"])
def test_5_medical_content_reaches_the_medecin_only(profil, entrer):
    dossier = fabriques.dossier()
    demande = fabriques.demande(dossier)
    medicale = fabriques.piece(demande, "certificat-medical")
    autre = dossier.ouvert_par if profil == "correspondant" else fabriques.habilitation(profil)
    for nom in ("pieces:lire", "pieces:fichier"):
        assert entrer(autre).get(reverse(nom, args=[medicale.reference])).status_code == 404
    apercu = reverse("pieces:apercu", args=[medicale.reference, 1])
    assert entrer(autre).get(apercu).status_code == 404
    page = entrer(autre).get(reverse("demandes:detail", args=[demande.numero])).content.decode()
    assert str(medicale.reference) not in page
    assert entrer(fabriques.habilitation("medecin")).get(apercu)["Content-Type"] == "image/png"


def test_6_the_nir_is_written_nowhere_in_clear(entrer, caplog, settings):
    """From the opening by its pages to the notification: no table, log, address, e-mail or session holds it."""
    caplog.set_level(logging.DEBUG)
    # The database's own log of statements is not what is looked at here.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    correspondant = fabriques.habilitation("correspondant")
    fabriques.organismes()
    nir = fabriques.nir_valide("F", 84, 5, "83")
    client = entrer(correspondant)
    adresses = []
    reponse = client.post(reverse("ouverture:depart"), {"nir": nir, "naissance": "1984-05-14"}, follow=True)
    adresses += [adresse for adresse, _ in reponse.redirect_chain]
    assert reponse.status_code == 200
    identite = {
        "nom_naissance": "D’Église-Fictive", "prenoms": "Zoë", "sexe": "F", "date_naissance": date(1984, 5, 14),
        "unite": fabriques.unite(),
    }  # fmt: skip
    assure = enregistrer_personne(correspondant, lire(nir), identite)
    demande = fabriques.demande(ouvrir_dossier(correspondant, assure), etat="decidee")
    vider()
    assert Courrier.objects.filter(dossier=demande.dossier, fichier__isnull=False).exists()
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        for (table,) in curseur.fetchall():
            curseur.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            contenu = curseur.fetchone()[0] or ""
            assert nir not in contenu, table
            assert nir.encode().hex() not in contenu, table
    assert nir not in caplog.text
    assert not any(nir in adresse for adresse in adresses)
    assert not any(nir in f"{m.subject}{m.body}{m.alternatives}" for m in mail.outbox)


def test_7_a_request_shared_with_nobody_goes_through_the_same_way():
    dossier = fabriques.dossier(accordes=(), refuses=())
    demande = fabriques.demande(dossier, etat="decidee")
    vider()
    demande = Demande.objects.get(pk=demande.pk)
    assert demande.etat == "notifiee"
    assert not demande.contributions.exists()
    genres = set(
        Courrier.objects.filter(demande=demande, fichier__isnull=False).values_list("genre", flat=True)
    )
    assert genres == {"accuse_reception", "notification"}


def test_8_a_partner_cannot_learn_that_another_was_refused(entrer):
    """Byte for byte, the pages are those of a dossier where the other was never named."""
    uneo = fabriques.habilitation("partenaire", organisme="uneo")
    fabriques.organisme("mspp")

    def pages(refuses):
        dossier = fabriques.dossier(accordes=("uneo",), refuses=refuses)
        demande = fabriques.demande(dossier)
        vider()
        client = entrer(uneo)
        rendues = [
            client.get(reverse(f"dossiers:{onglet}", args=[dossier.numero])).content.decode()
            for onglet in ("apercu", "demandes", "pieces", "contributions", "courriers", "histoire")
        ]
        rendues.append(client.get(reverse("demandes:detail", args=[demande.numero])).content.decode())
        return [_sans_ce_qui_differe(page, dossier, demande) for page in rendues]

    assert pages(("mspp",)) == pages(())
    assert not Notification.objects.filter(destinataire=uneo.utilisateur, texte__contains="MSPP").exists()


def _sans_ce_qui_differe(page: str, dossier: Dossier, demande: Demande) -> str:
    """A page without its own names, numbers, times and tokens: what is left must not depend on refusals."""
    import re

    propre = page
    for valeur in (
        dossier.numero, demande.numero, str(dossier.assure), dossier.assure.nom, dossier.assure.nom_naissance,
        str(dossier.ouvert_par.utilisateur),
    ):  # fmt: skip
        propre = propre.replace(valeur.replace("'", "&#x27;"), "·").replace(valeur, "·")
    propre = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", propre)
    propre = re.sub(r'datetime="[^"]+"', "", propre)
    propre = re.sub(r"\d{1,2}\W{1,8}h\W{1,8}\d{2}", "", propre)
    propre = re.sub(r"Notifications[^\"]*", "", propre)
    propre = re.sub(r"cloche[^>]*>.*?</a>", "", propre, flags=re.S)
    return re.sub(r"\d", "0", propre)
