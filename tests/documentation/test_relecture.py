"""Write, have it read again, publish, change, withdraw; and what the database refuses by itself."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from documentation.articles import actions
from documentation.articles.etats import TRANSITIONS, EtatArticle
from documentation.articles.models import Article, VersionArticle
from documentation.articles.suites import PieceArticle
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.etats import paires
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications.models import Notification
from tests import fabriques
from tests.documentation.fabriques import article, publie, publier, valeurs

pytestmark = pytest.mark.django_db


def relu(article_):
    return Article.objects.get(pk=article_.pk)


def test_a_text_is_published_by_somebody_who_wrote_none_of_it(gestionnaire, secretaire):
    autre = fabriques.habilitation("gestionnaire")
    ecrit = article(gestionnaire)
    actions.enregistrer(autre, ecrit, valeurs(titre="Ouvrir le dossier"), ecrit.version)
    actions.soumettre(autre, ecrit, relu(ecrit).version)
    for redactrice in (gestionnaire, autre):
        with pytest.raises(ActionRefusee, match="une autre personne"):
            actions.publier(redactrice, ecrit, relu(ecrit).version)
    version = actions.publier(secretaire, ecrit, relu(ecrit).version)
    assert (version.numero, version.titre, version.relue_par) == (
        1,
        "Ouvrir le dossier",
        secretaire.utilisateur,
    )
    assert relu(ecrit).redaction_ouverte is None
    avertis = Notification.objects.filter(genre="documentation_relecture").values_list(
        "destinataire", flat=True
    )
    assert set(avertis) == {gestionnaire.utilisateur_id, autre.utilisateur_id}
    gestes = LigneJournal.objects.filter(objet=f"article {ecrit.slug}").values_list("action", flat=True)
    assert sorted(gestes) == ["creer", "modifier", "modifier", "modifier"]


def test_those_who_may_review_are_told_that_a_text_waits(gestionnaire, secretaire):
    dpo, uneo = fabriques.habilitation("dpo"), fabriques.habilitation("referent_opex", organisme="uneo")
    ecrit = article(gestionnaire)
    actions.soumettre(gestionnaire, ecrit, ecrit.version)
    attend = Notification.objects.filter(genre="documentation_a_relire")
    assert set(attend.values_list("destinataire", flat=True)) == {
        secretaire.utilisateur_id,
        dpo.utilisateur_id,
    }
    du_partenaire = article(uneo, rubrique="opex", titre="Le point à six mois")
    actions.soumettre(uneo, du_partenaire, du_partenaire.version)
    assert not attend.filter(destinataire=uneo.utilisateur).exists()


def test_what_is_published_is_read_until_its_next_version(gestionnaire, secretaire):
    version = publie(gestionnaire, secretaire)
    frais = relu(version.article)
    actions.enregistrer(gestionnaire, frais, valeurs(titre="Nouveau titre"), frais.version)
    frais = relu(frais)
    assert (frais.etat, frais.publiee, frais.contenu.titre) == ("brouillon", version, "Nouveau titre")
    actions.soumettre(gestionnaire, frais, frais.version)
    suivante = publier(frais, secretaire)
    assert (suivante.numero, relu(frais).publiee) == (2, suivante)


def change(par, relectrice, **k):
    """A published article whose change is being written."""
    version = publie(par, relectrice)
    frais = relu(version.article)
    actions.enregistrer(par, frais, valeurs(titre="Nouveau titre", **k), frais.version)
    return version, relu(frais)


def test_a_change_given_up_leaves_what_is_read(gestionnaire, secretaire):
    version, frais = change(gestionnaire, secretaire)
    collegue = fabriques.habilitation("gestionnaire")
    actions.enregistrer(collegue, frais, valeurs(titre="Autre titre"), frais.version)
    pieces = {
        nom: PieceArticle.objects.create(
            article=frais, genre="document", cle=nom, titre=nom, ajoutee_par=gestionnaire.utilisateur, **etat,
            fichier=enregistrer_pdf(fabriques.pdf(nom), nom=f"{nom}.pdf", cree_par=gestionnaire),
        )
        for nom, etat in {"neuve": {}, "a-oter": {"publiee_le": timezone.now(), "a_retirer": True}}.items()
    }  # fmt: skip
    Notification.objects.all().delete()
    actions.abandonner(gestionnaire, frais, relu(frais).version)
    frais = relu(frais)
    assert (frais.etat, frais.publiee, frais.redaction_ouverte) == ("publie", version, None)
    for piece in pieces.values():
        piece.refresh_from_db()
    assert pieces["neuve"].retiree_le and not pieces["a-oter"].a_retirer
    # The other one who wrote in it is told, and it may be written in again.
    assert Notification.objects.get().destinataire == collegue.utilisateur
    actions.enregistrer(gestionnaire, frais, valeurs(titre="Encore"), frais.version)
    assert relu(frais).contenu.titre == "Encore"


def test_only_its_writers_give_a_change_up_and_never_under_review(gestionnaire, secretaire):
    _, frais = change(gestionnaire, secretaire)
    with pytest.raises(AccesRefuse):
        actions.abandonner(secretaire, frais, frais.version)
    actions.soumettre(gestionnaire, frais, frais.version)
    with pytest.raises(ActionRefusee, match="reprenez-le"):
        actions.abandonner(gestionnaire, frais, relu(frais).version)
    actions.renvoyer(gestionnaire, frais, relu(frais).version, mots="")
    with pytest.raises(ModifieDepuis):
        actions.abandonner(gestionnaire, frais, 1)
    actions.abandonner(gestionnaire, frais, relu(frais).version)
    jamais = article(gestionnaire, titre="Jamais publié")
    with pytest.raises(AccesRefuse):
        actions.abandonner(gestionnaire, jamais, jamais.version)


def test_a_text_sent_back_says_what_to_mend(gestionnaire, secretaire):
    ecrit = article(gestionnaire)
    actions.soumettre(gestionnaire, ecrit, ecrit.version)
    actions.renvoyer(secretaire, ecrit, relu(ecrit).version, mots="Il manque l’étape du scan.")
    frais = relu(ecrit)
    assert (frais.etat, frais.redaction.renvoi) == ("brouillon", "Il manque l’étape du scan.")
    assert Notification.objects.get(genre="documentation_relecture").destinataire == gestionnaire.utilisateur


def test_a_withdrawn_article_is_read_no_more_and_may_be_taken_up_again(gestionnaire, secretaire):
    version = publie(gestionnaire)
    actions.retirer(secretaire, version.article, relu(version.article).version, motif="Remplacé.")
    frais = relu(version.article)
    assert (frais.etat, frais.publiee, frais.contenu.titre) == ("retire", None, version.titre)
    actions.enregistrer(gestionnaire, frais, valeurs(titre="Repris"), frais.version)
    assert relu(frais).etat == "brouillon"


def test_what_is_read_does_not_vanish_until_a_later_version(gestionnaire):
    demain, hier = (timezone.localdate() + timedelta(days=n) for n in (1, -1))
    frais = relu(publie(gestionnaire).article)
    actions.enregistrer(gestionnaire, frais, valeurs(parait_le=demain), frais.version)
    with pytest.raises(ActionRefusee, match="se lit déjà"):
        actions.soumettre(gestionnaire, frais, relu(frais).version)
    perime = article(gestionnaire, titre="Passé", expire_le=hier)
    with pytest.raises(ActionRefusee, match="déjà plus lisible"):
        actions.soumettre(gestionnaire, perime, perime.version)


def test_the_same_draft_sent_twice_is_one(gestionnaire):
    assert article(gestionnaire).pk == article(gestionnaire).pk
    assert article(gestionnaire, corps="Un autre texte.").slug == "ouvrir-un-dossier-2"
    assert article(gestionnaire, titre="Le retour d’hôpital").slug == "le-retour-d-hopital"


def test_somebody_else_saved_first(gestionnaire):
    ecrit = article(gestionnaire)
    actions.enregistrer(gestionnaire, ecrit, valeurs(titre="Un"), 1)
    with pytest.raises(ModifieDepuis):
        actions.enregistrer(gestionnaire, ecrit, valeurs(titre="Deux"), 1)


@pytest.mark.parametrize("champ", ["titre", "resume", "mots", "corps"])
def test_no_nir_is_kept(gestionnaire, champ):
    with pytest.raises(ActionRefusee) as refus:
        article(gestionnaire, **{champ: "Écrire à 2 84 05 88 321 025 32"})
    assert refus.value.champ == champ


@pytest.mark.parametrize(
    "profil", ["correspondant", "partenaire", "medecin", "superviseur", "administrateur"]
)
def test_other_profiles_write_nothing(profil):
    with pytest.raises(AccesRefuse):
        article(fabriques.habilitation(profil))


def test_a_referent_writes_on_opex_and_a_responsable_for_her_people():
    referent, responsable = fabriques.habilitation("referent_opex"), fabriques.habilitation("responsable")
    with pytest.raises(ActionRefusee):
        article(referent, rubrique="demarrer")
    with pytest.raises(ActionRefusee):
        article(responsable, organismes=["asd"])
    ecrit, chez_soi = article(referent, rubrique="opex"), article(responsable, organismes=["uneo"])
    with pytest.raises(AccesRefuse):
        actions.enregistrer(responsable, ecrit, valeurs(organismes=["uneo"]), ecrit.version)
    autre = fabriques.habilitation("responsable", organisme="armee")
    actions.soumettre(responsable, chez_soi, chez_soi.version)
    with pytest.raises(AccesRefuse):
        actions.publier(autre, chez_soi, relu(chez_soi).version)
    collegue = fabriques.habilitation("responsable")
    assert actions.publier(collegue, chez_soi, relu(chez_soi).version).numero == 1


@pytest.mark.parametrize("fleche", [f"{a}>{b}" for a in EtatArticle for b in EtatArticle if a != b], ids=str)
def test_the_database_knows_the_arrows(gestionnaire, fleche):
    de, vers = fleche.split(">")
    version = publie(gestionnaire)
    cles = {"publie": version.pk, "retire": None, "brouillon": None, "en_relecture": None}
    sien = Article.objects.filter(pk=version.article_id)
    chemin = {
        "publie": [],
        "retire": ["retire"],
        "brouillon": ["brouillon"],
        "en_relecture": ["brouillon", "en_relecture"],
    }
    for etat in chemin[de]:
        sien.update(etat=etat, publiee_id=cles[etat])
    permis = fleche in paires(TRANSITIONS)
    try:
        with transaction.atomic():
            sien.update(etat=vers, publiee_id=cles[vers])
        assert permis
    except IntegrityError:
        assert not permis


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE documentation_versionarticle SET titre = 'autre' WHERE id = %s",
        "DELETE FROM documentation_versionarticle WHERE id = %s",
    ],
)
def test_versions_are_never_rewritten(gestionnaire, ordre):
    version = publie(gestionnaire)
    with pytest.raises(DatabaseError, match="permission"), transaction.atomic():
        connections["default"].cursor().execute(ordre, [version.pk])
    # Whoever had the right would meet the trigger.
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O' AND tgname = %s",
            ["documentation_versionarticle_ajout_seul"],
        )
        assert curseur.fetchone() == (1,)


@pytest.mark.parametrize("relue_par", ["auteur", "redactrice"])
def test_the_database_refuses_a_version_read_again_by_its_writers(gestionnaire, relue_par):
    version = publie(gestionnaire)
    redactrice = fabriques.utilisateur()
    qui = {"auteur": gestionnaire.utilisateur, "redactrice": redactrice}
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionArticle.objects.create(
            article=version.article, numero=2, texte="", auteur=gestionnaire.utilisateur, relue_par=qui[relue_par],
            redacteurs=[gestionnaire.utilisateur_id, redactrice.pk], le=timezone.now(), **valeurs(),
        )  # fmt: skip


def test_an_article_shows_a_version_of_its_own(gestionnaire):
    une, autre = publie(gestionnaire, titre="Une"), publie(gestionnaire, titre="Autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=une.article_id).update(publiee=autre)
