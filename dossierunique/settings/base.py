"""Settings common to the demo, the tests and production.

Everything that an operator may change is read from the environment (see .env.example);
the demo and test modules fill what is missing with the embedded services.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from dossierunique.settings import adresses, cles, traces

env = environ.Env()
RACINE = Path(__file__).resolve().parents[2]
environ.Env.read_env(RACINE / ".env")  # what is already in the environment wins

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
    "dossierunique.entetes.politique_de_permissions",
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
DATABASES = adresses.bases(BASE_APPLICATION, BASE_PROPRIETAIRE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Broker and cache
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = adresses.courtier(REDIS_URL)
CACHES = {"default": adresses.cache(REDIS_URL)}
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request never waits for a dead broker: the sweep finds what was not said (measured: 6.1 s without).
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2, "max_retries": 0}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Keys, apart from SECRET_KEY so that each may turn alone
CLES_DONNEES = cles.trousseau(env.str("CLES_DONNEES", default=""))
CLE_DONNEES_COURANTE = cles.courante(CLES_DONNEES)
CLES_FICHIERS = cles.trousseau(env.str("CLES_FICHIERS", default=""))
CLE_FICHIERS_COURANTE = cles.courante(CLES_FICHIERS)
CLE_EMPREINTE = cles.cle(env.str("CLE_EMPREINTE", default=""))

# Identity
AUTH_USER_MODEL = "partners.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "dossiers.partages.backends.PermissionsDossier",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "dossierunique.securite.mots_de_passe.EffortDeDeviner"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accueil"
LOGOUT_REDIRECT_URL = "account_login"
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ADRESSE_PUBLIQUE.split(":")[0]
# axes locks the pair (account, address); a whole unit may share one address. The codes of the second factor are
# counted under login_failed, by account.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Dossier unique"
MFA_TOTP_TOLERANCE = 1
SECOND_FACTEUR_EXIGE = env.bool("SECOND_FACTEUR_EXIGE", default=True)
SESSION_INACTIVITE = env.int("SESSION_INACTIVITE", default=1800)
SESSION_ABSOLUE = env.int("SESSION_ABSOLUE", default=36000)

MANDATAIRES = env.int("MANDATAIRES", default=0)  # trusted proxies in front of us
ALLAUTH_TRUSTED_PROXY_COUNT = MANDATAIRES
AXES_USERNAME_CALLABLE = "partners.comptes.forms.identifiant_compte"
AXES_CLIENT_IP_CALLABLE = "dossierunique.adresse_client.adresse_client"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are in our own journal
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Language
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
# Amounts go through the `euros` filter; a bare number in a template is a key or a version.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = RACINE / "staticfiles"
STATICFILES_DIRS = [RACINE / "static"]

# Stored files
FICHIERS_RACINE = env.path("FICHIERS_RACINE", default=str(RACINE / "var" / "fichiers"))()
STOCKAGE_URL = env.str("STOCKAGE_URL", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "fichiers": adresses.stockage(STOCKAGE_URL, FICHIERS_RACINE),
}
FICHIER_TAILLE_MAX = env.int("FICHIER_TAILLE_MAX", default=20 * 1024 * 1024)
FICHIER_PAGES_MAX = env.int("FICHIER_PAGES_MAX", default=400)
ANTIVIRUS_URL = env.str("ANTIVIRUS_URL", default="")
ANTIVIRUS_EXIGE = env.bool("ANTIVIRUS_EXIGE", default=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Proofs of consent: shares that rest on one left unconfirmed are suspended after so many days, with a warning before
CONSENTEMENT_CONFIRMATION_JOURS = env.int("CONSENTEMENT_CONFIRMATION_JOURS", default=30)
CONSENTEMENT_RAPPEL_JOURS = env.int("CONSENTEMENT_RAPPEL_JOURS", default=7)

# E-mails
vars().update(adresses.courriel(env.str("EMAIL_URL", default="consolemail://")))
EMAIL_TIMEOUT = 10
COURRIER_EXPEDITEUR = env.json("COURRIER_EXPEDITEUR", default={})  # sender block of the letters
DEFAULT_FROM_EMAIL = env.str("COURRIEL_EXPEDITEUR", default="dossier-unique@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Browser security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
SESSION_COOKIE_NAME = "du_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_ABSOLUE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "du_csrf"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING_CONFIG = "dossierunique.settings.traces.configurer"
LOGGING = traces.journaux(json=True)

# Uploads stay in memory: Django would write the large ones in clear on the disk.
FILE_UPLOAD_HANDLERS = ["dossierunique.fichiers.televersement.EnMemoire"]

# dossiers.partages.backends answers for guardian too (ADR 2).
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

ACCOUNT_ADAPTER = "partners.comptes.adaptateur.Adaptateur"
ACCOUNT_FORMS = {"login": "partners.comptes.forms.FormulaireConnexion"}
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_CALLABLE = "partners.comptes.views.verrouille"
