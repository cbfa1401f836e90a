"""What one person may not hold together, refused at each step and by the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from dossierunique.erreurs import ActionRefusee
from partners.habilitations import actions, parcours, policies
from tests import fabriques
from tests.partners.parcours.aides import demander

pytestmark = pytest.mark.django_db


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
