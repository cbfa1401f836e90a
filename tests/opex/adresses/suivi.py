"""Who gets through the addresses of opex/suivi."""

from datetime import date
from typing import Any

from opex.models import AccordAyantCause, Echeance
from opex.suivi.suites import ajouter_evolution, ouvrir_dapias
from tests import fabriques
from tests.acces import LECTEURS, Regle, poste
from tests.opex.fabriques import Monde, accord, ayant_cause, blesse, deces

SUIVENT = "GAO"

TABLE: dict[str, Regle] = {
    "suivi:page": Regle(LECTEURS),
    "suivi:echeances": Regle("GAOo"),
    "suivi:signaler": Regle("CGO"),
    # A correspondant reads the day and the theatre of a wound: nothing that she could complete.
    "suivi:completer": Regle("GO"),
    "suivi:reconnaissance": Regle(SUIVENT),
    "suivi:evolution": Regle(SUIVENT),
    "suivi:rayer": Regle(SUIVENT),
    "suivi:dapias": Regle(SUIVENT),
    "suivi:renouveler": Regle(SUIVENT),
    "suivi:clore": Regle(SUIVENT),
    "suivi:echeance": Regle(SUIVENT),
    "suivi:changer_echeance": poste(SUIVENT),
    "suivi:etape": poste(SUIVENT),
    "suivi:referent": Regle(SUIVENT),
    "suivi:relais": Regle("GO"),
    "suivi:radiation": Regle("CG"),
    "suivi:deces": Regle("CGO"),
    "suivi:ayant_cause": Regle("CG"),
    "suivi:corriger_ayant_cause": Regle("CG"),
    "suivi:accords": Regle("CG"),
    # its antivirus has not spoken yet: who may open it is told so
    "suivi:preuve_ayant_cause": Regle("CG", (200, 302)),
    "suivi:a_posteriori": Regle("CcG"),
    "suivi:identite_a_posteriori": Regle("CcG", 302),
    "suivi:ouvrir_a_posteriori": Regle("CG"),
}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    return _vivant(monde) | _deuil(monde) | _a_ouvrir(monde)


def _vivant(monde: Monde) -> dict[str, dict[str, Any]]:
    """A wounded person whom her unit, the CNMSS, the ASD and Unéo read."""
    gestionnaire = monde.distribution["G"]
    dossier = blesse(monde.distribution["C"])
    blessure = dossier.blessures.get()
    evolution = ajouter_evolution(
        gestionnaire, blessure, genre="hospitalisation", depuis=blessure.survenue_le, lieu="HIA Percy"
    )
    dapias = ouvrir_dapias(gestionnaire, blessure, reference="DAPIAS-1", depuis=blessure.survenue_le)
    etape = Echeance.objects.get(dossier=dossier, genre="epfp")
    du_dossier = {"numero": dossier.numero}
    de_la_blessure = du_dossier | {"rang": blessure.rang}
    return {
        **dict.fromkeys(
            (f"suivi:{nom}" for nom in ("page", "signaler", "echeance", "etape", "referent", "relais", "radiation",
                                        "deces")),
            du_dossier,
        ),
        **dict.fromkeys(
            (f"suivi:{nom}" for nom in ("completer", "reconnaissance", "evolution", "dapias")), de_la_blessure
        ),
        "suivi:rayer": du_dossier | {"pk": evolution.pk},
        "suivi:renouveler": du_dossier | {"pk": dapias.pk},
        "suivi:clore": du_dossier | {"pk": dapias.pk},
        "suivi:changer_echeance": du_dossier | {"pk": etape.pk},
    }  # fmt: skip


def _deuil(monde: Monde) -> dict[str, dict[str, Any]]:
    """A person who died of her wounds, and her widow."""
    dossier = blesse(monde.distribution["C"])
    deces(dossier)
    veuve = ayant_cause(dossier)
    accord(veuve, "asd")
    papier = AccordAyantCause.objects.get(ayant_cause=veuve)
    elle = {"numero": dossier.numero, "pk": veuve.pk}
    return {
        "suivi:ayant_cause": {"numero": dossier.numero},
        "suivi:corriger_ayant_cause": elle,
        "suivi:accords": elle,
        "suivi:preuve_ayant_cause": {"numero": dossier.numero, "pk": papier.pk},
    }


def _a_ouvrir(monde: Monde) -> dict[str, dict[str, Any]]:
    """Somebody of C's unit who has no OPEX dossier yet."""
    personne = fabriques.assure(par=monde.distribution["C"], date_naissance=date(1979, 3, 2))
    return {"suivi:ouvrir_a_posteriori": {"reference": personne.reference}}
