"""Loans: entrusting a dossier to a named person, extending it, ending it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from dossiers.exceptions.listes import eligibles
from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.partages.models import Dossier, ExceptionUtilisateur
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.textes import jour as en_mots
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.sortie import deposer
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

CHOIX_DE_LA_PERSONNE = (
    "Cette personne travaille pour un organisme qui ne lit pas ce dossier. Un prêt ne remplace pas l’accord de la "
    "personne : recueillez d’abord son consentement pour cet organisme."
)


def dernier_jour_possible() -> date:
    """The last day that a loan made today may be given."""
    return timezone.localdate() + timedelta(days=settings.PRET_JOURS_MAX)


@transaction.atomic
def preter(
    habilitation: Habilitation, dossier: Dossier, beneficiaire: Habilitation, *, jusque: date, motif: str
) -> Pret:
    """Entrust a dossier to a named person until the end of a day. Raises ActionRefusee."""
    exiger(habilitation, Droit.CONFIER, dossier)
    une_a_la_fois(beneficiaire)
    _retenir_les_partages(dossier)
    _verifier_personne(habilitation, dossier, beneficiaire)
    en_cours = Pret.objects.vivants().filter(dossier=dossier, habilitation=beneficiaire).first()
    if en_cours:
        raise ActionRefusee(
            f"Ce dossier lui est déjà confié jusqu’au {en_mots(_jour(en_cours.jusque))} : prolongez ce prêt.",
            "beneficiaire",
        )
    pret = _ouvrir(habilitation, dossier, beneficiaire, jusque, motif)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero,
        details={"geste": "confier", "a": beneficiaire.pk, "jusque": jusque},
    )  # fmt: skip
    return pret


@transaction.atomic
def prolonger(habilitation: Habilitation, pret: Pret, *, jusque: date, motif: str) -> Pret:
    """Give a later end to a loan in force: it is closed, and another one follows it. Raises ActionRefusee."""
    exiger(habilitation, Droit.CONFIER, pret.dossier)
    une_a_la_fois(pret.habilitation)
    _retenir_les_partages(pret.dossier)
    pret = _encore_vivant(pret)
    _verifier_personne(habilitation, pret.dossier, pret.habilitation)
    if jusque <= _jour(pret.jusque):
        raise ActionRefusee(f"Choisissez un jour après le {en_mots(_jour(pret.jusque))}.", "jusque")
    _clore(pret, habilitation)
    suite = _ouvrir(habilitation, pret.dossier, pret.habilitation, jusque, motif, precedent=pret)
    journaliser(
        habilitation, Acte.MODIFIER, pret.dossier.numero,
        details={"geste": "prolonger le prêt", "a": pret.habilitation_id, "jusque": jusque},
    )  # fmt: skip
    return suite


@transaction.atomic
def terminer_pret(habilitation: Habilitation, pret: Pret) -> None:
    """End a loan before its day: who may lend does it, or the borrower herself. Raises ActionRefusee."""
    rend = habilitation.pk == pret.habilitation_id and habilitation.en_vigueur()
    if not rend:
        exiger(habilitation, Droit.CONFIER, pret.dossier)
    une_a_la_fois(pret.habilitation)
    # The borrower does not see the row any more once what opens the dossier is gone.
    with systeme("pret"):
        _clore(_encore_vivant(pret), habilitation)
    journaliser(
        habilitation, Acte.MODIFIER, pret.dossier.numero,
        details={"geste": "rendre" if rend else "terminer le prêt", "a": pret.habilitation_id},
    )  # fmt: skip
    if not rend:
        deposer("pret", {"pret": pret.pk, "fait": "termine"}, f"pret-fin-{pret.pk}")


def une_a_la_fois(habilitation: Habilitation) -> None:
    """Make what concerns the exceptions of one habilitation wait in turn, until the end of the transaction."""
    Habilitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=habilitation.pk)


def _retenir_les_partages(dossier: Dossier) -> None:
    """Make the acts of consent wait: a share that closes after it was looked at would leave a loan behind it."""
    verrouiller(Dossier, dossier.pk)


def ouvrir_exception(acces: Pret | BrisDeGlace, *, par: Habilitation, motif: str, **fondement: Any) -> None:
    """The guardian row by which a loan or a bris de glace opens its dossier, in place of one that is over."""
    cle = {"content_object": acces.dossier, "habilitation": acces.habilitation, "permission": _consulter()}
    ExceptionUtilisateur.objects.filter(**cle).delete()
    ExceptionUtilisateur.objects.create(
        user=acces.habilitation.utilisateur, accorde_par=par.utilisateur, motif=motif, depuis=acces.depuis,
        jusque=acces.jusque, **cle, **fondement,
    )  # fmt: skip


def _consulter() -> Permission:
    return Permission.objects.get(codename="consulter", content_type__app_label="dossiers")


def _verifier_personne(habilitation: Habilitation, dossier: Dossier, beneficiaire: Habilitation) -> None:
    if beneficiaire.utilisateur_id == habilitation.utilisateur_id:
        raise ActionRefusee("On ne se confie pas un dossier à soi-même.", "beneficiaire")
    if not eligibles(dossier).filter(pk=beneficiaire.pk).exists():
        raise ActionRefusee(CHOIX_DE_LA_PERSONNE, "beneficiaire")


def _encore_vivant(pret: Pret) -> Pret:
    trouve = (
        Pret.objects.vivants()
        .select_related("dossier", "habilitation__utilisateur")
        .filter(pk=pret.pk)
        .first()
    )
    if trouve is None:
        raise ActionRefusee("Ce prêt a déjà pris fin.")
    return trouve


def _ouvrir(
    par: Habilitation, dossier: Dossier, beneficiaire: Habilitation, dernier: date, motif: str,
    precedent: Pret | None = None,
) -> Pret:  # fmt: skip
    if not timezone.localdate() <= dernier <= dernier_jour_possible():
        raise ActionRefusee(
            f"Choisissez un jour entre aujourd’hui et le {en_mots(dernier_jour_possible())}.", "jusque"
        )
    pret = Pret.objects.create(
        dossier=dossier, habilitation=beneficiaire, motif=motif.strip(), prete_par=par, precedent=precedent,
        jusque=timezone.make_aware(datetime.combine(dernier, time.max)),
    )  # fmt: skip
    # What was opened in an emergency goes on as a loan.
    BrisDeGlace.objects.vivants().filter(dossier=dossier, habilitation=beneficiaire).update(
        termine_le=pret.depuis
    )
    ouvrir_exception(pret, par=par, motif=pret.motif, pret=pret)
    deposer("pret", {"pret": pret.pk, "fait": "confie"}, f"pret-{pret.pk}")
    return pret


def _clore(pret: Pret, par: Habilitation) -> None:
    # The row that opens the dossier goes last: it is what lets the borrower see the others.
    Pret.objects.filter(pk=pret.pk).update(termine_le=timezone.now(), termine_par=par)
    ExceptionUtilisateur.objects.filter(pret=pret).delete()


def _jour(moment: datetime) -> date:
    return timezone.localtime(moment).date()
