"""What the DPO finds of this room on the first page of the control space."""

from django.urls import reverse

from dossiers.controle.cartes import Carte, enregistrer_carte
from dossiers.exceptions.listes import a_examiner
from dossiers.partages.profils import Droit, Regard
from dossierunique.ui.pagination import compte_borne
from partners.models import Habilitation


@enregistrer_carte
def bris_a_examiner(habilitation: Habilitation) -> Carte | None:
    """How many bris de glace wait for their review."""
    if not Regard(habilitation).peut(Droit.EXAMINER_BRIS):
        return None
    nombre, au_dela = compte_borne(a_examiner())
    ton = "alerte" if nombre else ""
    libelle = "accès d’urgence à examiner"
    return Carte(nombre, libelle, reverse("urgence:examens"), ton, au_dela)
