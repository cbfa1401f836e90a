"""Who gets through the addresses of the directory: everybody reads; the responsable and the administrator keep."""

from typing import Any

from annuaire.echanges.models import Depot
from partners.models import Habilitation
from tests.acces import TOUS, Regle, poste
from tests.annuaire.fabriques import contact, service

TIENNENT = "HR"
LUES = (
    "accueil", "qui_s_occupe", "ma_fiche", "organisme", "service", "personne", "service_carte", "personne_carte",
    "exporter", "imprimer",
)  # fmt: skip
TENUES = (
    "a_verifier", "listes", "deposer", "service_nouveau", "personne_nouvelle", "service_modifier", "personne_modifier",
    "colonnes", "erreurs",
)  # fmt: skip
TABLE: dict[str, Regle] = {
    **{f"annuaire:{nom}": Regle(TOUS) for nom in LUES},
    **{f"annuaire:{nom}": Regle(TIENNENT) for nom in TENUES},
    # its columns are not joined yet
    "annuaire:liste": Regle(TIENNENT, 302),
    **{
        f"annuaire:{nom}": poste(TIENNENT)
        for nom in ("service_exact", "personne_exacte", "appliquer", "abandonner")
    },
}


def arguments(distribution: dict[str, Habilitation]) -> dict[str, dict[str, Any]]:
    """The arguments of each address: a service of the army, one of its people, a list of its responsable."""
    martin = contact(chez=service("Bureau d’action sociale", distribution["R"].organisme))
    depot = Depot.objects.create(
        nature="services", nom="liste.csv", organisme=distribution["R"].organisme, nombre=1,
        contenu={"titres": ["Service"], "lignes": [[2, ["Neuf"]]]}, depose_par=distribution["R"],
    )  # fmt: skip
    par_nom: dict[str, dict[str, Any]] = {
        **{nom: {"code": "armee"} for nom in ("organisme", "service_nouveau", "personne_nouvelle")},
        **{nom: {"pk": martin.service_id} for nom in ("service", "service_modifier", "service_exact", "service_carte")},
        **{nom: {"pk": martin.pk} for nom in ("personne", "personne_modifier", "personne_exacte", "personne_carte")},
        **{nom: {"reference": depot.reference}
           for nom in ("liste", "colonnes", "appliquer", "abandonner", "erreurs")},
        "exporter": {"nature": "personnes", "forme": "csv"},
    }  # fmt: skip
    return {f"annuaire:{nom}": kwargs for nom, kwargs in par_nom.items()}
