"""Names of the demo. Every person is invented, and her name says so."""

MOT_DE_PASSE = "Dossier-Unique-Demo-2026"

DU, OPEX = ["DU"], ["OPEX"]
# code, sigle, nom, type, programmes, voit_nir, contributeur
ORGANISMES = (
    ("cnmss", "CNMSS", "Caisse nationale militaire de sécurité sociale", "cnmss", DU + OPEX, True, False),
    ("asd", "ASD", "Action sociale de la défense", "asd", DU + OPEX, True, True),
    ("uneo", "Unéo", "Unéo, mutuelle des forces armées", "mutuelle", DU + OPEX, True, True),
    ("mspp", "MSPP", "Mutuelle MSPP", "mutuelle", DU, False, True),
    ("tego", "Tégo", "Association Tégo", "prevoyance", DU + OPEX, False, True),
    (
        "onacvg",
        "ONaCVG",
        "Office national des combattants et des victimes de guerre",
        "onacvg",
        OPEX,
        False,
        True,
    ),
    ("cabat", "CABAT", "Cellule d’aide aux blessés de l’armée de Terre", "cellule", OPEX, False, True),
    ("sdp", "SDP", "Sous-direction des pensions", "sdp", OPEX, True, True),
    ("terre", "Armée de Terre", "Armée de Terre", "etat_major", DU + OPEX, False, False),
    ("air", "Armée de l’Air", "Armée de l’Air et de l’Espace", "etat_major", DU + OPEX, False, False),
    ("marine", "Marine", "Marine nationale", "etat_major", DU + OPEX, False, False),
    ("gendarmerie", "Gendarmerie", "Gendarmerie nationale", "etat_major", DU + OPEX, False, False),
)
# organisme → (word, [(ville, département)])
UNITES = {
    "terre": ("Régiment de", [("Bayonne", "64"), ("Castres", "81"), ("Belfort", "90"), ("Draguignan", "83"),
        ("Laon", "02"), ("Metz", "57"), ("Poitiers", "86"), ("Valence", "26"), ("Vannes", "56"), ("Calvi", "2B")]),
    "air": ("Base aérienne de", [("Mont-de-Marsan", "40"), ("Istres", "13"), ("Orléans", "45"), ("Évreux", "27"),
        ("Nancy", "54"), ("Salon-de-Provence", "13"), ("Solenzara", "2A")]),
    "marine": ("Base navale de", [("Toulon", "83"), ("Brest", "29"), ("Cherbourg", "50"), ("Lorient", "56"),
        ("Fort-de-France", "972")]),
    "gendarmerie": ("Groupement de", [("Pau", "64"), ("Angers", "49"), ("Dijon", "21"), ("Lille", "59"),
        ("Nîmes", "30"), ("Rennes", "35"), ("Ajaccio", "2A"), ("Saint-Denis", "974")]),
}  # fmt: skip

# identifiant, prénom, nom, organisme, profil, unité (rank in its organisme), téléphone
COMPTES = (
    ("correspondant", "Julien", "Dupont-Fictif", "terre", "correspondant", 0),
    ("correspondant2", "Sophie", "Moreau-Fictive", "air", "correspondant", 0),
    ("gestionnaire", "Claire", "Fictive", "cnmss", "gestionnaire", None),
    ("medecin", "Anne", "Hadj-Fictive", "cnmss", "medecin", None),
    ("secretaire", "Paul", "Lemoine-Fictif", "cnmss", "secretaire", None),
    ("president", "Hélène", "d’Arvor-Fictive", "cnmss", "president", None),
    ("asd", "Nadia", "Benali-Fictive", "asd", "assistant_social", None),
    ("uneo", "Luc", "Bernard-Fictif", "uneo", "partenaire", None),
    ("mspp", "Karine", "Petit-Fictive", "mspp", "partenaire", None),
    ("opex", "Marc", "Rousseau-Fictif", "cabat", "referent_opex", None),
    ("superviseur", "Inès", "Garnier-Fictive", "cnmss", "superviseur", None),
    ("dpo", "Thomas", "Faure-Fictif", "cnmss", "dpo", None),
    ("admin", "Élise", "Noël-Fictive", "cnmss", "administrateur", None),
    ("responsable", "Véronique", "Lambert-Fictive", "terre", "responsable", None),
)
# Others, to reach forty: (organisme, profil, how many)
AUTRES_COMPTES = (
    ("terre", "correspondant", 5), ("air", "correspondant", 3), ("marine", "correspondant", 3),
    ("gendarmerie", "correspondant", 4), ("cnmss", "gestionnaire", 4), ("asd", "decideur_asd", 2),
    ("uneo", "partenaire", 2), ("tego", "partenaire", 2), ("onacvg", "referent_opex", 1), ("cnmss", "membre", 1),
)  # fmt: skip

PRENOMS_F = (
    "Éloïse",
    "Inès",
    "Marie",
    "Camille",
    "Léa",
    "Zoé",
    "Chloé",
    "Anaïs",
    "Françoise",
    "Noémie",
    "Maëlle",
    "Aïcha",
)
PRENOMS_H = (
    "Marc",
    "Paul",
    "Hugo",
    "Nathan",
    "Jérôme",
    "Loïc",
    "Étienne",
    "François",
    "Yann",
    "Mickaël",
    "Ange",
    "Malik",
)
NOMS = (
    "Martin", "Leroy", "N’Guyen", "D’Almeida", "Durand", "Le Goff", "Lefèvre", "Santoni", "Garcia", "Dubois", "O’Brien",
    "Fontaine", "Müller", "Benhamou", "De La Tour", "Pérez", "Œuvrard", "Kerbrat", "Colonna", "Traoré", "Hoarau",
    "Jean-Baptiste", "Vidal", "Chevalier", "Fabre", "Aubert", "Guérin", "Rey", "Barbier", "Blanc",
)  # fmt: skip
GRADES = (
    "caporal-chef",
    "sergent",
    "adjudant",
    "adjudant-chef",
    "lieutenant",
    "capitaine",
    "quartier-maître",
    "maître",
)

BESOINS = {
    "aide-menagere": "Retour à domicile après une opération de la hanche\u00a0: ménage et courses.",
    "aide-menagere-familles": "Naissance de jumeaux et alitement\u00a0: conjoint en mission, deux aînés à la maison.",
    "aide-familiale": "Hospitalisation de la mère\u00a0: les enfants sont à accompagner matin et soir, six semaines.",
    "aide-financiere-sante": "Appareillage auditif et soins dentaires\u00a0: le reste à payer dépasse les moyens.",
}
QUESTION_AVIS = "La durée et le volume d’aide demandés vous paraissent-ils justifiés\u202f?"
AVIS = {
    "favorable": "Le volume et la durée demandés sont justifiés par l’état de la personne.",
    "defavorable": "L’aide demandée ne répond pas au besoin constaté.",
    "reserve": "Favorable pour trois mois\u202f; à revoir ensuite sur de nouveaux éléments.",
}
NOTE_MEDICALE = (
    "Note fictive de la démonstration\u00a0: suites opératoires simples, autonomie sous six semaines."
)
# etat → how many, 400 in all
REPARTITION = {
    "brouillon": 25, "soumise": 40, "en_completude": 35, "incomplete": 40, "complete": 25, "en_instruction": 50,
    "avis_demande": 10, "avis_rendu": 8, "inscrite": 12, "decidee": 5, "notifiee": 60, "en_service": 30, "close": 25,
    "recours": 5, "maintenue": 3, "reformee": 3, "sans_suite": 8, "irrecevable": 6, "reorientee": 5, "annulee": 5,
}  # fmt: skip
PERSONNES = 300
