"""The worker and its clock."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dossierunique.settings.production")

app = Celery("dossierunique")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "dossierunique",
        "dossierunique.journal",
        "dossierunique.notifications",
        "dossierunique.fichiers",
        "dossiers.exceptions",
        "partners.comptes",
        "partners.habilitations",
        "dossiers.partages",
        "dossiers.controle",
        "dossiers.consentements",
        "opex.imprimes",
        "opex.recensement",
        "opex.suivi",
        "annuaire.fiches",
        "annuaire.echanges",
        "documentation.articles",
    ]
)

app.conf.beat_schedule = {
    "balayage des envois": {"task": "notifications.balayer", "schedule": 30.0, "options": {"expires": 25}},
    "battement du service": {"task": "sante.battement", "schedule": 15.0, "options": {"expires": 12}},
    "résumés du jour": {"task": "notifications.resumer_le_jour", "schedule": crontab(hour=7, minute=0)},
    "résumés de la semaine": {
        "task": "notifications.resumer_la_semaine",
        "schedule": crontab(hour=7, minute=0, day_of_week=1),
    },
    "purge des envois": {
        "task": "notifications.purger",
        "schedule": crontab(hour=5, minute=10, day_of_week=0),
    },
    "ménage des connexions": {"task": "comptes.menage", "schedule": crontab(hour=3, minute=40)},
    "vérification des partages": {
        "task": "partages.verifier",
        "schedule": crontab(hour=2, minute=30),
    },
    "preuves de consentement": {
        "task": "consentements.faire_la_ronde",
        "schedule": crontab(hour=6, minute=30),
    },
    "partitions du journal": {"task": "journal.preparer_partitions", "schedule": crontab(hour=3, minute=10)},
    "sceaux du journal": {"task": "journal.sceller", "schedule": 60.0, "options": {"expires": 50}},
    "vérification du journal": {"task": "journal.verifier", "schedule": crontab(hour=3, minute=30)},
    "purge du journal": {"task": "journal.purger", "schedule": crontab(hour=4, minute=30, day_of_month=2)},
    "accès inhabituels": {"task": "controle.surveiller", "schedule": 120.0, "options": {"expires": 100}},
    "habilitations inutilisées": {
        "task": "habilitations.inutilisees",
        "schedule": crontab(hour=4, minute=20),
    },
    "revue des habilitations": {"task": "habilitations.revue", "schedule": crontab(hour=6, minute=40)},
    "exceptions terminées": {"task": "exceptions.purger", "schedule": crontab(hour=3, minute=20)},
    "bris de glace à examiner": {
        "task": "exceptions.rappeler_examens",
        "schedule": crontab(hour=8, minute=0),
    },
    "échéances OPEX": {"task": "opex.suivi.rappeler", "schedule": crontab(hour=6, minute=10)},
    "chiffres de l’année": {"task": "opex.recensement.arreter", "schedule": crontab(hour=2, minute=50)},
    "dossiers OPEX sans blessure": {"task": "opex.suivi.expirer", "schedule": crontab(hour=4, minute=40)},
    "articles à revoir": {"task": "documentation.rappeler", "schedule": crontab(hour=6, minute=50)},
    "listes de départ oubliées": {
        "task": "imprimes.vider_les_oubliees",
        "schedule": crontab(hour=4, minute=5),
    },
    "annuaire à vérifier": {
        "task": "annuaire.rappeler",
        "schedule": crontab(hour=7, minute=20, day_of_month=1),
    },
    "listes de l’annuaire oubliées": {
        "task": "annuaire.vider_les_oubliees",
        "schedule": crontab(hour=4, minute=10),
    },
}


@worker_ready.connect
def premier_battement(**_: object) -> None:
    """Beat at once: the portal is ready when its worker is, not at the clock's next tick."""
    app.send_task("sante.battement", expires=12)
