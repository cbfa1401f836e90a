"""The directory of the demo: services, a card for each account, some people away, some entries long unverified."""

from datetime import timedelta
from itertools import count
from random import Random

from django.utils import timezone
from django.utils.text import slugify

from annuaire.demonstration import catalogue
from annuaire.fiches.models import Competence, Contact, Service
from partners.demonstration import completer
from partners.models import Habilitation, Organisme, Unite

LONGTEMPS = timedelta(days=230)


@completer
def creer(hasard: Random) -> None:
    """Some thirty services, some sixty people."""
    organismes = {o.code: o for o in Organisme.objects.order_by("pk")}
    unites = {u.code: u for u in Unite.objects.order_by("pk")}
    rangs = count(10)
    services: dict[tuple[str, str], Service] = {}
    for fictif in catalogue.SERVICES:
        if fictif.organisme in organismes:
            services[fictif.organisme, fictif.nom] = _service(fictif, organismes, unites, next(rangs), hasard)
    _comptes(services, rangs, hasard)
    for prenom, nom, code, service, fonction in catalogue.SANS_COMPTE:
        if (code, service) in services:
            _personne(services[code, service], prenom, nom, fonction, next(rangs), hasard)
    _absences()


def _numero(region: str, rang: int) -> str:
    return f"{catalogue.REGIONS[region]} {rang // 100:02d} {rang % 100:02d}"


def _verifie_le(hasard: Random, ancien: bool = False):
    return timezone.localdate() - (LONGTEMPS if ancien else timedelta(days=hasard.randrange(2, 120)))


def _service(
    fictif: catalogue.ServiceFictif,
    organismes: dict[str, Organisme],
    unites: dict[str, Unite],
    rang: int,
    hasard: Random,
) -> Service:
    service = Service.objects.create(
        organisme=organismes[fictif.organisme], unite=unites.get(fictif.unite), nom=fictif.nom,
        missions=fictif.missions, telephone=_numero(fictif.region, rang), adresse=fictif.adresse,
        courriel=f"{slugify(fictif.nom)}@{fictif.organisme}.example", horaires=catalogue.HORAIRES[fictif.horaires],
        note_horaires=fictif.note, verifie_le=_verifie_le(hasard, fictif.ancien),
    )  # fmt: skip
    charges = [Competence(service=service, **{genre: valeur}) for genre, valeur in fictif.charges]
    if service.unite:
        charges.append(Competence(service=service, unite=service.unite))
    Competence.objects.bulk_create(charges)
    return service


def _comptes(services: dict[tuple[str, str], Service], rangs: "count[int]", hasard: Random) -> None:
    """Each account has its own card."""
    en_vigueur = Habilitation.objects.en_vigueur().select_related("utilisateur", "organisme").order_by("pk")
    vus = set()
    for habilitation in en_vigueur:
        siens = [s for (code, _), s in services.items() if code == habilitation.organisme.code]
        if habilitation.utilisateur_id in vus or not siens:
            continue
        vus.add(habilitation.utilisateur_id)
        voulu = catalogue.SERVICE_DU_PROFIL.get(habilitation.profil)
        service = next((s for s in siens if s.nom == voulu), siens[0])
        qui = habilitation.utilisateur
        fiche = _personne(
            service, qui.first_name, qui.last_name, catalogue.FONCTIONS[habilitation.profil], next(rangs), hasard,
            courriel=qui.email,
        )  # fmt: skip
        fiche.utilisateur = qui
        fiche.save(update_fields=["utilisateur"])


def _personne(
    service: Service, prenom: str, nom: str, fonction: str, rang: int, hasard: Random, courriel: str = ""
) -> Contact:  # fmt: skip
    region = next(r for r, debut in catalogue.REGIONS.items() if service.telephone.startswith(debut))
    portable = f"{catalogue.MOBILE} {rang // 100:02d} {rang % 100:02d}" if rang % 3 == 0 else ""
    return Contact.objects.create(
        service=service, prenom=prenom, nom=nom, fonction=fonction, telephone=_numero(region, rang), portable=portable,
        courriel=courriel or f"{slugify(prenom)}.{slugify(nom)}@{service.organisme.code}.example",
        verifie_le=_verifie_le(hasard, rang % 9 == 0),
    )  # fmt: skip


def _absences() -> None:
    aujourdhui = timezone.localdate()
    fiches = Contact.objects.filter(utilisateur__isnull=False).select_related("utilisateur")
    par_compte = {fiche.utilisateur.username: fiche for fiche in fiches}
    for compte, depuis, encore, suppleant in catalogue.ABSENCES:
        fiche = par_compte.get(compte)
        if fiche is None:
            continue
        fiche.absent_du, fiche.absent_au = (
            aujourdhui - timedelta(days=depuis),
            aujourdhui + timedelta(days=encore),
        )
        fiche.suppleant = par_compte.get(suppleant)
        fiche.save(update_fields=["absent_du", "absent_au", "suppleant"])
