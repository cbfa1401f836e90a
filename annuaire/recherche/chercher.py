"""Finding organismes, services and people: beginnings of words first; when nothing has them, what looks like them.

A person is found by her own words and by those of her service and organisme (« martin unéo »). Organismes and services
are few: one statement says which of them hold each word; people are many: their words have a trigram index.
"""

from typing import Any

from django.db import connection
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField

from annuaire import policies
from annuaire.fiches.models import Competence, Contact, Service
from annuaire.recherche.criteres import Criteres
from annuaire.recherche.mots import (
    LETTRES_MIN,
    SEUIL,
    a_le_mot,
    cles,
    organismes_avec_mots,
    rang,
    rang_approchant,
    services_avec_mots,
)
from annuaire.recherche.resultats import Resultats, Trouves
from partners.models import Organisme


def chercher(criteres: Criteres, *, ressembler: bool = True) -> Resultats:
    """What answers these criteria, else what looks like them. As many statements however much there is."""
    if not criteres.mots:
        trouves = _sans_mots(criteres)
        if criteres.vide:  # the first page shows the partners
            trouves = Trouves(trouves.organismes, trouves.services.none(), trouves.personnes.none())
        return trouves.lire()
    exacts = _par_mots(criteres).lire()
    if exacts.nombre or not (ressembler and _peuvent_ressembler(criteres)):
        return exacts
    return _par_mots(criteres, approchant=True).lire(approchant=True)


def tout_ce_qui_repond(criteres: Criteres) -> Trouves:
    """The same without a limit, for an export."""
    if not criteres.mots:
        return _sans_mots(criteres)
    exacts = _par_mots(criteres)
    if any(lignes.exists() for lignes in exacts) or not _peuvent_ressembler(criteres):
        return exacts
    return _par_mots(criteres, approchant=True)


def _peuvent_ressembler(criteres: Criteres) -> bool:
    return any(len(mot) >= LETTRES_MIN for mot in criteres.mots)


def _organismes(criteres: Criteres) -> QuerySet[Organisme]:
    lus = Organisme.objects.select_related("successeur").order_by("sigle", "pk")
    lus = lus.filter(**_de_l_organisme(criteres, ""))
    if criteres.departement:
        lus = lus.filter(Exists(_du_departement(criteres).filter(organisme=OuterRef("pk"))))
    return lus


def _services(criteres: Criteres) -> QuerySet[Service]:
    lus = policies.services_lisibles(None).filter(**_de_l_organisme(criteres, "organisme__"))
    return lus.filter(_au_departement(criteres.departement)) if criteres.departement else lus


def _personnes(criteres: Criteres) -> QuerySet[Contact]:
    lues = policies.contacts_lisibles(None).filter(**_de_l_organisme(criteres, "service__organisme__"))
    lues = lues.select_related("suppleant")
    if criteres.departement:
        lues = lues.filter(service__in=_du_departement(criteres))
    return lues


def _de_l_organisme(criteres: Criteres, chemin: str) -> dict[str, Any]:
    filtres: dict[str, Any] = {}
    if criteres.organisme:
        filtres[f"{chemin}code"] = criteres.organisme
    if criteres.type:
        filtres[f"{chemin}type"] = criteres.type
    if criteres.programme:
        filtres[f"{chemin}programmes__contains"] = [criteres.programme]
    return filtres


def _du_departement(criteres: Criteres) -> QuerySet[Service]:
    return Service.objects.filter(_au_departement(criteres.departement), visible=True).order_by()


def _au_departement(departement: str) -> Q:
    """The services that look after it, or stand in a unit there."""
    declarees = Competence.objects.filter(service=OuterRef("pk"), departement=departement)
    return Q(Exists(declarees)) | Q(unite__departement=departement)


def _sans_mots(criteres: Criteres) -> Trouves:
    organismes, services, personnes = _organismes(criteres), _services(criteres), _personnes(criteres)
    if criteres.numero:
        contient = {"chiffres__contains": criteres.numero}
        chiffres = Func("telephone", function="annuaire_chiffres", output_field=TextField())
        organismes = organismes.annotate(chiffres=chiffres).filter(**contient)
        services, personnes = services.filter(**contient), personnes.filter(**contient)
    return Trouves(organismes, services, personnes)


def _par_mots(criteres: Criteres, *, approchant: bool = False) -> Trouves:
    mots = criteres.mots
    if approchant:
        with connection.cursor() as curseur:
            curseur.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(SEUIL)])
    des_organismes = cles(organismes_avec_mots(), [a_le_mot(mot, approchant) for mot in mots])
    # A service also has the words of its unit and of its organisme; a person, those of her service.
    des_services = cles(
        services_avec_mots(),
        [
            a_le_mot(mot, approchant) | a_le_mot(mot, approchant, "mots_unite") | Q(organisme__in=de)
            for mot, de in zip(mots, des_organismes, strict=True)
        ],
    )
    personnes = _personnes(criteres)
    for mot, siens in zip(mots, des_services, strict=True):
        personnes = personnes.filter(a_le_mot(mot, approchant) | Q(service__in=siens))
    services = _services(criteres).filter(pk__in=set.intersection(*map(set, des_services)))
    organismes = _organismes(criteres).filter(pk__in=set.intersection(*map(set, des_organismes)))
    ordre = rang_approchant if approchant else rang
    return Trouves(
        organismes,
        services.annotate(rang=ordre(mots)).order_by("-rang", "tri", "pk"),
        personnes.annotate(rang=ordre(mots)).order_by("-rang", "tri", "pk"),
    )
