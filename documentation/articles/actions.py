"""Writing, reviewing, publishing and withdrawing an article. The only writers of the room."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from documentation import policies
from documentation.adresses import en_adresse
from documentation.articles import regles
from documentation.articles.annonces import annoncer_a_relire, annoncer_relecture
from documentation.articles.contenu import CHAMPS
from documentation.articles.etats import EtatArticle
from documentation.articles.models import Article, Redaction, VersionArticle
from documentation.recherche import vocabulaire
from documentation.rendu import en_texte
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.nir import contient_un_nir
from dossierunique.verrou import verrouiller
from partners.models import Habilitation


@transaction.atomic
def creer(par: Habilitation, valeurs: dict[str, Any]) -> Article:
    """A new article of her organisme, as a draft; the one she has already, when the same is sent twice."""
    regles.verifier(par, valeurs)
    deja = Article.objects.filter(
        etat=EtatArticle.BROUILLON, publiee__isnull=True, organisme=par.organisme_id,
        redaction__auteur=par.utilisateur_id, redaction__titre=valeurs["titre"], redaction__corps=valeurs["corps"],
    ).first()  # fmt: skip
    if deja is not None:
        return deja
    article = _nouvel_article(par.organisme_id, en_adresse(valeurs["titre"], 70) or "article")
    _ouvrir(article, par, valeurs)
    _noter(par, Acte.CREER, article, "brouillon")
    return article


@transaction.atomic
def enregistrer(par: Habilitation, article: Article, valeurs: dict[str, Any], version: int) -> Article:
    """Keep the draft. What is published stays read as it is until this is published in its turn."""
    frais = verrouiller(Article, article.pk, version)
    policies.exiger(policies.peut_ecrire(par, frais), frais)
    regles.verifier(par, valeurs)
    redaction = frais.redaction_ouverte
    if frais.etat == EtatArticle.EN_RELECTURE:
        raise ActionRefusee("Ce texte est en relecture : reprenez-le d’abord pour le modifier.")
    if redaction is None:
        regles.passer(frais, EtatArticle.BROUILLON)
        _ouvrir(frais, par, valeurs)
    else:
        if frais.etat != EtatArticle.BROUILLON:
            regles.passer(frais, EtatArticle.BROUILLON)
        for champ in CHAMPS:
            setattr(redaction, champ, valeurs[champ])
        redaction.auteur_id = par.utilisateur_id
        redaction.redacteurs = sorted({*redaction.redacteurs, par.utilisateur_id})
        redaction.modifiee_le = timezone.now()
        redaction.save()
    _toucher(frais)
    _noter(par, Acte.MODIFIER, frais, "brouillon")
    return frais


@transaction.atomic
def abandonner(par: Habilitation, article: Article, version: int) -> Article:
    """Give up the change being written of an article that is read: its words are lost, what is published stays.

    What was to be joined to it goes with it, and what was to be taken away stays.
    """
    frais = verrouiller(Article, article.pk, version)
    if frais.etat == EtatArticle.EN_RELECTURE:
        policies.exiger(policies.peut_ecrire(par, frais), frais)
        raise ActionRefusee("Ce texte est en relecture : reprenez-le d’abord.")
    policies.exiger(policies.peut_abandonner(par, frais), frais)
    redaction, publiee = Redaction.objects.get(article=frais), frais.publiee
    assert publiee is not None  # noqa: S101  (peut_abandonner says so)
    redacteurs = redaction.redacteurs
    redaction.delete()
    regles.passer(frais, EtatArticle.PUBLIE)
    frais.pieces.filter(retiree_le__isnull=True, publiee_le__isnull=True).update(retiree_le=timezone.now())
    frais.pieces.filter(retiree_le__isnull=True, a_retirer=True).update(a_retirer=False)
    _toucher(frais)
    _noter(par, Acte.MODIFIER, frais, "modification abandonnée")
    texte = f"La modification de « {publiee.titre} » est abandonnée : la version {publiee.numero} reste lue."
    annoncer_relecture(frais, redacteurs, texte, par.utilisateur_id, f"abandon-{frais.version}")
    return frais


@transaction.atomic
def soumettre(par: Habilitation, article: Article, version: int) -> Article:
    """Ask for the review of a draft."""
    frais = verrouiller(Article, article.pk, version)
    policies.exiger(policies.peut_ecrire(par, frais), frais)
    regles.passer(frais, EtatArticle.EN_RELECTURE)
    regles.exiger_des_dates_tenables(frais)
    redaction = Redaction.objects.get(article=frais)
    redaction.renvoi = ""
    redaction.save(update_fields=["renvoi"])
    _toucher(frais)
    annoncer_a_relire(frais, redaction.titre, redaction.redacteurs)
    _noter(par, Acte.MODIFIER, frais, "relecture demandée")
    return frais


@transaction.atomic
def renvoyer(par: Habilitation, article: Article, version: int, *, mots: str) -> Article:
    """Send a text back to its writers, with what is to be mended; a writer takes her own back the same way."""
    frais = verrouiller(Article, article.pk, version)
    policies.exiger(policies.peut_relire(par, frais) or policies.peut_ecrire(par, frais), frais)
    if contient_un_nir(mots):
        raise ActionRefusee("Ces mots contiennent ce qui ressemble à un NIR : retirez-le.", "mots")
    regles.passer(frais, EtatArticle.BROUILLON)
    redaction = Redaction.objects.get(article=frais)
    redaction.renvoi = mots
    redaction.save(update_fields=["renvoi"])
    _toucher(frais)
    _noter(par, Acte.MODIFIER, frais, "rendu à ses rédacteurs")
    texte = f"Votre article « {redaction.titre} » vous revient : il reste à le reprendre."
    annoncer_relecture(frais, redaction.redacteurs, texte, par.utilisateur_id, f"renvoi-{frais.version}")
    return frais


@transaction.atomic
def publier(par: Habilitation, article: Article, version: int) -> VersionArticle:
    """Publish a text that she read again and did not write: the one way to a new version."""
    frais = verrouiller(Article, article.pk, version)
    redaction = frais.redaction_ouverte
    if redaction is not None and par.utilisateur_id in redaction.redacteurs and policies.suit(par, frais):
        raise ActionRefusee(
            "Vous avez écrit dans ce texte : une autre personne doit le relire et le publier."
        )
    policies.exiger(policies.peut_relire(par, frais), frais)
    assert redaction is not None  # noqa: S101  (peut_relire says so)
    regles.exiger_des_dates_tenables(frais)
    nouvelle = ajouter_version(
        frais,
        redaction.valeurs(),
        auteur_id=redaction.auteur_id,
        relue_par_id=par.utilisateur_id,
        redacteurs=redaction.redacteurs,
    )
    redaction.delete()
    _publier_pieces(frais)
    _noter(par, Acte.MODIFIER, frais, f"version {nouvelle.numero} publiée")
    texte = f"Votre article « {nouvelle.titre} » est publié."
    annoncer_relecture(frais, nouvelle.redacteurs, texte, par.utilisateur_id, f"version-{nouvelle.numero}")
    vocabulaire.reconstruire()
    return nouvelle


@transaction.atomic
def retirer(par: Habilitation, article: Article, version: int, *, motif: str) -> Article:
    """Take an article away from its readers; its text may be taken up again."""
    frais = verrouiller(Article, article.pk, version)
    policies.exiger(policies.suit(par, frais), frais)
    if frais.redaction_ouverte is None and frais.publiee is not None:
        _ouvrir(frais, par, frais.publiee.valeurs())
    frais.publiee = None
    regles.passer(frais, EtatArticle.RETIRE)
    _toucher(frais)
    journaliser(par, Acte.MODIFIER, f"article {frais.slug}", motif=motif, details={"geste": "retiré"})
    vocabulaire.reconstruire()
    return frais


def ajouter_version(article: Article, valeurs: dict[str, Any], **qui: Any) -> VersionArticle:
    """Write the next version of a locked article and have it read. Keyword arguments: who wrote it, who reviewed it."""
    dernier = article.versions.order_by("-numero").values_list("numero", flat=True).first() or 0
    nouvelle = VersionArticle.objects.create(
        article=article, numero=dernier + 1, texte=en_texte(valeurs["corps"]), **valeurs, **qui
    )
    article.publiee = nouvelle
    regles.passer(article, EtatArticle.PUBLIE)
    _toucher(article)
    return nouvelle


def _nouvel_article(organisme_id: int, base: str) -> Article:
    """An address nobody has yet: the same title twice is told apart by a number."""
    for rang in range(1, 50):
        try:
            with transaction.atomic():
                return Article.objects.create(
                    slug=base if rang == 1 else f"{base}-{rang}", organisme_id=organisme_id
                )
        except IntegrityError:
            continue
    raise ActionRefusee("Trop d’articles portent ce titre : choisissez-en un autre.", "titre")


def _ouvrir(article: Article, par: Habilitation, valeurs: dict[str, Any]) -> None:
    article.redaction = Redaction.objects.create(
        article=article, auteur_id=par.utilisateur_id, redacteurs=[par.utilisateur_id], **valeurs
    )


def _toucher(article: Article) -> None:
    article.version += 1
    article.modifie_le = timezone.now()
    article.save(update_fields=["etat", "publiee", "version", "modifie_le"])


def _publier_pieces(article: Article) -> None:
    maintenant = timezone.now()
    article.pieces.filter(retiree_le__isnull=True, a_retirer=True).update(retiree_le=maintenant)
    article.pieces.filter(retiree_le__isnull=True, publiee_le__isnull=True).update(publiee_le=maintenant)


def _noter(par: Habilitation, acte: Acte, article: Article, geste: str) -> None:
    journaliser(par, acte, f"article {article.slug}", details={"geste": geste})
