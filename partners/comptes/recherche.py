"""Finding an account by a name typed with or without its accents."""

from django.db.models import CharField, F, Func, Q, QuerySet
from django.db.models.functions import Lower

from partners.comptes.models import Utilisateur


def cle_de_tri(champ: str) -> Lower:
    """The database sorts by code points: French names need an unaccented key."""
    return Lower(Func(F(champ), function="unaccent", output_field=CharField()))


def utilisateurs(recherche: str) -> QuerySet[Utilisateur]:
    """Accounts each typed word of which is found in the name, the username or the address."""
    lignes = Utilisateur.objects.annotate(
        cle_nom=cle_de_tri("last_name"), cle_prenom=cle_de_tri("first_name")
    )
    for mot in recherche.split()[:5]:
        lignes = lignes.filter(
            Q(last_name__unaccent__icontains=mot)
            | Q(first_name__unaccent__icontains=mot)
            | Q(username__icontains=mot)
            | Q(email__icontains=mot)
        )
    return lignes
