"""Settings common to the demo, the tests and production.

Everything that an operator may change is read from the environment (see .env.example);
the demo and test modules fill what is missing with the embedded services.
"""

from pathlib import Path

import environ

env = environ.Env()
RACINE = Path(__file__).resolve().parents[2]

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
MODE_DEMO = False
ADRESSE_PUBLIQUE = env.str("ADRESSE_PUBLIQUE", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "guardian",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
    "dossierunique",
    "dossierunique.securite",
    "dossierunique.journal",
    "dossierunique.notifications",
    "dossierunique.fichiers",
    "dossierunique.courriers",
    "dossierunique.ui",
    "partners",
    "dossiers",
]

MIDDLEWARE = [
    "dossierunique.securite.middleware.identifiant_de_requete",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partners.comptes.middleware.limites_de_session",
    "partners.comptes.middleware.second_facteur_exige",
    "partners.habilitations.middleware.habilitation_active",
    "dossierunique.journal.middleware.journal_des_refus",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dossierunique.urls"
WSGI_APPLICATION = "dossierunique.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dossierunique.ui.contexte.portail",
            ],
            "builtins": ["dossierunique.ui.templatetags.du"],
        },
    },
]

# Two roles: `default` is the application's, `proprietaire` owns the schema and runs the migrations.
BASE_APPLICATION = env.str("DATABASE_URL", default="")
BASE_PROPRIETAIRE = env.str("DATABASE_OWNER_URL", default="")
OPTIONS_POSTGRES = {"options": "-c statement_timeout=5000 -c jit=off"}


def bases(application: str, proprietaire: str) -> dict:
    """DATABASES for the two roles, from their URLs."""
    commun = {"CONN_HEALTH_CHECKS": True}
    return {
        "default": {
            **environ.Env.db_url_config(application),
            **commun,
            "CONN_MAX_AGE": 600,
            "ATOMIC_REQUESTS": True,
            "OPTIONS": OPTIONS_POSTGRES,
        },
        "proprietaire": {**environ.Env.db_url_config(proprietaire), **commun},
    }


DATABASES = bases(BASE_APPLICATION, BASE_PROPRIETAIRE) if BASE_APPLICATION else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Broker and cache
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_PUBLISH_RETRY = False

# Identity
AUTH_USER_MODEL = "partners.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "dossiers.partages.backends.PermissionsDossier",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accueil"
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False

# Language
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = RACINE / "staticfiles"
STATICFILES_DIRS = [RACINE / "static"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"
