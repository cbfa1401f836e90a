"""Giving and taking back: the rules that hold whatever the screen."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from partners.habilitations import actions
from partners.habilitations.models import (
    TRANSITIONS,
    TYPES_PAR_PROFIL,
    EtatHabilitation,
    Habilitation,
    Profil,
)
from partners.habilitations.policies import incompatible, profil_possible, raison
from tests import fabriques

pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 22)
FORME = {"formation_le": JOUR, "charte_signee_le": JOUR}


def accorder(par, profil="gestionnaire", organisme="cnmss", **k):
    champs = {"utilisateur": fabriques.utilisateur(), "unites": [], "programmes": ["DU"], "debut": JOUR} | k
    return actions.accorder(par, organisme=fabriques.organisme(organisme), profil=profil, **champs)


def test_accorder_est_actif_et_journalise(admin) -> None:
    accordee = accorder(admin)
    assert accordee.etat == EtatHabilitation.ACTIVE
    assert accordee.accordee_par_id == admin.utilisateur_id
    ligne = LigneJournal.objects.get(objet=accordee.reference)
    assert (ligne.action, ligne.habilitation_id) == ("creer", admin.pk)


@pytest.mark.parametrize("profil", sorted(set(Profil.values) - {Profil.ADMINISTRATEUR}))
def test_seul_un_administrateur_accorde(profil, db) -> None:
    with pytest.raises(ActionRefusee):
        accorder(fabriques.habilitation(profil))


def test_un_administrateur_suspendu_n_accorde_plus(admin) -> None:
    admin.etat = EtatHabilitation.SUSPENDUE
    with pytest.raises(ActionRefusee):
        accorder(admin)


def test_un_administrateur_ne_s_accorde_rien(admin) -> None:
    with pytest.raises(ActionRefusee, match="propres habilitations"):
        accorder(admin, "superviseur", utilisateur=admin.utilisateur)


@pytest.mark.parametrize("profil", Profil.values)
def test_chaque_profil_a_ses_organismes(profil, db) -> None:
    for organisme in fabriques.organismes().values():
        assert profil_possible(profil, organisme) == (organisme.type in TYPES_PAR_PROFIL[profil])


def test_un_profil_hors_de_son_organisme_est_refuse(admin) -> None:
    with pytest.raises(ActionRefusee) as refus:
        accorder(admin, "gestionnaire", "uneo")
    assert refus.value.champ == "profil"


@pytest.mark.parametrize(
    ("manque", "champ"),
    [
        ({"unites": []}, "unites"),
        ({"formation_le": None}, "formation_le"),
        ({"charte_signee_le": None}, "charte_signee_le"),
    ],
)
def test_un_correspondant_est_forme_et_a_une_unite(admin, manque, champ) -> None:
    with pytest.raises(ActionRefusee) as refus:
        accorder(admin, "correspondant", "armee", **({"unites": [fabriques.unite()]} | FORME | manque))
    assert refus.value.champ == champ


def test_le_perimetre_reste_dans_l_organisme(admin) -> None:
    with pytest.raises(ActionRefusee) as refus:
        accorder(admin, unites=[fabriques.unite()])
    assert refus.value.champ == "unites"


def test_les_programmes_sont_ceux_de_l_organisme(admin) -> None:
    with pytest.raises(ActionRefusee) as refus:
        accorder(admin, "partenaire", "mspp", programmes=["OPEX"])
    assert refus.value.champ == "programmes"


def test_la_fin_suit_le_debut(admin) -> None:
    with pytest.raises(ActionRefusee) as refus:
        accorder(admin, fin=date(2026, 1, 1))
    assert refus.value.champ == "fin"


@pytest.mark.parametrize("autre", ["membre", "president", "secretaire"])
def test_le_medecin_n_est_pas_de_la_commission(admin, autre) -> None:
    personne = fabriques.utilisateur()
    accorder(admin, "medecin", utilisateur=personne)
    with pytest.raises(ActionRefusee, match="médecin-conseil"):
        accorder(admin, autre, utilisateur=personne)


def test_incompatibilites_dans_les_deux_sens() -> None:
    for profil in set(Profil.values) - {"administrateur", "superviseur"}:
        assert raison("administrateur", profil)
        assert incompatible("administrateur", {profil}) == profil
        assert incompatible(profil, {"administrateur"}) == "administrateur"
    assert incompatible("administrateur", {"superviseur"}) is None
    assert incompatible("correspondant", {"partenaire"}) is None


def test_un_profil_suspendu_reste_incompatible(admin) -> None:
    medecin = accorder(admin, "medecin")
    actions.suspendre(admin, medecin, "congé")
    with pytest.raises(ActionRefusee):
        accorder(admin, "membre", utilisateur=medecin.utilisateur)


def test_jamais_deux_fois_la_meme(admin) -> None:
    premiere = accorder(admin)
    with pytest.raises(ActionRefusee, match="déjà"):
        accorder(admin, utilisateur=premiere.utilisateur)
    actions.clore(admin, premiere, "mutation")
    assert accorder(admin, utilisateur=premiere.utilisateur).pk != premiere.pk


def test_suspendre_reprendre_clore(admin, gestionnaire) -> None:
    suspendue = actions.suspendre(admin, gestionnaire, "enquête", 1)
    assert (suspendue.etat, suspendue.motif, suspendue.version) == ("suspendue", "enquête", 2)
    assert not Habilitation.objects.en_vigueur().filter(pk=gestionnaire.pk).exists()
    assert actions.reprendre(admin, suspendue, version=2).etat == "active"
    close = actions.clore(admin, suspendue, "départ", 3)
    assert close.etat == "close"
    assert close.fin is not None
    with pytest.raises(ActionRefusee):
        actions.reprendre(admin, close)
    traces = LigneJournal.objects.filter(objet=gestionnaire.reference).order_by("pk")
    assert [t.details["vers"] for t in traces] == ["suspendue", "active", "close"]


def test_le_motif_est_exige(admin, gestionnaire) -> None:
    for action in (actions.suspendre, actions.clore):
        with pytest.raises(ActionRefusee) as refus:
            action(admin, gestionnaire, "  ")
        assert refus.value.champ == "motif"


def test_modifiee_depuis(admin, gestionnaire) -> None:
    actions.suspendre(admin, gestionnaire, "enquête", 1)
    with pytest.raises(ModifieDepuis):
        actions.clore(admin, gestionnaire, "départ", 1)


def test_le_dernier_administrateur_reste(admin) -> None:
    collegue = fabriques.habilitation("administrateur")
    actions.suspendre(admin, collegue, "congé")
    # Somebody must be left: another administrator, whose own mandate is over, may not close the last one.
    tiers = fabriques.habilitation("administrateur")
    Habilitation.objects.filter(pk=tiers.pk).update(etat="suspendue")
    with pytest.raises(ActionRefusee, match="dernier"):
        actions.clore(tiers, admin, "erreur")


def test_l_histoire_garde_chaque_etat(admin, gestionnaire) -> None:
    actions.suspendre(admin, gestionnaire, "enquête")
    evenements = apps.get_model("partners", "HabilitationEvent").objects.filter(pgh_obj_id=gestionnaire.pk)
    assert list(evenements.order_by("pgh_id").values_list("etat", flat=True)) == ["active", "suspendue"]


def test_choisir_ne_laisse_pas_d_histoire(gestionnaire) -> None:
    actions.choisir(gestionnaire.utilisateur, gestionnaire.pk)
    assert (
        apps.get_model("partners", "HabilitationEvent").objects.filter(pgh_obj_id=gestionnaire.pk).count()
        == 1
    )


def test_on_ne_choisit_pas_celle_d_un_autre(gestionnaire, admin) -> None:
    with pytest.raises(Habilitation.DoesNotExist):
        actions.choisir(admin.utilisateur, gestionnaire.pk)


@pytest.mark.parametrize("de", EtatHabilitation.values)
@pytest.mark.parametrize("vers", EtatHabilitation.values)
def test_la_base_tient_les_memes_transitions(gestionnaire, de, vers) -> None:
    with connection.cursor() as curseur:
        permis = de == vers or vers in TRANSITIONS[de]
        autre = fabriques.habilitation("dpo", etat=de, validee_par=fabriques.utilisateur())
        ordre = "UPDATE partners_habilitation SET etat = %s WHERE id = %s"
        if permis:
            curseur.execute(ordre, [vers, autre.pk])
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                curseur.execute(ordre, [vers, autre.pk])


def test_la_base_refuse_un_correspondant_sans_formation(db) -> None:
    with pytest.raises(IntegrityError, match="habilitation_correspondant_forme"), transaction.atomic():
        fabriques.habilitation("correspondant", formation_le=None)
