"""The receipt of a withdrawal names whoever the person named; the one given at a counter says nothing of a dossier."""

import datetime

from django.db import migrations

BONJOUR = "Madame, Monsieur,\n\n"
CORDIALEMENT = (
    "\n\nNous vous prions d'agréer, Madame, Monsieur, l'expression de notre considération distinguée."
)
TEXTES = {
    ("recu_retrait", 2): (
        "Reçu du retrait de votre accord, dossier {numero}",
        """Le {date}, votre accord au partage du dossier **{numero}** de {demandeur} a été retiré à :

{organisme}

L'accès au dossier est fermé depuis l'enregistrement du retrait. Ce qui y a déjà été inscrit (décisions, montants versés) y reste, pour garder la trace des aides reçues.

Ce retrait ne change pas la manière dont la caisse étudie vos demandes. Vous pouvez de nouveau donner votre accord à tout moment.""",
    ),
    ("recu_retrait_guichet", 1): (
        "Reçu de votre demande de retrait",
        """Le {date}, vous avez demandé auprès de **{guichet}** que votre dossier unique ne soit plus partagé avec :

{organisme}

Si un dossier unique est ouvert à votre nom, ce retrait a pris effet à l'instant où il a été enregistré, et la caisse vous en adresse le reçu complet par courrier.

Pour protéger votre vie privée, l'organisme qui vous a reçu n'apprend pas si un dossier est ouvert, ni à qui vous l'aviez ouvert : ce papier ne le dit donc pas.

Vous n'avez pas à dire pourquoi. Ce retrait ne change pas la manière dont la caisse étudie vos demandes, et vous pouvez de nouveau donner votre accord à tout moment.""",
    ),
}


def ecrire(apps, schema_editor) -> None:
    modeles = apps.get_model("courriers", "ModeleCourrier").objects.using(schema_editor.connection.alias)
    for (code, version), (objet, corps) in TEXTES.items():
        corps = BONJOUR + corps + CORDIALEMENT
        modeles.get_or_create(
            code=code,
            version=version,
            defaults={"objet": objet, "corps": corps, "en_vigueur_depuis": datetime.date(2026, 1, 1)},
        )


def retirer(apps, schema_editor) -> None:
    modeles = apps.get_model("courriers", "ModeleCourrier").objects.using(schema_editor.connection.alias)
    for code, version in TEXTES:
        modeles.filter(code=code, version=version).delete()


class Migration(migrations.Migration):
    dependencies = [("courriers", "0002_textes")]

    operations = [migrations.RunPython(ecrire, retirer)]
