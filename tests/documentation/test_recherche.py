"""French search: accents, plurals and mistakes do not matter; what is shown is escaped; a NIR is never searched."""

import pytest
from django.urls import reverse

from documentation.policies import versions_lisibles
from documentation.recherche.models import MotConnu
from documentation.recherche.moteur import chercher, mots_cherches
from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.documentation.fabriques import publie

pytestmark = pytest.mark.django_db


@pytest.fixture
def fonds(gestionnaire, secretaire):
    """Three articles that share words."""
    publie(gestionnaire, secretaire, titre="Retirer un consentement", resume="Fermer l’accès d’un organisme.",
           corps="La personne change d’avis : l’accès est fermé aussitôt.", mots="opposition, révoquer")  # fmt: skip
    publie(gestionnaire, secretaire, titre="Les aides ménagères", resume="Ce que la caisse finance.",
           corps="Une aide à domicile après un retour d’hôpital.", rubrique="demandes", genre="guide")  # fmt: skip
    publie(gestionnaire, secretaire, titre="Se connecter", resume="Mot de passe et second facteur.",
           corps="Le consentement de la personne n’y est pour rien.", rubrique="securite")  # fmt: skip
    return gestionnaire


def titres(habilitation, saisie, **k):
    return [r.version.titre for r in chercher(versions_lisibles(habilitation), saisie, **k).resultats]


@pytest.mark.parametrize(
    ("saisie", "premier"),
    [
        ("aide menagere", "Les aides ménagères"),
        ("AIDES MÉNAGÈRES", "Les aides ménagères"),
        ("hopital", "Les aides ménagères"),
        ("consentements", "Retirer un consentement"),
        ("comment retirer mon consentement ?", "Retirer un consentement"),
        ("revoquer", "Retirer un consentement"),
        ("mot de passe", "Se connecter"),
        ("consentment", "Retirer un consentement"),
        ("ménagaire", "Les aides ménagères"),
        ("hopitall", "Les aides ménagères"),
    ],
)
def test_the_right_page_comes_first(fonds, saisie, premier):
    assert titres(fonds, saisie)[0] == premier


def test_a_title_tells_more_than_a_paragraph(fonds):
    assert titres(fonds, "consentement") == ["Retirer un consentement", "Se connecter"]


def test_a_corrected_search_says_so_and_may_be_done_as_typed(fonds, connecter):
    chez, adresse = connecter(fonds), reverse("documentation:recherche")
    page = chez.get(adresse, {"q": "consentment"}).content.decode()
    assert "Résultats pour «\u00a0consentement\u00a0»" in page
    assert "exact=1&amp;q=consentment" in page
    assert "Aucun résultat" in chez.get(adresse, {"q": "consentment", "exact": "1"}).content.decode()


def test_nothing_is_corrected_with_what_one_does_not_read(fonds):
    publie(titre="Zygomorphe", organismes=["asd"])
    assert MotConnu.objects.filter(mot="zygomorphe").exists()
    reponse = chercher(versions_lisibles(fabriques.habilitation("correspondant")), "zygomorfe")
    assert (reponse.resultats, reponse.corrigee) == ([], "")


def test_filters_by_rubrique_and_genre(fonds, connecter):
    chez, adresse = connecter(fonds), reverse("documentation:recherche")

    def trouve(**criteres):
        reponse = chez.get(adresse, {"q": "personne aide consentement", **criteres}).context["reponse"]
        return {r.version.titre for r in reponse.resultats}

    assert trouve(rubrique="securite") == {"Se connecter"}
    assert trouve(genre="guide") == {"Les aides ménagères"}
    assert chez.get(adresse, {"q": "aide", "rubrique": "inconnue"}).status_code == 422


def test_highlights_are_escaped(gestionnaire, connecter):
    publie(gestionnaire, titre="Balises <script>alert(1)</script> & accents",
           corps="Le mot **accents** et `<img src=x onerror=alert(1)>` dans le texte.")  # fmt: skip
    page = connecter(gestionnaire).get(reverse("documentation:recherche"), {"q": "accent"}).content.decode()
    assert "<mark>accents</mark>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("nir", ["2 84 05 88 321 025 32", "284058832102532", "consentement 284058832102"])
def test_a_nir_is_neither_searched_shown_nor_journalled(fonds, connecter, nir):
    reponse = connecter(fonds).get(reverse("documentation:recherche"), {"q": nir})
    assert reponse.status_code == 422
    assert "n’y tapez jamais un NIR" in reponse.content.decode()
    assert nir not in reponse.content.decode()
    assert not any(nir in str(ligne) for ligne in LigneJournal.objects.values())


@pytest.mark.parametrize(
    "saisie", ["", "   ", "?", "&|!():*", "le la les", "'; DROP TABLE", "a" * 300, "\x00"]
)
def test_any_search_has_an_answer(fonds, connecter, saisie):
    assert connecter(fonds).get(reverse("documentation:recherche"), {"q": saisie}).status_code in (200, 422)


def test_question_words_are_left_aside():
    assert mots_cherches("Comment puis-je retirer mon accord ?") == ["retirer", "accord"]
    assert mots_cherches("comment faire") == ["comment", "faire"]


def test_a_new_version_replaces_the_former_one_in_the_search(fonds, secretaire):
    from documentation.articles import actions
    from documentation.articles.models import Article
    from tests.documentation.fabriques import publier, valeurs

    article = Article.objects.get(slug="se-connecter")
    actions.enregistrer(
        fonds, article, valeurs(titre="Entrer", corps="Une phrase.", rubrique="securite"), article.version
    )
    article.refresh_from_db()
    actions.soumettre(fonds, article, article.version)
    publier(article, secretaire)
    assert titres(fonds, "Se connecter", exact=True) == []
    assert titres(fonds, "entrer") == ["Entrer"]


def test_the_search_of_the_header_finds_articles(fonds, connecter):
    chez, adresse = connecter(fonds), reverse("recherche")
    page = chez.get(adresse, {"q": "menageres"}).content.decode()
    assert reverse("documentation:lire", args=["les-aides-menageres"]) in page
    assert "Se connecter" not in page
