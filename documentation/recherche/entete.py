"""What the documentation finds for the search of the header."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from documentation.policies import versions_lisibles
from documentation.recherche.moteur import chercher
from dossierunique.securite.nir import saisie_suspecte
from dossierunique.ui.adresses import adresse
from dossierunique.ui.recherche import Section, Trouve, enregistrer

PREMIERS = 5


@enregistrer
def trouver(request: HttpRequest, mots: str) -> Section:
    """The first articles that answer, and where the others are."""
    if saisie_suspecte(mots):
        return Section("Documentation", ())
    reponse = chercher(versions_lisibles(request.habilitation), mots[:200])
    trouves = [
        Trouve(v.titre, adresse("documentation:lire", v.article.slug), v.rubrique.nom)
        for v in (resultat.version for resultat in reponse.resultats[:PREMIERS])
    ]
    suite = f"{reverse('documentation:recherche')}?{urlencode({'q': mots})}"
    return Section("Documentation", trouves, suite if len(reponse.resultats) > PREMIERS else "")
