"""Who reads which word of a wounded person's life, on its page and on its paper: a dossier full of marked words.

`LECTEURS` is domain.md §3 written again, apart from the policy table of the code: each mark, and the letters (those
of tests/acces.py) that find it on the life page, its history or its PDF. Nobody else does.
"""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pypdfium2
import pytest
from django.core import mail
from django.urls import reverse

from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from opex.models import Contrat, PersonneAPrevenir
from tests import fabriques
from tests.acces import PERSONNAGES
from tests.opex.fabriques import dossier_opex
from tests.opex.vie import faits

pytestmark = pytest.mark.django_db
# Who reads a wound whole; then the aids, which are the same people.
LECTURE = "GMSUAEO"
LECTEURS = {
    "date et théâtre d’une blessure": ("marqueurtheatre", LECTURE + "CD"),
    "lieu d’une blessure": ("marqueurlieu", LECTURE),
    "circonstances": ("enginexplosif", LECTURE),
    "récit": ("marqueurrecit", LECTURE),
    "hôpital": ("marqueurhopital", LECTURE),
    "lieu d’une évolution": ("marqueurclinique", LECTURE),
    "genre d’une évolution": ("rééducation", LECTURE),
    "référence d’une DAPIAS": ("marqueurdapias", "GMUAEO"),
    "montant d’une aide": ("4321,17", LECTURE),
    "nom d’une aide": ("capitalblessure", LECTURE),
    "ayant cause": ("marqueurayant", "CGUO"),  # she accorded Unéo alone
    "aide à un ayant cause": ("917,53", "GAEUO"),  # given by the ASD
    "personne à prévenir": ("marqueuraprevenir", ""),
    "numéro de contrat": ("marqueurcontrat", ""),
    "commentaire d’une aide": ("marqueurcommentaire", ""),
}


@pytest.fixture
def gens(db):
    """The people of the address walk; C's unit is the dossier's."""
    ailleurs = [fabriques.unite("ailleurs")]
    return {
        lettre: fabriques.habilitation(profil, **({**k, "unites": ailleurs} if "unites" in k else k))
        for lettre, (profil, k) in PERSONNAGES.items()
    }


@pytest.fixture
def dossier(gens):
    return dossier_opex(gens["C"], endormi=False)


@pytest.fixture
def marque(gens, dossier):
    """The life of somebody, marked all over."""
    g = gens["G"]
    blessure = faits.blessure(dossier, g, theatre="marqueurtheatre")
    faits.evolution(blessure, g, "reeducation")
    faits.dapias(blessure, g)
    faits.aide(dossier, g, commentaire="Un marqueurcommentaire")
    ayant = faits.ayant_cause(dossier, g, accordes=("uneo",))
    faits.aide(dossier, g, "asd", nom="Secours", montant=Decimal("917.53"), beneficiaire=ayant)
    imprime = faits.partir(dossier, g)
    PersonneAPrevenir.objects.create(
        imprime=imprime,
        ordre=1,
        nom="marqueuraprevenir",
        prenoms="Zoé",
        relation="parent",
        telephone="0600000000",
    )
    Contrat.objects.create(imprime=imprime, genre="mutuelle", nom="Mutuelle", numero="marqueurcontrat")
    return dossier


def texte(reponse) -> str:
    """All that an answer says, without spaces, in small letters."""
    if reponse.get("Content-Type", "").startswith("application/pdf"):
        with pypdfium2.PdfDocument(reponse.content) as pdf:
            lu = " ".join(page.get_textpage().get_text_range() for page in pdf)
        return re.sub(r"\s|[\ufffe\u00ad]|-(?=\s*$)", "", lu).lower()
    return re.sub(r"\s", "", unescape(reponse.content.decode())).lower()


def lus(client, adresses) -> set[str]:
    dits = "\n".join(texte(client.get(adresse)) for adresse in adresses)
    return {quoi for quoi, (mot, _) in LECTEURS.items() if mot in dits}


def test_chaque_mot_est_lu_par_ceux_que_dit_la_table(gens, marque, connexion):
    numero = [marque.numero]
    pages = [reverse("vie:page", args=numero), reverse("dossiers:histoire", args=numero)]
    # The side of the page narrows with nothing, and an opened filter shows no more than the page.
    pages += [f"{pages[0]}?fait={famille}" for famille in ("blessures", "aides", "deces", "imprimes")]
    pages.append(reverse("vie:pdf", args=numero))
    attendus = {
        lettre: {quoi for quoi, (_, lettres) in LECTEURS.items() if lettre in lettres}
        for lettre in PERSONNAGES
    }
    trouves = {lettre: lus(connexion(gens[lettre]), pages) for lettre in PERSONNAGES}
    assert trouves == attendus


def test_le_papier_ne_dit_rien_de_plus_que_la_page(gens, marque, connexion):
    for lettre in LECTURE:
        client = connexion(gens[lettre])
        page, papier = (lus(client, [reverse(vue, args=[marque.numero])]) for vue in ("vie:page", "vie:pdf"))
        assert papier == page, lettre


def test_aucun_mot_ne_part_dans_un_courriel_une_notification_ou_le_journal(gens, marque, connexion):
    for lettre in "CGUA":
        lus(connexion(gens[lettre]), [reverse("vie:page", args=[marque.numero])])
    while vider():
        pass
    assert mail.outbox and Notification.objects.exists()
    dits = [f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox]
    dits += [str(v) for modele in (Notification, LigneJournal) for v in modele.objects.values()]
    tout = re.sub(r"\s", "", "\n".join(dits)).lower()
    assert [mot for mot, _ in LECTEURS.values() if mot in tout] == []


def test_apres_le_retrait_d_un_ayant_cause_son_nom_disparait(gens, marque, connexion):
    ayant = marque.ayants_cause.get()
    client, pages = connexion(gens["U"]), [reverse("vie:page", args=[marque.numero])]
    assert "ayant cause" in lus(client, pages)
    faits.accord(ayant, gens["G"], "uneo", "retire", date(2026, 7, 1))
    assert not {"ayant cause", "aide à un ayant cause"} & lus(client, pages)
