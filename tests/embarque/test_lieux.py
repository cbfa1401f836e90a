"""Where things are: the same answer for everybody, and never a socket's path that is too long."""

import os
from pathlib import Path

import environ
import pytest

from dossierunique.embarque import lieux
from dossierunique.embarque.postgres import accessible_a_tous
from dossierunique.embarque.processus import DemarrageImpossible, preparer_dossier


def test_a_chosen_directory_wins(monkeypatch):
    monkeypatch.setenv("DOSSIER_UNIQUE_LIEU", "/ailleurs")
    assert lieux.lieu().racine == Path("/ailleurs")


@pytest.mark.parametrize(
    ("uid", "debut"), [(0, "/var/lib/dossierunique/"), (1000, str(lieux.PROJET / "var"))]
)
def test_root_stays_out_of_its_own_home(monkeypatch, uid, debut):
    monkeypatch.delenv("DOSSIER_UNIQUE_LIEU", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert str(lieux.lieu().racine).startswith(debut)
    assert lieux.lieu() == lieux.lieu()


@pytest.mark.parametrize("longueur", [10, 80, 85, 90, 200])
def test_the_path_of_a_socket_is_never_too_long(longueur):
    lieu = lieux.Lieu(Path("/" + "é" * longueur))
    for prise in (lieu.prises / ".s.PGSQL.5432", lieu.prise_valkey):
        assert len(os.fsencode(prise)) <= lieux.LONGUEUR_PRISE


def test_the_address_of_the_base_reads_back():
    lue = environ.Env.db_url_config(lieux.Lieu(Path("/a b/c")).url_base("moi"))
    assert lue["USER"] == "moi"
    assert lue["HOST"] == "%2Fa%20b%2Fc%2Fprises"


def test_a_link_laid_in_place_of_a_folder_is_refused(tmp_path):
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "vrai")
    with pytest.raises(DemarrageImpossible, match="lien"):
        preparer_dossier(tmp_path / "lien", servi=True)


def test_a_closed_parent_is_seen(tmp_path):
    dedans = tmp_path / "a" / "b"
    dedans.mkdir(parents=True)
    (tmp_path / "a").chmod(0o700)
    assert not accessible_a_tous(dedans)
    assert accessible_a_tous(Path("/usr/bin"))
