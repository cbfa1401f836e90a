"""The antivirus, against a real clamd started here with one hand-made signature."""

import os
import shutil
import socket
import subprocess
import threading
import time

import pytest

from dossierunique.fichiers import antivirus, lecture
from dossierunique.fichiers.analyse import analyser_fichier
from dossierunique.fichiers.depot import deposer
from dossierunique.fichiers.exemples import pdf_exemple
from dossierunique.fichiers.models import Analyse, EtatFichier
from dossierunique.fichiers.signaux import analyse_terminee
from dossierunique.notifications.models import Envoi

# In two pieces: whole, an antivirus would put this very test in quarantine.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"
# EICAR holds brackets, that a PDF escapes: inside papers our own marker plays the virus.
MARQUE = "CECI-EST-UNE-SIGNATURE-INTERDITE"
CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def attendre(adresse: str, clamd: subprocess.Popen) -> None:
    fin = time.monotonic() + 20
    while time.monotonic() < fin and clamd.poll() is None:
        with socket.socket(socket.AF_UNIX) as prise:
            if prise.connect_ex(adresse) == 0:
                return
        time.sleep(0.05)
    pytest.fail("clamd ne démarre pas")


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """Address of a clamd of our own."""
    if CLAMD is None:
        if os.environ.get("CI"):
            pytest.fail("clamd est absent : installer clamav-daemon")
        pytest.skip("clamd est absent (paquet clamav-daemon)")
    # Not tmp_path: the path of a Unix socket holds 107 bytes at most.
    dossier = tmp_path_factory.mktemp("clam")
    signatures = {"Eicar-Test-Signature": EICAR, "Essai.Interdit": MARQUE}
    (dossier / "base.ndb").write_text("".join(f"{n}:0:*:{v.encode().hex()}\n" for n, v in signatures.items()))
    adresse = str(dossier / "s")
    (dossier / "clamd.conf").write_text(
        f"LocalSocket {adresse}\nDatabaseDirectory {dossier}\nLogFile {dossier}/journal\n"
        "Foreground yes\nStreamMaxLength 25M\nMaxThreads 2\n"
    )
    processus = subprocess.Popen([CLAMD, "-c", str(dossier / "clamd.conf")])
    try:
        attendre(adresse, processus)
        yield f"unix://{adresse}"
    finally:
        processus.terminate()
        processus.wait(10)


@pytest.fixture
def avec_clamd(settings, clamd):
    settings.ANTIVIRUS_URL = clamd


def test_verdicts(avec_clamd):
    assert antivirus.analyser([b"un texte", b" tout simple"]) == ""
    assert antivirus.analyser([EICAR[:20].encode(), b"", EICAR[20:].encode()]).startswith(
        "Eicar-Test-Signature"
    )


@pytest.mark.django_db
def test_un_fichier_sain_s_ouvre_apres_l_analyse(avec_clamd, televerser, acteur, pdf):
    fichier = deposer(televerser(pdf), cree_par=acteur)
    assert (fichier.etat, fichier.analyse) == (EtatFichier.EN_ANALYSE, Analyse.EN_ATTENTE)
    envoi = Envoi.objects.get(genre="fichier.analyser")
    assert envoi.donnees == {"fichier": fichier.pk}
    analyser_fichier(envoi.donnees)
    fichier.refresh_from_db()
    assert (fichier.etat, fichier.analyse) == (EtatFichier.DISPONIBLE, Analyse.SAIN)
    assert lecture.lire(fichier).startswith(b"%PDF-")


@pytest.mark.django_db
def test_un_fichier_infecte_va_en_quarantaine(avec_clamd, televerser, acteur):
    recus = []
    analyse_terminee.connect(
        lambda fichier, **_: recus.append(fichier.etat), weak=False, dispatch_uid="essai"
    )
    fichier = deposer(televerser(pdf_exemple("Facture", [MARQUE])), cree_par=acteur)
    analyser_fichier({"fichier": fichier.pk})
    analyse_terminee.disconnect(dispatch_uid="essai")
    fichier.refresh_from_db()
    assert (fichier.etat, fichier.analyse) == (EtatFichier.QUARANTAINE, Analyse.INFECTE)
    assert recus == ["quarantaine"]
    with pytest.raises(lecture.FichierIndisponible):
        lecture.ouvrir(fichier)
    analyser_fichier({"fichier": fichier.pk})
    fichier.refresh_from_db()
    assert fichier.etat == EtatFichier.QUARANTAINE


@pytest.mark.django_db
def test_clamd_arrete_le_fichier_attend(settings, tmp_path, televerser, acteur, pdf):
    settings.ANTIVIRUS_URL = f"unix://{tmp_path}/absent"
    fichier = deposer(televerser(pdf), cree_par=acteur)
    with pytest.raises(antivirus.AntivirusIndisponible):
        analyser_fichier({"fichier": fichier.pk})
    fichier.refresh_from_db()
    assert fichier.etat == EtatFichier.EN_ANALYSE


@pytest.mark.parametrize(
    "reponse", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: Can't allocate memory ERROR\0"]
)
def test_une_reponse_qui_n_est_pas_un_verdict(settings, reponse):
    """ "Not scanned" is never "clean"; over TCP here, since clamd may be on another machine."""
    with socket.create_server(("127.0.0.1", 0)) as serveur:

        def repondre():
            prise, _ = serveur.accept()
            with prise:
                while not prise.recv(65536).endswith(b"\0\0\0\0"):
                    pass
                prise.sendall(reponse)

        fil = threading.Thread(target=repondre)
        fil.start()
        settings.ANTIVIRUS_URL = f"tcp://127.0.0.1:{serveur.getsockname()[1]}"
        with pytest.raises(antivirus.AntivirusIndisponible):
            antivirus.analyser([b"contenu"])
        fil.join(5)
