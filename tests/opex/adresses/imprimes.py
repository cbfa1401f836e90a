"""Who gets through the addresses of opex/imprimes."""

from typing import Any

from dossierunique.fichiers.depot import enregistrer_pdf
from opex.imprimes.actions import joindre_scan
from tests import fabriques
from tests.acces import GUICHETS, LECTEURS, Regle, poste
from tests.opex.fabriques import Monde, imprime, lot

TABLE: dict[str, Regle] = {
    # the preparation of a departure; a list belongs to its unit
    "imprimes:accueil": Regle(GUICHETS + "c"),
    "imprimes:identifier": Regle(GUICHETS + "c"),
    "imprimes:identite": Regle(GUICHETS + "c", 302),
    "imprimes:ouvrir": poste(GUICHETS),
    "imprimes:operations": Regle("G"),
    "imprimes:operation": Regle("G"),
    "imprimes:listes": Regle(GUICHETS + "c"),
    "imprimes:importer": Regle(GUICHETS + "c"),
    "imprimes:lot": Regle(GUICHETS),
    "imprimes:colonnes": Regle(GUICHETS),
    "imprimes:erreurs": Regle(GUICHETS),
    "imprimes:reprendre": poste(GUICHETS),
    "imprimes:abandonner": poste(GUICHETS),
    # the form of a dossier
    "imprimes:liste": Regle(LECTEURS),
    "imprimes:detail": Regle(LECTEURS),
    "imprimes:nouveau": Regle(GUICHETS),
    "imprimes:papier": Regle(GUICHETS),
    "imprimes:signer": Regle(GUICHETS),
    "imprimes:scan": Regle(GUICHETS),
}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address: a signed version, and a list of C's unit that was tried."""
    dossier, correspondant = monde.dossier, monde.distribution["C"]
    version = imprime(dossier)
    scan = enregistrer_pdf(fabriques.pdf(), nom="imprime-signe.pdf", cree_par=correspondant)
    joindre_scan(correspondant, version, fichier=scan, signe_le=dossier.ouvert_le.date(), signe_a="Bayonne")
    liste = {"reference": lot(correspondant).reference}
    rang = {"numero": dossier.numero, "rang": version.rang}
    return {
        "imprimes:liste": {"numero": dossier.numero},
        "imprimes:nouveau": {"numero": dossier.numero},
        "imprimes:ouvrir": {"reference": dossier.assure.reference},
        "imprimes:operation": {"code": "barkhane"},
        **{f"imprimes:{nom}": rang for nom in ("detail", "papier", "signer", "scan")},
        **{f"imprimes:{nom}": liste for nom in ("lot", "colonnes", "erreurs", "reprendre", "abandonner")},
    }
