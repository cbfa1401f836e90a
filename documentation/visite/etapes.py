"""What a step of the guided visit is, and the steps that several profils meet.

A step names a page without argument that its profil may open (a test holds them all to it), says in two sentences what
it is for and what to look at first, and the words met there, which the glossary explains.
"""

from dataclasses import dataclass, replace

from partners.organismes.models import Programme


@dataclass(frozen=True)
class Etape:
    """One screen. `mots`: words of the glossary; `article`: the help; `programme`: only for who works on it."""

    titre: str
    nom_url: str
    texte: str
    mots: tuple[str, ...] = ()
    article: str = "se-reperer-dans-le-portail"
    programme: str = ""


ACCUEIL = Etape(
    "L’accueil",
    "accueil",
    "Cette page dit ce qui vous attend : des nombres sur lesquels on clique, puis ce qu’il faut faire d’abord. "
    "Regardez les nombres en haut ; « Ce qui a changé » reprend vos dernières notifications.",
    ("habilitation",),
)
ACCUEIL_SANS_LISTE = replace(
    ACCUEIL,
    texte="Vous arrivez ici à chaque connexion ; le menu, en haut, ne montre que ce que votre habilitation vous ouvre. "
    "Regardez « Ce qui a changé » : vos dernières notifications y sont.",
)
DOSSIERS = Etape(
    "Les dossiers",
    "dossiers:liste",
    "Cette liste montre les dossiers que vous pouvez lire, et aucun autre : les plus récents d’abord. "
    "Cherchez par le début d’un nom ou par un numéro ; un NIR se tape dans la recherche, en haut.",
    ("dossier", "partage"),
    "qu-est-ce-que-le-dossier-unique",
)
DEMANDES = Etape(
    "Les demandes",
    "demandes:corbeille",
    "Chaque demande d’aide est ici, rangée par ce qu’elle attend. "
    "Regardez d’abord les filtres en haut de la liste, puis la colonne des échéances.",
    ("demande", "complétude", "pièce"),
    "suivre-une-demande",
)
A_ETUDIER = Etape(
    "Vos demandes à étudier",
    "contributions:corbeille",
    "Les demandes des personnes qui vous ont ouvert leur dossier sont ici ; votre organisme répond pour lui-même. "
    "Regardez le filtre « À étudier » et le reste à charge.",
    ("contribution", "reste à charge"),
    "contribuer-sur-une-demande",
)
RETRAIT = Etape(
    "Le retrait au guichet",
    "retraits:par_nir",
    "Une personne peut vous demander de fermer l’accès à son dossier, même si vous ne le voyez pas. "
    "La réponse est toujours la même : vous ne saurez pas si un dossier existe.",
    ("retrait", "reçu"),
    "retirer-un-consentement",
)
QUI_VOIT = Etape(
    "Qui voit quoi",
    "qui_voit_quoi",
    "Ce tableau dit ce que chacun lit d’un dossier, nature par nature ; vous pouvez le montrer à la personne. "
    "Cherchez d’abord votre colonne.",
    ("consentement", "destinataire"),
    "ce-que-voit-chaque-destinataire",
)
NOTIFICATIONS = Etape(
    "Les notifications",
    "notifications:liste",
    "La cloche de l’en-tête compte ce que vous n’avez pas lu, et cette page le reprend. "
    "Ouvrez « Mes préférences » pour choisir quand un courriel vous prévient.",
)
ANNUAIRE = Etape(
    "L’annuaire",
    "annuaire:accueil",
    "Vous trouvez ici qui répond dans chaque organisme, et qui s’occupe d’un département, d’une unité ou d’une aide. "
    "Tapez un nom, un sigle ou un lieu.",
    ("organisme", "unité"),
    "qui-fait-quoi",
)
ECHEANCES = Etape(
    "Les échéances OPEX",
    "suivi:echeances",
    "Cette liste dit ce qui est à faire dans les dossiers des blessés, le plus proche d’abord. "
    "Regardez les étapes en retard, puis celles qui arrivent.",
    ("référent", "DAPIAS", "EPFP"),
    "suivre-un-blesse",
    Programme.OPEX,
)
DOCUMENTATION = Etape(
    "La documentation",
    "documentation:accueil",
    "Tout est expliqué ici, étape par étape, pour votre profil : posez une question avec vos mots. "
    "Un mot souligné de points, sur n’importe quel écran, s’ouvre sur sa définition.",
    ("profil",),
    "glossaire",
)
A_DECIDER = Etape(
    "Les demandes d’habilitation",
    "habilitations:a_decider",
    "Les demandes d’habilitation et les reprises attendent ici votre décision, les plus anciennes d’abord. "
    "Lisez le profil et le périmètre demandés avant de répondre.",
    ("habilitation", "périmètre"),
    "demander-une-habilitation",
)
REVUE = Etape(
    "La revue annuelle",
    "habilitations:revue",
    "Une fois par an, vous dites lesquelles des habilitations servent encore ; sans réponse, elles sont suspendues. "
    "Regardez d’abord la colonne « Dernière utilisation ».",
    ("revue annuelle",),
    "revue-annuelle",
)
