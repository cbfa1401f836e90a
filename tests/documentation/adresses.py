"""Who gets through the addresses of the documentation."""

from typing import Any

from documentation.articles import actions
from documentation.articles.suites import PieceArticle
from dossierunique.fichiers.depot import enregistrer_pdf
from partners.models import Habilitation
from tests import fabriques
from tests.acces import PUBLIQUE, TOUS, Regle, poste
from tests.documentation.fabriques import article, publie, valeurs

# The CNMSS's writers follow the CNMSS's articles; OPEX referents and responsables write elsewhere.
CNMSS = "GSD"
REDACTEURS = CNMSS + "OoR"
LECTURE = ("accueil", "sommaire", "recherche", "rubrique", "lire", "pdf", "piece", "image")
TABLE: dict[str, Regle] = {
    # the article of the walk is public
    **{f"documentation:{nom}": PUBLIQUE for nom in LECTURE},
    "documentation:aide": Regle(TOUS, 302, anonyme=302),
    "documentation:avis": poste(TOUS, 422),
    "documentation:visite": Regle(TOUS),
    **{f"documentation:visite_{nom}": poste(TOUS) for nom in ("aller", "terminer", "ecarter")},
    "documentation:redaction": Regle(REDACTEURS),
    "documentation:nouveau": Regle(REDACTEURS),
    **{f"documentation:{nom}": Regle(CNMSS) for nom in ("suivre", "modifier", "versions", "reponses")},
    # the one who wrote the change of what is read
    "documentation:abandonner": Regle("G"),
    # without the version that was shown, nothing happens
    **{f"documentation:{nom}": poste(CNMSS) for nom in ("soumettre", "reprendre", "publier", "detacher")},
    **{f"documentation:{nom}": poste(CNMSS, 422) for nom in ("renvoyer", "retirer", "joindre")},
}


def arguments(distribution: dict[str, Habilitation]) -> dict[str, dict[str, Any]]:
    """A public article with a file and a picture, a draft, and a text that waits for its review."""
    auteur = fabriques.habilitation("gestionnaire")
    lu = publie(auteur, titre="Vos droits", public=True).article
    brouillon = article(auteur, titre="Un brouillon")
    a_relire = article(auteur, titre="À relire")
    actions.soumettre(auteur, a_relire, a_relire.version)
    change = publie(distribution["G"], titre="Bientôt changé").article
    change.refresh_from_db()
    actions.enregistrer(distribution["G"], change, valeurs(titre="Changé"), change.version)
    pieces = {genre: _piece(lu, auteur, genre, publiee=True) for genre in ("document", "image")}
    a_detacher = _piece(brouillon, auteur, "document", publiee=False)
    public, ecrit, relu = {"slug": lu.slug}, {"slug": brouillon.slug}, {"slug": a_relire.slug}
    return {
        "documentation:rubrique": {"code": "demarrer"},
        "documentation:abandonner": {"slug": change.slug},
        **{f"documentation:{nom}": public for nom in ("lire", "pdf", "aide", "avis")},
        "documentation:piece": {"reference": pieces["document"].reference},
        "documentation:image": {"reference": pieces["image"].reference},
        **{f"documentation:{nom}": ecrit
           for nom in ("suivre", "modifier", "versions", "reponses", "soumettre", "retirer", "joindre")},
        **{f"documentation:{nom}": relu for nom in ("renvoyer", "reprendre", "publier")},
        "documentation:detacher": {**ecrit, "reference": a_detacher.reference},
    }  # fmt: skip


def _piece(article_: Any, par: Habilitation, genre: str, *, publiee: bool) -> PieceArticle:
    return PieceArticle.objects.create(
        article=article_, genre=genre, cle=genre, titre=genre, ajoutee_par=par.utilisateur,
        fichier=enregistrer_pdf(fabriques.pdf(genre), nom=f"{genre}.pdf", cree_par=par),
        publiee_le=article_.modifie_le if publiee else None,
    )  # fmt: skip
