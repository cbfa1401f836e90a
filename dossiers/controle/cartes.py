"""What other rooms show on the first page of the control space.

A room registers a function from its AppConfig.ready: `enregistrer_carte(lambda habilitation: Carte(3, "…", "/…"))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dossiers.controle.models import Alerte, EtatAlerte
from dossierunique.ui.pagination import compte_borne
from partners.models import Habilitation


@dataclass(frozen=True)
class Carte:
    """A number that leads somewhere. ton: "", "alerte", "attente" or "moi"."""

    nombre: int
    libelle: str
    url: str
    ton: str = ""
    au_dela: bool = False


Fournisseur = Callable[[Habilitation], Carte | None]
_fournisseurs: list[Fournisseur] = []


def enregistrer_carte(fonction: Fournisseur) -> Fournisseur:
    """Add a number to the first page of the control space; None shows nothing."""
    if fonction not in _fournisseurs:
        _fournisseurs.append(fonction)
    return fonction


def cartes(habilitation: Habilitation) -> list[Carte]:
    """The registered numbers, for this habilitation."""
    return [carte for fonction in _fournisseurs if (carte := fonction(habilitation)) is not None]


def a_controler(habilitation: Habilitation) -> list[Carte]:
    """What waits for the data protection officer: the alerts, then what the other rooms show."""
    return [*_alertes(), *cartes(habilitation)]


def _alertes() -> list[Carte]:
    adresse = "/controle/alertes/"
    a_examiner, plus = compte_borne(Alerte.objects.filter(etat=EtatAlerte.A_EXAMINER))
    en_examen, encore = compte_borne(Alerte.objects.filter(etat=EtatAlerte.EN_EXAMEN))
    return [
        Carte(
            a_examiner,
            "alertes à examiner" if a_examiner > 1 else "alerte à examiner",
            f"{adresse}?etat={EtatAlerte.A_EXAMINER}",
            "alerte" if a_examiner else "",
            plus,
        ),
        Carte(en_examen, "en cours d’examen", f"{adresse}?etat={EtatAlerte.EN_EXAMEN}", "moi", encore),
    ]
