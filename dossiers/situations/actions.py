"""Starting a list, ticking its points, its note, closing it. The only writers of the room."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from dossiers.partages.models import Dossier
from dossiers.situations.catalogue import SITUATIONS, Situation
from dossiers.situations.models import EtatListe, ListeSituation, PointFait
from dossiers.situations.policies import exiger_listes
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.securite.nir import contient_un_nir
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

CLOSE = "Cette liste est close : rouvrez-la pour y travailler."


@transaction.atomic
def commencer(par: Habilitation, dossier: Dossier, situation: Situation) -> ListeSituation:
    """Begin a situation's list on a dossier; the one that is open already, when there is one. Raises ActionRefusee."""
    exiger_listes(par, dossier)
    if situation.programme != dossier.programme:
        raise ActionRefusee("Cette liste n’est pas faite pour ce dossier.", "numero")
    liste, creee = ListeSituation.objects.get_or_create(
        dossier=dossier, situation=situation.code, etat=EtatListe.OUVERTE,
        defaults={"version_lue": situation.version, "ouverte_par": par},
    )  # fmt: skip
    if creee:
        journaliser(par, Acte.CREER, dossier.numero, details={"geste": "liste", "situation": situation.code})
    return liste


@transaction.atomic
def cocher(par: Habilitation, liste: ListeSituation, coches: Iterable[str], montres: Iterable[str]) -> bool:
    """Tick and untick what changed since the page was shown; whether anything did.

    `coches` are the points ticked in the form, `montres` those that it was shown ticked: what somebody else ticked in
    between stays. Raises ActionRefusee when the list is closed.
    """
    frais = _a_tenir(par, liste)
    connus = {point.code for point in SITUATIONS[frais.situation].points}
    coches, montres = set(coches) & connus, set(montres) & connus
    nouveaux = [PointFait(liste=frais, code=code, par=par) for code in sorted(coches - montres)]
    avant = set(frais.coches.values_list("code", flat=True))
    PointFait.objects.bulk_create(nouveaux, ignore_conflicts=True)
    frais.coches.filter(code__in=montres - coches).delete()
    change = set(frais.coches.values_list("code", flat=True)) ^ avant
    if change:
        details = {"geste": "points de la liste", "situation": frais.situation, "points": sorted(change)}
        journaliser(par, Acte.MODIFIER, frais.dossier.numero, details=details)
    return bool(change)


@transaction.atomic
def noter(par: Habilitation, liste: ListeSituation, *, note: str, version: int) -> ListeSituation:
    """Write the note of a list. Raises ModifieDepuis, and ActionRefusee for a NIR or a closed list."""
    frais = _a_tenir(par, liste, version)
    if contient_un_nir(note):
        raise ActionRefusee("N’écrivez pas de NIR ici : le numéro du dossier suffit.", "note")
    if note == frais.note:
        return frais
    frais.note, frais.version = note, frais.version + 1
    frais.save(update_fields=["note", "version"])
    _noter_au_journal(par, frais, "note de la liste")
    return frais


@transaction.atomic
def clore(par: Habilitation, liste: ListeSituation, etat: EtatListe) -> ListeSituation:
    """Close a list, done or given up; closing twice is harmless."""
    frais = _verrouillee(par, liste)
    if frais.etat == etat:
        return frais
    if frais.etat != EtatListe.OUVERTE:
        raise ActionRefusee("Cette liste est déjà close.")
    frais.etat, frais.close_par, frais.close_le = etat, par, timezone.now()
    _enregistrer(par, frais, f"liste {etat.label}")
    return frais


@transaction.atomic
def rouvrir(par: Habilitation, liste: ListeSituation) -> ListeSituation:
    """Take a closed list up again. Raises ActionRefusee when another one of the same situation is open."""
    frais = _verrouillee(par, liste)
    if frais.etat == EtatListe.OUVERTE:
        return frais
    frais.etat, frais.close_par, frais.close_le = EtatListe.OUVERTE, None, None
    try:
        with transaction.atomic():
            _enregistrer(par, frais, "liste rouverte")
    except IntegrityError:
        raise ActionRefusee(
            "Une autre liste de cette situation est déjà en cours pour cette personne."
        ) from None
    return frais


def _verrouillee(par: Habilitation, liste: ListeSituation, version: int | None = None) -> ListeSituation:
    exiger_listes(par, liste.dossier)
    return verrouiller(ListeSituation, liste.pk, version)


def _a_tenir(par: Habilitation, liste: ListeSituation, version: int | None = None) -> ListeSituation:
    frais = _verrouillee(par, liste, version)
    if frais.etat != EtatListe.OUVERTE:
        raise ActionRefusee(CLOSE)
    return frais


def _enregistrer(par: Habilitation, liste: ListeSituation, geste: str) -> None:
    liste.version += 1
    liste.save(update_fields=["etat", "close_par", "close_le", "version"])
    _noter_au_journal(par, liste, geste)


def _noter_au_journal(par: Habilitation, liste: ListeSituation, geste: str) -> None:
    details = {"geste": geste, "situation": liste.situation}
    journaliser(par, Acte.MODIFIER, liste.dossier.numero, details=details)
