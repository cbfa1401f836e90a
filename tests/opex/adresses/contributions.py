"""Who gets through the addresses of opex/contributions."""

from typing import Any

from tests.acces import PARTENAIRES, Regle, poste
from tests.opex import fabriques
from tests.opex.fabriques import Monde

LECTEURS_D_AIDES = "GMSUAEO"
TABLE: dict[str, Regle] = {
    "aides:liste": Regle(LECTEURS_D_AIDES),
    "aides:detail": Regle(LECTEURS_D_AIDES),
    "aides:nouvelle": Regle("G" + PARTENAIRES),
    # an aid of Unéo: its own people, and the CNMSS on its behalf
    "aides:corriger": Regle("GUO"),
    "aides:annuler": Regle("GUO"),
    **{f"aides:{nom}": Regle("G") for nom in ("genres", "genres_de", "ajouter_genre", "modifier_genre")},
    "aides:proposer": poste("G"),
    "aides:changer_genre": poste("G"),
}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    aide = fabriques.aide(monde.dossier, par=monde.distribution["U"])
    numero = {"numero": monde.dossier.numero}
    une_aide, organisme = {**numero, "pk": aide.pk}, {"code": "uneo"}
    un_genre = {**organisme, "pk": aide.genre_id}
    return {
        "aides:liste": numero, "aides:nouvelle": numero,
        **{f"aides:{nom}": une_aide for nom in ("detail", "corriger", "annuler")},
        **{f"aides:{nom}": organisme for nom in ("genres_de", "proposer", "ajouter_genre")},
        **{f"aides:{nom}": un_genre for nom in ("modifier_genre", "changer_genre")},
    }  # fmt: skip
