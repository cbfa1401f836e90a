"""The form on paper: what is known is written, the rest is left to be filled by hand, and signed."""

from dossiers.partages.models import Dossier
from dossierunique.courriers.rendu import rendre_pdf
from opex.imprimes.codes import code, dessin
from opex.imprimes.models import Imprime

LIGNES_A_PREVENIR, LIGNES_PROCHES, LIGNES_CONTRATS = 3, 3, 2
TITRE = "Imprimé d’identification avant départ"


def rendre(dossier: Dossier, imprime: Imprime) -> bytes:
    """The PDF of a version."""
    a_prevenir, proches = list(imprime.a_prevenir.all()), list(imprime.proches.all())
    contrats = list(imprime.contrats.all())
    contexte = {
        "dossier": dossier,
        "assure": dossier.assure,
        "imprime": imprime,
        "a_prevenir": a_prevenir,
        "proches": proches,
        "contrats": contrats,
        "vides_a_prevenir": range(max(0, LIGNES_A_PREVENIR - len(a_prevenir))),
        "vides_proches": range(max(0, LIGNES_PROCHES - len(proches))),
        "vides_contrats": range(max(0, LIGNES_CONTRATS - len(contrats))),
        "reference": imprime.reference,
        "code": dessin(code(dossier.numero, imprime.reference, imprime.rang)),
    }
    return rendre_pdf("opex/imprimes/papier.html", contexte, titre=TITRE)
