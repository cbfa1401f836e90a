"""The first screen of a dossier, read in one statement, says what the querysets and the policies of the rooms say."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.demandes.models import Demande
from dossiers.demandes.plan import plan
from dossiers.echanges.histoire import evenements_de, lignes
from dossiers.justificatifs.lignes import lignes_pieces
from dossiers.partages import premier_ecran
from dossiers.partages.apercu import contexte_apercu, partages_montres
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Regard
from partners.habilitations.models import Profil
from partners.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db
ETATS = ["brouillon", "soumise", "incomplete", "en_instruction", "decidee", "notifiee"]


def montre(habilitation: Habilitation, dossier: Dossier) -> dict:
    """The context of the overview, for an habilitation that reads the dossier."""
    ecran = premier_ecran.lire(habilitation, dossier.numero)
    assert ecran is not None
    return contexte_apercu(ecran, Regard(habilitation), None)


def lecteurs() -> list[Habilitation]:
    """Somebody of each profil, and of each side of the consent."""
    autres = [("partenaire", "mspp"), ("correspondant", "armee"), ("decideur_asd", "asd")]
    ailleurs = {"unites": [fabriques.unite("2e-rep")]}
    return [fabriques.habilitation(profil) for profil in Profil] + [
        fabriques.habilitation(profil, organisme=code, **(ailleurs if profil == "correspondant" else {}))
        for profil, code in autres
    ]


def test_il_s_ouvre_a_qui_lit_le_dossier(dossier) -> None:
    lus = set()
    for habilitation in lecteurs():
        attendu = Dossier.objects.visibles_par(habilitation).filter(pk=dossier.pk).exists()
        assert (premier_ecran.lire(habilitation, dossier.numero) is not None) is attendu, habilitation
        lus.add(attendu)
    assert lus == {True, False}


@pytest.mark.parametrize(
    ("changement", "ouvre"),
    [
        ({"etat": "suspendue"}, False),
        ({"programmes": ["OPEX"]}, False),
        ({"fin": timezone.localdate() - timedelta(days=1)}, False),
        ({"programmes": ["OPEX", "DU"]}, True),
    ],
)
def test_il_se_ferme_avec_l_habilitation(dossier, asd, changement, ouvre) -> None:
    Habilitation.objects.filter(pk=asd.pk).update(**changement)
    habilitation = Habilitation.objects.get(pk=asd.pk)
    assert Dossier.objects.visibles_par(habilitation).filter(pk=dossier.pk).exists() is ouvre
    assert (premier_ecran.lire(habilitation, dossier.numero) is not None) is ouvre


def test_une_exception_l_ouvre_le_temps_qu_elle_dure(dossier, etranger) -> None:
    assert premier_ecran.lire(etranger, dossier.numero) is None
    fabriques.pret(dossier, etranger, jours=3)
    assert premier_ecran.lire(etranger, dossier.numero) is not None
    assert Dossier.objects.visibles_par(etranger).filter(pk=dossier.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert premier_ecran.lire(etranger, dossier.numero) is None
        assert not Dossier.objects.visibles_par(etranger).filter(pk=dossier.pk).exists()


def test_un_numero_inconnu_n_ouvre_rien(gestionnaire, dossier) -> None:
    assert premier_ecran.lire(gestionnaire, "DU-2026-9999999-A") is None


@pytest.mark.parametrize("etat", ETATS)
def test_il_montre_ce_que_disent_les_salles(correspondant, dossier, uneo, etat) -> None:
    attendue = fabriques.demande(dossier=dossier, par=correspondant, etat=etat)
    for habilitation in lecteurs():
        visibles = Dossier.objects.visibles_par(habilitation)
        if not visibles.filter(pk=dossier.pk).exists():
            continue
        regard, vu = Regard(habilitation), montre(habilitation, dossier)
        demande = Demande.objects.filter(pk=attendue.pk).visibles_par(habilitation).first()
        assert (vu["demande"] and vu["demande"].numero) == (demande and demande.numero)
        faits = lignes(evenements_de(dossier)[: premier_ecran.FAITS_MONTRES * 2], regard)
        assert vu["evenements"] == faits[: premier_ecran.FAITS_MONTRES]
        assert [(p.organisme, p.nature) for p in vu["partages"]] == [
            (p.organisme.sigle, p.nature) for p in partages_montres(dossier, regard)
        ]
        if demande:
            memes_cartes(vu, demande, regard)


def memes_cartes(vu: dict, demande: Demande, regard: Regard) -> None:
    """The demande, its plan and its papers, as the page of the demande has them."""
    lue = vu["demande"]
    for champ in (
        "etat",
        "cout",
        "soumise_le",
        "echeance",
        "montant_cnmss",
        "reste_a_charge",
        "deja_couvert",
    ):
        assert getattr(lue, champ) == getattr(demande, champ), champ
    assert vu["demande_etat"] == {"libelle": demande.get_etat_display(), "ton": demande.etat_ton}
    assert lue.instructeur == (demande.instruite_par and str(demande.instruite_par.utilisateur))
    attendu, trouve = plan(demande, regard), vu["plan"]
    assert (attendu is None) is (trouve is None)
    if attendu:
        assert {k: v for k, v in attendu.items() if k != "demande"} == {
            k: v for k, v in trouve.items() if k != "demande"
        }
    pieces = demande.justificatifs.exclude(etat="remplace").order_by("type__ordre", "-depose_le", "-pk")
    lignes_attendues = lignes_pieces(pieces[: premier_ecran.PIECES_MONTREES], regard)
    assert [cle(ligne) for ligne in vu["pieces"]] == [cle(ligne) for ligne in lignes_attendues]


def cle(ligne) -> tuple:
    """What a row of papers shows."""
    p = ligne.piece
    return (
        p.reference, p.etat, p.depose_le, p.type.nom, p.fichier.pages, p.fichier.taille,
        ligne.lisible, ligne.reserve, ligne.motif,
    )  # fmt: skip


def test_une_demande_ouverte_passe_devant_une_plus_recente_close(
    correspondant, gestionnaire, dossier
) -> None:
    ouverte = fabriques.demande(dossier=dossier, par=correspondant, etat="soumise")
    fabriques.demande(dossier=dossier, par=correspondant, etat="notifiee")
    assert montre(gestionnaire, dossier)["demande"].numero == ouverte.numero


def test_le_brouillon_n_est_vu_que_de_son_organisme(correspondant, gestionnaire, dossier) -> None:
    brouillon = fabriques.demande(dossier=dossier, par=correspondant, etat="brouillon")
    assert montre(correspondant, dossier)["demande"].numero == brouillon.numero
    assert montre(gestionnaire, dossier)["demande"] is None


def test_un_retrait_ne_se_devine_pas(correspondant, dossier, asd, uneo) -> None:
    demande = fabriques.demande(dossier=dossier, par=correspondant, etat="en_instruction")
    retirer_consentement(correspondant, dossier, [asd.organisme], signe_le=timezone.localdate())
    vu = montre(uneo, dossier)
    assert "ASD" not in [ligne["libelle"] for ligne in vu["plan"]["lignes"]]
    assert "ASD" not in [p.organisme for p in vu["partages"]]
    assert vu["plan"]["lignes"] == plan(Demande.objects.get(pk=demande.pk), Regard(uneo))["lignes"]


def test_il_se_lit_en_une_requete(gestionnaire, dossier, django_assert_num_queries) -> None:
    fabriques.demande(dossier=dossier, etat="en_instruction")
    with django_assert_num_queries(1):
        montre(gestionnaire, dossier)
