"""What the database refuses by itself: incompatible profils, arrows that do not exist, names and charters rewritten."""

from datetime import date

from django.conf import settings
from django.db import migrations

from dossierunique.etats import garde
from partners.habilitations.policies import paires_incompatibles
from partners.revues.models import TRANSITIONS as REVUE
from partners.successions.models import TRANSITIONS as SUCCESSION

PAIRES = ", ".join(f"'{a}+{b}'" for a, b in paires_incompatibles())
# Two transactions for the same person wait for each other: else each would miss the row of the other.
INCOMPATIBLES = (
    f"""
    CREATE FUNCTION partners_habilitation_compatible() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE autre text;
    BEGIN
      IF NEW.etat = 'close' OR (TG_OP = 'UPDATE' AND NEW.etat NOT IN ('validee', 'active')
           AND (NEW.profil, NEW.utilisateur_id) = (OLD.profil, OLD.utilisateur_id)) THEN
        RETURN NEW;
      END IF;
      PERFORM 1 FROM partners_utilisateur WHERE id = NEW.utilisateur_id FOR NO KEY UPDATE;
      SELECT h.profil INTO autre FROM partners_habilitation h
       WHERE h.utilisateur_id = NEW.utilisateur_id AND h.id <> NEW.id AND h.etat <> 'close'
         AND NEW.profil || '+' || h.profil = ANY (ARRAY[{PAIRES}]::text[]) LIMIT 1;
      IF autre IS NOT NULL THEN
        RAISE EXCEPTION 'profils incompatibles : % et %', NEW.profil, autre USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER partners_habilitation_compatible BEFORE INSERT OR UPDATE OF etat, profil, utilisateur_id
      ON partners_habilitation FOR EACH ROW EXECUTE FUNCTION partners_habilitation_compatible();
    """,
    """
    DROP TRIGGER partners_habilitation_compatible ON partners_habilitation;
    DROP FUNCTION partners_habilitation_compatible();
    """,
)

TITRE = "Charte du correspondant d’unité"
CORPS = """Je suis habilité à ouvrir des dossiers uniques et à y déposer des demandes pour les personnes des unités de mon périmètre, et pour elles seules.

J’informe chaque personne avant d’écrire : elle choisit, destinataire par destinataire, qui pourra lire son dossier ; elle peut refuser, et changer d’avis à tout moment, sans conséquence sur l’étude de sa demande.

Je ne consulte un dossier que pour aider la personne qu’il concerne. Je sais que chaque consultation est enregistrée, et que la personne peut en demander le relevé.

Je garde le secret sur ce que j’apprends, pendant mes fonctions et après. Je ne demande jamais de détail médical : les pièces médicales se remettent sous pli fermé, ou se déposent pour le médecin-conseil.

Mon mot de passe et mon second facteur sont à moi seul. Je ferme ma session quand je quitte mon poste, et je ne garde aucune copie de pièce hors du portail.

Je signale aussitôt à la CNMSS toute erreur, perte ou consultation anormale. J’annonce mon départ ou mon changement d’unité : mon accès prend fin ce jour-là.
"""


def premiere_charte(apps, schema_editor):
    apps.get_model("partners", "Charte").objects.using(schema_editor.connection.alias).create(
        version=1, titre=TITRE, corps=CORPS, en_vigueur_depuis=date(2026, 1, 1)
    )


AJOUT_SEUL = ("partners_ancien_nom", "partners_charte")


def droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in AJOUT_SEUL:
            schema_editor.execute(f"{verbe} UPDATE, DELETE ON {table} {lien} {role}")
        schema_editor.execute(f"{verbe} DELETE ON partners_depart {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_parcours_des_habilitations")]
    operations = [
        migrations.RunSQL(*INCOMPATIBLES),
        garde("partners_ligne_revue", REVUE),
        garde("partners_succession", SUCCESSION),
        migrations.RunPython(premiere_charte, migrations.RunPython.noop),
        migrations.RunPython(droits("REVOKE", "FROM"), droits("GRANT", "TO")),
    ]
