"""The pages: what they show, how they answer, and how many queries they cost."""

from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documentation.articles import actions, rappels
from documentation.articles.models import Article
from documentation.articles.suites import AvisArticle, LectureArticle
from documentation.policies import GARDIENS
from dossierunique.notifications.models import Notification
from tests import fabriques
from tests.documentation.fabriques import article, publie, publier, valeurs

pytestmark = pytest.mark.django_db


def adresse(nom, *args):
    return reverse(f"documentation:{nom}", args=args)


def formulaire(**k):
    """What a browser posts."""
    lues = valeurs() | k
    lues["rubrique"] = lues["rubrique"].pk
    return {cle: valeur for cle, valeur in lues.items() if valeur not in (None, False)}


def test_a_page_says_its_date_its_term_and_what_to_read_next(gestionnaire, connecter):
    hier = timezone.localdate() - timedelta(days=1)
    suite = publie(gestionnaire, titre="La suite", rubrique="opex")
    corps = "## Un\n\ntexte\n\n## Deux\n\n[suite](article:la-suite)\n\n## Trois\n"
    version = publie(gestionnaire, titre="Le début", corps=corps, voir=["la-suite"], valable_jusqu_au=hier)
    page = connecter(gestionnaire).get(adresse("lire", version.article.slug)).content.decode()
    assert "n’est plus valable" in page
    assert 'href="#s-trois"' in page
    assert page.count(adresse("lire", suite.article.slug)) == 2
    assert "Mis à jour" in page or "mis à jour" in page


def test_an_answer_is_kept_once_and_read_by_the_writers(gestionnaire, correspondant, connecter):
    version = publie(gestionnaire)
    chez, ou = connecter(correspondant), adresse("avis", version.article.slug)
    assert chez.post(ou, {}).status_code == 422
    assert (
        "ressemble à un NIR"
        in chez.post(ou, {"utile": "non", "mots": "2 84 05 88 321 025 32"}).content.decode()
    )
    assert not AvisArticle.objects.exists()
    chez.post(ou, {"utile": "non", "mots": "Il manque un exemple."})
    assert chez.post(ou, {"utile": "oui", "mots": "Trouvé."}).status_code == 302
    recu = AvisArticle.objects.get()
    assert (recu.utile, recu.mots, recu.version) == (True, "Trouvé.", version)
    assert "Vous avez répondu oui" in chez.get(adresse("lire", version.article.slug)).content.decode()
    lue = connecter(gestionnaire).get(adresse("reponses", version.article.slug)).content.decode()
    assert "Trouvé." in lue
    assert str(correspondant.utilisateur) not in lue
    assert chez.get(adresse("reponses", version.article.slug)).status_code == 404


def test_news_are_marked_until_they_are_read(gestionnaire, correspondant, connecter):
    version = publie(gestionnaire, titre="Nouveau barème", genre="actualite", rubrique="actualites")
    chez = connecter(correspondant)
    for ou in (adresse("accueil"), reverse("accueil")):
        assert "Non lue" in chez.get(ou).content.decode(), ou
    chez.get(adresse("lire", version.article.slug))
    chez.get(adresse("lire", version.article.slug))
    assert LectureArticle.objects.count() == 1
    for ou in (adresse("accueil"), reverse("accueil")):
        page = chez.get(ou).content.decode()
        assert "Nouveau barème" in page
        assert "Non lue" not in page


def test_the_paper_of_an_article(gestionnaire, connecter):
    version = publie(gestionnaire, titre="Ouvrir", corps="## Étape\n\nLe **texte** du papier.\n")
    reponse = connecter(gestionnaire).get(adresse("pdf", version.article.slug))
    assert reponse["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(reponse.content) as pdf:
        assert pdf.is_tagged()
        lu = pdf[0].get_textpage().get_text_range()
    assert "Ouvrir" in lu
    assert "Le texte du papier." in lu


def test_writing_previews_keeps_nothing_and_saving_keeps_a_draft(gestionnaire, connecter):
    chez = connecter(gestionnaire)
    saisi = formulaire(version="0", corps="## Un titre\n\n[perdu](article:perdu)\n")
    page = chez.post(adresse("nouveau"), {**saisi, "apercu": "1"}).content.decode()
    assert '<h2 id="s-un-titre">' in page
    assert "article:perdu" in page
    assert 'value="Ouvrir un dossier"' in page
    fragment = chez.post(adresse("nouveau"), saisi, headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in fragment
    assert not Article.objects.exists()
    assert chez.post(adresse("nouveau"), saisi).url == adresse("suivre", "ouvrir-un-dossier")
    assert Article.objects.get().etat == "brouillon"


def test_a_wrong_form_keeps_what_was_typed(gestionnaire, connecter):
    reponse = connecter(gestionnaire).post(
        adresse("nouveau"),
        formulaire(titre="", resume="Gardé", public="on", profils=["dpo"], voir="nulle-part"),
    )
    page = reponse.content.decode()
    assert reponse.status_code == 422
    for mots in ("Donnez un titre", "Gardé", "lisible sans se connecter l’est par tous", "nulle-part"):
        assert mots in page


def test_two_writers_at_once(gestionnaire, connecter):
    ecrit, autre = article(gestionnaire), fabriques.habilitation("gestionnaire")
    actions.enregistrer(autre, ecrit, valeurs(titre="Le leur"), 1)
    reponse = connecter(gestionnaire).post(
        adresse("modifier", ecrit.slug), formulaire(titre="Le mien", version=1)
    )
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Le leur" in page
    assert 'value="Le mien"' in page
    assert 'name="version" value="2"' in page


def test_review_by_the_pages(gestionnaire, secretaire, connecter):
    ecrit = article(gestionnaire)
    la, ici = connecter(gestionnaire), connecter(secretaire)
    la.post(adresse("soumettre", ecrit.slug), {"version": 1})
    assert "attend la relecture" in la.get(adresse("suivre", ecrit.slug)).content.decode()
    la.post(adresse("publier", ecrit.slug), {"version": 2})
    assert Article.objects.get().publiee is None
    assert "à relire" in ici.get(adresse("redaction"), {"voir": "a-relire"}).content.decode()
    assert ici.post(adresse("renvoyer", ecrit.slug), {"version": 2, "mots": ""}).status_code == 422
    ici.post(adresse("publier", ecrit.slug), {"version": 1})
    assert Article.objects.get().publiee is None
    ici.post(adresse("publier", ecrit.slug), {"version": 2})
    assert Article.objects.get().publiee.numero == 1
    page = la.get(adresse("versions", ecrit.slug)).content.decode()
    assert "Première version" in page
    assert str(secretaire.utilisateur) in page


def test_giving_a_change_up_is_said_first(gestionnaire, secretaire, connecter):
    version = publie(gestionnaire, secretaire)
    chez, ou = connecter(gestionnaire), adresse("abandonner", version.article.slug)
    suivre = adresse("suivre", version.article.slug)
    assert chez.get(ou).status_code == 404
    assert "Abandonner ma modification" not in chez.get(suivre).content.decode()
    frais = Article.objects.get()
    actions.enregistrer(gestionnaire, frais, valeurs(titre="Autre titre"), frais.version)
    assert "Abandonner ma modification" in chez.get(suivre).content.decode()
    page = chez.get(ou).content.decode()
    assert "rien ne les fait revenir" in page.replace("\xa0", " ") and "Autre" in page
    assert connecter(secretaire).get(ou).status_code == 404
    posee = {"version": Article.objects.get().version}
    for _ in range(2):
        assert chez.post(ou, posee).url == suivre
    assert Article.objects.get().etat == "publie"


def test_whoever_may_review_finds_it_on_her_home(gestionnaire, secretaire, correspondant, connecter):
    collegue = fabriques.habilitation("gestionnaire")
    ecrit = article(gestionnaire, titre="Le nouveau plan")
    actions.soumettre(gestionnaire, ecrit, ecrit.version)
    lien = adresse("suivre", ecrit.slug)
    for qui, vu in ((collegue, True), (secretaire, True), (gestionnaire, False), (correspondant, False)):
        chez = connecter(qui)
        assert (lien in chez.get(reverse("accueil")).content.decode()) is vu, qui
        if qui is not correspondant:
            liste = chez.get(adresse("redaction"), {"voir": "a-relire"}).content.decode()
            assert (lien in liste) is vu, qui
    assert "1 article à relire" in connecter(collegue).get(adresse("accueil")).content.decode().replace(
        "\xa0", " "
    )
    with CaptureQueriesContext(connection) as lues:
        connecter(correspondant).get(reverse("accueil"))
    assert not [q for q in lues if "documentation_redaction" in q["sql"]]


def test_versions_show_what_changed(gestionnaire, secretaire, connecter):
    version = publie(gestionnaire, secretaire, corps="Le délai est de dix jours.")
    frais = Article.objects.get()
    actions.enregistrer(
        gestionnaire, frais, valeurs(corps="Le délai est de <b>douze</b> jours."), frais.version
    )
    frais.refresh_from_db()
    chez = connecter(gestionnaire)
    attendu = '<del><span class="invisible">supprimé : </span>dix</del>'
    assert attendu in chez.get(adresse("suivre", frais.slug)).content.decode().replace("\u00a0", " ")
    actions.soumettre(gestionnaire, frais, frais.version)
    publier(frais, secretaire)
    page = chez.get(adresse("versions", version.article.slug)).content.decode()
    assert attendu in page.replace("\u00a0", " ")
    assert "&lt;b&gt;douze" in page


def test_authors_are_reminded_once_before_and_once_after(gestionnaire):
    jour = timezone.localdate()
    gardien = fabriques.habilitation(GARDIENS[0])
    publie(gestionnaire, titre="Bientôt", valable_jusqu_au=jour + timedelta(days=20))
    publie(gestionnaire, titre="Passé", valable_jusqu_au=jour - timedelta(days=2))
    publie(gestionnaire, titre="Loin", valable_jusqu_au=jour + timedelta(days=200))
    for _ in range(2):
        rappels.rappeler()
    rappelees = Notification.objects.filter(genre="documentation_validite")
    assert rappelees.filter(destinataire=gestionnaire.utilisateur).count() == 2
    gestionnaire.utilisateur.is_active = False
    gestionnaire.utilisateur.save()
    publie(titre="Autre", valable_jusqu_au=jour)
    Notification.objects.all().delete()
    rappels.rappeler()
    assert rappelees.filter(destinataire=gardien.utilisateur).count() == 2


NOMBRES = {"accueil": 8, "sommaire": 5, "recherche": 8, "rubrique": 6, "lire": 8, "redaction": 7, "suivre": 9}


def test_the_number_of_queries_is_known_and_does_not_grow(gestionnaire, secretaire, connecter):
    version = publie(gestionnaire, secretaire)
    publie(gestionnaire, secretaire, genre="actualite")
    chez = connecter(gestionnaire)
    arguments = {"rubrique": ["demarrer"], "lire": [version.article.slug], "suivre": [version.article.slug]}

    def compter():
        nombres = {}
        for nom in NOMBRES:
            with CaptureQueriesContext(connection) as lues:
                ou = adresse(nom, *arguments.get(nom, []))
                assert chez.get(ou, {"q": "dossier"} if nom == "recherche" else {}).status_code == 200
            nombres[nom] = len(lues)
        return nombres

    avant = compter()
    for rang in range(6):
        publie(gestionnaire, secretaire, titre=f"Dossier {rang}", genre="actualite" if rang % 2 else "guide")
    assert compter() == avant
    assert avant == NOMBRES
