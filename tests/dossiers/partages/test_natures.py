"""The policy table of what is shown: whole, and as domain.md §3 says."""

from types import SimpleNamespace

import pytest

from dossiers.partages.natures import COLONNES, LETTRES, LIBELLES, NATURES, TABLE, Donnee, Niveau
from dossiers.partages.profils import CLASSES_LISIBLES, DROITS, VUES, Classe, Droit, Regard
from dossierunique.securite.coffres import Coffre
from partners.habilitations.models import PROFILS_SANS_DOSSIER, Profil


def regard(profil: str, voit_nir: bool = True) -> Regard:
    organisme = SimpleNamespace(voit_nir=voit_nir, est_cnmss=True)
    return Regard(SimpleNamespace(profil=profil, organisme=organisme))  # type: ignore[arg-type]


def test_every_nature_has_its_row_its_words_and_a_letter_for_each_profile():
    assert set(TABLE) == set(LIBELLES) == set(Donnee)
    assert [ligne.code for ligne in NATURES] == list(Donnee)
    for ligne in TABLE.values():
        assert len(ligne.split()) == len(COLONNES)
        assert set(ligne.split()) <= set(LETTRES)
    assert set(COLONNES) | PROFILS_SANS_DOSSIER == set(Profil)


@pytest.mark.parametrize("profil", Profil)
def test_what_only_sees_is_read_from_the_table(profil):
    for droit, donnee in VUES.items():
        assert (droit in DROITS.get(profil, ())) is regard(profil).lit(donnee)
    for classe in Classe:
        ouvre = classe in CLASSES_LISIBLES.get(profil, frozenset())
        assert ouvre is regard(profil).lit(Donnee(f"piece_{classe}"))


@pytest.mark.parametrize("profil", sorted(PROFILS_SANS_DOSSIER))
def test_who_opens_no_dossier_sees_nothing(profil):
    assert {ligne.niveau(regard(profil)) for ligne in NATURES} == {Niveau.RIEN}


@pytest.mark.parametrize("profil", Profil)
def test_medical_content_and_notes_are_the_medecin_s(profil):
    est_medecin = profil == Profil.MEDECIN
    assert regard(profil).lit(Donnee.PIECE_MEDICALE) is est_medecin
    assert (regard(profil).niveau(Donnee.NOTE_MEDICALE) > Niveau.RIEN) is est_medecin
    assert (regard(profil).coffre is Coffre.MEDICAL) is est_medecin
    assert regard(profil).peut(Droit.RENDRE_AVIS) is est_medecin


def test_the_correspondant_sees_states_and_no_amount_reason_social_nor_medical_paper():
    vu = {ligne.code: ligne.niveau(regard(Profil.CORRESPONDANT)) for ligne in NATURES}
    for donnee in (
        Donnee.COUT, Donnee.MONTANT_DEMANDE, Donnee.MONTANT_DECIDE, Donnee.BUDGET, Donnee.MOTIF_DECISION,
        Donnee.MOTIF_CLASSEMENT, Donnee.AVIS_QUESTION, Donnee.NOTE_MEDICALE, Donnee.COURRIER_DECISION,
    ):  # fmt: skip
        assert vu[donnee] is Niveau.RIEN, donnee
    for donnee in (Donnee.PIECE_SOCIALE, Donnee.PIECE_MEDICALE, Donnee.AVIS):
        assert vu[donnee] is Niveau.ETAT, donnee
    assert vu[Donnee.DEMANDE] is Niveau.CONTENU


def test_the_whole_nir_is_for_organismes_allowed_to_see_it():
    assert regard(Profil.PARTENAIRE).lit(Donnee.NIR)
    assert regard(Profil.PARTENAIRE, voit_nir=False).niveau(Donnee.NIR) is Niveau.RIEN
    assert not regard(Profil.PARTENAIRE, voit_nir=False).peut(Droit.VOIR_NIR)
