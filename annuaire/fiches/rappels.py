"""Each month: who keeps entries, and who has a card, are told of what is to be verified. Nobody is named."""

from collections import Counter

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from annuaire.fiches.models import Contact, Service
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from dossierunique.ui.formats import pluriel
from partners.habilitations.models import Habilitation, Profil
from partners.models import Organisme, Utilisateur

GENRE = "annuaire_a_verifier"
genres.declarer(GENRE, "Des entrées de l’annuaire sont à vérifier")


def rappeler() -> int:
    """Tell the keepers of each organisme, then each person of her own card; how many were told."""
    return _rappeler_les_responsables() + _rappeler_les_personnes()


def _mois() -> str:
    return f"{timezone.localdate():%Y-%m}"


def _rappeler_les_responsables() -> int:
    comptes = _comptes()
    vivants = Organisme.objects.filter(pk__in=comptes, jusque__isnull=True)
    charges = Habilitation.objects.en_vigueur().filter(profil__in=[Profil.RESPONSABLE, Profil.ADMINISTRATEUR])
    par_organisme: dict[int, list[Utilisateur]] = {}
    administrateurs: list[Utilisateur] = []
    for habilitation in charges.select_related("utilisateur").order_by("pk"):
        if habilitation.profil == Profil.ADMINISTRATEUR:
            administrateurs.append(habilitation.utilisateur)
        else:
            par_organisme.setdefault(habilitation.organisme_id, []).append(habilitation.utilisateur)
    prevenus = 0
    for organisme in vivants.order_by("pk"):
        # Where nobody keeps the entries, the CNMSS does.
        gens = par_organisme.get(organisme.pk) or administrateurs
        nombre = comptes[organisme.pk]
        notifier(
            gens,
            genre=GENRE,
            texte=f"Annuaire, {organisme.sigle} : {pluriel(nombre, 'entrée est à vérifier,entrées sont à vérifier')}.",
            url=reverse("annuaire:a_verifier"),
            cle=f"annuaire-{organisme.pk}-{_mois()}",
        )
        prevenus += len(gens)
    return prevenus


def _comptes() -> Counter[int]:
    comptes: Counter[int] = Counter()
    services = Service.objects.a_verifier().order_by().values_list("organisme").annotate(n=Count("pk"))
    personnes = Contact.objects.a_verifier().filter(service__visible=True).order_by()
    for lignes in (services, personnes.values_list("service__organisme").annotate(n=Count("pk"))):
        for organisme, nombre in lignes:
            comptes[organisme] += nombre
    return comptes


def _rappeler_les_personnes() -> int:
    siennes = Contact.objects.a_verifier().filter(
        service__visible=True, service__organisme__jusque__isnull=True, utilisateur__is_active=True
    )
    gens = Utilisateur.objects.filter(fiche_annuaire__in=siennes).order_by("pk")
    mois = round(settings.ANNUAIRE_VERIFICATION_JOURS / 30.5)
    notifier(
        gens,
        genre=GENRE,
        texte=f"Votre fiche de l’annuaire n’a pas été vérifiée depuis {pluriel(mois, 'mois,mois')} : est-elle exacte ?",
        url=reverse("annuaire:ma_fiche"),
        cle=f"annuaire-ma-fiche-{_mois()}",
    )
    return len(gens)
