"""The tests: the database is made by the owner, the code runs under the application's role.

Without DATABASE_URL, tests/conftest.py starts services of its own in a throw-away directory, whose
name is fixed here so that every process of the session finds the same one.
"""

import os
import tempfile
from pathlib import Path

from dossierunique.embarque import lieux
from dossierunique.settings.base import *

SERVICES_A_DEMARRER = not BASE_APPLICATION
if SERVICES_A_DEMARRER:
    _provisoire = Path(tempfile.gettempdir()) / f"du-essais-{os.getpid()}"
    os.environ.setdefault("DOSSIER_UNIQUE_LIEU", str(_provisoire))
    BASE_APPLICATION = lieux.lieu().url_base()
    BASE_PROPRIETAIRE = lieux.lieu().url_base(lieux.PROPRIETAIRE)
    REDIS_URL = lieux.lieu().url_redis

# Playwright's synchronous API leaves an event loop running in the process of the browser's tests, where Django would
# then refuse every query of the tests that follow; nothing here is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DATABASES = adresses.bases(BASE_APPLICATION, BASE_PROPRIETAIRE)
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"MIRROR": "proprietaire"}  # same database, other role
# One name a session: two people may test on one server. ESSAIS_SUITE fixed, with --reuse-db, keeps it.
os.environ.setdefault("ESSAIS_SUITE", str(os.getpid()))
DATABASES["proprietaire"]["TEST"] = {"NAME": f"essais_{os.environ['ESSAIS_SUITE']}", "DEPENDENCIES": []}

# Nothing is delivered unless a test serves a real worker (COURTIER_REEL=1).
COURTIER_REEL = env.bool("COURTIER_REEL", default=False)
CELERY_BROKER_URL = adresses.courtier(REDIS_URL) if COURTIER_REEL else "memory://"
CACHES = {"default": adresses.cache(REDIS_URL if COURTIER_REEL else "")}

MODE_DEMO = False
SECRET_KEY = "essais-seulement"  # noqa: S105
CLES_DONNEES = {1: b"donnees-1" + bytes(23), 2: b"donnees-2" + bytes(23)}
CLE_DONNEES_COURANTE = 2
CLES_FICHIERS = {1: b"fichiers-1" + bytes(22)}
CLE_FICHIERS_COURANTE = 1
CLE_EMPREINTE = b"empreinte" + bytes(23)

ALLOWED_HOSTS = ["*"]
SECOND_FACTEUR_EXIGE = False
RENFORT_MINUTES = 0  # asked for by the tests that are about it
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ANTIVIRUS_URL = ""
ANTIVIRUS_EXIGE = False
# Argon2 would take a tenth of a second for each user of each test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "fichiers": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
# whitenoise walks through every static file each time that a test client is made.
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]
LOGGING = traces.journaux(json=False, niveau="WARNING")
