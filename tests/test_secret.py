"""Who reads which byte: a dossier full of marked words, and every address walked as each profile.

`LECTEURS` is domain.md §3 written again, apart from the policy table of the code: each mark, and the letters (those of
test_adresses.py) that find it somewhere. Nobody else finds it in any page, PDF or file; and nobody at all in e-mails,
notifications, the journal or the logs.
"""

import logging
import re
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pypdfium2
import pytest
from django.core import mail
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from dossiers.avis.actions import ajouter_note, demander_avis, rendre_avis
from dossiers.commission.models import Decision
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.actions import classer, demander_pieces, enregistrer_budget, soumettre
from dossiers.demandes.models import Demande
from dossiers.justificatifs.actions import deposer_piece, rejeter_piece
from dossiers.justificatifs.models import Justificatif, RaisonRejet, TypePiece
from dossiers.partages.models import Dossier
from dossierunique.fichiers import entrepot
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques, test_adresses
from tests.test_adresses import PERSONNAGES, TABLE

pytestmark = pytest.mark.django_db
monde = test_adresses.monde

# Who reads amounts, needs, resources and reasons; then who opens which class of papers.
LECTURE = "GMSUAEO"
LECTEURS = {
    "adresse de la personne": ("marqueuradresse", "CGSD"),  # in the letters and the statement that are hers
    "besoin écrit par le correspondant": ("marqueurbesoin", LECTURE + "C"),
    "besoin écrit par la caisse": ("marqueurbesoincaisse", LECTURE),
    "ressource du foyer": ("marqueurressource", LECTURE),
    "coût": ("7113,17", LECTURE),
    "montant demandé": ("3001,41", LECTURE),
    "montant accordé": ("1234,56", LECTURE),
    "motif de la décision": ("marqueurmotif", LECTURE),
    "montant avant notification": ("1357,91", "GMS"),
    "motif avant notification": ("marqueuravantheure", "GMS"),
    "motif d’un classement": ("marqueurclassement", LECTURE),
    "montant d’un partenaire": ("432,19", LECTURE),
    "commentaire d’un partenaire": ("marqueurcommentaire", LECTURE),
    "pièce administrative": ("marqueurpieceadministratif", LECTURE + "CN"),
    "pièce financière": ("marqueurpiecefinancier", LECTURE + "N"),
    "pièce bancaire": ("marqueurpiecebancaire", LECTURE + "N"),
    "pièce sociale": ("marqueurpiecesocial", "GMSAE"),
    "pièce médicale": ("marqueurpiecemedical", "M"),
    "nom d’une pièce financière": ("marqueurnomfinancier", LECTURE + "N"),
    "nom d’une pièce sociale": ("marqueurnomsocial", "GMSAE"),
    "nom d’une pièce médicale": ("marqueurnommedical", ""),
    "rejet d’une pièce financière": ("marqueurrejetfinancier", LECTURE + "CN"),
    "rejet d’une pièce sociale": ("marqueurrejetsocial", "GMSAE"),
    "rejet d’une pièce médicale": ("marqueurrejetmedical", "M"),
    "question au médecin": ("marqueurquestion", "GMS"),
    "sens de l’avis": ("avisréservé", LECTURE),
    "motif de l’avis": ("marqueurmotifavis", LECTURE),
    "note médicale": ("marqueurnote", "M"),
    "seconde note médicale": ("marqueurautrenote", "M"),
}
MARQUE = Decimal("7113.17")
# Those who read something of the dossier.
LISENT = set("".join(lettres for _, lettres in LECTEURS.values()))
QUOI = {mot: quoi for quoi, (mot, _) in LECTEURS.items()}
MOTS = re.compile(rf"(?:{'|'.join(map(re.escape, QUOI))})(?![a-z])")
MEDICAUX = (
    "marqueurpiecemedical",
    "marqueurnommedical",
    "marqueurrejetmedical",
    "marqueurnote",
    "marqueurautrenote",
)
# A class of papers → one of its kinds.
TYPES = {
    "administratif": "livret-famille", "financier": "releve-prestations", "bancaire": "rib",
    "social": "rapport-social", "medical": "certificat-medical",
}  # fmt: skip
OUVRENT = {
    "administratif": LECTURE + "CN", "financier": LECTURE + "N", "bancaire": LECTURE + "N", "social": "GMSAE",
    "medical": "M",
}  # fmt: skip


@dataclass
class Marque:
    """The marked dossier: every address to walk, and the previews with who may see them."""

    gens: dict
    adresses: list[tuple[str, str]]
    apercus: dict[str, str] = field(default_factory=dict)


def _piece(demande: Demande, par, classe: str) -> Justificatif:
    pdf = fabriques.pdf_marque(f"marqueurpiece{classe}")
    fichier = enregistrer_pdf(pdf, nom=f"marqueurnom{classe}.pdf", cree_par=par)
    return deposer_piece(par, demande, TypePiece.objects.get(code=TYPES[classe]), fichier)


def _remplir(dossier: Dossier, gens: dict) -> None:
    correspondant, gestionnaire, medecin = gens["C"], gens["G"], gens["M"]
    dossier.assure.adresse = "1 rue marqueuradresse\n83000 Toulon"
    dossier.assure.save()
    _deposee(dossier, correspondant, gestionnaire, medecin)
    en_avis = fabriques.demande(
        dossier, etat="en_instruction", par=gestionnaire, gestionnaire=gestionnaire,
        besoin="Un marqueurbesoincaisse.", type_aide="aide-financiere-sante",
    )  # fmt: skip
    demander_avis(gestionnaire, en_avis, "Une marqueurquestion ?")
    en_avis.refresh_from_db()
    rendre_avis(
        medecin,
        en_avis,
        sens="reserve",
        motif="Un marqueurmotifavis.",
        note="Une marqueurnote.",
        version=en_avis.version,
    )
    ajouter_note(medecin, en_avis, "Une marqueurautrenote.")
    fabriques.notifier_decision(_decidee(dossier, gestionnaire, "marqueurmotif", "1234.56"))
    classer(gestionnaire, fabriques.demande(dossier), "reorientee", "Un marqueurclassement.")


def _decidee(dossier: Dossier, gestionnaire, motif: str, montant: str) -> Decision:
    demande = fabriques.demande(
        dossier, etat="en_instruction", gestionnaire=gestionnaire, cout=Decimal("9000.00")
    )
    return fabriques.decision(
        demande, gestionnaire, motif=f"Un {motif}.", montant=Decimal(montant), issue="accord_partiel"
    )


def _deposee(dossier: Dossier, correspondant, gestionnaire, medecin) -> None:
    """A demande with every kind of paper, some rejected, a budget, and the answer of a partner."""
    demande = fabriques.demande(
        dossier, etat="brouillon", par=correspondant, besoin="Un marqueurbesoin.", cout=MARQUE,
        montant_demande=Decimal("3001.41"),
    )  # fmt: skip
    budget = [("ressource", "marqueurressource", Decimal("1717.00"))]
    enregistrer_budget(correspondant, demande, budget, demande.version)
    for classe in TYPES:
        _piece(demande, correspondant, classe)
    soumettre(correspondant, demande)
    for classe, qui in (("financier", gestionnaire), ("social", gestionnaire), ("medical", medecin)):
        piece = demande.justificatifs.get(type__code=TYPES[classe])
        rejeter_piece(qui, piece, f"marqueurrejet{classe}", RaisonRejet.INCOMPLETE)
    contribution = Contribution.objects.get(demande=demande, organisme__code="uneo")
    enregistrer_contribution(
        fabriques.habilitation("partenaire"), contribution, etat="accord", montant=Decimal("432.19"),
        date_effet=timezone.localdate(), version=contribution.version, commentaire="Un marqueurcommentaire.",
    )  # fmt: skip
    echeance = timezone.localdate() + timedelta(days=9)
    demander_pieces(gestionnaire, demande, [(TypePiece.objects.get(code="devis"), "")], echeance)


@pytest.fixture
def marque(monde) -> Marque:
    gens, adresses = monde
    dossier = Dossier.objects.earliest("pk")
    _remplir(dossier, gens)
    vider()
    # After the letters: this one is decided and not notified yet.
    _decidee(dossier, gens["G"], "marqueuravantheure", "1357.91")
    etendues = [(nom, adresse) for nom, adresse in adresses.items() if _se_lit(nom)]
    for demande in dossier.demandes.all():
        etendues += _de(("demandes:", "contributions:", "decisions:", "avis:"), {"numero": demande.numero})
    apercus = {}
    # The other papers of the dossier carry no mark: the walk of test_adresses has their addresses.
    for piece in dossier.demandes.get(cout=MARQUE).justificatifs.select_related("type"):
        etendues += _de(("pieces:",), {"reference": piece.reference})
        apercus[reverse("pieces:apercu", args=[piece.reference, 1])] = OUVRENT[piece.type.classe]
    for courrier in dossier.courriers.all():
        etendues.append(("courriers:ouvrir", reverse("courriers:ouvrir", args=[courrier.reference])))
    return Marque(gens, list(dict.fromkeys(etendues)), apercus)


def _se_lit(nom: str) -> bool:
    """GET addresses, and those whose POST shows a page again when nothing is sent."""
    return TABLE[nom].methode == "get" or TABLE[nom].statut in (200, 422)


def _de(espaces: tuple[str, ...], arguments: dict) -> list[tuple[str, str]]:
    """Every address of these spaces that takes these arguments."""
    trouvees = []
    for nom in TABLE:
        if nom.startswith(espaces) and _se_lit(nom):
            try:
                trouvees.append((nom, reverse(nom, kwargs=arguments)))
            except NoReverseMatch:  # another argument: the walk of test_adresses has it
                continue
    return trouvees


def _texte(reponse: HttpResponse) -> str:
    """All that an answer says, without spaces: the words of a PDF, the bytes of the rest."""
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    if reponse.get("Content-Type", "").startswith("application/pdf"):
        with pypdfium2.PdfDocument(octets) as pdf:
            lu = " ".join(page.get_textpage().get_text_range() for page in pdf)
        # A word cut at the end of a line carries a mark of its own.
        return re.sub(r"\s|[\ufffe\u00ad]|-(?=\s*$)", "", lu) + octets.decode("latin-1")
    entetes = " ".join(f"{nom}: {valeur}" for nom, valeur in reponse.items())
    return re.sub(r"\s", "", unescape(octets.decode("utf-8", "replace")) + entetes)


def _client(gens: dict, lettre: str) -> Client:
    client = Client()
    if lettre:
        client.force_login(gens[lettre].utilisateur, backend="partners.comptes.backends.Comptes")
    return client


def _demander(client: Client, nom: str, adresse: str) -> HttpResponse:
    reponse = client.post(adresse) if TABLE[nom].methode == "post" else client.get(adresse)
    assert reponse.status_code != 500, adresse
    return reponse


def test_every_byte_is_read_by_whom_the_table_says_and_leaves_by_no_other_way(marque, caplog):
    """One test for all: what takes the time is the marked dossier, with its letters, and walking it."""
    caplog.set_level(logging.INFO)
    ecarts = {lettre: _ecarts(marque, lettre) for lettre in ("", *PERSONNAGES)}
    assert {lettre: ecart for lettre, ecart in ecarts.items() if any(ecart)} == {}
    _aucun_mot_ne_sort(caplog.text)


def _parcours(marque: Marque, lettre: str) -> list[tuple[str, str]]:
    """What this person asks for. Who reads nothing of the dossier walks the rest: test_adresses proves the 404s."""
    if lettre and lettre in LISENT:
        return marque.adresses
    return [(nom, adresse) for nom, adresse in marque.adresses if lettre in TABLE[nom].qui or not lettre]


def _ecarts(marque: Marque, lettre: str) -> tuple[dict[str, list[str]], set[str], list[str]]:
    """What this profile reads and should not, with where; what it should and does not; the previews gone wrong."""
    client = _client(marque.gens, lettre)
    session = client.cookies.copy()
    vus: dict[str, list[str]] = {}
    for nom, adresse in _parcours(marque, lettre):
        client.cookies = session.copy()
        for mot in set(MOTS.findall(_texte(_demander(client, nom, adresse)))):
            vus.setdefault(QUOI[mot], []).append(f"{nom} {adresse}")
    attendus = {quoi for quoi, (_, lettres) in LECTEURS.items() if lettre and lettre in lettres}
    trop = {quoi: adresses for quoi, adresses in vus.items() if quoi not in attendus}
    client.cookies = session.copy()
    apercus = [
        adresse
        for adresse, lettres in marque.apercus.items()
        if (client.get(adresse).status_code == 200) is not bool(lettre and lettre in lettres)
    ]
    return trop, attendus - set(vus), apercus


def _aucun_mot_ne_sort(traces: str) -> None:
    """Neither by an e-mail, a notification, the journal nor a log."""
    vider()
    assert mail.outbox and Notification.objects.exists() and "/pieces/" in traces
    dits = [f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox]
    dits += [str(valeurs) for valeurs in Notification.objects.values()]
    dits += [str(valeurs) for valeurs in LigneJournal.objects.values()]
    dits.append(traces)
    tout = re.sub(r"\s", "", "\n".join(dits)).lower()
    assert [mot for mot, _ in LECTEURS.values() if mot in tout] == []


def test_what_is_secret_is_neither_in_clear_nor_found(marque):
    """One test for the three: what takes the time is the marked dossier."""
    _aucune_table_ne_le_dit()
    _aucun_fichier_ne_le_dit()
    _aucune_recherche_ne_le_trouve(marque)


def _aucune_table_ne_le_dit() -> None:
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        tables = [table for (table,) in curseur.fetchall()]
        assert "dossiers_note_medicale" in tables
        for table in tables:
            curseur.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            contenu = (curseur.fetchone()[0] or "").lower()
            for mot in MEDICAUX:
                assert mot not in contenu, table
                assert mot.encode().hex() not in contenu, table


def _aucun_fichier_ne_le_dit() -> None:
    chemins = dict(Fichier.objects.values_list("chemin", "coffre"))
    stockage = entrepot.entrepot()
    assert set(chemins) <= set(entrepot.inventaire())
    assert "medical" in chemins.values()
    for chemin in entrepot.inventaire():
        octets = stockage.open(chemin, "rb").read()
        if chemin in chemins:  # the storage in memory outlives the other tests
            assert octets[:4] == (b"DUM1" if chemins[chemin] == "medical" else b"DUF1")
        assert b"%PDF" not in octets
        assert b"marqueur" not in octets


def _aucune_recherche_ne_le_trouve(marque: Marque) -> None:
    numero = Dossier.objects.earliest("pk").numero
    for lettre in "CGM":
        client = _client(marque.gens, lettre)
        for mot in MEDICAUX:
            for adresse in (reverse("recherche"), reverse("dossiers:liste"), reverse("demandes:corbeille")):
                assert numero not in _texte(client.get(adresse, {"q": mot})), (adresse, mot)
