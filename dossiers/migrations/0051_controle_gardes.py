"""The first rules, the machine of an alert, what may not be rewritten, and the letter of the statement of accesses."""

import datetime

from django.conf import settings
from django.db import migrations

from dossiers.controle.models import TRANSITIONS
from dossierunique.etats import garde

# [P] starting points, to be set by the data protection officer.
REGLES = (
    {"code": "rafale", "seuil": 40, "fenetre": 60},
    {"code": "homonyme", "seuil": 1},
    {"code": "hors_perimetre", "seuil": 1},
    {"code": "refus", "seuil": 10, "fenetre": 60},
    {"code": "nuit", "seuil": 5, "debut_nuit": datetime.time(22), "fin_nuit": datetime.time(5)},
    {"code": "revelations", "seuil": 15, "fenetre": 60},
    {"code": "sorties", "seuil": 30, "fenetre": 60},
)
OBJET = "Qui a consulté votre dossier unique {numero}"
CORPS = """Madame, Monsieur,

Vous trouverez ci-dessous la liste des accès au dossier unique de {demandeur}, du {du} au {au}. Elle dit, jour par jour, quel organisme a ouvert le dossier, pour quelle fonction et pour quel geste.

Ne sont pas repris les écrans de liste où le dossier n'a fait qu'apparaître.

Un accès vous étonne ? Écrivez-nous en rappelant le numéro **{numero}** : le délégué à la protection des données vous répondra dans le délai d'un mois. Vous pouvez aussi retirer à tout moment l'accès d'un organisme."""

FIGER = (
    """
    CREATE FUNCTION dossiers_examen_alerte_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'l’examen d’une alerte ne se récrit pas' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER dossiers_examen_alerte_figer BEFORE UPDATE OR DELETE ON dossiers_examen_alerte
      FOR EACH ROW EXECUTE FUNCTION dossiers_examen_alerte_figer();
    """,
    """
    DROP TRIGGER dossiers_examen_alerte_figer ON dossiers_examen_alerte;
    DROP FUNCTION dossiers_examen_alerte_figer();
    """,
)
DROITS = (
    "REVOKE UPDATE, DELETE ON dossiers_examen_alerte FROM {role}",
    "REVOKE DELETE ON dossiers_alerte FROM {role}",
    "REVOKE INSERT, DELETE ON dossiers_regle_alerte FROM {role}",
    "REVOKE INSERT, DELETE ON dossiers_repere_surveillance FROM {role}",
)


def semer(apps, schema_editor):
    base = schema_editor.connection.alias
    regles = apps.get_model("dossiers", "RegleAlerte").objects.using(base)
    for regle in REGLES:
        regles.create(**regle)
    apps.get_model("dossiers", "RepereSurveillance").objects.using(base).create(sceau=0)
    apps.get_model("courriers", "ModeleCourrier").objects.using(base).create(
        code="releve_acces", version=1, objet=OBJET, corps=CORPS, en_vigueur_depuis=datetime.date(2026, 1, 1)
    )


def retirer(apps, schema_editor):
    base = schema_editor.connection.alias
    apps.get_model("courriers", "ModeleCourrier").objects.using(base).filter(code="releve_acces").delete()
    for modele in ("Alerte", "RegleAlerte", "RepereSurveillance"):
        apps.get_model("dossiers", modele).objects.using(base).all().delete()


def restreindre(apps, schema_editor):
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    for ordre in DROITS:
        schema_editor.execute(ordre.format(role=role))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0050_controle"), ("courriers", "0002_textes")]
    operations = [
        migrations.RunPython(semer, retirer),
        garde("dossiers_alerte", TRANSITIONS),
        migrations.RunSQL(*FIGER),
        migrations.RunPython(restreindre, migrations.RunPython.noop),
    ]
