"""What the OPEX part of the demo is made of. Operations, people and wounds are invented."""

from datetime import date

OPEX = ["OPEX"]
# Six partners beside those of the first part, to reach twelve: code, sigle, nom, type
ORGANISMES = (
    ("mnm", "MNM", "Mutuelle nationale militaire", "mutuelle"),
    ("maa", "MAA", "Mutuelle de l’armée de l’Air", "mutuelle"),
    ("cng", "CNG", "Caisse nationale du gendarme", "mutuelle"),
    ("agpm", "AGPM", "Association générale de prévoyance militaire", "prevoyance"),
    ("ssa", "SSA", "Service de santé des armées", "ssa"),
    ("cabam", "CABAM", "Cellule d’aide aux blessés de la Marine", "cellule"),
)
# Every one of the twelve has somebody who records: (organisme, profil, how many)
COMPTES = (
    ("mnm", "partenaire"), ("maa", "partenaire"), ("cng", "partenaire"), ("agpm", "partenaire"),
    ("ssa", "partenaire"), ("cabam", "referent_opex"), ("sdp", "partenaire"), ("cabat", "referent_opex"),
)  # fmt: skip
# code, nom, theatre, debut, fin
OPERATIONS = (
    ("veilleur", "Veilleur (fictive)", "Sahel", date(2014, 8, 1), date(2023, 12, 31)),
    ("phare", "Phare (fictive)", "Levant", date(2015, 1, 15), None),
    ("aurore", "Aurore (fictive)", "Europe orientale", date(2022, 3, 1), None),
    ("altair", "Altaïr (fictive)", "Asie centrale", date(2003, 1, 10), date(2014, 12, 31)),
)
DESTINATAIRES = (
    ("asd", 0.95), ("uneo", 0.75), ("tego", 0.6), ("onacvg", 0.9), ("cabat", 0.95), ("sdp", 0.9), ("mnm", 0.25),
    ("maa", 0.15), ("cng", 0.15), ("agpm", 0.55), ("ssa", 0.85), ("cabam", 0.2),
)  # fmt: skip
LIEUX = (
    "piste au nord du camp",
    "poste avancé",
    "convoi logistique",
    "enceinte du camp",
    "zone d’entraînement",
)
HOPITAUX = ("hôpital d’instruction (fictif) de Toulon", "hôpital d’instruction (fictif) de Clamart")
RECITS = {
    "combat": "Accrochage lors d’une patrouille.",
    "engin_explosif": "Passage du véhicule sur un engin explosif.",
    "accident": "Accident de circulation pendant une liaison.",
    "maladie": "Maladie contractée pendant la mission.",
    "psychique": "Événement éprouvant vécu en mission, signalé au retour.",
}
ETAPES = ("Prendre contact avec la famille", "Point à six mois", "Préparer le dossier de reconversion")
EVOLUTIONS = ("hospitalisation", "convalescence", "reeducation", "reprise", "sejour", "reconversion")
# Of the unit's people: how many dossiers of each kind
DORMANTS, BLESSES, A_POSTERIORI, DECEDES, EXPIRES = 24, 30, 4, 2, 3
