"""The guided visit of each profil: real screens, in the order in which a newcomer needs them; then what to read."""

from dataclasses import replace

from documentation.visite.etapes import (
    A_DECIDER,
    A_ETUDIER,
    ACCUEIL,
    ACCUEIL_SANS_LISTE,
    ANNUAIRE,
    DEMANDES,
    DOCUMENTATION,
    DOSSIERS,
    ECHEANCES,
    NOTIFICATIONS,
    QUI_VOIT,
    RETRAIT,
    REVUE,
    Etape,
)
from partners.habilitations.models import Habilitation, Profil
from partners.organismes.models import Programme

_FIN = (NOTIFICATIONS, DOCUMENTATION)
_COMMISSION = (ACCUEIL_SANS_LISTE, QUI_VOIT, NOTIFICATIONS, ANNUAIRE, DOCUMENTATION)
PARCOURS: dict[str, tuple[Etape, ...]] = {
    Profil.CORRESPONDANT: (
        ACCUEIL,
        Etape(
            "Ouvrir un dossier",
            "ouverture:depart",
            "Tout commence ici, avec la personne : son NIR et sa date de naissance disent si elle a déjà un dossier. "
            "Vous recueillez ensuite ses choix sur un formulaire qu’elle signe.",
            ("consentement", "NIR"),
            "ouvrir-un-dossier",
        ),
        replace(DOSSIERS, mots=("partage", "unité")),
        replace(
            DEMANDES,
            titre="Vos demandes",
            texte="Les demandes que votre unité a déposées sont ici, rangées par ce qu’elles attendent. "
            "Regardez d’abord « Pièces demandées », puis les brouillons à finir.",
        ),
        Etape(
            "Préparer un départ",
            "imprimes:accueil",
            "Avant une opération extérieure, chaque personne remplit un imprimé, une à une ou par la liste de l’unité. "
            "Le dossier dort ensuite, et ne sert que s’il arrive quelque chose.",
            ("imprimé d’identification", "dossier qui dort"),
            "imprime-d-identification",
            Programme.OPEX,
        ),
        Etape(
            "Votre espace",
            "espace_correspondant",
            "Votre espace réunit les fiches à imprimer, les preuves qui attendent et l’état de votre habilitation. "
            "Lisez d’abord la fiche « Première demande ».",
            ("preuve", "habilitation"),
            "formulaires-a-imprimer",
        ),
        DOCUMENTATION,
    ),
    Profil.GESTIONNAIRE: (
        ACCUEIL,
        replace(
            DEMANDES,
            texte="Toutes les demandes sont ici, rangées par ce qu’elles attendent : pièces, instruction, avis. "
            "Regardez d’abord « À vérifier », puis la colonne des échéances.",
        ),
        Etape(
            "Les consentements",
            "preuves:corbeille",
            "Le partage court dès qu’un consentement est enregistré ; une seconde personne vérifie le papier signé. "
            "Regardez d’abord la date après laquelle le partage serait suspendu.",
            ("consentement", "preuve"),
            "confirmer-la-preuve",
        ),
        DOSSIERS,
        ECHEANCES,
        *_FIN,
    ),
    Profil.NUMERISATION: (
        ACCUEIL,
        replace(
            DEMANDES,
            texte="Vous déposez ici, dans la bonne demande, les pièces reçues par courrier. "
            "Cherchez la demande par son numéro, qui commence par DM, ou par le nom.",
            article="completude-et-pieces-manquantes",
        ),
        DOSSIERS,
        QUI_VOIT,
        *_FIN,
    ),
    Profil.SECRETAIRE: (
        ACCUEIL,
        replace(
            DEMANDES,
            texte="Vous suivez ici les demandes instruites, jusqu’à la décision et à la lettre. "
            "Regardez d’abord les filtres en haut de la liste.",
            mots=("demande", "séance", "recours"),
            article="la-commission",
        ),
        DOSSIERS,
        QUI_VOIT,
        ANNUAIRE,
        DOCUMENTATION,
    ),
    Profil.MEMBRE: _COMMISSION,
    Profil.PRESIDENT: _COMMISSION,
    Profil.MEDECIN: (
        ACCUEIL,
        replace(
            DEMANDES,
            texte="Les avis que l’on attend de vous sont ici, et les pièces médicales que vous seul vérifiez. "
            "Regardez d’abord le filtre « Avis à rendre ».",
            mots=("avis médical", "pièce"),
            article="avis-medical",
        ),
        DOSSIERS,
        QUI_VOIT,
        *_FIN,
    ),
    Profil.PARTENAIRE: (ACCUEIL, A_ETUDIER, DOSSIERS, RETRAIT, QUI_VOIT, *_FIN),
    Profil.ASSISTANT_SOCIAL: (ACCUEIL, A_ETUDIER, DOSSIERS, ECHEANCES, RETRAIT, QUI_VOIT, DOCUMENTATION),
    Profil.DECIDEUR_ASD: (ACCUEIL, A_ETUDIER, DOSSIERS, RETRAIT, QUI_VOIT, *_FIN),
    Profil.REFERENT_OPEX: (ACCUEIL, DOSSIERS, ECHEANCES, A_ETUDIER, QUI_VOIT, ANNUAIRE, DOCUMENTATION),
    Profil.ADMINISTRATEUR: (
        ACCUEIL,
        Etape(
            "L’administration",
            "administration:accueil",
            "Comptes, organismes, unités et habilitations se gèrent ici ; aucun dossier ne s’ouvre. "
            "Regardez d’abord les nombres, puis les habilitations qui prennent fin.",
            ("habilitation", "organisme"),
            "demander-une-habilitation",
        ),
        A_DECIDER,
        Etape(
            "Les comptes",
            "administration:utilisateurs",
            "Chaque personne a un compte, et une ou plusieurs habilitations. "
            "Cherchez un nom pour voir ce qu’elle peut faire, le changer ou le suspendre.",
            ("profil", "périmètre"),
            "quitter-son-poste",
        ),
        REVUE,
        *_FIN,
    ),
    Profil.DPO: (
        ACCUEIL,
        Etape(
            "Le contrôle des accès",
            "controle:accueil",
            "Ce qui sort de l’ordinaire dans les lectures vous est montré ici, avec l’état du journal. "
            "Regardez d’abord les alertes à examiner.",
            ("alerte", "journal"),
            "qui-a-consulte-un-dossier",
        ),
        Etape(
            "Le journal",
            "journal",
            "Chaque lecture, écriture, impression ou export y laisse une ligne, que nul ne peut changer. "
            "Cherchez par personne, par dossier ou par date : votre consultation s’y ajoute.",
            ("journal",),
            "qui-a-consulte-un-dossier",
        ),
        Etape(
            "Les accès d’urgence",
            "urgence:examens",
            "Un dossier non partagé peut s’ouvrir quelques minutes ; vous dites ensuite si c’était justifié. "
            "Regardez d’abord les plus anciens.",
            ("bris de glace",),
            "acces-d-urgence",
        ),
        Etape(
            "Les textes du consentement",
            "textes:liste",
            "Chaque version du texte que les personnes signent est gardée ici. "
            "Regardez celle qui est en vigueur, et ce qui a changé depuis la précédente.",
            ("consentement",),
            "ce-que-voit-chaque-destinataire",
        ),
        DOSSIERS,
        DOCUMENTATION,
    ),
    Profil.SUPERVISEUR: (
        replace(
            ACCUEIL_SANS_LISTE,
            texte="Cette page montre les demandes par état, sans ouvrir aucun dossier. "
            "Sous cinq, un nombre n’est pas dit : personne ne doit être reconnu.",
            mots=("demande",),
        ),
        Etape(
            "Le recensement",
            "recensement:accueil",
            "Les chiffres d’OPEX paraissent une fois par an : blessés suivis, sommes versées par organisme. "
            "Ouvrez une année pour la lire par armée ou par théâtre.",
            ("recensement",),
            "recensement-des-montants",
            Programme.OPEX,
        ),
        QUI_VOIT,
        NOTIFICATIONS,
        ANNUAIRE,
        DOCUMENTATION,
    ),
    Profil.RESPONSABLE: (
        ACCUEIL,
        Etape(
            "Votre organisme",
            "habilitations:equipe",
            "Les personnes de votre organisme et leurs habilitations sont ici ; vous n’ouvrez aucun dossier. "
            "Regardez qui n’a rien utilisé depuis longtemps.",
            ("profil", "périmètre"),
            "demander-une-habilitation",
        ),
        replace(A_DECIDER, mots=("habilitation",)),
        REVUE,
        Etape(
            "Les accès de vos agents",
            "controle:mes_agents",
            "Vous voyez ce que vos agents ont consulté : des numéros de dossier, jamais leur contenu. "
            "Cherchez par personne ou par date ; votre consultation est inscrite, elle aussi.",
            ("journal",),
            "qui-a-consulte-un-dossier",
        ),
        ANNUAIRE,
        DOCUMENTATION,
    ),
}

_UNITE = ("fiche-premiere-demande", "recueillir-le-consentement", "deposer-une-demande")
_CNMSS = ("completude-et-pieces-manquantes", "confirmer-la-preuve", "decision-et-notification")
_PARTENAIRE = ("contribuer-sur-une-demande", "plan-de-financement", "bonnes-pratiques")
_ASD = ("role-de-l-asd", "contribuer-sur-une-demande", "bonnes-pratiques")
_SEANCE = ("la-commission", "les-aides", "bonnes-pratiques")
# Three articles to go on with, once the visit is over.
A_LIRE: dict[str, tuple[str, str, str]] = {
    Profil.CORRESPONDANT: _UNITE,
    Profil.GESTIONNAIRE: _CNMSS,
    Profil.NUMERISATION: ("bien-numeriser", "les-justificatifs", "completude-et-pieces-manquantes"),
    Profil.SECRETAIRE: ("la-commission", "decision-et-notification", "recours"),
    Profil.MEMBRE: _SEANCE,
    Profil.PRESIDENT: _SEANCE,
    Profil.MEDECIN: ("avis-medical", "secret-medical", "la-commission"),
    Profil.PARTENAIRE: _PARTENAIRE,
    Profil.ASSISTANT_SOCIAL: _ASD,
    Profil.DECIDEUR_ASD: _ASD,
    Profil.REFERENT_OPEX: ("suivre-un-blesse", "contributions-opex", "dapias"),
    Profil.ADMINISTRATEUR: ("demander-une-habilitation", "revue-annuelle", "quitter-son-poste"),
    Profil.DPO: ("qui-a-consulte-un-dossier", "acces-d-urgence", "vos-droits"),
    Profil.SUPERVISEUR: ("recensement-des-montants", "qui-fait-quoi", "les-aides"),
    Profil.RESPONSABLE: ("demander-une-habilitation", "revue-annuelle", "quitter-son-poste"),
}


def etapes_de(habilitation: Habilitation) -> tuple[Etape, ...]:
    """The steps of this habilitation: those of its profil, within its programmes."""
    programmes = ("", *habilitation.programmes)
    return tuple(etape for etape in PARCOURS[habilitation.profil] if etape.programme in programmes)
