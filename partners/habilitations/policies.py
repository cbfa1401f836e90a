"""Who may give which habilitation to whom. The screens and the actions ask here."""

from collections.abc import Iterable

from django.db.models import QuerySet

from dossierunique.erreurs import ActionRefusee
from partners.comptes.models import Utilisateur
from partners.habilitations.models import TYPES_PAR_PROFIL, EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme

# The administrator sees no dossier, the superviseur only statistics: every other profil opens some.
OUVRENT_DES_DOSSIERS = frozenset(set(Profil.values) - {Profil.ADMINISTRATEUR, Profil.SUPERVISEUR})
COMMISSION = frozenset({Profil.MEMBRE, Profil.PRESIDENT, Profil.SECRETAIRE})


def peut_administrer(par: Habilitation | None) -> bool:
    """Only an administrateur des habilitations in force gives or takes back anything."""
    return par is not None and par.profil == Profil.ADMINISTRATEUR and par.en_vigueur()


def exiger_administrateur(par: Habilitation | None) -> None:
    """Raise ActionRefusee unless `par` may administer."""
    if not peut_administrer(par):
        raise ActionRefusee("Seul un administrateur des habilitations peut le faire.")


def incompatible(profil: str, autres: Iterable[str]) -> str | None:
    """The profil among `autres` that one person may not hold together with `profil`."""
    return next((autre for autre in sorted(autres) if _s_excluent(profil, autre)), None)


def _s_excluent(a: str, b: str) -> bool:
    for un, deux in ((a, b), (b, a)):
        if un == Profil.MEDECIN and deux in COMMISSION:
            return True
        if un == Profil.ADMINISTRATEUR and deux in OUVRENT_DES_DOSSIERS:
            return True
    return False


def profils_detenus(utilisateur: Utilisateur, sauf: int | None = None) -> set[str]:
    """Profils that a person holds or may take up again."""
    vivantes = Habilitation.objects.filter(utilisateur=utilisateur).exclude(etat=EtatHabilitation.CLOSE)
    if sauf is not None:
        vivantes = vivantes.exclude(pk=sauf)
    return set(vivantes.values_list("profil", flat=True))


def profil_possible(profil: str, organisme: Organisme) -> bool:
    """Whether this kind of organisme holds this profil."""
    return organisme.type in TYPES_PAR_PROFIL.get(profil, frozenset())


def autres_administrateurs(habilitation: Habilitation) -> QuerySet[Habilitation]:
    """Administrators in force besides this one: the last of them may not go."""
    return Habilitation.objects.en_vigueur().filter(profil=Profil.ADMINISTRATEUR).exclude(pk=habilitation.pk)
