"""Keyset pagination: nothing lost, nothing twice, in both directions, whatever the ties."""

from datetime import date

import pytest
from django.db.models.functions import Lower
from django.test import RequestFactory

from dossierunique.ui.pagination import Page, compte_borne, page_par_cle
from partners.models import Organisme, Unite

pytestmark = pytest.mark.django_db


@pytest.fixture
def unites() -> list[int]:
    """23 units, of which many have the same town."""
    terre = Organisme.objects.create(
        code="terre", sigle="Terre", nom="Terre", type="etat_major", depuis=date(2000, 1, 1)
    )
    for i in range(23):
        Unite.objects.create(code=f"u{i}", nom=f"U{i:02d}", ville="ABC"[i % 3], organisme=terre)
    return list(Unite.objects.order_by("-ville", "-pk").values_list("pk", flat=True))


def page(cles: tuple[str, ...], parametres: dict | None = None, queryset=None) -> Page:
    requete = RequestFactory().get("/", parametres or {})
    return page_par_cle(Unite.objects.all() if queryset is None else queryset, requete, cles=cles, taille=5)


def parcourir(cles: tuple[str, ...], queryset=None) -> list[Page]:
    pages = [page(cles, queryset=queryset)]
    while pages[-1].curseur_suivant:
        pages.append(page(cles, {"apres": pages[-1].curseur_suivant}, queryset))
    return pages


def test_tout_est_vu_une_fois_malgre_les_ex_aequo(unites) -> None:
    pages = parcourir(("-ville", "-pk"))
    assert [u.pk for p in pages for u in p] == unites
    assert [len(p) for p in pages] == [5, 5, 5, 5, 3]


def test_des_sens_differents(unites) -> None:
    attendu = list(Unite.objects.order_by("ville", "-pk").values_list("pk", flat=True))
    assert [u.pk for p in parcourir(("ville", "-pk")) for u in p] == attendu


def test_une_cle_annotee(unites) -> None:
    annotees = Unite.objects.annotate(cle=Lower("nom"))
    assert [u.nom for p in parcourir(("cle", "pk"), annotees) for u in p] == [f"U{i:02d}" for i in range(23)]


def test_une_cle_de_relation(unites) -> None:
    liees = Unite.objects.select_related("organisme")
    attendu = list(liees.order_by("organisme__sigle", "pk").values_list("pk", flat=True))
    assert [u.pk for p in parcourir(("organisme__sigle", "pk"), liees) for u in p] == attendu


def test_on_revient_sur_ses_pas(unites) -> None:
    aller = parcourir(("-ville", "-pk"))
    courante = aller[-1]
    for precedente in reversed(aller[:-1]):
        courante = page(("-ville", "-pk"), {"avant": courante.curseur_precedent})
        assert [u.pk for u in courante] == [u.pk for u in precedente]
    assert courante.curseur_precedent == ""
    assert courante.curseur_suivant


def test_la_premiere_page_n_a_pas_de_precedente(unites) -> None:
    premiere = page(("-ville", "-pk"))
    assert (premiere.curseur_precedent, bool(premiere.curseur_suivant)) == ("", True)


@pytest.mark.parametrize("curseur", ["n'importe quoi", "WyJ4Il0:1abc:zzz", "é"])
def test_un_curseur_trafique_rend_la_premiere_page(unites, curseur) -> None:
    assert [u.pk for u in page(("-ville", "-pk"), {"apres": curseur})] == unites[:5]
    assert [u.pk for u in page(("-ville", "-pk"), {"avant": curseur})] == unites[:5]


def test_le_curseur_d_une_autre_liste_rend_la_premiere_page(unites) -> None:
    ailleurs = page(("nom", "pk")).curseur_suivant
    assert [u.pk for u in page(("-ville", "-pk"), {"apres": ailleurs})] == unites[:5]


def test_les_filtres_suivent(unites) -> None:
    assert page(("-ville", "-pk"), {"q": "bayonne", "apres": "x"}).parametres == "q=bayonne"


def test_la_comparaison_est_celle_des_lignes(unites, django_assert_num_queries) -> None:
    suivant = page(("-ville", "-pk")).curseur_suivant
    with django_assert_num_queries(1) as requetes:
        page(("-ville", "-pk"), {"apres": suivant})
    sql = requetes.captured_queries[0]["sql"]
    assert ") < (" in sql
    assert "OFFSET" not in sql


def test_liste_vide() -> None:
    vide = page(("-ville", "-pk"))
    assert not vide
    assert vide.curseur_suivant == "" == vide.curseur_precedent


def test_compte_borne(unites) -> None:
    assert compte_borne(Unite.objects.all(), 10) == (10, True)
    assert compte_borne(Unite.objects.all(), 23) == (23, False)
