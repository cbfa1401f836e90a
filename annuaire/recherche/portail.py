"""What the directory gives to the search of the header."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from annuaire.recherche.chercher import chercher
from annuaire.recherche.criteres import Criteres, mots_de, numero_de
from dossierunique.ui.adresses import adresse
from dossierunique.ui.recherche import Section, Trouve, enregistrer

MONTRES = {"organismes": 3, "services": 3, "personnes": 5}


@enregistrer
def dans_l_annuaire(request: HttpRequest, mots: str) -> Section:
    """The first organismes, services and people that have these words, and where the others are."""
    criteres = Criteres(numero=numero_de(mots)) if numero_de(mots) else Criteres(mots=mots_de(mots))
    if request.habilitation is None or criteres.vide:  # type: ignore[attr-defined]
        return Section("Annuaire", [])
    # Beside what the other rooms find, what only looks like it would be noise.
    lus = chercher(criteres, ressembler=False)
    trouves = [
        *(
            Trouve(o.sigle, reverse("annuaire:organisme", args=[o.code]), o.nom)
            for o in lus.organismes.lignes[: MONTRES["organismes"]]
        ),
        *(
            Trouve(
                s.nom, reverse("annuaire:service", args=[s.pk]), _precision(s.organisme.sigle, s.telephone)
            )
            for s in lus.services.lignes[: MONTRES["services"]]
        ),
        *(
            Trouve(
                str(p),
                reverse("annuaire:personne", args=[p.pk]),
                _precision(p.service.organisme.sigle, p.fonction),
            )
            for p in lus.personnes.lignes[: MONTRES["personnes"]]
        ),
    ]
    return Section("Annuaire", trouves, f"{adresse('annuaire:accueil')}?{urlencode({'q': mots})}")


def _precision(*textes: str) -> str:
    return " · ".join(filter(None, textes))
