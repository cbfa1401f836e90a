"""The nightly rounds of the OPEX dossiers: steps that come near or are late, dossiers that no wound has woken."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import DateField, F, Max, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone

from dossiers.echanges.destinataires import qui_lisent
from dossiers.partages.models import Dossier
from dossiers.textes import jour
from dossierunique.notifications.centre import notifier
from dossierunique.securite.identite import systeme
from opex.suivi.dates import plus_mois
from opex.suivi.etats import EtatSuivi
from opex.suivi.models import Echeance, EtatEcheance, GenreEcheance, Suivi
from opex.suivi.parcours import expirer, retenir
from partners.habilitations.models import Profil
from partners.models import Habilitation

GENRE = "opex_echeance"
LOT = 500


def rappeler() -> int:
    """Remind of each step once when it comes near, and once more when it is late; how many reminders left."""
    return sum(_rappeler(pk) for pk in _a_rappeler())


def _delai(genre: str) -> timedelta:
    jours = settings.DAPIAS_ALERTE_JOURS if genre == GenreEcheance.DAPIAS else settings.ECHEANCE_RAPPEL_JOURS
    return timedelta(days=jours)


def _dues() -> Q:
    aujourdhui = timezone.localdate()
    proches = Q(genre=GenreEcheance.DAPIAS, le__lte=aujourdhui + _delai(GenreEcheance.DAPIAS)) | Q(
        ~Q(genre=GenreEcheance.DAPIAS), le__lte=aujourdhui + _delai(GenreEcheance.LIBRE)
    )
    return Q(prevenue_le__isnull=True) & proches | Q(le__lt=aujourdhui, prevenue_le__date__lte=F("le"))


def _a_rappeler() -> list[int]:
    with systeme("rappels-opex"):
        dues = Echeance.objects.filter(_dues(), etat=EtatEcheance.A_FAIRE)
        return list(dues.order_by("le", "pk").values_list("pk", flat=True)[:LOT])


def _rappeler(pk: int) -> bool:
    """One step, in its own transaction: a failure leaves the others done."""
    with systeme("rappels-opex"):
        echeance = (
            Echeance.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("dossier")
            .filter(_dues(), pk=pk, etat=EtatEcheance.A_FAIRE)
            .first()
        )
        if echeance is None:
            return False
        retard = echeance.le < timezone.localdate()
        notifier(
            [h.utilisateur for h in destinataires_du_rappel(echeance.dossier)],
            genre=GENRE,
            texte=_texte(echeance, retard),
            url=reverse("suivi:page", args=[echeance.dossier.numero]),
            cle=f"echeance-{'retard-' if retard else ''}{pk}-{echeance.le}",
        )
        Echeance.objects.filter(pk=pk).update(prevenue_le=timezone.now())
        return True


def _texte(echeance: Echeance, retard: bool) -> str:
    numero, le = echeance.dossier.numero, jour(echeance.le)
    quoi = (
        "Une déclaration est à renouveler"
        if echeance.genre == GenreEcheance.DAPIAS
        else "Une étape est à faire"
    )
    if retard:
        return f"{numero} : une étape attendue le {le} est en retard."
    return f"{numero} : {quoi[0].lower()}{quoi[1:]} avant le {le}."


def destinataires_du_rappel(dossier: Dossier) -> list[Habilitation]:
    """The referent while she reads the dossier; the gestionnaires of the CNMSS when nobody follows it."""
    suivi = Suivi.objects.select_related("referent__utilisateur", "referent__organisme").get(dossier=dossier)
    if suivi.referent and (lecteurs := list(qui_lisent(dossier, [suivi.referent]))):
        return lecteurs
    gestionnaires = Habilitation.objects.en_vigueur().filter(profil=Profil.GESTIONNAIRE)
    return list(qui_lisent(dossier, gestionnaires.select_related("utilisateur", "organisme")))


def limite_d_expiration() -> date:
    """The last day that a return may have, for its dossier to expire today without a wound."""
    return plus_mois(timezone.localdate(), -settings.OPEX_EXPIRATION_MOIS)


def a_expirer() -> QuerySet[Dossier]:
    """The dossiers that no wound has woken, whose last return (or departure, or opening) is too old."""
    limite = limite_d_expiration()
    ouverts_avant = timezone.make_aware(datetime.combine(limite, time.max))
    dernier = Max(
        Coalesce("imprimes__retour_le", "imprimes__depart_le", Cast("imprimes__saisi_le", DateField()))
    )
    dormants = Dossier.objects.filter(suivi__etat=EtatSuivi.IDENTIFIE, ouvert_le__lte=ouverts_avant)
    return dormants.annotate(dernier=dernier).filter(Q(dernier__isnull=True) | Q(dernier__lte=limite))


def expirer_les_dormants() -> int:
    """Let them expire, one transaction each; how many did."""
    with systeme("expiration-opex"):
        dus = list(a_expirer().order_by("pk").values_list("pk", flat=True)[:LOT])
    return sum(_expirer(pk) for pk in dus)


def _expirer(pk: int) -> bool:
    with systeme("expiration-opex"):
        dossier = Dossier.objects.get(pk=pk)
        retenir(dossier)
        # A departure may have been recorded since the round began.
        return a_expirer().filter(pk=pk).exists() and expirer(dossier)
