"""Who opens which paper: one table, read as domain.md §3 says it."""

from types import SimpleNamespace

import pytest

from dossiers.justificatifs.policies import lisible, motif_montre, reclassable, retirable, verifiable
from dossiers.partages.profils import Regard

CLASSES = ("administratif", "financier", "bancaire", "social", "medical")
# One letter a class, in the order above: what each profil opens once the demande is filed.
DEPOSEE = {
    "correspondant": "a....",
    "gestionnaire": "afbs.",
    "numerisation": "afb..",
    "secretaire": "afbs.",
    "medecin": "afbsm",
    "partenaire": "afb..",
    "assistant_social": "afbs.",
    "decideur_asd": "afbs.",
    "referent_opex": "afb..",
    "dpo": ".....",
    "administrateur": ".....",
    "superviseur": ".....",
    "membre": ".....",
    "president": ".....",
}
VERIFIENT = {"gestionnaire": "afbs.", "medecin": "afbsm"}


def regard(profil: str, organisme: int = 1) -> Regard:
    habilitation = SimpleNamespace(
        profil=profil, organisme_id=organisme, organisme=SimpleNamespace(voit_nir=True, est_cnmss=True)
    )
    return Regard(habilitation)  # type: ignore[arg-type]


def piece(
    classe: str, demande: str = "soumise", etat: str = "a_verifier", organisme: int = 1
) -> SimpleNamespace:
    auteur = SimpleNamespace(organisme_id=organisme)
    return SimpleNamespace(
        type=SimpleNamespace(classe=classe),
        etat=etat,
        motif_rejet="Les mots du rejet.",
        raison_rejet="illisible",
        depose_par=auteur,
        demande=SimpleNamespace(etat=demande, cree_par=auteur),
    )


def attendus(table: dict[str, str]) -> list[tuple[str, str, bool]]:
    return [
        (profil, classe, lettres[rang] != ".")
        for profil, lettres in table.items()
        for rang, classe in enumerate(CLASSES)
    ]


@pytest.mark.parametrize(("profil", "classe", "attendu"), attendus(DEPOSEE))
def test_ce_que_chaque_profil_ouvre(profil, classe, attendu):
    assert lisible(regard(profil), piece(classe)) is attendu


@pytest.mark.parametrize("classe", CLASSES)
def test_qui_ecrit_un_brouillon_relit_ce_qu_il_joint_sauf_le_medical(classe):
    sien, autre = piece(classe, demande="brouillon"), piece(classe, demande="brouillon", organisme=2)
    assert lisible(regard("correspondant"), sien) is (classe != "medical")
    assert lisible(regard("correspondant"), autre) is (classe == "administratif")


@pytest.mark.parametrize("etat", ["soumise", "incomplete", "en_instruction", "notifiee", "annulee"])
def test_le_depot_ferme_ce_que_le_brouillon_ouvrait(etat):
    assert not lisible(regard("correspondant"), piece("financier", demande=etat))


@pytest.mark.parametrize("profil", DEPOSEE)
@pytest.mark.parametrize("classe", CLASSES)
def test_qui_verifie_quoi(profil, classe):
    attendu = VERIFIENT.get(profil, ".....")[CLASSES.index(classe)] != "."
    assert verifiable(regard(profil), piece(classe), "valide") is attendu


@pytest.mark.parametrize(
    ("etat", "vers", "possible"),
    [
        ("a_verifier", "valide", True), ("a_verifier", "rejete", True), ("valide", "rejete", True),
        ("rejete", "valide", True), ("valide", "valide", False), ("depose", "valide", False),
        ("quarantaine", "valide", False), ("remplace", "rejete", False),
    ],
)  # fmt: skip
def test_on_ne_verifie_que_ce_qui_peut_l_etre(etat, vers, possible):
    assert verifiable(regard("gestionnaire"), piece("financier", etat=etat), vers) is possible


@pytest.mark.parametrize(
    ("demande", "possible"),
    [
        ("brouillon", False), ("soumise", True), ("incomplete", True), ("inscrite", True), ("decidee", False),
        ("notifiee", False), ("close", False), ("sans_suite", False), ("annulee", False),
    ],
)  # fmt: skip
def test_les_pieces_se_verifient_du_depot_a_la_decision(demande, possible):
    assert verifiable(regard("gestionnaire"), piece("financier", demande=demande), "valide") is possible


@pytest.mark.parametrize("profil", DEPOSEE)
@pytest.mark.parametrize("classe", CLASSES)
def test_qui_lit_le_motif_d_un_rejet(profil, classe):
    """Who opens the paper reads all of it; who files it again, of a reserved class, the ready reason only."""
    depositaire = profil in ("correspondant", "gestionnaire", "numerisation")
    ouvre = DEPOSEE[profil][CLASSES.index(classe)] != "."
    reste = (
        ("Le document est illisible." if classe in ("social", "medical") else "Les mots du rejet.")
        if depositaire
        else ""
    )
    assert motif_montre(regard(profil), piece(classe)) == ("Les mots du rejet." if ouvre else reste)


@pytest.mark.parametrize("profil", DEPOSEE)
@pytest.mark.parametrize("classe", CLASSES)
def test_qui_corrige_le_type_d_une_piece(profil, classe):
    attendu = VERIFIENT.get(profil, ".....")[CLASSES.index(classe)] != "."
    assert reclassable(regard(profil), piece(classe, demande="notifiee")) is attendu
    assert not reclassable(regard(profil), piece(classe, demande="brouillon"))


@pytest.mark.parametrize(
    ("profil", "demande", "organisme", "attendu"),
    [
        ("correspondant", "brouillon", 1, True), ("gestionnaire", "brouillon", 1, True),
        ("correspondant", "brouillon", 2, False), ("correspondant", "soumise", 1, False),
        ("medecin", "brouillon", 1, False), ("partenaire", "brouillon", 1, False),
    ],
)  # fmt: skip
def test_on_ne_retire_que_de_son_brouillon(profil, demande, organisme, attendu):
    assert retirable(regard(profil), piece("medical", demande=demande, organisme=organisme)) is attendu
