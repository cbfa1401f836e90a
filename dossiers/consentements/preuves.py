"""The signed scan of an act: received once, and kept when another field of the form must be corrected."""

from typing import Any

from dossiers.consentements.signature import SaisieSignee
from dossierunique.fichiers.depot import FichierRefuse, deposer
from dossierunique.fichiers.models import Fichier
from dossierunique.securite import crypto
from partners.models import Habilitation

CONTEXTE = "preuve de consentement"
DUREE = 4 * 3600
# The name typed by the person's own computer may hold a name or a NIR: it is shown back to its author, never kept.
NOM = "acte-signe.pdf"


def recevoir(form: SaisieSignee, habilitation: Habilitation) -> bool:
    """Validate the form and its scan; True when both may be recorded.

    The scan is stored even when another field is wrong: a sealed token in the form then stands for it.
    """
    form.is_valid()
    if gardee := form.cleaned_data.get("preuve_gardee"):
        form.fichier, form.fichier_nom = _reprendre(gardee, habilitation)
    if televerse := form.cleaned_data.get("preuve"):
        try:
            form.fichier = deposer(televerse, cree_par=habilitation, nom=NOM)
            form.fichier_nom = televerse.name
        except FichierRefuse as refus:
            form.add_error("preuve", refus.message)
    if form.preuve_exigee and form.fichier is None and "preuve" not in form.errors:
        form.add_error("preuve", "Joignez le formulaire signé, numérisé.")
    _garder(form, habilitation)
    return not form.errors


def _reprendre(jeton: str, habilitation: Habilitation) -> tuple[Fichier | None, str]:
    try:
        donnees: dict[str, Any] = crypto.desceller(jeton, contexte=CONTEXTE, age_max=DUREE)
    except crypto.JetonInvalide:
        return None, ""
    if donnees["par"] != habilitation.pk:
        return None, ""
    libre = Fichier.objects.filter(reference=donnees["fichier"], consentement__isnull=True).first()
    return libre, donnees["nom"]


def _garder(form: SaisieSignee, habilitation: Habilitation) -> None:
    jeton = ""
    if form.fichier:
        donnees = {"fichier": str(form.fichier.reference), "nom": form.fichier_nom, "par": habilitation.pk}
        jeton = crypto.sceller(donnees, contexte=CONTEXTE)
        form.fields["preuve"].required = False
    form.data = form.data.copy()
    form.data["preuve_gardee"] = jeton
