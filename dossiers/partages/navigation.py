"""The entries of the « Application » space in the menu, for each profile."""

from django.http import HttpRequest

from dossiers.partages.profils import Droit, Regard
from dossierunique.ui.navigation import Entree, enregistrer
from partners.habilitations.models import PROFILS_SANS_DOSSIER, Profil

# They do not write demandes, and work from their list all the same.
LECTEURS_DE_DEMANDES = frozenset({Profil.MEDECIN, Profil.SECRETAIRE, Profil.NUMERISATION})

PAR_DROIT = (
    (Droit.OUVRIR_DOSSIER, Entree("Ouvrir un dossier", "ouverture:depart", "/ouverture/")),
    (
        Droit.CONFIRMER_CONSENTEMENT,
        Entree("Consentements", "preuves:corbeille", "/consentements/a-confirmer/"),
    ),
    (Droit.GERER_TEXTES, Entree("Textes du consentement", "textes:liste", "/consentements/textes/")),
    (Droit.EXAMINER_BRIS, Entree("Accès d’urgence", "urgence:examens", "/acces-urgence/examens/")),
)


def entrees(request: HttpRequest) -> list[Entree]:
    """What this habilitation works with, in the order of its day."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or habilitation.profil in PROFILS_SANS_DOSSIER:
        return []
    regard = Regard(habilitation)
    lignes = [Entree("Dossiers", "dossiers:liste", "/dossiers/", aussi="/opex/dossiers/")]
    if regard.peut(Droit.CONTRIBUER):
        lignes.append(Entree("Demandes à étudier", "contributions:corbeille", "/contributions/"))
    elif regard.peut(Droit.DEPOSER_DEMANDE) or habilitation.profil in LECTEURS_DE_DEMANDES:
        lignes.append(Entree("Demandes", "demandes:corbeille", "/demandes/"))
    lignes += [entree for droit, entree in PAR_DROIT if regard.peut(droit)]
    if regard.peut(Droit.RETIRER_CONSENTEMENT) and not regard.peut(Droit.OUVRIR_DOSSIER):
        lignes.append(Entree("Retrait au guichet", "retraits:par_nir", "/retraits/"))
    return lignes


enregistrer(entrees)
