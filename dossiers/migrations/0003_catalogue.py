"""The catalogue of aids and papers, and the first wording of the consent. Data: the CNMSS changes it as it needs."""

from datetime import date

from django.db import migrations

PIECES = [
    # code, nom, classe, où la trouver
    (
        "attestation-droits",
        "Attestation de droits à l’assurance maladie",
        "administratif",
        "Sur ameli ou auprès de la CNMSS, de moins de trois mois.",
    ),
    ("livret-famille", "Livret de famille", "administratif", "Toutes les pages remplies."),
    (
        "justificatif-domicile",
        "Justificatif de domicile",
        "administratif",
        "Facture ou quittance de moins de trois mois.",
    ),
    (
        "avis-imposition",
        "Dernier avis d’imposition",
        "financier",
        "Toutes les pages, pour chaque personne du foyer.",
    ),
    (
        "bulletins-solde",
        "Bulletins de solde, trois derniers mois",
        "financier",
        "Sur le portail de solde, pour chaque personne du foyer qui travaille.",
    ),
    (
        "releve-prestations",
        "Relevé des prestations familiales",
        "financier",
        "Sur le site de la CAF, du mois en cours.",
    ),
    ("charges-logement", "Quittance de loyer ou tableau d’amortissement", "financier", "Du mois en cours."),
    ("devis", "Devis ou facture", "financier", "Daté, au nom du bénéficiaire, avec le détail du service."),
    ("decompte-mutuelle", "Décompte de la mutuelle", "financier", "Celui qui montre ce qui reste à payer."),
    ("rib", "Relevé d’identité bancaire", "bancaire", "Au nom du demandeur."),
    ("rapport-social", "Rapport d’évaluation sociale", "social", "Établi par l’assistant de service social."),
    (
        "certificat-medical",
        "Certificat médical",
        "medical",
        "Sous enveloppe ou numérisé à part : seul le médecin-conseil le lit.",
    ),
]
AIDES = [
    (
        "aide-menagere",
        "Aide ménagère",
        "Quelques heures de ménage par mois pour une personne âgée, malade ou convalescente.",
        "mensuel",
        ["attestation-droits", "avis-imposition", "devis", "rib", "certificat-medical"],
        ["justificatif-domicile", "rapport-social"],
    ),
    (
        "aide-menagere-familles",
        "Aide ménagère aux familles",
        "Un relais à la maison lors d’une naissance, d’une maladie ou d’une absence.",
        "mensuel",
        ["livret-famille", "avis-imposition", "bulletins-solde", "devis", "rib", "certificat-medical"],
        ["releve-prestations"],
    ),
    (
        "aide-familiale",
        "Aide familiale (TISF)",
        "Un technicien de l’intervention sociale et familiale auprès des enfants.",
        "mensuel",
        ["livret-famille", "avis-imposition", "devis", "rib"],
        ["releve-prestations", "rapport-social", "certificat-medical"],
    ),
    (
        "aide-financiere-sante",
        "Aide financière santé",
        "Une participation à des frais de santé qui restent à payer (l’ancien « secours »).",
        "ponctuel",
        ["avis-imposition", "bulletins-solde", "devis", "decompte-mutuelle", "rib"],
        ["charges-logement", "rapport-social", "certificat-medical"],
    ),
]
TEXTE = """\
Le **dossier unique** permet à la Caisse nationale militaire de sécurité sociale (CNMSS) et à ses partenaires d’étudier \
une seule fois votre demande d’aide, à partir des mêmes pièces.

- Vous choisissez, **organisme par organisme**, qui peut lire votre dossier. Un organisme que vous ne nommez pas, ou que \
vous refusez, ne voit rien et ne sait pas que vous l’avez refusé.
- Vous pouvez **changer d’avis à tout moment**, pour un organisme ou pour tous, auprès de la CNMSS, de votre correspondant \
ou de l’organisme qui vous reçoit. Le retrait prend effet aussitôt. Ce qu’un organisme a déjà accordé reste inscrit.
- **Refuser ne change rien** à l’étude de votre demande par la CNMSS : vous ferez alors vos démarches séparément auprès \
des autres organismes.
- Les pièces médicales ne sont lues que par le **médecin-conseil**.
- Vous disposez d’un droit d’accès, de rectification et d’opposition, exercé auprès de la CNMSS.

Base légale : décret n° 2013-1142 du 10 décembre 2013 et délibération de la CNIL n° 2013-152 du 6 juin 2013.
"""


def semer(apps, schema_editor):
    alias = schema_editor.connection.alias
    modele = apps.get_model
    types = {}
    for ordre, (code, nom, classe, aide) in enumerate(PIECES, 1):
        types[code] = (
            modele("dossiers", "TypePiece")
            .objects.using(alias)
            .create(code=code, nom=nom, classe=classe, aide=aide, ordre=ordre * 10)
        )
    for ordre, (code, nom, description, periodicite, obligatoires, autres) in enumerate(AIDES, 1):
        aide = (
            modele("dossiers", "TypeAide")
            .objects.using(alias)
            .create(code=code, nom=nom, description=description, periodicite=periodicite, ordre=ordre * 10)
        )
        modele("dossiers", "PieceRequise").objects.using(alias).bulk_create(
            modele("dossiers", "PieceRequise")(
                type_aide=aide, type_piece=types[piece], obligatoire=piece in obligatoires
            )
            for piece in obligatoires + autres
        )
    for programme in ("DU", "OPEX"):
        modele("dossiers", "TexteConsentement").objects.using(alias).create(
            programme=programme,
            version=1,
            titre="Consentement au partage de mon dossier",
            corps=TEXTE,
            en_vigueur_depuis=date(2026, 1, 1),
        )


def oter(apps, schema_editor):
    alias = schema_editor.connection.alias
    for nom in ("PieceRequise", "TypeAide", "TypePiece"):
        apps.get_model("dossiers", nom).objects.using(alias).all().delete()
    # Append-only for everyone: undone by the owner only, and with the trigger put aside.
    schema_editor.execute("ALTER TABLE dossiers_texte_consentement DISABLE TRIGGER USER")
    apps.get_model("dossiers", "TexteConsentement").objects.using(alias).all().delete()
    schema_editor.execute("ALTER TABLE dossiers_texte_consentement ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_gardes")]
    operations = [migrations.RunPython(semer, oter)]
