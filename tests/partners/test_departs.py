"""Leaving and moving: the access ends at once, by whom it may, and the suite is asked for."""

from datetime import date

import pytest
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.ecriture import Personne
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from partners.departs import actions
from partners.departs.models import Depart
from partners.habilitations import parcours
from partners.habilitations.actions import clore
from partners.habilitations.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def responsable(db) -> Habilitation:
    return fabriques.habilitation("responsable", organisme="armee")


@pytest.fixture
def correspondant(db) -> Habilitation:
    return fabriques.habilitation("correspondant")


def en_vigueur(habilitation) -> bool:
    return Habilitation.objects.en_vigueur().filter(pk=habilitation.pk).exists()


def test_la_personne_annonce_son_depart(correspondant, responsable) -> None:
    depart = actions.partir(Personne(correspondant.utilisateur), correspondant, "fin de contrat")
    assert not en_vigueur(correspondant)
    assert (depart.nature, depart.par_id, depart.remises) == ("depart", correspondant.utilisateur_id, [])
    ligne = LigneJournal.objects.get(objet=correspondant.reference)
    assert (ligne.motif, ligne.details["geste"]) == ("fin de contrat", "depart")
    bilan = reverse("habilitations:bilan", args=[correspondant.pk])
    assert Notification.objects.get(destinataire=responsable.utilisateur).url == bilan


@pytest.mark.parametrize("profil", ["responsable", "administrateur"])
def test_ceux_qui_en_ont_la_charge_enregistrent_un_depart(profil, correspondant) -> None:
    par = fabriques.habilitation(profil, organisme="armee" if profil == "responsable" else "cnmss")
    actions.partir(par, correspondant, "parti")
    assert not en_vigueur(correspondant)
    assert Notification.objects.filter(destinataire=correspondant.utilisateur).count() == 1


@pytest.mark.parametrize(
    ("profil", "organisme"), [("responsable", "uneo"), ("gestionnaire", "cnmss"), ("partenaire", "uneo")]
)
def test_les_autres_n_y_peuvent_rien(profil, organisme, correspondant) -> None:
    autre = fabriques.habilitation(profil, organisme=organisme)
    for geste in (actions.partir, actions.mettre_fin):
        with pytest.raises(AccesRefuse):
            geste(autre, correspondant, "parti")
    with pytest.raises(AccesRefuse):
        actions.muter(autre, correspondant, [fabriques.unite("2e-rep")], "muté")
    assert en_vigueur(correspondant)


def test_on_ne_se_mute_pas_soi_meme_et_on_ne_met_pas_fin_a_la_sienne(correspondant) -> None:
    with pytest.raises(AccesRefuse):
        actions.muter(correspondant, correspondant, [fabriques.unite("2e-rep")], "muté")
    with pytest.raises(AccesRefuse):
        actions.mettre_fin(correspondant, correspondant, "fini")


def test_le_dernier_administrateur_ne_part_pas(admin) -> None:
    with pytest.raises(ActionRefusee, match="dernier"):
        actions.partir(Personne(admin.utilisateur), admin, "retraite")


def test_motif_version_et_etat(responsable, correspondant) -> None:
    with pytest.raises(ActionRefusee) as refus:
        actions.partir(responsable, correspondant, " ")
    assert refus.value.champ == "motif"
    with pytest.raises(ModifieDepuis):
        actions.partir(responsable, correspondant, "parti", version=7)
    actions.partir(responsable, correspondant, "parti")
    with pytest.raises(ActionRefusee):
        actions.partir(responsable, correspondant, "encore")


def test_une_demande_ne_se_quitte_pas(responsable) -> None:
    demande = fabriques.habilitation("correspondant", etat="demandee")
    with pytest.raises(ActionRefusee, match="se refuse"):
        actions.partir(responsable, demande, "parti")


def test_muter_clot_et_demande_pour_la_nouvelle_unite(admin, responsable, correspondant) -> None:
    charte = parcours.charte_en_vigueur()
    Habilitation.objects.filter(pk=correspondant.pk).update(charte=charte)
    nouvelle = fabriques.unite("2e-rep")
    depart = actions.muter(responsable, correspondant, [nouvelle], "mutation au 2e REP")
    suite = depart.suite
    assert not en_vigueur(correspondant)
    assert (suite.etat, suite.remplace_id) == ("validee", correspondant.pk)
    assert (suite.formation_le, suite.charte, suite.charte_signee_le) == (
        correspondant.formation_le, charte, correspondant.charte_signee_le,
    )  # fmt: skip
    assert suite.unites_ids == {nouvelle.pk}
    assert parcours.activer(admin, suite).etat == "active"


def test_mute_par_l_administrateur_la_demande_passe_par_l_organisme(
    admin, responsable, correspondant
) -> None:
    suite = actions.muter(admin, correspondant, [fabriques.unite("2e-rep")], "mutation").suite
    assert suite.etat == "demandee"
    assert parcours.valider(responsable, suite).etat == "validee"


def test_muter_exige_une_autre_unite_et_un_correspondant(responsable, correspondant) -> None:
    for unites in ([], [fabriques.unite()]):
        with pytest.raises(ActionRefusee) as refus:
            actions.muter(responsable, correspondant, unites, "mutation")
        assert refus.value.champ == "unites"
    opex = fabriques.habilitation("referent_opex", organisme="armee")
    with pytest.raises(ActionRefusee, match="départ"):
        actions.muter(responsable, opex, [fabriques.unite("2e-rep")], "mutation")
    assert en_vigueur(correspondant)


def test_une_mutation_refusee_ne_clot_rien(admin, correspondant) -> None:
    """The new request is part of the same transaction."""
    with pytest.raises(ActionRefusee, match="unités de"):
        ailleurs = fabriques.unite("2e-rep")
        ailleurs.organisme = fabriques.organisme("uneo")
        ailleurs.save()
        actions.muter(admin, correspondant, [ailleurs], "mutation")
    correspondant.refresh_from_db()
    assert correspondant.etat == "active"


def test_le_successeur_est_un_collegue_de_l_unite(responsable, correspondant) -> None:
    collegue = fabriques.habilitation("correspondant")
    ailleurs = fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])
    assert actions.successeurs(correspondant) == [collegue]
    with pytest.raises(ActionRefusee) as refus:
        actions.partir(responsable, correspondant, "parti", ailleurs)
    assert refus.value.champ == "successeur"


def test_clore_directement_garde_aussi_un_bilan(admin, gestionnaire) -> None:
    clore(admin, gestionnaire, "fin de mission")
    assert Depart.objects.get(habilitation=gestionnaire).nature == "fin"


# Pages


def test_annoncer_son_depart_par_la_page(correspondant, connecter) -> None:
    client = connecter(correspondant)
    page = reverse("habilitations:depart", args=[correspondant.pk])
    assert "champ--erreur" in client.post(page, {"motif": "", "version": 1}).content.decode()
    bilan = client.post(page, {"motif": "retraite", "version": 1}).headers["Location"]
    assert bilan == reverse("habilitations:bilan", args=[correspondant.pk])
    assert "Aucun travail n’était en cours" in client.get(bilan).content.decode()
    assert client.get(reverse("dossiers:liste")).status_code == 302


def test_un_conflit_garde_la_saisie(responsable, correspondant, connecter) -> None:
    page = reverse("habilitations:depart", args=[correspondant.pk])
    reponse = connecter(responsable).post(page, {"motif": "Parti en retraite", "version": 9})
    assert reponse.status_code == 409
    assert "Parti en retraite" in reponse.content.decode()


def test_muter_par_la_page(responsable, correspondant, connecter) -> None:
    nouvelle = fabriques.unite("2e-rep")
    page = reverse("habilitations:mutation", args=[correspondant.pk])
    client = connecter(responsable)
    assert nouvelle.nom in client.get(page).content.decode()
    envoi = {"motif": "mutation", "version": correspondant.version, "unites": [nouvelle.pk]}
    bilan = client.get(client.post(page, envoi).headers["Location"]).content.decode()
    assert "est envoyée pour la suite" in bilan


def test_le_bilan_n_est_pas_a_tous(responsable, correspondant, connecter) -> None:
    actions.partir(responsable, correspondant, "parti")
    bilan = reverse("habilitations:bilan", args=[correspondant.pk])
    assert connecter(fabriques.habilitation("responsable", organisme="uneo")).get(bilan).status_code == 404
    assert connecter(responsable).get(bilan).status_code == 200


def test_une_habilitation_datee_se_ferme_le_jour_meme(responsable) -> None:
    longue = fabriques.habilitation("correspondant", fin=date(2099, 1, 1))
    actions.partir(responsable, longue, "parti")
    longue.refresh_from_db()
    assert longue.fin < date(2099, 1, 1)


def test_le_depart_d_un_autre_demande_une_preuve_fraiche(
    correspondant, responsable, connecter, settings
) -> None:
    settings.RENFORT_MINUTES = 10
    adresse = reverse("habilitations:depart", args=[correspondant.pk])
    saisie = {"motif": "parti", "version": correspondant.version}
    reponse = connecter(responsable).post(adresse, saisie)
    assert reponse.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert en_vigueur(correspondant)
    # One's own departure takes nothing from anybody else.
    connecter(correspondant).post(adresse, saisie)
    assert not en_vigueur(correspondant)
