"""The receipt of a withdrawal, handed over at once: from what was said at the counter, never from the dossier."""

from dataclasses import asdict, dataclass
from datetime import date

from django.http import HttpRequest

from dossiers.textes import enumerer, jour
from dossierunique.courriers.composition import composer
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.securite import crypto
from partners.models import Habilitation

SESSION = "retrait"
DUREE = 3600
TOUS = "tous les organismes partenaires"


@dataclass(frozen=True)
class Recu:
    """What its author typed. `numero` and `demandeur` are empty when she does not read the dossier."""

    organismes: list[str]
    tout: bool
    le: str
    guichet: str
    numero: str = ""
    demandeur: str = ""
    lit_encore: bool = False

    @property
    def noms(self) -> list[str]:
        return [TOUS] if self.tout else self.organismes

    @property
    def enumeration(self) -> str:
        return enumerer(self.noms)


def retenir(request: HttpRequest, recu: Recu) -> None:
    """Keep the receipt for the page that comes next, sealed: the session's table never holds a name in clear."""
    donnees = {"recu": asdict(recu), "par": request.habilitation.pk}
    request.session[SESSION] = crypto.sceller(donnees, contexte=SESSION)


def retenu(request: HttpRequest) -> Recu | None:
    """The receipt of the withdrawal that this habilitation has just recorded, for an hour."""
    try:
        donnees = crypto.desceller(request.session.get(SESSION, ""), contexte=SESSION, age_max=DUREE)
    except crypto.JetonInvalide:
        return None
    return Recu(**donnees["recu"]) if donnees["par"] == request.habilitation.pk else None


def rediger(recu: Recu) -> bytes:
    """The PDF. Without the number of a dossier, the receipt says nothing of one."""
    champs = {"organisme": "\n".join(recu.noms), "date": jour(recu.le)}
    if recu.numero:
        lettre = composer("recu_retrait", champs | {"numero": recu.numero, "demandeur": recu.demandeur})
    else:
        lettre = composer("recu_retrait_guichet", champs | {"guichet": recu.guichet})
    contexte = {
        "lettre": lettre,
        "reference": recu.numero,
        "date": date.fromisoformat(recu.le),
        "destinataire": {"nom": recu.demandeur or "La personne concernée", "lignes": []},
    }
    return rendre_pdf("courriers/lettre.html", contexte, titre=lettre.objet)


def de(habilitation: Habilitation, organismes: list[str], tout: bool, le: date, **dossier: object) -> Recu:
    """The receipt of what this habilitation has just recorded."""
    return Recu(organismes, tout, le.isoformat(), habilitation.organisme.nom, **dossier)  # type: ignore[arg-type]
