"""From the request to the activation: each arrow, who may follow it, and who is told."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.ecriture import Personne
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from partners.habilitations import actions, listes, parcours, policies
from partners.habilitations.models import Charte, Habilitation, Profil
from tests import fabriques

pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 22)


@pytest.fixture
def responsable(db) -> Habilitation:
    return fabriques.habilitation("responsable", organisme="uneo")


def demander(personne=None, par=None, profil="partenaire", organisme="uneo", **k) -> Habilitation:
    personne = personne or fabriques.utilisateur()
    champs = {"unites": [], "programmes": ["DU"], "debut": JOUR} | k
    return parcours.demander(
        par or Personne(personne), personne, fabriques.organisme(organisme), profil=profil, **champs
    )


def correspondant(**k) -> Habilitation:
    unites = [fabriques.unite()]
    return demander(profil="correspondant", organisme="armee", unites=unites, formation_le=JOUR, **k)


def prevenus(demande: Habilitation, genre: str) -> set[int]:
    lignes = Notification.objects.filter(genre=genre, texte__contains=f"n° {demande.pk}")
    return set(lignes.values_list("destinataire", flat=True))


def test_le_chemin_entier(admin, responsable) -> None:
    demande = demander()
    assert (demande.etat, demande.demandee_par_id) == ("demandee", demande.utilisateur_id)
    assert prevenus(demande, "habilitation_a_traiter") == {responsable.utilisateur_id}
    assert not Habilitation.objects.en_vigueur().filter(pk=demande.pk).exists()
    demande = parcours.valider(responsable, demande, demande.version)
    assert (demande.etat, demande.validee_par_id) == ("validee", responsable.utilisateur_id)
    assert admin.utilisateur_id in prevenus(demande, "habilitation_a_traiter")
    demande = parcours.activer(admin, demande, demande.version)
    assert (demande.etat, demande.accordee_par_id) == ("active", admin.utilisateur_id)
    assert Habilitation.objects.en_vigueur().filter(pk=demande.pk).exists()
    assert prevenus(demande, "habilitation_suivi") == {demande.utilisateur_id}
    traces = LigneJournal.objects.filter(objet=demande.reference).order_by("pk")
    assert [(t.action, t.details.get("vers", t.details.get("etat"))) for t in traces] == [
        ("creer", "demandee"), ("modifier", "validee"), ("modifier", "active"),
    ]  # fmt: skip


def test_les_messages_ne_nomment_personne(admin, responsable) -> None:
    demande = demander()
    parcours.valider(responsable, demande)
    for texte in Notification.objects.values_list("texte", flat=True):
        assert demande.utilisateur.last_name not in texte


@pytest.mark.parametrize("profil", sorted(set(Profil.values) - {Profil.RESPONSABLE}))
def test_seul_le_responsable_de_l_organisme_valide(responsable, profil) -> None:
    demande = demander()
    with pytest.raises(ActionRefusee):
        parcours.valider(fabriques.habilitation(profil), demande)


def test_le_responsable_d_un_autre_organisme_ne_valide_pas(responsable) -> None:
    with pytest.raises(ActionRefusee):
        parcours.valider(fabriques.habilitation("responsable", organisme="asd"), demander())


def test_un_responsable_suspendu_ne_valide_plus(responsable) -> None:
    demande = demander()
    Habilitation.objects.filter(pk=responsable.pk).update(etat="suspendue")
    responsable.refresh_from_db()
    with pytest.raises(ActionRefusee):
        parcours.valider(responsable, demande)


def test_nul_ne_valide_ni_n_active_sa_propre_demande(admin) -> None:
    moi = fabriques.habilitation("responsable", organisme="uneo")
    # Nothing else than the superviseur may be held beside: the CNMSS's, so that the row is made by hand.
    sienne = fabriques.habilitation(
        "superviseur", utilisateur=moi.utilisateur, organisme=moi.organisme, etat="demandee"
    )
    with pytest.raises(ActionRefusee, match="propres habilitations"):
        parcours.valider(moi, sienne)
    la_mienne = demander(admin.utilisateur, organisme="cnmss", profil="superviseur")
    for geste in (parcours.activer, lambda *a: parcours.refuser(*a, "non")):
        with pytest.raises(ActionRefusee, match="propres habilitations"):
            geste(admin, la_mienne)


def test_celui_qui_a_valide_n_active_pas(admin, responsable) -> None:
    demande = parcours.valider(responsable, demander())
    Habilitation.objects.filter(pk=demande.pk).update(validee_par=admin.utilisateur_id)
    assert list(listes.a_decider(admin)) == []
    with pytest.raises(ActionRefusee, match="un autre administrateur"):
        parcours.activer(admin, demande)


def test_l_administrateur_attend_la_validation(admin, responsable) -> None:
    with pytest.raises(ActionRefusee, match="valide d’abord"):
        parcours.activer(admin, demander())


def test_sans_responsable_la_cnmss_decide_seule(admin) -> None:
    demande = demander(organisme="asd", profil="assistant_social")
    assert prevenus(demande, "habilitation_a_traiter") == {admin.utilisateur_id}
    assert parcours.activer(admin, demande).etat == "active"


def test_les_profils_de_la_cnmss_n_ont_que_l_administrateur(admin) -> None:
    demande = demander(organisme="cnmss", profil="gestionnaire")
    assert list(listes.a_decider(admin)) == [demande]
    assert parcours.activer(admin, demande).etat == "active"


def test_un_responsable_seul_de_son_organisme_ne_bloque_pas_sa_propre_demande(admin, responsable) -> None:
    Habilitation.objects.filter(pk=responsable.pk).update(etat="close", fin=JOUR)
    demande = demander(responsable.utilisateur, profil="responsable")
    assert parcours.activer(admin, demande).etat == "active"


def test_la_demande_du_responsable_vaut_validation(admin, responsable) -> None:
    demande = demander(par=responsable)
    assert (demande.etat, demande.validee_par_id) == ("validee", responsable.utilisateur_id)
    assert prevenus(demande, "habilitation_suivi") == {demande.utilisateur_id}
    assert parcours.activer(admin, demande).etat == "active"


@pytest.mark.parametrize("profil", ["partenaire", "dpo", "superviseur"])
def test_on_ne_demande_pas_pour_un_autre(profil, responsable) -> None:
    with pytest.raises(AccesRefuse):
        demander(par=fabriques.habilitation(profil))


def test_un_responsable_ne_demande_pas_pour_un_autre_organisme(responsable) -> None:
    with pytest.raises(AccesRefuse):
        demander(par=responsable, organisme="mspp")


def test_refuser_dit_pourquoi_et_previent(admin, responsable) -> None:
    demande = demander()
    with pytest.raises(ActionRefusee) as refus:
        parcours.refuser(responsable, demande, " ")
    assert refus.value.champ == "motif"
    refusee = parcours.refuser(responsable, demande, "poste supprimé")
    assert (refusee.etat, refusee.motif) == ("close", "poste supprimé")
    assert prevenus(demande, "habilitation_suivi") == {demande.utilisateur_id}
    validee = parcours.valider(responsable, demander())
    assert parcours.refuser(admin, validee, "doublon").etat == "close"
    with pytest.raises(ActionRefusee, match="déjà reçu sa réponse"):
        parcours.refuser(admin, validee, "doublon")


def test_le_responsable_ne_revient_pas_sur_ce_que_la_cnmss_etudie(responsable) -> None:
    validee = parcours.valider(responsable, demander())
    with pytest.raises(ActionRefusee):
        parcours.refuser(responsable, validee, "trop tard")


def test_la_personne_retire_sa_demande(responsable, gestionnaire) -> None:
    demande = demander()
    with pytest.raises(AccesRefuse):
        parcours.annuler(gestionnaire.utilisateur, demande)
    assert parcours.annuler(demande.utilisateur, demande).etat == "close"
    with pytest.raises(ActionRefusee):
        parcours.annuler(demande.utilisateur, demande)


def test_un_correspondant_accepte_la_charte_avant_d_etre_active(admin) -> None:
    demande = correspondant()
    with pytest.raises(ActionRefusee) as refus:
        parcours.activer(admin, demande)
    assert refus.value.champ == "charte_signee_le"
    with pytest.raises(AccesRefuse):
        parcours.accepter_charte(admin.utilisateur, demande, parcours.charte_en_vigueur())
    parcours.accepter_charte(demande.utilisateur, demande, parcours.charte_en_vigueur())
    demande = parcours.activer(admin, demande)
    assert (demande.etat, demande.charte.version) == ("active", 1)


def test_une_charte_remplacee_ne_s_accepte_plus(admin) -> None:
    demande, ancienne = correspondant(), parcours.charte_en_vigueur()
    Charte.objects.create(version=2, titre="Charte", corps="Nouvelle.", en_vigueur_depuis=date(2026, 11, 1))
    with pytest.raises(ActionRefusee, match="vient de changer"):
        parcours.accepter_charte(demande.utilisateur, demande, ancienne)


@pytest.mark.parametrize("manque", [{"unites": []}, {"formation_le": None}])
def test_un_correspondant_est_forme_des_la_demande(manque, db) -> None:
    champs = {"unites": [fabriques.unite()], "formation_le": JOUR} | manque
    with pytest.raises(ActionRefusee):
        demander(profil="correspondant", organisme="armee", **champs)


def test_incompatible_des_la_demande_avec_la_raison(db) -> None:
    medecin = fabriques.habilitation("medecin")
    with pytest.raises(ActionRefusee, match="n’y siège pas") as refus:
        demander(medecin.utilisateur, profil="membre", organisme="cnmss")
    assert refus.value.champ == "profil"


@pytest.mark.parametrize("geste", ["valider", "activer", "reprendre"])
def test_incompatible_a_chaque_etape(geste, admin, monkeypatch) -> None:
    responsable = fabriques.habilitation("responsable", organisme="uneo")
    etats = {"valider": "demandee", "activer": "validee", "reprendre": "suspendue"}
    visee = fabriques.habilitation(
        "partenaire", organisme="uneo", etat=etats[geste], validee_par=responsable.utilisateur
    )
    # As if the matrix had grown since: the pair is in force although the database let it pass.
    fabriques.habilitation("referent_opex", organisme="uneo", utilisateur=visee.utilisateur)
    regle = policies.Incompatibilite("partenaire", frozenset({"referent_opex"}), "une règle nouvelle")
    monkeypatch.setattr(policies, "INCOMPATIBLES", (regle,))
    par = responsable if geste == "valider" else admin
    action = {"valider": parcours.valider, "activer": parcours.activer, "reprendre": actions.reprendre}[geste]
    with pytest.raises(ActionRefusee, match="une règle nouvelle"):
        action(par, visee)


def test_modifiee_depuis(responsable) -> None:
    demande = demander()
    parcours.valider(responsable, demande, 1)
    with pytest.raises(ModifieDepuis):
        parcours.refuser(responsable, demande, "non", 1)


@pytest.mark.parametrize("champ", ["validee_par", "accordee_par"])
def test_la_base_refuse_de_se_servir_soi_meme(champ, db) -> None:
    moi = fabriques.utilisateur()
    with pytest.raises(IntegrityError, match="pas_soi_meme"), transaction.atomic():
        fabriques.habilitation("superviseur", utilisateur=moi, **{champ: moi})


def test_la_base_exige_deux_personnes(db) -> None:
    tiers = fabriques.utilisateur()
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        fabriques.habilitation("superviseur", validee_par=tiers, accordee_par=tiers)


@pytest.mark.parametrize(("un", "autre"), policies.paires_incompatibles())
def test_la_base_refuse_chaque_paire_incompatible(un, autre, db) -> None:
    tenue = fabriques.habilitation(un)
    with connection.cursor() as curseur:
        seconde = fabriques.habilitation(autre)
        ordre = "UPDATE partners_habilitation SET utilisateur_id = %s WHERE id = %s"
        with pytest.raises(IntegrityError, match="profils incompatibles"), transaction.atomic():
            curseur.execute(ordre, [tenue.utilisateur_id, seconde.pk])
        curseur.execute("UPDATE partners_habilitation SET etat = 'close' WHERE id = %s", [tenue.pk])
        curseur.execute(ordre, [tenue.utilisateur_id, seconde.pk])
        with pytest.raises(IntegrityError, match="profils incompatibles"), transaction.atomic():
            fabriques.habilitation(un, utilisateur=tenue.utilisateur)


def a_la_fois(gestes) -> list[str]:
    """Run the acts at the same moment, each in its thread: which were done, which refused."""
    depart, resultats = Barrier(len(gestes)), []

    def lancer(geste) -> None:
        try:
            depart.wait(10)
            geste()
            resultats.append("fait")
        except (ActionRefusee, ModifieDepuis):
            resultats.append("refus")
        finally:
            connection.close()

    fils = [Thread(target=lancer, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    return sorted(resultats)


@pytest.mark.django_db(transaction=True)
def test_deux_administrateurs_a_la_fois_ne_donnent_pas_deux_profils_incompatibles() -> None:
    admins = [fabriques.habilitation("administrateur") for _ in range(2)]
    personne, cnmss = fabriques.utilisateur(), fabriques.organisme("cnmss")

    def accorder(par, profil):
        return lambda: actions.accorder(par, personne, cnmss, profil, [], ["DU"], JOUR)

    assert a_la_fois([accorder(admins[0], "medecin"), accorder(admins[1], "membre")]) == ["fait", "refus"]
    assert Habilitation.objects.en_vigueur().filter(utilisateur=personne).count() == 1


@pytest.mark.django_db(transaction=True)
def test_deux_administrateurs_activent_la_meme_demande_une_fois() -> None:
    admins = [fabriques.habilitation("administrateur") for _ in range(2)]
    demande = demander(organisme="cnmss", profil="gestionnaire")

    def activer(par):
        return lambda: parcours.activer(par, demande, demande.version)

    assert a_la_fois([activer(par) for par in admins]) == ["fait", "refus"]


def test_reprise_par_le_responsable_quand_le_calendrier_a_suspendu(admin, responsable) -> None:
    tenue = fabriques.habilitation("partenaire", organisme="uneo", etat="suspendue", cause="inutilisee")
    parcours.demander_reprise(tenue.utilisateur, tenue)
    parcours.demander_reprise(tenue.utilisateur, tenue)
    assert prevenus(tenue, "habilitation_alerte") == {responsable.utilisateur_id}
    assert list(listes.reprises(responsable)) == [tenue]
    assert list(listes.reprises(admin)) == []
    reprise = actions.reprendre(responsable, tenue)
    assert (reprise.etat, reprise.cause, reprise.reprise_demandee_le) == ("active", "", None)


def test_ce_que_l_administrateur_a_suspendu_lui_revient(admin, responsable) -> None:
    tenue = fabriques.habilitation("partenaire", organisme="uneo")
    actions.suspendre(admin, tenue, "enquête")
    tenue.refresh_from_db()
    parcours.demander_reprise(tenue.utilisateur, tenue)
    assert list(listes.reprises(admin)) == [tenue]
    assert list(listes.reprises(responsable)) == []
    with pytest.raises(ActionRefusee, match="CNMSS a suspendu"):
        actions.reprendre(responsable, tenue)


def test_une_habilitation_echue_ne_se_reprend_pas(admin) -> None:
    tenue = fabriques.habilitation("partenaire", etat="suspendue", fin=date(2026, 2, 1))
    with pytest.raises(ActionRefusee, match="validité"):
        actions.reprendre(admin, tenue)


# Pages


def test_du_formulaire_a_l_activation(admin, responsable, connecter) -> None:
    personne = fabriques.habilitation("partenaire", organisme="mspp", etat="close", fin=JOUR)
    client = connecter(personne)
    assert "Demander une habilitation" in client.get(reverse("habilitations:miennes")).content.decode()
    adresse = reverse("habilitations:demander") + "?organisme=uneo"
    envoi = {"profil": "partenaire", "programmes": ["DU"], "debut": "2026-11-22", "motif": "nouveau poste"}
    vide = client.post(adresse, envoi | {"profil": ""})
    assert "champ--erreur" in vide.content.decode()
    assert client.post(adresse, envoi).headers["Location"] == reverse("habilitations:miennes")
    demande = Habilitation.objects.get(utilisateur=personne.utilisateur, etat="demandee")
    page = reverse("habilitations:demande", args=[demande.pk])
    responsable_navigue = connecter(responsable)
    assert (
        str(demande.utilisateur)
        in responsable_navigue.get(reverse("habilitations:a_decider")).content.decode()
    )
    sans_motif = responsable_navigue.post(page, {"decision": "refuser", "version": demande.version})
    assert "champ--erreur" in sans_motif.content.decode()
    responsable_navigue.post(page, {"decision": "valider", "version": demande.version})
    demande.refresh_from_db()
    assert demande.etat == "validee"
    vieux = connecter(admin).post(page, {"decision": "activer", "version": 1})
    assert vieux.status_code == 409
    connecter(admin).post(page, {"decision": "activer", "version": demande.version})
    demande.refresh_from_db()
    assert demande.etat == "active"


def test_la_charte_se_lit_et_s_accepte(connecter, admin) -> None:
    demande = correspondant()
    tenue = fabriques.habilitation("referent_opex", organisme="armee", utilisateur=demande.utilisateur)
    client = connecter(tenue)
    page = reverse("habilitations:charte", args=[demande.pk])
    assert "Je garde le secret" in client.get(page).content.decode()
    client.post(page)
    demande.refresh_from_db()
    assert (demande.charte_signee_le is not None, demande.charte.version) == (True, 1)
    assert connecter(admin).get(page).status_code == 404


def test_la_page_d_une_demande_est_a_ceux_qui_en_ont_la_charge(connecter, responsable) -> None:
    demande = demander()
    page = reverse("habilitations:demande", args=[demande.pk])
    assert connecter(responsable).get(page).status_code == 200
    etranger = fabriques.habilitation("responsable", organisme="asd")
    assert connecter(etranger).get(page).status_code == 404
    assert connecter(etranger).post(page, {"decision": "valider", "version": 1}).status_code == 404


def test_un_responsable_demande_pour_les_siens_seulement(connecter, responsable) -> None:
    sien = fabriques.habilitation("partenaire", organisme="uneo")
    autre = fabriques.habilitation("partenaire", organisme="mspp")
    client, adresse = connecter(responsable), reverse("habilitations:demander")
    assert client.get(f"{adresse}?personne={sien.utilisateur_id}").status_code == 200
    assert client.get(f"{adresse}?personne={autre.utilisateur_id}").status_code == 404
    envoi = {"profil": "referent_opex", "programmes": ["OPEX"], "debut": "2026-11-22"}
    client.post(f"{adresse}?personne={sien.utilisateur_id}", envoi)
    assert Habilitation.objects.get(utilisateur=sien.utilisateur, profil="referent_opex").etat == "validee"


@pytest.mark.parametrize("page", ["habilitations:a_decider", "habilitations:equipe"])
def test_les_listes_ne_coutent_pas_par_ligne(
    page, responsable, connecter, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    client = connecter(responsable)
    for _ in range(2):
        demander()
    client.get(reverse(page))
    with django_assert_max_num_queries(20) as peu:
        client.get(reverse(page))
    for _ in range(12):
        demander()
    with django_assert_num_queries(len(peu.captured_queries)):
        client.get(reverse(page))


def test_l_histoire_dit_chaque_etape(admin, client_admin) -> None:
    demande = correspondant()
    parcours.accepter_charte(demande.utilisateur, demande, parcours.charte_en_vigueur())
    parcours.activer(admin, demande)
    actions.suspendre(admin, demande, "congé")
    actions.reprendre(admin, demande)
    fiche = client_admin.get(
        reverse("administration:utilisateur", args=[demande.utilisateur_id])
    ).content.decode()
    places = [
        fiche.index(f": {mot}") for mot in ("reprise", "suspendue", "activée", "charte acceptée", "demandée")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("etat", ["demandee", "validee"])
def test_une_demande_ne_se_reprend_pas(etat, admin, responsable, client_admin) -> None:
    """« Reprendre » gives back what was suspended: it is no shorter way around the organisme's validation."""
    demande = demander()
    if etat == "validee":
        demande = parcours.valider(responsable, demande)
    with pytest.raises(ActionRefusee):
        actions.reprendre(admin, demande, "raccourci", demande.version)
    client_admin.post(
        reverse("administration:changer", args=[demande.pk, "reprendre"]),
        {"motif": "raccourci", "version": demande.version},
    )
    client_admin.post(reverse("habilitations:reprendre", args=[demande.pk]))
    demande.refresh_from_db()
    assert (demande.etat, demande.accordee_par_id) == (etat, None)


@pytest.mark.django_db(transaction=True)
def test_deux_administrateurs_ne_se_suspendent_pas_l_un_l_autre() -> None:
    un, deux = (fabriques.habilitation("administrateur") for _ in range(2))
    depart, issues = Barrier(2), []

    def suspendre(par: Habilitation, autre: Habilitation) -> None:
        depart.wait()
        try:
            actions.suspendre(par, autre, "croisée")
            issues.append("faite")
        except ActionRefusee:
            issues.append("refusée")
        finally:
            connection.close()

    fils = [Thread(target=suspendre, args=paire) for paire in ((un, deux), (deux, un))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(issues) == ["faite", "refusée"]
    assert Habilitation.objects.en_vigueur().filter(profil=Profil.ADMINISTRATEUR).count() == 1
