"""Who may sign for whom, beside its field and in the action."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers.assures.models import RepresentantLegal
from dossiers.consentements.models import Consentement
from dossiers.consentements.signataires import empechement, mineure
from dossierunique.erreurs import ActionRefusee
from tests import fabriques

ADULTE, ENFANT = date(1984, 5, 14), date(2012, 5, 14)
LE = date(2026, 11, 22)


def tuteur(qualite="tuteur", du=date(2020, 1, 1), au=None, **k):
    return {"nom": "Fictif", "prenoms": "Jean", "qualite": qualite, "acte": "jugement", "valide_du": du,
            "valide_au": au, **k}  # fmt: skip


@pytest.mark.parametrize(
    ("naissance", "representant", "retrait", "champ"),
    [
        (ADULTE, None, False, None),
        (ENFANT, None, False, "signataire"),
        (ENFANT, None, True, None),
        (ADULTE, tuteur(), False, None),
        (ADULTE, tuteur("parent"), False, "qualite"),
        (ENFANT, tuteur("parent"), False, None),
        (ADULTE, tuteur("curateur"), False, "cosigne"),
        (ADULTE, tuteur("curateur", cosigne=True), False, None),
        (ADULTE, tuteur("curateur"), True, None),
        (ADULTE, tuteur(au=date(2026, 11, 21)), False, "valide_au"),
        (ADULTE, tuteur(au=LE), False, None),
        (ADULTE, tuteur(du=date(2026, 11, 23)), False, "valide_du"),
        (ADULTE, tuteur(au=date(2026, 11, 21)), True, "valide_au"),
        (ADULTE, tuteur("mandataire"), False, None),
    ],
)
def test_qui_peut_signer(naissance, representant, retrait, champ):
    faute = empechement(naissance, LE, representant, retrait=retrait)
    assert (faute and faute.champ) == champ


@pytest.mark.parametrize(("jour", "attendu"), [(date(2030, 5, 13), True), (date(2030, 5, 14), False)])
def test_le_jour_de_la_majorite(jour, attendu):
    assert mineure(ENFANT, jour) is attendu


@pytest.mark.django_db
def test_l_action_verifie_aussi(ouvert, correspondant, recueillir):
    with pytest.raises(ActionRefusee) as refus:
        recueillir(correspondant, ouvert, representant=tuteur(au=date(2021, 1, 1)), uneo="accorde")
    assert refus.value.champ == "representant_valide_au"
    assert not Consentement.objects.exists()


def saisie(**k):
    scan = SimpleUploadedFile("scan.pdf", fabriques.pdf(), "application/pdf")
    return {"signataire": "representant", "signe_le": timezone.localdate().isoformat(), "canal": "papier",
            "formulaire": "", "preuve": scan, "choix_uneo": "accorde", **k}  # fmt: skip


@pytest.fixture
def connu(ouvert):
    return RepresentantLegal.objects.create(
        assure=ouvert.assure, nom="Tuteur-Fictif", prenoms="Jeanne", qualite="tuteur", acte="jugement",
        valide_du=timezone.localdate() - timedelta(days=400), valide_au=timezone.localdate() + timedelta(days=5),
    )  # fmt: skip


@pytest.mark.django_db
def test_un_representant_connu_ne_se_ressaisit_pas(connexion, ouvert, correspondant, connu):
    client, adresse = connexion(correspondant), reverse("consentements:enregistrer", args=[ouvert.numero])
    assert "TUTEUR-FICTIF Jeanne" in client.get(adresse).content.decode()
    assert client.post(adresse, saisie(representant_connu=connu.pk)).status_code == 302
    assert Consentement.objects.get().representant == connu
    assert RepresentantLegal.objects.count() == 1


@pytest.mark.django_db
def test_un_representant_connu_mais_perime(connexion, ouvert, correspondant, connu):
    RepresentantLegal.objects.update(valide_au=timezone.localdate() - timedelta(days=1))
    client, adresse = connexion(correspondant), reverse("consentements:enregistrer", args=[ouvert.numero])
    page = client.post(adresse, saisie(representant_connu=connu.pk))
    assert page.status_code == 422
    assert page.context["form"].errors["representant_connu"] == [
        "L’acte n’était plus valable à la date de signature."
    ]


@pytest.mark.django_db
def test_celui_d_une_autre_personne_n_est_pas_propose(connexion, ouvert, correspondant, connu):
    autre = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    client, adresse = connexion(correspondant), reverse("consentements:enregistrer", args=[autre.numero])
    assert client.post(adresse, saisie(representant_connu=connu.pk)).status_code == 422
    assert not Consentement.objects.filter(dossier=autre).exists()


@pytest.mark.django_db
def test_un_curateur_sans_la_personne(connexion, ouvert, correspondant):
    nouveau = {f"representant_{nom}": valeur or "" for nom, valeur in tuteur("curateur").items()}
    client, adresse = connexion(correspondant), reverse("consentements:enregistrer", args=[ouvert.numero])
    page = client.post(adresse, saisie(**nouveau))
    assert "representant_cosigne" in page.context["form"].errors
    assert client.post(adresse, saisie(**nouveau, representant_cosigne="on")).status_code == 302
