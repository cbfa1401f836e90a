"""The daily round of the proofs to confirm: warn before the delay, suspend after it."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.confirmations import delai, limite, suspendre
from dossiers.consentements.models import PreuveAConfirmer
from dossiers.partages.models import Dossier
from dossiers.textes import jour
from dossierunique.notifications.centre import notifier
from dossierunique.securite.identite import systeme
from dossierunique.ui.formats import pluriel
from partners.habilitations.models import Habilitation, Profil

RAPPEL = "consentement_a_confirmer"
LOT = 500


def faire_la_ronde() -> tuple[int, int]:
    """Warn, then suspend; how many acts of each. One transaction an act: a failure leaves the others done."""
    prevenus = [pk for pk in _a_prevenir() if _prevenir(pk)]
    suspendus = [pk for pk in _echues() if _suspendre(pk)]
    _prevenir_les_gestionnaires()
    return len(prevenus), len(suspendus)


def _cles(**filtres: object) -> list[int]:
    with systeme("preuves"):
        lignes = PreuveAConfirmer.objects.filter(suspendu_le__isnull=True, **filtres)
        return list(lignes.order_by("depuis", "pk").values_list("pk", flat=True)[:LOT])


def _rappel_depuis() -> object:
    return timezone.now() - delai() + timedelta(days=settings.CONSENTEMENT_RAPPEL_JOURS)


def _a_prevenir() -> list[int]:
    return _cles(depuis__lte=_rappel_depuis(), prevenu_le__isnull=True)


def _echues() -> list[int]:
    return _cles(depuis__lte=timezone.now() - delai())


def _lire(pk: int) -> PreuveAConfirmer | None:
    lignes = PreuveAConfirmer.objects.select_related("dossier", "consentement")
    return lignes.filter(pk=pk, suspendu_le__isnull=True).first()


def _prevenir(pk: int) -> bool:
    with systeme("preuves"):
        attente = _lire(pk)
        if attente is None:
            return False
        numero = attente.dossier.numero
        notifier(
            _correspondants(attente),
            genre=RAPPEL,
            texte=f"Un consentement de {numero} n’est pas encore confirmé : sans cela, le partage est suspendu "
            f"après le {jour(limite(attente))}.",
            url=reverse("consentements:detail", args=[numero]),
            cle=f"preuve-rappel-{pk}",
        )
        PreuveAConfirmer.objects.filter(pk=pk).update(prevenu_le=timezone.now())
        return True


def _suspendre(pk: int) -> bool:
    with systeme("preuves"):
        attente = _lire(pk)
        if attente is None or not suspendre(attente):
            return False
        numero = attente.dossier.numero
        notifier(
            _correspondants(attente),
            genre=RAPPEL,
            texte=f"Le partage de {numero} est suspendu : la preuve du consentement n’est pas confirmée.",
            url=reverse("consentements:detail", args=[numero]),
            cle=f"preuve-suspendue-{pk}",
        )
        return True


def _correspondants(attente: PreuveAConfirmer) -> list[object]:
    """Who recorded the act, and the correspondants of the unit: those of them who still read the dossier."""
    dossier = attente.dossier
    cercle = Q(profil=Profil.CORRESPONDANT, unites=dossier.unite_id) | Q(
        pk=attente.consentement.enregistre_par_id
    )
    habilitations = Habilitation.objects.en_vigueur().filter(cercle).select_related("utilisateur").distinct()
    lisent = Dossier.objects.filter(pk=dossier.pk)
    return [h.utilisateur for h in habilitations if lisent.visibles_par(h).exists()]


def _prevenir_les_gestionnaires() -> None:
    """One message a day to the gestionnaires, whatever the number of proofs."""
    with systeme("preuves"):
        nombre = PreuveAConfirmer.objects.filter(depuis__lte=_rappel_depuis()).count()
        if not nombre:
            return
        gestionnaires = Habilitation.objects.en_vigueur().filter(profil=Profil.GESTIONNAIRE)
        notifier(
            [h.utilisateur for h in gestionnaires.select_related("utilisateur")],
            genre=RAPPEL,
            texte=f"{pluriel(nombre, 'preuve,preuves')} de consentement à vérifier\u00a0: le partage est suspendu, ou "
            "va l’être.",
            url=reverse("preuves:corbeille"),
            cle=f"preuves-{timezone.localdate().isoformat()}",
        )
