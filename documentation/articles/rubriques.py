"""The rubriques of the space, in their order: (code, name, what is found there)."""

RUBRIQUES: tuple[tuple[str, str, str], ...] = (
    ("demarrer", "Premiers pas", "Ce qu’est le dossier unique, et par où commencer."),
    (
        "consentement",
        "Consentement et confidentialité",
        "Informer la personne, recueillir ses choix, les changer.",
    ),
    ("demandes", "Demandes et pièces", "Préparer une demande, joindre les pièces, suivre la réponse."),
    (
        "partenaires",
        "Partenaires et contributions",
        "Étudier une demande partagée, enregistrer sa contribution.",
    ),
    ("opex", "Dossier unique OPEX", "Avant le départ, après une blessure, et dans la durée."),
    ("correspondants", "Fiches des correspondants", "Une situation, une fiche : que faire, avec quoi."),
    (
        "securite",
        "Sécurité et habilitations",
        "Son compte, son accès, et ce que le portail garde en mémoire.",
    ),
    ("textes", "Textes officiels", "Les références, leur date et où les lire."),
    ("actualites", "Actualités", "Ce qui change dans le dossier unique et dans le portail."),
)
