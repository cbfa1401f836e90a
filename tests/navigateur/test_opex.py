"""A company leaves, one of its soldiers is wounded at night, twelve partners help, and the dossier goes on for life."""

import io
import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import expect
from stdnum.fr import nir as stdnum_nir

from tests.navigateur import gestes
from tests.navigateur.postes import Poste

pytestmark = pytest.mark.navigateur
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HIER = date.today() - timedelta(days=1)  # noqa: DTZ011
NUMERO = re.compile(r"DU-\d{4}-\d{7}-[A-Z]")
# The sigle of the column and the kind that each gives: amount, and what it counts for once paid.
AIDES: dict[str, tuple[str, str, int]] = {
    "asd": ("ASD", "secours", 1010), "uneo": ("Unéo", "secours-urgence", 1020),
    "tego": ("Tégo", "capital-invalidite", 1030), "onacvg": ("ONaCVG", "secours", 1040),
    "cabat": ("CABAT", "aide-immediate", 1050), "sdp": ("SDP", "pmi", 450),
    "mnm": ("MNM", "secours-urgence", 1070), "maa": ("MAA", "aide-exceptionnelle", 1080),
    "cng": ("CNG", "secours-urgence", 1090), "agpm": ("AGPM", "capital-invalidite", 1100),
    "ssa": ("SSA", "appareillage", 0), "cabam": ("CABAM", "aide-immediate", 1120),
}  # fmt: skip
COMPTES = {"asd": "asd", "uneo": "uneo", "cabat": "opex"}  # the others: the CNMSS on their behalf
# A pension is paid on its first day and each month since: today that makes one.
TOTAL = sum(montant for code, (_, _, montant) in AIDES.items() if code != "sdp") + 450
MAUVAISES = 9


def nir(rang: int) -> str:
    """A man's NIR, born in June 1995: another block at each run, for a demo that is tested again."""
    corps = f"19506{40 + int(time.time()) % 50:02d}{rang:03d}{int(time.time()) // 60 % 900 + 1:03d}"
    return corps + stdnum_nir.calc_check_digits(corps)


def compagnie() -> tuple[list[list[Any]], set[int]]:
    """120 people, nine of whom are written wrongly; the wrong lines as the portal numbers them."""
    lignes = [
        [nir(rang), f"Essai-Fictif {lettres(rang)}", "Noé", date(1995, 6, 12), "soldat", "Mère Fictive", "0600000000",
         "parent", *["oui" if rang == 0 else ""] * len(AIDES), HIER]
        for rang in range(120)
    ]  # fmt: skip
    abimer = {
        5: (0, nir(5)[:-2] + "00"), 17: (0, nir(17)[:13]), 29: (0, nir(29)[:3] + "13" + nir(29)[5:]), 41: (1, ""),
        53: (2, ""), 65: (3, "le douze juin"), 77: (3, date(1996, 6, 12)), 89: (0, nir(88)),
        101: (3, date(2095, 6, 12)),
    }  # fmt: skip
    for rang, (colonne, valeur) in abimer.items():
        lignes[rang][colonne] = valeur
    assert len(abimer) == MAUVAISES
    return lignes, {rang + 2 for rang in abimer}


def lettres(rang: int) -> str:
    """A name has no digit."""
    return chr(65 + rang // 26) + chr(97 + rang % 26)


def classeur(lignes: list[list[Any]]) -> dict[str, Any]:
    """The list as a unit keeps it, in a spreadsheet."""
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as livre:
        feuille, jour = livre.add_worksheet(), livre.add_format({"num_format": "dd/mm/yyyy"})
        titres = ["NIR", "Nom de naissance", "Prénoms", "Date de naissance", "Grade", "Personne à prévenir",
                  "Téléphone à prévenir", "Lien de parenté", *(f"Accord {a[0]}" for a in AIDES.values()),
                  "Date de signature"]  # fmt: skip
        feuille.write_row(0, 0, titres)
        for rang, ligne in enumerate(lignes, 1):
            for colonne, valeur in enumerate(ligne):
                if isinstance(valeur, date):
                    feuille.write_datetime(rang, colonne, valeur, jour)  # type: ignore[arg-type]
                else:
                    feuille.write_string(rang, colonne, valeur)
    return {"name": "compagnie.xlsx", "mimeType": XLSX, "buffer": sortie.getvalue()}


@dataclass
class Vie:
    """What the people handle, as they learn it."""

    demo: Any
    ouvrir: Any
    dossier: str = ""

    def __post_init__(self) -> None:
        self.postes: dict[str, Poste] = {}

    def poste(self, compte: str) -> Poste:
        if compte not in self.postes:
            self.postes[compte] = self.ouvrir(compte)
        return self.postes[compte]

    def page(self, compte: str, chemin: str) -> Any:
        return self.poste(compte).aller(f"/opex/dossiers/{self.dossier}/{chemin}")


def test_from_a_departure_to_a_life(demonstration, poste):
    vie = Vie(demonstration, poste)
    importer_la_compagnie(vie)
    dormir(vie)
    blesser_de_nuit(vie)
    aider(vie)
    renouveler_la_dapias(vie)
    retrouver_ses_etapes(vie)
    passer_le_relais(vie)
    compter(vie)
    ouvrir_a_posteriori(vie)


def importer_la_compagnie(vie):
    """The correspondant: the columns joined, nine lines told in words, the others taken over by the worker."""
    page = vie.poste("correspondant").aller("/opex/listes/importer/")
    lignes, fautives = compagnie()
    page.locator("#id_fichier").set_input_files(classeur(lignes))
    page.locator("#id_operation").select_option(index=1)
    gestes.saisie(page, "Départ le").fill(f"{HIER - timedelta(days=30)}")
    gestes.continuer(page, "Lire la liste")
    assert nir(0) not in page.content()
    gestes.continuer(page, "Vérifier la liste")
    gestes.titre(page, re.compile(r"9\slignes sont à corriger"))
    page.get_by_role("link", name=re.compile("À corriger")).click()
    dites = {int(cellule) for cellule in page.locator("main tbody tr td:first-child").all_inner_texts()}
    assert dites == fautives
    gestes.continuer(page, re.compile(r"Reprendre 111\slignes"))
    reference = re.search(r"[0-9a-f-]{36}", page.url)[0]
    expect(page.get_by_role("heading", name="La reprise est terminée")).to_be_visible(timeout=240_000)
    expect(page.locator(".chiffres")).to_contain_text(re.compile(r"111\s*dossiers ouverts"))
    page = vie.poste("correspondant").aller(f"/opex/listes/{reference}/")
    vie.dossier = NUMERO.search(page.locator("main tbody tr").first.inner_text())[0]
    lot = vie.demo.une("SELECT rapport::text FROM opex_lot_import WHERE reference = %s", reference)
    assert not re.search(r"1950[0-9]{11}", lot)


def dormir(vie):
    """Accorded or not, no partner reads it yet."""
    assert vie.poste("opex").statut(f"/dossiers/{vie.dossier}/") == 404
    page = vie.page("correspondant", "")
    expect(page.locator("main")).to_contain_text("Ce dossier dort")


def blesser_de_nuit(vie):
    """A message at night: those whom the person accorded are told within the minute, and read."""
    page = vie.page("correspondant", "blessures/nouvelle/")
    gestes.saisie(page, "Date").fill(f"{HIER}")
    gestes.saisie(page, "Heure").fill("23:40")
    page.locator("#id_operation").select_option(index=1)
    page.locator("#id_circonstances").select_option("combat")
    page.locator("#id_gravite").get_by_text("Grave", exact=True).click()
    gestes.saisie(page, "Référence du message").fill("MSG-2340")
    page.locator("#id_evacuation").select_option("metropole")
    gestes.saisie(page, "Hôpital").fill("Hôpital fictif")
    depart = time.monotonic()
    gestes.continuer(page, "Signaler la blessure")
    expect(page.locator(".message")).to_contain_text("La blessure est enregistrée")
    attendu = vie.demo.une(
        "SELECT count(DISTINCT h.utilisateur_id) FROM partners_habilitation h JOIN dossiers_partage p "
        "ON p.organisme_id = h.organisme_id AND p.retire_le IS NULL AND p.nature = 'consentement' "
        "JOIN dossiers_dossier d ON d.id = p.dossier_id "
        "WHERE d.numero = %s AND h.etat = 'active' AND 'OPEX' = ANY (h.programmes) "
        "AND h.profil IN ('partenaire', 'assistant_social', 'decideur_asd', 'referent_opex')",
        vie.dossier,
    )
    prevenus = "SELECT count(DISTINCT destinataire_id) FROM notifications_notification WHERE texte LIKE %s"
    while vie.demo.une(prevenus, f"Une blessure%{vie.dossier}%") < attendu and time.monotonic() - depart < 60:
        time.sleep(0.5)
    assert vie.demo.une(prevenus, f"Une blessure%{vie.dossier}%") >= attendu >= len(AIDES)
    page = vie.page("opex", "")
    expect(page.locator("main")).to_contain_text("Hôpital fictif")
    assert vie.poste("mspp").statut(f"/dossiers/{vie.dossier}/") == 404


def aider(vie):
    """Three partners at their desk, the nine others by the hand of the CNMSS."""
    for code, (sigle, genre, montant) in AIDES.items():
        compte = COMPTES.get(code, "gestionnaire")
        page = vie.page(compte, f"aides/nouvelle/?organisme={code}")
        expect(page.locator("main")).to_contain_text(f"Nouvelle aide, {sigle}")
        page.locator("#id_genre").select_option(str(_genre(vie, code, genre)))
        page.locator("#id_etat").get_by_text("En cours de versement" if code == "sdp" else "Versée").click()
        page.locator("#id_montant").fill(str(montant))
        page.locator("#id_periodicite").select_option("mensuelle" if code == "sdp" else "unique")
        page.locator("#id_debut").fill(f"{HIER}")
        if code == "sdp":
            page.locator("#id_taux").fill("30")
        gestes.continuer(page, "Enregistrer l’aide")
        expect(page.locator(".message--success")).to_be_visible()


def _genre(vie, code, genre):
    return vie.demo.une(
        "SELECT g.id FROM opex_genre_contribution g JOIN partners_organisme o ON o.id = g.organisme_id "
        "WHERE o.code = %s AND g.code = %s",
        code, genre,
    )  # fmt: skip


def renouveler_la_dapias(vie):
    """The référent opens one, then renews it: the step moves with it."""
    page = vie.page("opex", "blessures/1/dapias/")
    gestes.saisie(page, "Référence").fill("DAPIAS-ESSAI-1")
    page.locator("form .bouton--fort").click()
    expect(page.locator("main")).to_contain_text("DAPIAS-ESSAI-1")
    page.get_by_role("link", name=re.compile("Renouveler la DAPIAS")).click()
    gestes.saisie(page, "Référence").fill("DAPIAS-ESSAI-2")
    page.locator("form .bouton--fort").click()
    expect(page.locator("main")).to_contain_text("DAPIAS-ESSAI-2")
    expect(page.locator("main")).to_contain_text("renouvelée")
    etapes = vie.demo.lignes(
        "SELECT e.etat FROM opex_echeance e JOIN dossiers_dossier d ON d.id = e.dossier_id "
        "WHERE d.numero = %s AND e.genre = 'dapias' ORDER BY e.id",
        vie.dossier,
    )
    assert [etat for (etat,) in etapes].count("a_faire") == 1


def retrouver_ses_etapes(vie):
    """The home of the référent says what is due in the dossiers that he follows, and leads to the whole list."""
    page = vie.poste("opex").aller("/")
    etapes = page.get_by_role("region", name=re.compile("Étapes OPEX"))
    expect(etapes.locator("tbody tr").first).to_contain_text(NUMERO)
    etapes.get_by_role("link", name="Voir toutes les étapes").click()
    expect(page.get_by_role("heading", name="Échéances OPEX")).to_be_visible()


def passer_le_relais(vie):
    """He leaves the service: the ONaCVG follows him under the same number, his former unit reads no more."""
    page = vie.page("opex", "suivi/relais/")
    onacvg = page.locator("#id_vers option", has_text=re.compile("ONaCVG|Office national")).first
    page.locator("#id_vers").select_option(value=onacvg.get_attribute("value"))
    gestes.saisie(page, "Motif").fill("Quitte le service actif.")
    page.locator("#id_radie_le").fill(f"{HIER}")
    gestes.continuer(page, "Passer le relais")
    expect(page.locator("main")).to_contain_text("Quitte le service actif.")
    assert vie.poste("correspondant").statut(f"/opex/dossiers/{vie.dossier}/") == 404
    assert vie.poste("gestionnaire").statut(f"/opex/dossiers/{vie.dossier}/") == 200


def compter(vie):
    """The totals of twelve partners, the same on the tab, on the life and on paper."""
    page = vie.page("uneo", "aides/")
    ecrit = f"{TOTAL:,}".replace(",", "\u00a0") + ",00\u00a0€"
    expect(page.locator("tfoot tr").first).to_contain_text(ecrit)
    for sigle, _, _ in AIDES.values():
        expect(page.locator("main")).to_contain_text(sigle)
    expect(vie.page("gestionnaire", "").locator("main aside")).to_contain_text(ecrit)
    assert vie.demo.gerer("verifier_partages").returncode == 0


def ouvrir_a_posteriori(vie):
    """Somebody wounded years ago, whom nobody had told of."""
    page = vie.poste("gestionnaire").aller("/opex/a-posteriori/")
    gestes.saisie(page, "NIR").fill(nir(777))
    gestes.saisie(page, "Date de naissance").fill("1995-06-12")
    gestes.continuer(page, "Continuer")
    for libelle, valeur in {"Nom de naissance": "Ancien-Fictif", "Prénoms": "Yanis"}.items():
        gestes.saisie(page, libelle).fill(valeur)
    page.locator("#id_unite").select_option(index=1)
    gestes.continuer(page)
    gestes.saisie(page, "Date").fill("2012-05-04")
    gestes.saisie(page, "Théâtre").fill("Asie centrale")
    page.locator("#id_circonstances").select_option("psychique")
    page.locator("#id_gravite").get_by_text("Sérieuse", exact=True).click()
    page.locator("main form .bouton--fort").click()
    expect(page.locator(".message").first).to_be_visible()
    numero = NUMERO.search(page.url)[0]
    page = vie.poste("gestionnaire").aller(f"/opex/dossiers/{numero}/suivi/")
    expect(page.locator("main")).to_contain_text(re.compile("a posteriori", re.IGNORECASE))
    expect(page.locator("main")).to_contain_text("4\u00a0mai\u00a02012")
