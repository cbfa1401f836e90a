"""First texts of the letters. An operator who changes one adds a version; these stay."""

import datetime

from django.db import migrations

BONJOUR = "Madame, Monsieur,\n\n"
CORDIALEMENT = (
    "\n\nNous vous prions d'agréer, Madame, Monsieur, l'expression de notre considération distinguée."
)
RECOURS = """

## Si vous n'êtes pas d'accord

{voies_recours}

Rappelez le numéro {numero} et joignez une copie de cette lettre."""

TEXTES = {
    "accuse_reception": (
        "Nous avons reçu votre demande {numero}",
        """Nous avons reçu le {date_depot} la demande de {demandeur} : **{type_aide}**. Elle porte le numéro **{numero}** : rappelez-le dans tous vos échanges avec nous.

## Qui étudie votre demande

{service}

## Sous quel délai

Vous recevrez une réponse dans un délai de {delai} à compter de la réception de votre demande. {regle_silence}

## Les pièces qui manquent

{pieces_manquantes}

Tant qu'une pièce que nous vous avons demandée manque, ce délai est suspendu. Il reprend dès que nous l'avons reçue (articles L. 112-3 et L. 114-5 du code des relations entre le public et l'administration).

Vous n'avez rien d'autre à faire. Votre correspondant peut vous dire à tout moment où en est votre demande.""",
    ),
    "demande_pieces": (
        "Des pièces manquent pour étudier votre demande {numero}",
        """Nous étudions la demande de {demandeur}. Pour continuer, il nous faut :

{pieces}

Merci de nous les faire parvenir **avant le {echeance}**, par votre correspondant d'unité ou par courrier à l'adresse ci-dessus, en rappelant le numéro **{numero}**.

Le délai de réponse est suspendu jusqu'à la réception de ces pièces (article L. 114-5 du code des relations entre le public et l'administration). Sans elles à cette date, nous statuerons avec les seuls éléments de votre dossier.

Une pièce vous est impossible à obtenir ? Dites-le à votre correspondant : nous chercherons avec vous comment la remplacer.""",
    ),
    "notification_accord": (
        "Votre demande {numero} est acceptée",
        """Nous avons le plaisir de vous informer que la demande de {demandeur} est **acceptée** par décision du {date_decision}.

| Aide | Montant accordé |
|---|---|
| {type_aide} | **{montant}** |

{motif}

Signalez-nous sans attendre tout changement de votre situation (adresse, foyer, ressources, hospitalisation) : il peut modifier le montant de l'aide."""
        + RECOURS,
    ),
    "notification_accord_partiel": (
        "Votre demande {numero} est acceptée en partie",
        """La demande de {demandeur} est **acceptée en partie** par décision du {date_decision}.

| Aide | Montant accordé |
|---|---|
| {type_aide} | **{montant}** |

## Pourquoi une partie seulement

{motif}

Signalez-nous sans attendre tout changement de votre situation (adresse, foyer, ressources, hospitalisation) : il peut modifier le montant de l'aide."""
        + RECOURS,
    ),
    "notification_rejet": (
        "Votre demande {numero} n'est pas acceptée",
        """La demande de {demandeur} ({type_aide}) **n'a pas pu être acceptée**. La décision a été prise le {date_decision}.

## Pourquoi

{motif}

Cette décision est celle de la caisse. Les autres organismes que vous avez sollicités décident chacun de leur côté. Si votre situation change, vous pouvez déposer une nouvelle demande : vos pièces encore valables resteront dans votre dossier."""
        + RECOURS,
    ),
    "notification_ajournement": (
        "Votre demande {numero} est reportée",
        """La demande de {demandeur} ({type_aide}) a été examinée le {date_decision}. La décision est **reportée** : elle n'est ni acceptée, ni rejetée.

## Pourquoi

{motif}

Votre demande sera réexaminée dès que ces éléments seront réunis. Vous n'avez pas à en déposer une autre."""
        + RECOURS,
    ),
    "recu_consentement": (
        "Reçu de vos choix de partage, dossier {numero}",
        """Vos choix ont été enregistrés le {date} dans le dossier **{numero}** de {demandeur}.

Signataire : {signataire}

## Ce que vous avez choisi

{lignes}

Les organismes qui ont votre accord peuvent consulter le dossier dès maintenant. Les autres n'y ont pas accès, et ne savent pas ce que vous avez répondu.

Vous pouvez changer d'avis à tout moment, pour un organisme ou pour tous, par votre correspondant ou en écrivant à la caisse. Cela ne change pas la manière dont la caisse étudie vos demandes.""",
    ),
    "recu_retrait": (
        "Reçu du retrait de votre accord, dossier {numero}",
        """Le {date}, l'accord donné à **{organisme}** pour consulter le dossier **{numero}** de {demandeur} a été retiré.

Cet organisme n'a plus accès au dossier depuis l'enregistrement du retrait. Ce qu'il y a déjà inscrit (décisions, montants versés) y reste, pour garder la trace des aides reçues.

Ce retrait ne change pas la manière dont la caisse étudie vos demandes. Vous pouvez de nouveau donner votre accord à tout moment.""",
    ),
}


def ecrire(apps, schema_editor) -> None:
    modeles = apps.get_model("courriers", "ModeleCourrier").objects.using(schema_editor.connection.alias)
    for code, (objet, corps) in TEXTES.items():
        corps = BONJOUR + corps + CORDIALEMENT
        modeles.get_or_create(
            code=code,
            version=1,
            defaults={"objet": objet, "corps": corps, "en_vigueur_depuis": datetime.date(2026, 1, 1)},
        )


def retirer(apps, schema_editor) -> None:
    modeles = apps.get_model("courriers", "ModeleCourrier").objects.using(schema_editor.connection.alias)
    modeles.filter(code__in=TEXTES, version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("courriers", "0001_initial")]

    operations = [migrations.RunPython(ecrire, retirer)]
