"""Setting the rules, reviewing the alerts: the data protection officer only."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from dossiers.controle.models import CONCLUSIONS, TRANSITIONS, Alerte, EtatAlerte, ExamenAlerte, RegleAlerte
from dossiers.controle.policies import exiger_dpo
from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.sortie import deposer
from dossierunique.verrou import verrouiller
from partners.models import Habilitation


@transaction.atomic
def regler(par: Habilitation, code: str, valeurs: dict[str, Any], version: int) -> RegleAlerte:
    """Change a rule of alert. Raises ModifieDepuis when someone else did since `version`."""
    exiger_dpo(par)
    regle = verrouiller(RegleAlerte, code, version)
    avant = {nom: _mot(getattr(regle, nom)) for nom in valeurs}
    for nom, valeur in valeurs.items():
        setattr(regle, nom, valeur)
    regle.version, regle.modifiee_le = regle.version + 1, timezone.now()
    regle.save(update_fields=[*valeurs, "version", "modifiee_le"])
    apres = {nom: _mot(valeur) for nom, valeur in valeurs.items()}
    journaliser(par, Acte.MODIFIER, f"règle {code}", details={"de": avant, "vers": apres})
    return regle


def _mot(valeur: Any) -> Any:
    return valeur if isinstance(valeur, bool | int | None) else str(valeur)


@transaction.atomic
def examiner(par: Habilitation, alerte: Alerte, vers: str, commentaire: str, version: int) -> Alerte:
    """Take an alert under review, or conclude it. Raises ActionRefusee, ModifieDepuis."""
    exiger_dpo(par)
    fraiche = verrouiller(Alerte, alerte.pk, version)
    if fraiche.utilisateur_id == par.utilisateur_id:
        raise ActionRefusee("Cette alerte porte sur vos propres accès : un autre délégué doit l’examiner.")
    if vers in CONCLUSIONS and not commentaire.strip():
        raise ActionRefusee(
            "Dites ce que vous avez vérifié : le commentaire est gardé avec l’alerte.", "commentaire"
        )
    try:
        verifier(TRANSITIONS, fraiche.etat, vers)
    except TransitionInterdite as erreur:
        raise ActionRefusee(
            f"Cette alerte est {fraiche.get_etat_display()} : ce geste n’est plus possible."
        ) from erreur
    avant, fraiche.etat, fraiche.version = fraiche.etat, EtatAlerte(vers), fraiche.version + 1
    fraiche.save(update_fields=["etat", "version"])
    ExamenAlerte.objects.create(alerte=fraiche, vers=vers, commentaire=commentaire.strip(), par=par)
    journaliser(par, Acte.MODIFIER, f"alerte {fraiche.pk}", details={"de": avant, "vers": vers})
    return fraiche


@transaction.atomic
def demander_verification(par: Habilitation) -> None:
    """Have the journal verified now, by the worker; asked twice in a minute, once."""
    exiger_dpo(par)
    deposer("journal.verifier", {}, f"verifier-journal-{timezone.now():%Y%m%d%H%M}")
    journaliser(par, Acte.MODIFIER, "journal", motif="vérification demandée")
