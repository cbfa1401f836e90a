"""The pages of the way: what each shows, to whom, at what cost."""

import pytest
from django.urls import reverse

from partners.habilitations import actions, parcours
from partners.habilitations.models import Habilitation
from tests import fabriques
from tests.partners.parcours.aides import JOUR, correspondant, demander

pytestmark = pytest.mark.django_db


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
