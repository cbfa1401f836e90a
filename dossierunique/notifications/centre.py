"""The notification centre: tell people, in the portal and as they wish by e-mail."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from dossierunique.notifications.genres import est_impose
from dossierunique.notifications.models import Envoi, EtatEnvoi, Notification, Preference, Rythme
from dossierunique.notifications.sortie import deposer_lot
from dossierunique.securite.nir import contient_un_nir

Verification = Callable[[Notification], bool]
_verifications: list[Verification] = []


def verifier(fonction: Verification) -> Verification:
    """Register what says, when an e-mail is about to leave, whether its reader may still know of it."""
    _verifications.append(fonction)
    return fonction


def a_envoyer(notifications: Iterable[Notification]) -> list[Notification]:
    """Those whose e-mail may leave; the others stay in the portal, and are promised no e-mail any more."""
    notifications = list(notifications)
    permises = [n for n in notifications if all(permet(n) for permet in _verifications)]
    tues = {n.pk for n in notifications} - {n.pk for n in permises}
    if tues:
        Notification.objects.filter(pk__in=tues).update(rythme=Rythme.PORTAIL)
    return permises


def notifier(
    utilisateurs: Iterable[Any], *, genre: str, texte: str, url: str, cle: str, d_office: bool = False
) -> None:
    """Tell each person once (`cle`), in the current transaction.

    `texte` names things by their public number: it goes out by e-mail. `url` is a path of the portal. `d_office`: by
    e-mail at once, whatever the person chose.
    """
    if contient_un_nir(texte) or contient_un_nir(url):
        raise ValueError("une notification ne contient pas de NIR")
    personnes = sorted({u.pk for u in utilisateurs if u.is_active})
    if not personnes:
        return
    rythmes = dict.fromkeys(personnes, Rythme.IMMEDIAT) if d_office else rythmes_de(personnes, genre)
    Notification.objects.bulk_create(
        [
            Notification(destinataire_id=p, genre=genre, texte=texte, url=url, cle=cle, rythme=rythmes[p])
            for p in personnes
        ],
        ignore_conflicts=True,
    )
    _promettre_les_courriels(personnes, cle)


def _promettre_les_courriels(personnes: list[int], cle: str) -> None:
    immediates = Notification.objects.filter(
        destinataire__in=personnes, cle=cle, rythme=Rythme.IMMEDIAT, courriel_le__isnull=True
    )
    numeros = immediates.order_by("pk").values_list("pk", flat=True)
    lot = [({"notification": pk}, f"courriel:{pk}") for pk in numeros]
    if lot:
        deposer_lot("courriel", lot)


def reprendre(notifications: Iterable[Notification]) -> int:
    """Take back what was not read yet, with the e-mails promised: its reader may not know of it any more."""
    cles = [n.pk for n in notifications if n.lue_le is None]
    Envoi.objects.filter(etat=EtatEnvoi.A_FAIRE, cle__in=[f"courriel:{cle}" for cle in cles]).delete()
    Notification.objects.filter(pk__in=cles, lue_le__isnull=True).delete()
    return len(cles)


def rythmes_de(personnes: Iterable[int], genre: str) -> dict[int, Rythme]:
    """The e-mail rhythm of each person for a genre: her choice, else her general choice, else at once.

    An imposed genre (genres.imposer) leaves at once for everybody.
    """
    personnes = list(personnes)
    if est_impose(genre):
        return dict.fromkeys(personnes, Rythme.IMMEDIAT)
    choix: dict[int, dict[str, str]] = {}
    preferences = Preference.objects.filter(utilisateur__in=personnes, genre__in=[genre, ""])
    for personne, sorte, rythme in preferences.values_list("utilisateur_id", "genre", "rythme"):
        choix.setdefault(personne, {})[sorte] = rythme
    defaut = Rythme.IMMEDIAT
    return {p: Rythme(choix.get(p, {}).get(genre) or choix.get(p, {}).get("") or defaut) for p in personnes}


def marquer_lues(utilisateur: Any, numero: int | None = None) -> int:
    """Mark one notification of this person as read, or all of them."""
    lignes = Notification.objects.filter(destinataire=utilisateur, lue_le__isnull=True)
    if numero is not None:
        lignes = lignes.filter(pk=numero)
    return lignes.update(lue_le=timezone.now())
