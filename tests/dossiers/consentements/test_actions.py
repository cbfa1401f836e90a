"""Consent acts and the rules that never break: 1 (shares), 2 (journal), 4 (one dossier), 7 (no share), 8 (secrecy)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.consentements import actions
from dossiers.consentements.models import LigneConsentement, TexteConsentement
from dossiers.echanges.models import Courrier
from dossiers.partages.models import Dossier, Partage
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from tests import fabriques

AUJOURD_HUI = timezone.localdate


def voit(habilitation, dossier):
    return Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists()


def enregistrer(par, dossier, **decisions):
    return actions.enregistrer_consentement(
        par, dossier, texte=actions.texte_en_vigueur(), signe_le=AUJOURD_HUI(),
        decisions={fabriques.organisme(code).pk: decision for code, decision in decisions.items()},
    )  # fmt: skip


def retirer(par, dossier, *codes):
    return actions.retirer_consentement(
        par, dossier, [fabriques.organisme(code) for code in codes], signe_le=AUJOURD_HUI()
    )


def test_seuls_les_accordes_lisent(dossier, uneo, asd, mspp, gestionnaire):
    """Rule 1, at the opening."""
    assert [voit(h, dossier) for h in (uneo, asd, mspp, gestionnaire)] == [True, True, False, True]


def test_le_retrait_agit_aussitot(dossier, correspondant, uneo, asd):
    """Rule 1: the share closes in the transaction of the act, and stays as a closed period."""
    retirer(correspondant, dossier, "uneo")
    assert not voit(uneo, dossier)
    assert voit(asd, dossier)
    ferme = Partage.objects.get(dossier=dossier, organisme__code="uneo")
    assert ferme.retire_le is not None


def test_un_refus_ulterieur_ferme_le_partage(dossier, correspondant, uneo):
    enregistrer(correspondant, dossier, uneo="refuse")
    assert not voit(uneo, dossier)


def test_redonner_son_accord_ouvre_une_nouvelle_periode(dossier, correspondant, uneo):
    retirer(correspondant, dossier, "uneo")
    enregistrer(correspondant, dossier, uneo="accorde")
    assert voit(uneo, dossier)
    assert Partage.objects.filter(dossier=dossier, organisme__code="uneo").count() == 2


def test_chaque_changement_est_une_ligne_de_plus(dossier, correspondant):
    retirer(correspondant, dossier, "uneo")
    enregistrer(correspondant, dossier, uneo="accorde")
    decisions = LigneConsentement.objects.filter(organisme__code="uneo").order_by("pk")
    assert list(decisions.values_list("decision", flat=True)) == ["accorde", "retire", "accorde"]


def test_chaque_acte_laisse_une_ligne_au_journal(dossier, correspondant):
    """Rule 2."""
    avant = LigneJournal.objects.filter(objet=dossier.numero).count()
    enregistrer(correspondant, dossier, mspp="accorde")
    retirer(correspondant, dossier, "mspp")
    lignes = LigneJournal.objects.filter(objet=dossier.numero).order_by("-pk")
    assert lignes.count() == avant + 2
    assert [ligne.details["geste"] for ligne in lignes[:2]] == ["retrait", "consentement"]


def test_un_refus_n_ecrit_rien(dossier, correspondant):
    avant = LigneJournal.objects.count()
    with pytest.raises(ActionRefusee):
        retirer(correspondant, dossier, "mspp")
    assert LigneJournal.objects.count() == avant


def test_un_seul_dossier_par_personne(dossier, correspondant):
    """Rule 4."""
    with pytest.raises(ActionRefusee, match="déjà un dossier"):
        actions.ouvrir_dossier(correspondant, dossier.assure)


def test_sans_partage_la_demande_suit_le_meme_chemin(uneo, asd, gestionnaire):
    """Rule 7."""
    dossier = fabriques.dossier(accordes=(), refuses=())
    demande = fabriques.demande(dossier, "notifiee", gestionnaire=gestionnaire)
    assert demande.etat == "notifiee"
    assert not demande.contributions.exists()
    assert not voit(uneo, dossier)
    assert not voit(asd, dossier)


def test_un_accord_tardif_sollicite_le_partenaire(correspondant, uneo):
    dossier = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    demande = fabriques.demande(dossier)
    enregistrer(correspondant, dossier, uneo="accorde")
    assert demande.contributions.get().organisme == uneo.organisme


def test_un_partenaire_retire_qui_la_personne_nomme(dossier, uneo, asd, mspp):
    """Any organisme that has the person in front of it; one that had nothing is accepted the same way (rule 8)."""
    retirer(uneo, dossier, "asd", "mspp")
    assert [voit(h, dossier) for h in (uneo, asd, mspp)] == [True, False, False]
    lignes = LigneConsentement.objects.filter(decision="retire").values_list("organisme__code", flat=True)
    assert set(lignes) == {"asd", "mspp"}
    for code in ("cnmss", "armee"):
        with pytest.raises(ActionRefusee):
            retirer(uneo, dossier, code)


def test_un_partenaire_peut_recueillir_le_retrait_de_toute_la_demarche(dossier, uneo, asd):
    retirer(uneo, dossier, "uneo", "asd")
    assert not voit(uneo, dossier)
    assert not voit(asd, dossier)


def test_un_partenaire_refuse_ne_retire_rien(dossier, mspp):
    with pytest.raises(AccesRefuse):
        retirer(mspp, dossier, "mspp")


@pytest.mark.parametrize("profil", ["partenaire", "assistant_social", "medecin", "secretaire", "dpo"])
def test_qui_ne_recueille_pas(dossier, profil):
    with pytest.raises(AccesRefuse):
        enregistrer(fabriques.habilitation(profil), dossier, uneo="accorde")


def test_autre_unite(dossier, etranger):
    with pytest.raises(AccesRefuse):
        enregistrer(etranger, dossier, mspp="accorde")
    with pytest.raises(AccesRefuse):
        retirer(etranger, dossier, "uneo")


@pytest.mark.parametrize("code", ["cnmss", "armee"])
def test_qui_ne_peut_etre_destinataire(dossier, correspondant, code):
    with pytest.raises(ActionRefusee):
        enregistrer(correspondant, dossier, **{code: "accorde"})


def test_dates_et_choix_verifies(dossier, correspondant):
    demain = AUJOURD_HUI() + timedelta(days=1)
    with pytest.raises(ActionRefusee, match="futur"):
        actions.retirer_consentement(correspondant, dossier, [fabriques.organisme("uneo")], signe_le=demain)
    with pytest.raises(ActionRefusee):
        enregistrer(correspondant, dossier)
    with pytest.raises(ActionRefusee):
        enregistrer(correspondant, dossier, uneo="retire")


def test_chaque_acte_a_son_recu(dossier, correspondant):
    retrait = retirer(correspondant, dossier, "uneo")
    assert Courrier.objects.filter(dossier=dossier, genre="recu_consentement").count() == 1
    assert Courrier.objects.get(genre="recu_retrait").cible == retrait.pk


def test_le_retrait_d_un_representant(dossier, correspondant):
    acte = actions.retirer_consentement(
        correspondant, dossier, [fabriques.organisme("uneo")], signe_le=AUJOURD_HUI(),
        representant={"nom": "Tuteur-Fictif", "prenoms": "Jean", "qualite": "tuteur", "acte": "jugement",
                      "valide_du": AUJOURD_HUI(), "valide_au": None},
    )  # fmt: skip
    assert acte.signataire == "TUTEUR-FICTIF Jean"


def test_le_texte_en_vigueur_est_le_plus_recent(db):
    TexteConsentement.objects.create(
        programme="DU", version=98, titre="t", corps="c", en_vigueur_depuis=AUJOURD_HUI()
    )
    TexteConsentement.objects.create(
        programme="DU", version=99, titre="t", corps="c", en_vigueur_depuis=AUJOURD_HUI() + timedelta(days=1)
    )
    assert actions.texte_en_vigueur().version == 98


def test_reference_imprimee_sans_signification(dossier, correspondant):
    a, b = (actions.imprimer_formulaire(correspondant, dossier.assure) for _ in range(2))
    assert a.reference != b.reference
    assert a.reference.startswith("FC-")
    assert dossier.assure.nir[-8:] not in a.reference
