"""What is written of the kinds of aid: the usual ones proposed, one added, changed, retired or taken up again."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from opex.contributions.catalogue import habituels
from opex.contributions.models import GenreContribution
from partners.models import Habilitation, Organisme

EXISTE = "Cet organisme a déjà un genre de ce nom : s’il est retiré, proposez-le de nouveau."
A_SERVI = (
    "Des aides de ce genre sont enregistrées : leur façon de compter ne change plus. Ajoutez un autre genre."
)


def semer(organisme: Organisme) -> int:
    """Give an organisme the usual kinds of its sort that it does not have yet; how many were added."""
    deja = set(organisme.genres_opex.values_list("code", flat=True))
    nouveaux = [genre for genre in habituels(organisme.type) if genre.code not in deja]
    GenreContribution.objects.bulk_create(
        [
            GenreContribution(
                organisme=organisme, code=genre.code, nom=genre.nom, forme=genre.forme,
                avec_taux=genre.avec_taux, ordre=len(deja) + rang,
            )
            for rang, genre in enumerate(nouveaux)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(nouveaux)


@transaction.atomic
def proposer_habituels(habilitation: Habilitation, organisme: Organisme) -> int:
    """The same, as a gesture of the CNMSS. Raises ActionRefusee when there is nothing to add."""
    exiger(habilitation, Droit.GERER_GENRES)
    ajoutes = semer(organisme)
    if not ajoutes:
        raise ActionRefusee("Cet organisme a déjà tous les genres habituels.")
    _journaliser(habilitation, Acte.CREER, organisme, "genres_habituels", ajoutes=ajoutes)
    return ajoutes


@transaction.atomic
def ajouter_genre(
    habilitation: Habilitation, organisme: Organisme, *, nom: str, forme: str, avec_taux: bool
) -> GenreContribution:
    """One kind more, at the end of the list. Raises ActionRefusee when the organisme has one of this name."""
    exiger(habilitation, Droit.GERER_GENRES)
    code = slugify(nom)[:40].strip("-")
    if not code:
        raise ActionRefusee("Écrivez un nom avec des lettres.", "nom")
    dernier = organisme.genres_opex.aggregate(dernier=Max("ordre"))["dernier"]
    try:
        with transaction.atomic():
            genre = GenreContribution.objects.create(
                organisme=organisme, code=code, nom=nom, forme=forme, avec_taux=avec_taux,
                ordre=0 if dernier is None else dernier + 1,
            )  # fmt: skip
    except IntegrityError as deja:
        raise ActionRefusee(EXISTE, "nom") from deja
    _journaliser(habilitation, Acte.CREER, organisme, "genre", genre=genre.code)
    return genre


@transaction.atomic
def modifier_genre(
    habilitation: Habilitation,
    genre: GenreContribution,
    *,
    nom: str,
    forme: str,
    avec_taux: bool,
    ordre: int,
    version: int,
) -> GenreContribution:
    """Rename a kind, move it, or say otherwise how it is given while it has not been used.

    Raises ModifieDepuis, ActionRefusee.
    """
    exiger(habilitation, Droit.GERER_GENRES)
    genre = verrouiller(GenreContribution, genre.pk, version)
    if genre.contributions.exists() and (forme != genre.forme or (genre.avec_taux and not avec_taux)):
        raise ActionRefusee(A_SERVI, "forme" if forme != genre.forme else "avec_taux")
    genre.nom, genre.forme, genre.avec_taux, genre.ordre = nom, forme, avec_taux, ordre
    return _sauver(habilitation, genre, "genre_modifie")


@transaction.atomic
def proposer_genre(
    habilitation: Habilitation, genre: GenreContribution, actif: bool, version: int
) -> GenreContribution:
    """Retire a kind, or take it up again: what was recorded under it stays as it is."""
    exiger(habilitation, Droit.GERER_GENRES)
    genre = verrouiller(GenreContribution, genre.pk, version)
    genre.actif = actif
    return _sauver(habilitation, genre, "genre_repris" if actif else "genre_retire")


def _sauver(habilitation: Habilitation, genre: GenreContribution, geste: str) -> GenreContribution:
    genre.version += 1
    genre.save()
    _journaliser(habilitation, Acte.MODIFIER, genre.organisme, geste, genre=genre.code)
    return genre


def _journaliser(
    habilitation: Habilitation, acte: Acte, organisme: Organisme, geste: str, **precisions: object
) -> None:
    details = {"geste": geste, "organisme": organisme.code, **precisions}
    journaliser(habilitation, acte, details=details)
