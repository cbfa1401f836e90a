"""Services and people of the demo: invented, on telephone numbers that France keeps for fiction."""

from dataclasses import dataclass

# 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49: ranges that are given to nobody, by region; 06 39 98 for mobiles.
REGIONS = {
    "paris": "01 99 00",
    "ouest": "02 61 91",
    "est": "03 53 01",
    "sud": "04 65 71",
    "sud-ouest": "05 36 49",
}
MOBILE = "06 39 98"

BUREAU = {str(jour): [["08:30", "12:00"], ["13:30", "17:00"]] for jour in range(5)}
MATIN = {str(jour): [["09:00", "12:00"]] for jour in range(5)}
CONTINU = {str(jour): [["08:00", "18:00"]] for jour in range(5)}
PERMANENCE = {str(jour): [["00:00", "23:59"]] for jour in range(7)}


@dataclass(frozen=True)
class ServiceFictif:
    """One service. charges: départements, programmes (DU, OPEX), aids and units, by kind."""

    organisme: str
    nom: str
    region: str
    missions: str
    adresse: str = ""
    horaires: str = "bureau"
    note: str = ""
    charges: tuple[tuple[str, str], ...] = ()
    unite: str = ""
    ancien: bool = False


HORAIRES = {"bureau": BUREAU, "matin": MATIN, "continu": CONTINU, "permanence": PERMANENCE}
DU, OPEX = ("programme", "DU"), ("programme", "OPEX")


def _deps(*codes: str) -> tuple[tuple[str, str], ...]:
    return tuple(("departement", code) for code in codes)


def _aides(*codes: str) -> tuple[tuple[str, str], ...]:
    return tuple(("aide", code) for code in codes)


TOUTES = ("aide-menagere", "aide-menagere-familles", "aide-familiale", "aide-financiere-sante")
TOULON = "1 place Fictive\n83000 Toulon"
SERVICES = (
    ServiceFictif("cnmss", "Prestations supplémentaires", "sud",
        "Instruit les demandes d’aide et prépare la commission.", TOULON, charges=(DU, *_aides(*TOUTES))),
    ServiceFictif("cnmss", "Service médical", "sud", "Donne les avis du médecin-conseil.", TOULON, "matin"),
    ServiceFictif("cnmss", "Accueil des correspondants", "sud",
        "Répond aux correspondants d’unité\u00a0: ouverture, pièces, suivi, habilitations.", TOULON, "continu",
        charges=(DU, OPEX)),
    ServiceFictif("cnmss", "Cellule OPEX", "sud", "Suit les blessés en opération.", TOULON, charges=(OPEX,)),
    ServiceFictif("cnmss", "Données personnelles et contrôle", "sud",
        "Délégué à la protection des données, droits des personnes, statistiques.", TOULON),
    ServiceFictif("asd", "Antenne de Toulon", "sud", "Accueil social des militaires et de leur famille.",
        "2 quai Imaginaire\n83000 Toulon", charges=_deps("83", "06", "13", "2A", "2B")),
    ServiceFictif("asd", "Antenne de Bayonne", "sud-ouest", "Accueil social des militaires et de leur famille.",
        "3 allée du Songe\n64100 Bayonne", "matin", "Sur rendez-vous le mercredi.", charges=_deps("64", "40", "65")),
    ServiceFictif("asd", "Antenne de Metz", "est", "Accueil social des militaires et de leur famille.",
        "4 rue de la Fable\n57000 Metz", charges=_deps("57", "54", "55", "88"), ancien=True),
    ServiceFictif("asd", "Antenne de Brest", "ouest", "Accueil social des militaires et de leur famille.",
        "5 rue du Conte\n29200 Brest", charges=_deps("29", "56", "22", "35")),
    ServiceFictif("asd", "Bureau des secours", "paris", "Décide des secours et des prêts de l’action sociale.",
        "6 boulevard Irréel\n75015 Paris", charges=(DU, OPEX)),
    ServiceFictif("uneo", "Accompagnement social", "paris",
        "Aides de la mutuelle\u00a0: ménage, garde d’enfants, frais de santé restant à charge.",
        "7 rue de l’Exemple\n92120 Montrouge", "continu",
        charges=(DU, *_aides("aide-menagere", "aide-financiere-sante"))),
    ServiceFictif("uneo", "Blessés et familles", "paris", "Secours d’urgence, suivi des blessés en opération.",
        "7 rue de l’Exemple\n92120 Montrouge", charges=(OPEX,)),
    ServiceFictif("mspp", "Action sociale", "paris", "Aides aux sapeurs-pompiers de Paris et à leur famille.",
        "8 place du Mirage\n75017 Paris", charges=(DU, *_deps("75", "92", "93", "94"))),
    ServiceFictif("tego", "Solidarité", "paris", "Aides aux adhérents, accompagnement des ayants cause.",
        "9 rue du Mirage\n75009 Paris", charges=(DU, OPEX)),
    ServiceFictif("onacvg", "Service départemental du Var", "sud", "Reconnaissance et réparation, aide aux pupilles.",
        "10 cours Fictif\n83000 Toulon", "matin", charges=(OPEX, *_deps("83"))),
    ServiceFictif("onacvg", "Solidarité nationale", "paris", "Secours et prêts exceptionnels.", charges=(OPEX,)),
    ServiceFictif("cabat", "Permanence de la cellule", "paris",
        "Aide aux blessés de l’armée de Terre et à leurs proches, jour et nuit.", horaires="permanence",
        note="La nuit, laissez un message\u00a0: vous êtes rappelé dans l’heure.", charges=(OPEX,)),
    ServiceFictif("sdp", "Pensions d’invalidité", "sud-ouest", "Demandes de pension, taux, révisions.",
        "11 avenue du Roman\n17000 La Rochelle", "matin", charges=(OPEX,), ancien=True),
    ServiceFictif("terre", "Bureau des habilitations", "paris", "Valide les habilitations de l’armée de Terre.",
        charges=(DU, OPEX)),
    ServiceFictif("terre", "Correspondants du Sud-Ouest", "sud-ouest", "Ouvrent les dossiers des régiments.",
        charges=_deps("64", "81", "86"), unite="regiment-de-bayonne"),
    ServiceFictif("air", "Correspondants des bases aériennes", "sud-ouest", "Ouvrent les dossiers des bases.",
        charges=_deps("40", "13", "45", "27", "54"), unite="base-aerienne-de-mont-de-marsan"),
    ServiceFictif("marine", "Correspondants des bases navales", "ouest", "Ouvrent les dossiers des bases.",
        charges=_deps("83", "29", "50", "56", "972"), unite="base-navale-de-toulon"),
    ServiceFictif("gendarmerie", "Correspondants des groupements", "est", "Ouvrent les dossiers des groupements.",
        charges=_deps("64", "49", "21", "59", "30", "35", "2A", "974")),
    ServiceFictif("mnm", "Entraide", "paris", "Secours aux adhérents et à leur famille.", charges=(OPEX,)),
    ServiceFictif("agpm", "Indemnisation", "sud", "Capitaux et rentes des contrats de prévoyance.",
        "12 rue du Récit\n83000 Toulon", charges=(OPEX,)),
    ServiceFictif("ssa", "Parcours des blessés", "paris", "Coordination des soins et de la réadaptation.",
        charges=(OPEX,)),
    ServiceFictif("cabam", "Permanence de la cellule", "ouest", "Aide aux blessés de la Marine et à leurs proches.",
        horaires="permanence", charges=(OPEX,)),
    ServiceFictif("maa", "Action sociale", "paris", "Aides aux adhérents.", horaires="matin", ancien=True),
    ServiceFictif("cng", "Action sociale", "paris", "Aides aux gendarmes et à leur famille.", charges=(OPEX,)),
)  # fmt: skip

FONCTIONS = {
    "correspondant": "correspondant d’unité",
    "gestionnaire": "gestionnaire de prestations",
    "medecin": "médecin-conseil",
    "secretaire": "secrétaire de la commission",
    "president": "président de la commission",
    "membre": "membre de la commission",
    "partenaire": "gestionnaire",
    "assistant_social": "assistante de service social",
    "decideur_asd": "chef de bureau",
    "referent_opex": "référent OPEX",
    "administrateur": "administratrice des habilitations",
    "dpo": "délégué à la protection des données",
    "superviseur": "chargée d’études",
    "responsable": "responsable d’habilitations",
    "numerisation": "agent de numérisation",
}
# In which service of her organisme a profile works, when it is not the first.
SERVICE_DU_PROFIL = {
    "medecin": "Service médical",
    "dpo": "Données personnelles et contrôle",
    "superviseur": "Données personnelles et contrôle",
    "administrateur": "Accueil des correspondants",
    "decideur_asd": "Bureau des secours",
    "correspondant": "Correspondants du Sud-Ouest",
}
# prénom, nom, organisme, service, fonction: people without an account
SANS_COMPTE = (
    ("Maëlle", "Kerbrat-Fictive", "asd", "Antenne de Brest", "assistante de service social"),
    ("Aïcha", "N’Diaye-Fictive", "asd", "Antenne de Metz", "assistante de service social"),
    ("Jean-Baptiste", "Œuvrard-Fictif", "asd", "Antenne de Bayonne", "assistant de service social"),
    ("Zoé", "D’Almeida-Fictive", "uneo", "Blessés et familles", "chargée d’accompagnement"),
    ("Loïc", "Le Goff-Fictif", "cabam", "Permanence de la cellule", "chef de cellule"),
    ("Noémie", "O’Brien-Fictive", "agpm", "Indemnisation", "rédactrice"),
    ("Étienne", "Lefèvre-Fictif", "sdp", "Pensions d’invalidité", "instructeur"),
    ("Françoise", "Hoarau-Fictive", "onacvg", "Service départemental du Var", "directrice"),
    ("Yann", "De La Tour-Fictif", "mspp", "Action sociale", "conseiller social"),
    ("Chloé", "Guérin-Fictive", "ssa", "Parcours des blessés", "infirmière coordinatrice"),
    ("Malik", "Traoré-Fictif", "maa", "Action sociale", "conseiller"),
    ("Anaïs", "Santoni-Fictive", "cnmss", "Cellule OPEX", "gestionnaire de prestations"),
)  # fmt: skip
# Accounts that are away, and who stands in: (account, since how many days, for how many days more, stand-in)
ABSENCES = (("uneo", 3, 9, "partenaire-uneo-1"), ("opex", 1, 5, ""), ("medecin", -6, 13, ""))
