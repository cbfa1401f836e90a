"""Opening for somebody wounded before: known or new, one dossier for life, awake at once, read by nobody yet."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.assures.models import Assure
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from opex.models import Blessure, Suivi
from opex.suivi.a_posteriori import ouvrir
from tests import fabriques

pytestmark = pytest.mark.django_db
NAISSANCE = date(1979, 3, 2)
BLESSURE = {
    "survenue_le": "2009-08-18", "theatre": "Afghanistan", "circonstances": "combat", "gravite": "tres_grave",
    "evacuation": "aucune",
}  # fmt: skip
DEPART = "suivi:a_posteriori"


@pytest.fixture(autouse=True)
def organismes(db):
    """The fund and its partners are there, as in life."""
    return fabriques.organismes()


@pytest.fixture
def personne(correspondant):
    return fabriques.assure(par=correspondant, date_naissance=NAISSANCE)


def chercher(client, assure, naissance=NAISSANCE):
    return client.post(reverse(DEPART), {"nir": assure.nir, "naissance": naissance.isoformat()})


def test_a_known_person_her_wound_then_her_consent(personne, correspondant, connexion):
    client = connexion(correspondant)
    suite = chercher(client, personne)
    assert suite.url == reverse("suivi:ouvrir_a_posteriori", args=[personne.reference])
    fait = client.post(suite.url, BLESSURE)
    dossier = Dossier.objects.get(assure=personne, programme="OPEX")
    assert fait.url == reverse("consentements:enregistrer", args=[dossier.numero])
    suivi, blessure = Suivi.objects.get(dossier=dossier), Blessure.objects.get(dossier=dossier)
    assert (suivi.origine, suivi.etat, dossier.endormi) == ("a_posteriori", "active", False)
    assert (blessure.a_posteriori, blessure.survenue_le) == (True, date(2009, 8, 18))
    assert not Partage.objects.actifs().filter(dossier=dossier, nature="consentement").exists()
    assert client.get(fait.url).status_code == 200
    # The same form sent again leads to the dossier: there is only one.
    assert client.post(suite.url, BLESSURE).url == reverse("suivi:page", args=[dossier.numero])
    assert Dossier.objects.filter(assure=personne).count() == 1


def test_a_new_person_is_entered_first(correspondant, connexion):
    client, nir = connexion(correspondant), fabriques.nir_valide("H", 79, 3)
    suite = client.post(reverse(DEPART), {"nir": nir, "naissance": NAISSANCE.isoformat()})
    assert suite.url == reverse("suivi:identite_a_posteriori")
    identite = {
        "nom_naissance": "Lefort-Fictif", "prenoms": "Julien", "sexe": "H", "date_naissance": NAISSANCE.isoformat(),
        "statut": "retraite", "unite": fabriques.unite().pk,
    }  # fmt: skip
    assert client.post(suite.url, identite | {"nom_naissance": ""}).status_code == 422
    entree = client.post(suite.url, identite)
    personne = Assure.objects.get(nom_naissance="Lefort-Fictif")
    assert entree.url == reverse("suivi:ouvrir_a_posteriori", args=[personne.reference])
    assert client.post(entree.url, BLESSURE).status_code == 302
    assert Dossier.objects.get(assure=personne).programme == "OPEX"


def test_without_having_said_who_the_identity_is_not_asked(correspondant, connexion):
    assert connexion(correspondant).get(reverse("suivi:identite_a_posteriori")).url == reverse(DEPART)


def test_an_opex_dossier_there_is_is_shown_to_who_reads_it(dossier, correspondant, connexion):
    page = chercher(connexion(correspondant), dossier.assure, dossier.assure.date_naissance)
    assert dossier.numero in page.content.decode()
    assert reverse("suivi:signaler", args=[dossier.numero]) in page.content.decode()


def test_of_another_unit_it_is_reserved(dossier, etranger, connexion):
    page = chercher(connexion(etranger), dossier.assure, dossier.assure.date_naissance).content.decode()
    assert "déjà connue" in page
    assert dossier.numero not in page
    assert dossier.assure.nom_naissance not in page


def test_a_person_of_another_unit_without_dossier_is_reserved_too(personne, etranger, connexion):
    client = connexion(etranger)
    assert "déjà connue" in chercher(client, personne).content.decode()
    adresse = reverse("suivi:ouvrir_a_posteriori", args=[personne.reference])
    assert client.get(adresse).status_code == client.post(adresse, BLESSURE).status_code == 404
    with pytest.raises(AccesRefuse):
        ouvrir(etranger, personne, BLESSURE)


def test_another_birth_date_tells_nothing(personne, correspondant, connexion):
    page = chercher(connexion(correspondant), personne, date(1979, 3, 3)).content.decode()
    assert "ne correspondent pas" in page
    assert personne.nom_naissance not in page


def test_not_by_a_partner(personne, referent, asd, connexion):
    for qui in (referent, asd):
        client = connexion(qui)
        assert client.get(reverse(DEPART)).status_code == chercher(client, personne).status_code == 404


def test_an_impossible_wound_opens_nothing(personne, correspondant, connexion):
    adresse = reverse("suivi:ouvrir_a_posteriori", args=[personne.reference])
    reponse = connexion(correspondant).post(adresse, BLESSURE | {"survenue_le": "2999-01-01"})
    assert reponse.status_code == 422
    assert "dans le futur" in reponse.content.decode()
    assert not Dossier.objects.filter(assure=personne).exists()


def test_one_dossier_a_person(dossier, correspondant):
    with pytest.raises(ActionRefusee, match="déjà un dossier"):
        ouvrir(correspondant, dossier.assure, BLESSURE)


def test_a_du_dossier_does_not_prevent_it_and_stays_apart(correspondant, connexion):
    du = fabriques.dossier(par=correspondant, date_naissance=NAISSANCE)
    client = connexion(correspondant)
    client.post(chercher(client, du.assure).url, BLESSURE)
    deux = Dossier.objects.filter(assure=du.assure)
    assert {d.programme for d in deux} == {"DU", "OPEX"}
    opex_ = deux.get(programme="OPEX")
    assert not Partage.objects.actifs().filter(dossier=opex_, nature="consentement").exists()


def test_the_search_is_limited_and_journalled_without_the_nir(personne, correspondant, connexion, settings):
    settings.RECHERCHES_NIR_PAR_HEURE = 2
    client = connexion(correspondant)
    for _ in range(2):
        assert chercher(client, personne, date(1979, 3, 3)).status_code == 200
    assert chercher(client, personne, date(1979, 3, 3)).status_code == 422
    lignes = LigneJournal.objects.filter(action="rechercher")
    assert lignes.count() == 2
    for ligne in lignes:
        assert personne.nir not in f"{ligne.objet}{ligne.details}{ligne.objets}"


def test_the_origin_is_shown(personne, correspondant, connexion):
    client = connexion(correspondant)
    client.post(chercher(client, personne).url, BLESSURE)
    numero = Dossier.objects.get(assure=personne).numero
    assert "Ouvert a posteriori" in client.get(reverse("suivi:page", args=[numero])).content.decode()
