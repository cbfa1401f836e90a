"""Who signs the letters: the CNMSS, as the operator describes it."""

from django.conf import settings

# No telephone number here: a letter must not print one that nobody has checked.
PAR_DEFAUT = {
    "nom": "Caisse nationale militaire de sécurité sociale",
    "sigle": "CNMSS",
    "service": "Service des prestations supplémentaires",
    "adresse": ["247, avenue Jacques Cartier", "83090 Toulon Cedex 9"],
    "lieu": "Toulon",
    "telephone": "",
    "courriel": "",
    "site": "",
    "signataire": "",
    "qualite": "Le service des prestations supplémentaires",
    "dpo": "Délégué à la protection des données, à l’adresse de la caisse",
}


def expediteur() -> dict:
    """The sender block: `settings.COURRIER_EXPEDITEUR` over the defaults."""
    return {**PAR_DEFAUT, **getattr(settings, "COURRIER_EXPEDITEUR", {})}
