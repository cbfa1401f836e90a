"""What ends with an access, in the same transaction; and what stays."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from dossiers.consentements.actions import imprimer_formulaire
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.plan import plan
from dossiers.partages.models import ExceptionUtilisateur
from dossiers.partages.profils import Regard
from dossierunique.erreurs import ActionRefusee
from dossierunique.notifications.models import Envoi, Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(dossier, uneo):
    """A complete demande whose partners were told."""
    demande = fabriques.demande(dossier, etat="soumise")
    for envoi in Envoi.objects.filter(genre="annonce").order_by("pk"):
        from dossierunique.notifications.sortie import traiter

        traiter(envoi.pk)
    return demande


def siennes(habilitation):
    return Notification.objects.filter(destinataire=habilitation.utilisateur)


def test_les_notifications_non_lues_et_leurs_courriels_sont_repris(
    demande, dossier, uneo, asd, correspondant, retirer
):
    assert siennes(uneo).count() == 1
    promis = f"courriel:{siennes(uneo).get().pk}"
    assert Envoi.objects.filter(cle=promis, etat="a_faire").exists()
    retirer(correspondant, dossier, "uneo")
    assert not siennes(uneo).exists()
    assert not Envoi.objects.filter(cle=promis).exists()


def test_rien_ne_part_apres_un_retrait(demande, dossier, uneo, correspondant, retirer, mailoutbox):
    retirer(correspondant, dossier)
    vider()
    assert uneo.utilisateur.email not in [adresse for m in mailoutbox for adresse in m.to]


def test_un_courriel_lu_ou_d_un_autre_dossier_reste(demande, dossier, uneo, correspondant, retirer):
    autre = fabriques.dossier(par=correspondant)
    lue = siennes(uneo).get()
    Notification.objects.filter(pk=lue.pk).update(lue_le=timezone.now())
    ailleurs = Notification.objects.create(
        destinataire=uneo.utilisateur,
        genre="retrait",
        texte="x",
        url=f"/dossiers/{autre.numero}/",
        cle="autre",
    )
    retirer(correspondant, dossier, "uneo")
    assert set(siennes(uneo)) == {lue, ailleurs}


def test_qui_lit_sous_une_autre_habilitation_garde_ses_nouvelles(
    demande, dossier, uneo, correspondant, retirer
):
    fabriques.habilitation("assistant_social", organisme="asd", utilisateur=uneo.utilisateur)
    retirer(correspondant, dossier, "uneo")
    assert siennes(uneo).exists()


def test_les_adresses_repondent_404(demande, dossier, uneo, correspondant, connexion, retirer):
    client = connexion(uneo)
    adresses = [
        f"/dossiers/{dossier.numero}/",
        f"/demandes/{demande.numero}/",
        f"/dossiers/{dossier.numero}/synthese.pdf",
    ]
    assert [client.get(a).status_code for a in adresses] == [200, 200, 200]
    retirer(correspondant, dossier, "uneo")
    assert [client.get(a).status_code for a in adresses] == [404, 404, 404]


def test_les_sollicitations_s_arretent_et_reprennent(
    demande, dossier, uneo, correspondant, retirer, recueillir
):
    def etat():
        return Contribution.objects.get(demande=demande, organisme=uneo.organisme).etat

    assert etat() == "sollicitee"
    retirer(correspondant, dossier, "uneo")
    assert etat() == "interrompue"
    recueillir(correspondant, dossier, uneo="accorde")
    assert etat() == "sollicitee"


def test_ce_qui_a_ete_donne_reste_en_montant(demande, dossier, uneo, asd, correspondant, retirer):
    sienne = Contribution.objects.get(demande=demande, organisme=uneo.organisme)
    enregistrer_contribution(
        uneo,
        sienne,
        etat="accord",
        montant=Decimal("100.00"),
        date_effet=timezone.localdate(),
        version=sienne.version,
    )
    retirer(correspondant, dossier, "uneo")
    demande.refresh_from_db()
    lignes = {ligne["libelle"]: ligne["montant"] for ligne in plan(demande, Regard(asd))["lignes"]}
    assert lignes["Unéo"] == Decimal("100.00")


def test_les_prets_a_ses_gens_finissent(dossier, uneo, etranger, correspondant, retirer):
    for qui in (uneo, etranger):
        fabriques.pret(dossier, qui)
    retirer(correspondant, dossier, "uneo")
    vivantes = ExceptionUtilisateur.objects.filter(jusque__gt=timezone.now())
    assert [e.user for e in vivantes] == [etranger.utilisateur]


def test_tout_ou_rien(demande, dossier, uneo, correspondant, retirer, lisent):
    """The effects are in the transaction of the act: undone with it."""
    with transaction.atomic():
        retirer(correspondant, dossier, "uneo")
        assert lisent(dossier) == {"asd"}
        transaction.set_rollback(True)
    assert lisent(dossier) == {"asd", "uneo"}
    assert siennes(uneo).exists()
    assert Contribution.objects.get(demande=demande, organisme=uneo.organisme).etat == "sollicitee"


def test_un_formulaire_deja_imprime_ne_defait_pas_un_retrait_du_meme_jour(
    ouvert, correspondant, recueillir, retirer, lisent
):
    """Signed the same day: only what was printed after the withdrawal can be known to come after it."""
    papier = imprimer_formulaire(correspondant, ouvert.assure)
    recueillir(correspondant, ouvert, uneo="accorde")
    retirer(correspondant, ouvert, "uneo")
    with pytest.raises(ActionRefusee, match="a fermé l’accès") as refus:
        recueillir(correspondant, ouvert, formulaire=papier, uneo="accorde")
    assert refus.value.champ == "signe_le"
    assert lisent(ouvert) == set()
    nouveau = imprimer_formulaire(correspondant, ouvert.assure)
    recueillir(correspondant, ouvert, formulaire=nouveau, uneo="accorde", mspp="accorde")
    assert lisent(ouvert) == {"uneo", "mspp"}
