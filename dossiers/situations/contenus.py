"""The ready lists of the dossier unique. Data, not rules: no law and no delay is in them.

The words follow the sheets of the documentation. A point keeps its code for life: ticks are kept under it. When the
words of a list change in substance, its `version` goes up, and the lists begun before say so.
"""

from dossiers.situations import faits as F
from dossiers.situations import gestes as G
from dossiers.situations.catalogue import Groupe, Point, Situation, declarer

AVANT, DOSSIER, PIECES, DEMANDE, ENSUITE = "Avant", "Le dossier", "Les pièces", "La demande", "Ensuite"

# The points that every demande has, whatever brings the person.
CHOIX = Point(
    "choix", "Ses choix sont recueillis, organisme par organisme, et enregistrés",
    aide="recueillir-le-consentement", geste=G.CONSENTEMENT, fait=F.CONSENTEMENT,
)  # fmt: skip
PREUVE = Point(
    "preuve", "Le formulaire signé est joint, entier et lisible",
    aide="bien-numeriser", geste=G.CONSENTEMENT, fait=F.PREUVE,
)  # fmt: skip
LISTE_REMISE = Point(
    "liste-remise", "La liste des pièces de l’aide est remise, et la date du prochain rendez-vous fixée",
    aide="fiche-pieces-par-aide",
)  # fmt: skip
OBLIGATOIRES = Point(
    "obligatoires", "Les pièces obligatoires de la demande sont toutes jointes",
    aide="les-justificatifs", geste=G.PIECES, fait=F.PIECES,
)  # fmt: skip
A_PART = Point(
    "a-part", "Le certificat médical est numérisé à part, sous « Certificat médical »", aide="secret-medical"
)
COMMENCEE = Point(
    "commencee", "La demande est commencée : aide, bénéficiaire, besoin en quelques phrases",
    aide="deposer-une-demande", geste=G.DEMANDE, fait=F.COMMENCEE,
)  # fmt: skip
DEPOSEE = Point(
    "deposee", "La demande est relue avec la personne, puis déposée", geste=G.DEMANDE, fait=F.DEPOSEE
)
ACCUSE = Point("accuse", "L’accusé de réception est imprimé et remis", geste=G.COURRIERS)
RENDUS = Point("rendus", "Les papiers sont rendus, les copies et les fichiers du poste effacés")
NOTIFICATIONS = Point(
    "suivi",
    "La suite est dite à la personne, sans montant ni motif",
    aide="fiche-dire-au-demandeur",
    geste=G.DIRE,
)
BESOIN = Point("besoin", "Le besoin dit ce que la personne ne peut plus faire, sans diagnostic")
DEJA_COUVERT = Point(
    "deja-couvert", "Ce que d’autres prennent en charge est demandé, pour être noté dans la demande"
)

PREMIERE_DEMANDE = Situation(
    "premiere-demande",
    "Première demande",
    "Une personne vient pour la première fois : du rendez-vous au dépôt.",
    (
        Groupe(AVANT, (
            Point("lieu", "Un lieu où l’on ne vous entend pas, et « Qui voit quoi » imprimé", geste=G.QUI_VOIT_QUOI),
            Point("ecoute", "Que se passe-t-il, qui vit au foyer, qui bénéficierait de l’aide : aucun détail médical"),
        )),
        Groupe(DOSSIER, (
            Point("adresse", "L’identité et l’adresse sont exactes : c’est là que partira la décision",
                  aide="ouvrir-un-dossier", geste=G.DOSSIER),
            CHOIX, PREUVE,
            Point("numero", "Le numéro du dossier est remis à la personne"),
        )),
        Groupe(PIECES, (LISTE_REMISE, OBLIGATOIRES, A_PART)),
        Groupe(DEMANDE, (
            COMMENCEE,
            Point("ressources", "Ressources et charges du foyer, par mois ; coût du devis", geste=G.DEMANDE),
            DEPOSEE,
        )),
        Groupe(ENSUITE, (ACCUSE, RENDUS, NOTIFICATIONS)),
    ),
    fiche="fiche-premiere-demande",
)  # fmt: skip

NAISSANCE = Situation(
    "naissance-difficile",
    "Naissance difficile",
    "Alitement, naissance multiple, hospitalisation, conjoint en mission : la famille a besoin d’aide vite.",
    (
        Groupe(AVANT, (
            Point("maison", "Qui est à la maison, quel âge ont les aînés, qui aide déjà"),
            Point("heures", "Combien d’heures par semaine soulageraient vraiment ; un devis est demandé"),
            Point("aide", "L’aide est choisie : la maison, les enfants, ou une dépense de santé", aide="les-aides"),
        )),
        Groupe(DOSSIER, (
            CHOIX, PREUVE,
            Point("mission", "Conjoint ou assuré en mission : le formulaire lui est envoyé, personne ne signe pour lui",
                  aide="recueillir-le-consentement"),
            Point("beneficiaire", "Le bénéficiaire, conjoint ou enfant, est ajouté au dossier", geste=G.AYANT_DROIT),
        )),
        Groupe(PIECES, (LISTE_REMISE, OBLIGATOIRES, A_PART)),
        Groupe(DEMANDE, (COMMENCEE, BESOIN, DEPOSEE)),
        Groupe(ENSUITE, (
            ACCUSE,
            Point("asd", "Si l’ASD est accordée, la famille sait qu’elle peut l’appeler",
                  aide="role-de-l-asd", geste=G.ANNUAIRE),
            Point("change", "Retour du conjoint, nouvelle hospitalisation : la CNMSS est prévenue"),
            NOTIFICATIONS,
        )),
    ),
    fiche="fiche-naissance-difficile",
)  # fmt: skip

HOSPITALISATION = Situation(
    "retour-hospitalisation",
    "Retour d’hospitalisation",
    "La personne rentre chez elle et ne peut plus tout faire : agir avant la sortie.",
    (
        Groupe(AVANT, (
            Point("sortie", "La date de sortie prévue est connue"),
            Point("seule", "Vit-elle seule, que ne peut-elle plus faire, pour combien de temps"),
            Point("represente", "Tutelle, curatelle, mandataire : on sait qui signe", aide="representant-legal"),
            Point("repos", "L’adresse où elle se repose est comparée à celle du courrier", geste=G.DOSSIER),
        )),
        Groupe(DOSSIER, (
            CHOIX, PREUVE,
            Point("sans-partage", "Elle ne peut pas signer : la demande part sans partage, elle choisira plus tard",
                  aide="sans-partage"),
        )),
        Groupe(PIECES, (
            LISTE_REMISE,
            Point("devis", "Le devis du service est daté, au nom du bénéficiaire"),
            OBLIGATOIRES, A_PART,
        )),
        Groupe(DEMANDE, (COMMENCEE, BESOIN, DEJA_COUVERT, DEPOSEE)),
        Groupe(ENSUITE, (
            ACCUSE,
            Point("asd", "Si elle l’accorde, l’ASD prépare le retour avec elle",
                  aide="role-de-l-asd", geste=G.ANNUAIRE),
            Point("change", "La date de sortie a changé : la CNMSS est prévenue"),
            NOTIFICATIONS,
        )),
    ),
    fiche="fiche-retour-d-hospitalisation",
)  # fmt: skip

HANDICAP = Situation(
    "enfant-handicap",
    "Enfant en situation de handicap",
    "Plusieurs organismes peuvent aider : une seule demande, et un plan de financement que chacun complète.",
    (
        Groupe(AVANT, (
            Point("quotidien", "Ce qui manque au quotidien est dit sans détail médical : aide, matériel, dépense"),
            Point("mdph", "La maison départementale des personnes handicapées est-elle saisie, qu’a-t-elle répondu",
                  geste=G.ANNUAIRE),
            Point("aide", "L’aide est choisie : la maison, les enfants, ou une dépense de santé", aide="les-aides"),
        )),
        Groupe(DOSSIER, (
            Point("beneficiaire", "L’enfant est ajouté au dossier comme ayant droit", geste=G.AYANT_DROIT),
            Point("represente", "Pour un enfant devenu majeur et protégé, on sait qui signe",
                  aide="representant-legal"),
            CHOIX, PREUVE,
        )),
        Groupe(PIECES, (
            LISTE_REMISE,
            Point("devis", "Le devis ou la facture est daté, au nom de l’enfant"),
            OBLIGATOIRES, A_PART,
        )),
        Groupe(DEMANDE, (COMMENCEE, DEJA_COUVERT, DEPOSEE)),
        Groupe(ENSUITE, (
            ACCUSE,
            Point("partenaires", "Les organismes accordés peuvent compléter le plan : la famille sait lesquels appeler",
                  aide="plan-de-financement", geste=G.ANNUAIRE),
            NOTIFICATIONS,
        )),
    ),
)  # fmt: skip

for _situation in (PREMIERE_DEMANDE, NAISSANCE, HOSPITALISATION, HANDICAP):
    declarer(_situation)
