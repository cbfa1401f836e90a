"""The yearly review: who answers for what, the reminders, and what the calendar does of the rest."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from partners.habilitations.models import Habilitation
from partners.models import LigneRevue
from partners.revues import actions
from partners.revues.models import TRANSITIONS, EtatLigne
from tests import fabriques

pytestmark = pytest.mark.django_db
ECHEANCE = date(2026, 3, 31)


def le(jour: int, mois: int = 3) -> time_machine.travel:
    return time_machine.travel(datetime(2026, mois, jour, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def responsable(db) -> Habilitation:
    return fabriques.habilitation("responsable", organisme="uneo")


@pytest.fixture
def membres(responsable) -> list[Habilitation]:
    return [fabriques.habilitation("partenaire", organisme="uneo") for _ in range(3)]


@pytest.fixture
def campagne(admin, membres, responsable):
    with le(1):
        return actions.ouvrir(admin, 2026, ECHEANCE)


def a_confirmer(par, campagne) -> list[int]:
    lignes = actions.lignes_de(par, campagne).filter(etat="a_confirmer")
    return list(lignes.order_by("pk").values_list("pk", flat=True))


def rappels(moment: str) -> set[int]:
    lignes = Notification.objects.filter(genre="habilitation_revue", cle__contains=f"-{moment}-")
    return set(lignes.values_list("destinataire", flat=True))


def test_une_ligne_par_habilitation_en_vigueur(admin, campagne, membres, responsable) -> None:
    fabriques.habilitation("partenaire", organisme="uneo", etat="suspendue")
    attendues = {h.pk for h in [admin, responsable, *membres]}
    assert set(campagne.lignes.values_list("habilitation", flat=True)) == attendues
    assert LigneJournal.objects.get(objet="revue 2026").details == {"habilitations": 5}


def test_seul_l_administrateur_ouvre_et_une_seule_fois(admin, responsable) -> None:
    with pytest.raises(ActionRefusee):
        actions.ouvrir(responsable, 2026, ECHEANCE)
    with le(1):
        actions.ouvrir(admin, 2026, ECHEANCE)
        for annee in (2026, 2027):
            with pytest.raises(ActionRefusee, match="en cours"):
                actions.ouvrir(admin, annee, ECHEANCE)


def test_l_echeance_est_a_venir(admin) -> None:
    with le(31), pytest.raises(ActionRefusee):
        actions.ouvrir(admin, 2026, ECHEANCE)


def test_chacun_repond_des_siens_jamais_de_soi(admin, campagne, membres, responsable) -> None:
    assert len(a_confirmer(responsable, campagne)) == len(membres)
    # The responsable himself has nobody else in his organisme; the administrator may not answer for herself.
    restent = LigneRevue.objects.filter(pk__in=a_confirmer(admin, campagne))
    assert [ligne.habilitation_id for ligne in restent] == [responsable.pk]
    assert a_confirmer(fabriques.habilitation("dpo"), campagne) == []


def test_confirmer_en_bloc_laisse_une_trace(campagne, membres, responsable) -> None:
    lignes = a_confirmer(responsable, campagne)
    assert actions.confirmer(responsable, campagne, [*lignes[:2], 999_999]) == 2
    trace = LigneJournal.objects.get(objet="revue 2026", action="modifier")
    assert len(trace.objets) == 2
    with pytest.raises(ActionRefusee):
        actions.confirmer(responsable, campagne, lignes[:2])


def test_on_ne_confirme_pas_celles_d_un_autre(campagne, responsable) -> None:
    etranger = fabriques.habilitation("responsable", organisme="asd")
    with pytest.raises(ActionRefusee):
        actions.confirmer(etranger, campagne, a_confirmer(responsable, campagne))
    with pytest.raises(AccesRefuse):
        actions.terminer(etranger, campagne.lignes.exclude(habilitation=responsable).first(), "inutile")


def test_mettre_fin_clot_tout_de_suite(campagne, membres, responsable) -> None:
    ligne = campagne.lignes.get(habilitation=membres[0])
    with pytest.raises(ActionRefusee) as refus:
        actions.terminer(responsable, ligne, "")
    assert refus.value.champ == "motif"
    actions.terminer(responsable, ligne, "a changé de poste")
    membres[0].refresh_from_db()
    ligne.refresh_from_db()
    assert (membres[0].etat, ligne.etat) == ("close", "close")
    with pytest.raises(ActionRefusee, match="déjà reçu"):
        actions.terminer(responsable, ligne, "encore")


def test_les_rappels_aux_jours_dits_et_jamais_vides(admin, campagne, responsable) -> None:
    assert rappels("ouverture") == {responsable.utilisateur_id, admin.utilisateur_id}
    with le(15):
        assert actions.avancer() == 0
    actions.confirmer(admin, campagne, a_confirmer(admin, campagne))
    with le(16):
        actions.avancer()
        actions.avancer()
    assert rappels("j-15") == {responsable.utilisateur_id}
    assert Notification.objects.filter(cle__contains="-j-15-").count() == 1
    actions.confirmer(responsable, campagne, a_confirmer(responsable, campagne))
    with le(28):
        assert actions.avancer() == 0
    assert rappels("j-3") == set()


def test_le_rappel_dit_combien_et_jusqu_a_quand(campagne, responsable) -> None:
    texte = Notification.objects.get(destinataire=responsable.utilisateur).texte
    assert "3\u00a0habilitations attendent" in texte
    assert "31\u00a0mars\u00a02026" in texte


def test_un_jour_manque_n_oublie_pas_le_rappel(campagne, responsable) -> None:
    with le(18):
        actions.avancer()
    assert responsable.utilisateur_id in rappels("j-15")


def test_apres_l_echeance_ce_qui_n_est_pas_confirme_est_suspendu(
    admin, campagne, membres, responsable
) -> None:
    confirmee = campagne.lignes.get(habilitation=membres[0])
    actions.confirmer(responsable, campagne, [confirmee.pk])
    partie = membres[1]
    Habilitation.objects.filter(pk=partie.pk).update(etat="close", fin=ECHEANCE)
    with le(31):
        actions.avancer()
        assert campagne.lignes.filter(etat="a_confirmer").count() == 4
    with le(1, 4):
        assert actions.avancer() == 2
    etats = dict(campagne.lignes.values_list("habilitation", "etat"))
    assert etats == {
        membres[0].pk: "confirmee", partie.pk: "sans_objet", membres[2].pk: "suspendue",
        responsable.pk: "suspendue", admin.pk: "sans_objet",
    }  # fmt: skip
    membres[2].refresh_from_db()
    assert (membres[2].etat, membres[2].cause) == ("suspendue", "revue")
    campagne.refresh_from_db()
    assert campagne.etat == "close"
    with pytest.raises(ActionRefusee, match="terminée"):
        actions.confirmer(responsable, campagne, [confirmee.pk])


@pytest.mark.parametrize("de", EtatLigne.values)
@pytest.mark.parametrize("vers", EtatLigne.values)
def test_la_base_tient_les_memes_transitions(campagne, de, vers) -> None:
    from django.utils import timezone

    LigneRevue.objects.all().delete()
    decidee = None if de == "a_confirmer" else timezone.now()
    tenue = fabriques.habilitation("dpo")
    ligne = LigneRevue.objects.create(campagne=campagne, habilitation=tenue, etat=de, decidee_le=decidee)
    fin = None if vers == "a_confirmer" else timezone.now()
    ordre = "UPDATE partners_ligne_revue SET etat = %s, decidee_le = %s WHERE id = %s"
    with connection.cursor() as curseur:
        if de == vers or vers in TRANSITIONS[de]:
            curseur.execute(ordre, [vers, fin, ligne.pk])
            return
        with pytest.raises(IntegrityError), transaction.atomic():
            curseur.execute(ordre, [vers, fin, ligne.pk])


def test_les_pages(admin, campagne, responsable, membres, connecter) -> None:
    client = connecter(responsable)
    page = client.get(reverse("habilitations:revue")).content.decode()
    assert page.count('type="checkbox"') == len(membres)
    client.post(reverse("habilitations:revue"), {"ligne": a_confirmer(responsable, campagne)[:2]})
    assert len(a_confirmer(responsable, campagne)) == 1
    [reste] = a_confirmer(responsable, campagne)
    fin = reverse("habilitations:revue_terminer", args=[reste])
    assert "champ--erreur" in client.post(fin, {"motif": "", "version": 1}).content.decode()
    client.post(fin, {"motif": "parti", "version": 1})
    assert (
        "Vous avez répondu pour tout le monde" in client.get(reverse("habilitations:revue")).content.decode()
    )
    avancement = connecter(admin).get(reverse("administration:revue", args=[2026])).content.decode()
    assert "Unéo" in avancement


def test_ouvrir_par_la_page(client_admin, admin) -> None:
    adresse = reverse("administration:revues")
    assert "Aucune revue" in client_admin.get(adresse).content.decode()
    refus = client_admin.post(adresse, {"annee": "2026", "echeance": "2020-01-01"})
    assert "champ--erreur" in refus.content.decode()
    client_admin.post(adresse, {"annee": "2026", "echeance": "2099-01-01"})
    assert LigneRevue.objects.count() == 1


def test_sans_campagne_la_page_le_dit(responsable, connecter) -> None:
    assert (
        "Aucune revue n’est en cours"
        in connecter(responsable).get(reverse("habilitations:revue")).content.decode()
    )


def test_la_revue_ne_coute_pas_par_ligne(
    campagne, responsable, connecter, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    client, page = connecter(responsable), reverse("habilitations:revue")
    client.get(page)
    with django_assert_max_num_queries(20) as peu:
        client.get(page)
    for _ in range(15):
        LigneRevue.objects.create(
            campagne=campagne, habilitation=fabriques.habilitation("partenaire", organisme="uneo")
        )
    with django_assert_num_queries(len(peu.captured_queries)):
        client.get(page)
