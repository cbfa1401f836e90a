"""Where those whose home has little to list may go: no question is asked of the database."""

from dataclasses import dataclass

from django.urls import reverse

from partners.habilitations.models import Habilitation, Profil
from partners.organismes.models import Programme


@dataclass(frozen=True)
class Piste:
    """A link with what is found there. programme: only for those who have it."""

    mots: str
    dit: str
    vue: str
    valeur: str = ""
    programme: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.vue, args=[self.valeur] if self.valeur else [])


ANNUAIRE = Piste("Annuaire", "qui joindre dans chaque organisme", "annuaire:accueil")
COMMISSION = Piste(
    "La commission", "ce qu’elle étudie, et comment elle statue", "documentation:aide", "la-commission"
)
AVIS = Piste(
    "L’avis médical", "qui le demande, ce qu’il dit et ne dit pas", "documentation:aide", "avis-medical"
)
QUI_VOIT_QUOI = Piste("Qui voit quoi", "ce que chaque profil lit d’un dossier", "qui_voit_quoi")
QUI_FAIT_QUOI = Piste("Qui fait quoi", "les profils et leurs gestes", "documentation:aide", "qui-fait-quoi")
COMMISSAIRES = (COMMISSION, AVIS, QUI_VOIT_QUOI, ANNUAIRE)
PISTES: dict[str, tuple[Piste, ...]] = {
    Profil.PRESIDENT: COMMISSAIRES,
    Profil.MEMBRE: COMMISSAIRES,
    Profil.SUPERVISEUR: (
        Piste("Recensement OPEX", "les aides après blessure, année par année", "recensement:accueil",
              programme=Programme.OPEX),
        QUI_FAIT_QUOI, ANNUAIRE,
    ),
    Profil.ADMINISTRATEUR: (
        Piste("Utilisateurs", "comptes, habilitations, invitations", "administration:utilisateurs"),
        Piste("Revues annuelles", "ce qui reste à confirmer, organisme par organisme", "administration:revues"),
        Piste("Organismes", "noms, fusions, programmes", "administration:organismes"),
        Piste("La revue, expliquée", "qui confirme, avant quand, et ensuite", "documentation:aide", "revue-annuelle"),
    ),
    Profil.RESPONSABLE: (
        Piste("Mon organisme", "les personnes et leurs habilitations", "habilitations:equipe"),
        Piste("Accès de mes agents", "qui a consulté quoi, et quand", "controle:mes_agents"),
        Piste("Quitter son poste", "départ et mutation d’un agent", "documentation:aide", "quitter-son-poste"),
        ANNUAIRE,
    ),
    Profil.DPO: (
        Piste("Journal", "qui a fait quoi, et quand", "journal"),
        Piste("Accès d’urgence", "ceux qui attendent votre examen", "urgence:examens"),
        Piste("Textes du consentement", "ce que les personnes signent", "textes:liste"),
    ),
    Profil.NUMERISATION: (
        Piste("Bien numériser", "des pièces acceptées du premier coup", "documentation:aide", "bien-numeriser"),
        Piste("Les justificatifs", "types et classes de pièces", "documentation:aide", "les-justificatifs"),
    ),
    Profil.SECRETAIRE: (COMMISSION, ANNUAIRE),
}  # fmt: skip


def pistes_de(habilitation: Habilitation) -> list[Piste]:
    """Those of its profil."""
    offertes = PISTES.get(habilitation.profil, ())
    return [p for p in offertes if not p.programme or p.programme in habilitation.programmes]
