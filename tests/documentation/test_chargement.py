"""The articles that the portal brings: loaded once, again when their file changes, never over what people wrote."""

import pytest
from django.core.management import call_command

from documentation.articles import actions
from documentation.articles.chargement import charger
from documentation.articles.fichiers_source import FichierIllisible, lire, lire_tous
from documentation.articles.models import Article, Redaction, VersionArticle
from documentation.articles.suites import AvisArticle
from documentation.rendu import articles_cites
from dossierunique.securite.nir import contient_un_nir
from tests import fabriques
from tests.documentation.fabriques import publier, valeurs

pytestmark = pytest.mark.django_db
ENTETE = "---\ntitre: Un essai\nresume: Court.\n{}---\nLe texte.\n"


@pytest.fixture
def dossier(tmp_path):
    (tmp_path / "demarrer").mkdir()
    (tmp_path / "demarrer" / "essai.md").write_text(ENTETE.format(""))
    return tmp_path


def test_it_is_idempotent_and_follows_its_file(dossier):
    cnmss = fabriques.organisme("cnmss")
    assert charger(lire_tous(dossier), cnmss).crees == ["essai"]
    assert charger(lire_tous(dossier), cnmss).crees == []
    assert VersionArticle.objects.count() == 1
    (dossier / "demarrer" / "essai.md").write_text(ENTETE.format("") + "Un ajout.\n")
    assert charger(lire_tous(dossier), cnmss).mis_a_jour == ["essai"]
    article = Article.objects.get(slug="essai")
    assert (article.etat, article.publiee.numero, article.publiee.auteur) == ("publie", 2, None)


def test_what_people_wrote_in_the_portal_stays(dossier, gestionnaire):
    charger(lire_tous(dossier), gestionnaire.organisme)
    article = Article.objects.get(slug="essai")
    actions.enregistrer(gestionnaire, article, valeurs(titre="À nous"), article.version)
    article.refresh_from_db()
    actions.soumettre(gestionnaire, article, article.version)
    publier(article)
    (dossier / "demarrer" / "essai.md").write_text(ENTETE.format("") + "Un ajout.\n")
    assert charger(lire_tous(dossier), gestionnaire.organisme).laisses == ["essai"]
    assert Article.objects.get(slug="essai").publiee.titre == "À nous"


@pytest.mark.parametrize(
    ("lignes", "mots"),
    [
        ("couleur: bleu\n", "clé inconnue"),
        ("profils: correspondant, roi\n", "roi"),
        ("genre: poeme\n", "genre inconnu"),
        ("rubrique: opex\n", "rubrique"),
        ("valable_jusqu_au: demain\n", "date illisible"),
        ("public: oui\nprofils: dpo\n", "pour tous"),
        (f"mots: {'x' * 501}\n", "dépasse"),
    ],
)
def test_a_wrong_file_is_named(dossier, lignes, mots):
    chemin = dossier / "demarrer" / "essai.md"
    chemin.write_text(ENTETE.format(lignes))
    with pytest.raises(FichierIllisible, match=rf"essai.md.*{mots}"):
        lire(chemin)


def test_the_command_loads_the_articles_of_the_portal(capsys):
    fabriques.organisme("cnmss")
    call_command("charger_documentation")
    call_command("charger_documentation")
    assert "0 articles ajoutés, 0 mis à jour" in capsys.readouterr().out
    assert Article.objects.count() == len(lire_tous())


def test_no_link_between_the_articles_of_the_portal_is_dead():
    sources = lire_tous()
    slugs = {source.slug for source in sources}
    assert len(slugs) == len(sources)
    morts = {
        source.slug: dehors
        for source in sources
        if (
            dehors := (
                {c.partition("#")[0] for c in articles_cites(source.valeurs["corps"])}
                | set(source.valeurs["voir"])
            )
            - slugs
        )
    }
    assert morts == {}


def test_the_demo_comes_with_a_draft_a_text_to_read_again_and_answers(settings):
    settings.MODE_DEMO = True
    for profil, username in (("gestionnaire",) * 2, ("correspondant",) * 2, ("referent_opex", "opex")):
        fabriques.habilitation(profil, utilisateur=fabriques.utilisateur(username=username))
    for _ in range(2):
        call_command("charger_documentation")
    assert sorted(Redaction.objects.values_list("article__etat", flat=True)) == ["brouillon", "en_relecture"]
    assert AvisArticle.objects.count() == 2


def test_no_article_of_the_portal_holds_what_reads_like_a_nir():
    """Not even an example: whoever edits it in the portal would be refused."""
    fautifs = {
        s.slug for s in lire_tous() if any(contient_un_nir(str(valeur)) for valeur in s.valeurs.values())
    }
    assert fautifs == set()
