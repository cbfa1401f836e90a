"""The list in one prepared statement is the list that the shares' queryset gives, page after page, either way."""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.partages import listes_lues
from dossiers.partages.listes import CLES, Filtres, lignes
from dossiers.partages.models import Dossier, Partage
from dossierunique.ui.pagination import Page, page_lue
from partners.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db
TAILLE = 3


@pytest.fixture
def fonds(monkeypatch) -> list[Dossier]:
    """Eight dossiers of two units, two of them opened at the same instant, some with a demande; pages of three."""
    monkeypatch.setattr(
        listes_lues,
        "page_lue",
        lambda lire, requete, *, cles: page_lue(lire, requete, cles=cles, taille=TAILLE),
    )
    auteurs = [fabriques.habilitation("correspondant", unites=[fabriques.unite(nom)]) for nom in ("a", "b")]
    dossiers = [fabriques.dossier(par=auteurs[rang % 2]) for rang in range(8)]
    Partage.objects.filter(dossier__in=dossiers[2:4]).update(ouvert_le=timezone.now())
    for dossier, etat in zip(dossiers, ["soumise", "incomplete", "notifiee"], strict=False):
        fabriques.demande(dossier=dossier, etat=etat)
    retirer_consentement(
        auteurs[0], dossiers[0], [fabriques.organisme("uneo")], signe_le=timezone.localdate()
    )
    return dossiers


def lecteurs() -> list[Habilitation]:
    """A reader of each kind: one organisme, one unit, two, three of which one has nothing, none."""
    unites = [fabriques.unite(nom) for nom in ("a", "b", "vide")]
    return [
        fabriques.habilitation("gestionnaire"),
        fabriques.habilitation("partenaire", organisme="uneo"),
        fabriques.habilitation("partenaire", organisme="mspp"),
        fabriques.habilitation("superviseur"),
        *(fabriques.habilitation("correspondant", unites=unites[:n]) for n in (1, 2, 3)),
        fabriques.habilitation("correspondant", unites=unites[2:]),
    ]


def page(habilitation: Habilitation, filtres: Filtres, question: str = "") -> listes_lues.Liste:
    return listes_lues.lire(habilitation, filtres, RequestFactory().get(f"/?{question}"))


def numeros(page: Page) -> list[str]:
    return [ligne.numero for ligne in page]


@pytest.mark.parametrize("situation", ["", "a_completer", "en_cours", "sans_demande"])
def test_les_pages_se_suivent_comme_le_dit_l_orm(fonds, situation) -> None:
    filtres, vus = Filtres(situation=situation), 0
    for habilitation in lecteurs():
        attendus = list(
            lignes(habilitation, filtres).order_by(*CLES).values_list("dossier__numero", flat=True)
        )
        lue, trouves = page(habilitation, filtres), []
        assert (lue.total, lue.au_dela) == (len(attendus), False)
        trouves += numeros(lue.page)
        while lue.page.curseur_suivant:
            avant, lue = lue, page(habilitation, filtres, f"apres={lue.page.curseur_suivant}")
            trouves += numeros(lue.page)
            retour = page(habilitation, filtres, f"avant={lue.page.curseur_precedent}")
            assert numeros(retour.page) == numeros(avant.page)
        assert trouves == attendus, habilitation
        vus += len(attendus)
    assert vus


def test_les_lignes_disent_la_personne_et_son_dossier(fonds, gestionnaire) -> None:
    attendues = {d.numero: d for d in Dossier.objects.select_related("assure", "unite")}
    for ligne in page(gestionnaire, Filtres()).page:
        dossier = attendues[ligne.numero]
        assert (ligne.personne, ligne.unite) == (str(dossier.assure), str(dossier.unite))
        assert ligne.situation == dossier.get_situation_display().capitalize()
        assert ligne.url == f"/dossiers/{dossier.numero}/"


def test_par_les_mots_la_meme_page(fonds, gestionnaire) -> None:
    trouvee = page(gestionnaire, Filtres(mots=fonds[-1].numero))
    assert numeros(trouvee.page) == [fonds[-1].numero]
    assert trouvee.page.lignes[0] in [*page(gestionnaire, Filtres()).page]
    assert trouvee.total == 1


def test_le_compte_s_arrete_a_la_borne(fonds, gestionnaire, monkeypatch) -> None:
    monkeypatch.setattr(listes_lues, "BORNE", 5)
    listes_lues._requete.cache_clear()
    lue = page(gestionnaire, Filtres())
    listes_lues._requete.cache_clear()
    assert (lue.total, lue.au_dela) == (5, True)


def test_un_dossier_confie_est_montre_a_part_une_fois(fonds, django_assert_num_queries) -> None:
    etranger = fabriques.habilitation("correspondant", unites=[fabriques.unite("b")])
    assert etranger.unites_ids
    with django_assert_num_queries(1):
        assert page(etranger, Filtres()).confies == []
    fabriques.pret(fonds[0], etranger)
    lue = page(etranger, Filtres())
    assert lue.confies == [fonds[0]]
    assert page(etranger, Filtres(), f"apres={lue.page.curseur_suivant}").confies == []
    assert page(etranger, Filtres(situation="en_cours")).confies == []


def test_qui_ne_lit_rien_par_partage_voit_ce_qui_lui_est_confie(fonds) -> None:
    sans = fabriques.habilitation("correspondant", unites=[fabriques.unite("vide")])
    fabriques.pret(fonds[0], sans)
    assert page(sans, Filtres()).confies == [fonds[0]]
