"""Settings common to the demo, the tests and production.

Everything that an operator may change is read from the environment (see .env.example);
the demo and test modules fill what is missing with the embedded services.
"""

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
# Who answers, as the public pages say it
CONTACT_COURRIEL = env.str("CONTACT_COURRIEL", default="")
CONTACT_TELEPHONE = env.str("CONTACT_TELEPHONE", default="")
DPO_COURRIEL = env.str("DPO_COURRIEL", default="")
SECURITE_CONTACT = env.str("SECURITE_CONTACT", default="")
HEBERGEUR = env.str("HEBERGEUR", default="")
DIRECTEUR_PUBLICATION = env.str("DIRECTEUR_PUBLICATION", default="")

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
    # In the order of the header: the spaces beside the application, then its own entries.
    "documentation",
    "annuaire",
    "dossiers",
    "opex",
]

MIDDLEWARE = [
    "dossierunique.securite.middleware.identifiant_de_requete",
    "dossierunique.securite.middleware.methodes_admises",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dossierunique.entetes.en_tetes",
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
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["dossierunique.ui.typographie.Fichiers", "dossierunique.ui.typographie.Applications"],
                )
            ],
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
# To be turned off behind a pooler that gives each transaction another connection.
REQUETES_PREPAREES = env.bool("REQUETES_PREPAREES", default=True)
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
CLES_MEDICALES = cles.trousseau(env.str("CLES_MEDICALES", default=""))
CLE_MEDICALES_COURANTE = cles.courante(CLES_MEDICALES)
CLE_EMPREINTE = cles.cle(env.str("CLE_EMPREINTE", default=""))
CLES_SCEAUX = cles.trousseau(env.str("CLES_SCEAUX", default=""))
CLE_SCEAUX_COURANTE = cles.courante(CLES_SCEAUX)

# Journal: months kept before a whole partition is dropped, and how old an unsealed row may be
JOURNAL_MOIS_GARDES = env.int("JOURNAL_MOIS_GARDES", default=12)
JOURNAL_SCEAU_RETARD = env.int("JOURNAL_SCEAU_RETARD", default=900)
RELEVE_NOMME_LES_AGENTS = env.bool("RELEVE_NOMME_LES_AGENTS", default=False)

# Identity
AUTH_USER_MODEL = "partners.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "partners.comptes.backends.Comptes",
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
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, not the one where it is changed
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ADRESSE_PUBLIQUE.split(":")[0]
# Failed passwords are counted by partners/comptes/verrou.py. These only bound floods: a whole organisme may share one
# address. The codes of the second factor are counted under login_failed, by account, once its password is known.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": "5/300s/key",
    "reset_password": "120/m/ip,5/m/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_ADAPTER = "partners.comptes.adaptateur.AdaptateurFacteurs"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Without a password a passkey is two factors by itself: the browser is asked to verify the person (PIN or finger).
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers allow passkeys on https and on localhost only; the origin is then always checked.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_FORMS = {
    "add_webauthn": "partners.comptes.forms.FormulaireCle",
    "edit_webauthn": "partners.comptes.forms.FormulaireNomDeCle",
}
MFA_TOTP_ISSUER = "Dossier unique"
MFA_TOTP_TOLERANCE = 1
SECOND_FACTEUR_EXIGE = env.bool("SECOND_FACTEUR_EXIGE", default=True)
SESSION_INACTIVITE = env.int("SESSION_INACTIVITE", default=1800)
SESSION_ABSOLUE = env.int("SESSION_ABSOLUE", default=36000)
# A sensitive act asks for a proof of identity younger than this (0: never, which production refuses).
RENFORT_MINUTES = env.int("RENFORT_MINUTES", default=10)
ACCOUNT_REAUTHENTICATION_TIMEOUT = RENFORT_MINUTES * 60
BROUILLON_JOURS = env.int("BROUILLON_JOURS", default=7)

# Sign-in by an OpenID provider (ProConnect), beside local accounts: off without an issuer
OIDC_EMETTEUR = env.str("OIDC_EMETTEUR", default="")
OIDC_ACTIF = bool(OIDC_EMETTEUR)
OIDC_RP_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_RP_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_RP_SCOPES = env.str("OIDC_SCOPES", default="openid")
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_ACR_DEMANDES = env.list("OIDC_ACR_DEMANDES", default=[])
# Levels (acr) at which the provider has asked for two factors itself: ours is not asked again.
OIDC_ACR_FORTS = env.list("OIDC_ACR_FORTS", default=[])
OIDC_PARAMETRES = env.json("OIDC_PARAMETRES", default={})

# Habilitations: suspended after so many days without use, told so many days before.
HABILITATION_INUTILISEE_JOURS = env.int("HABILITATION_INUTILISEE_JOURS", default=90)
HABILITATION_INUTILISEE_PREAVIS = env.int("HABILITATION_INUTILISEE_PREAVIS", default=10)

MANDATAIRES = env.int("MANDATAIRES", default=0)  # trusted proxies in front of us
ALLAUTH_TRUSTED_PROXY_COUNT = MANDATAIRES
AXES_USERNAME_CALLABLE = "partners.comptes.forms.identifiant_compte"
AXES_CLIENT_IP_CALLABLE = "dossierunique.adresse_client.adresse_client"
AXES_HANDLER = "partners.comptes.verrou.Garde"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
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

# Jobs done are kept so many days: asked again meanwhile, they are not done twice
ENVOIS_GARDES_JOURS = env.int("ENVOIS_GARDES_JOURS", default=180)

# Individual exceptions
PRET_JOURS_MAX = env.int("PRET_JOURS_MAX", default=30)
BRIS_DE_GLACE_MINUTES = env.int("BRIS_DE_GLACE_MINUTES", default=60)
BRIS_DE_GLACE_ESSAIS_PAR_HEURE = env.int("BRIS_DE_GLACE_ESSAIS_PAR_HEURE", default=10)
BRIS_DE_GLACE_EXAMEN_JOURS = env.int("BRIS_DE_GLACE_EXAMEN_JOURS", default=7)
# Proofs of consent: shares that rest on one left unconfirmed are suspended after so many days, with a warning before
CONSENTEMENT_CONFIRMATION_JOURS = env.int("CONSENTEMENT_CONFIRMATION_JOURS", default=30)
CONSENTEMENT_RAPPEL_JOURS = env.int("CONSENTEMENT_RAPPEL_JOURS", default=7)
# Lists of people who leave on an operation: lines that a user may file in a day, days before a forgotten one is emptied
OPEX_LISTE_LIGNES_PAR_JOUR = env.int("OPEX_LISTE_LIGNES_PAR_JOUR", default=3000)
OPEX_LISTE_JOURS = env.int("OPEX_LISTE_JOURS", default=7)
# Directory: an entry is to be verified again after so many days; a list filed and forgotten is emptied after so many
ANNUAIRE_VERIFICATION_JOURS = env.int("ANNUAIRE_VERIFICATION_JOURS", default=183)
ANNUAIRE_LISTE_JOURS = env.int("ANNUAIRE_LISTE_JOURS", default=7)

# OPEX: a DAPIAS lasts so many months; its end, and the next steps, are recalled so many days before; the EPFP is asked
# before the end of the n-th year after the wound; a dossier without a wound expires so many months after the return
DAPIAS_MOIS = env.int("DAPIAS_MOIS", default=6)
DAPIAS_ALERTE_JOURS = env.int("DAPIAS_ALERTE_JOURS", default=30)
ECHEANCE_RAPPEL_JOURS = env.int("ECHEANCE_RAPPEL_JOURS", default=30)
EPFP_ANNEES = env.int("EPFP_ANNEES", default=4)
OPEX_EXPIRATION_MOIS = env.int("OPEX_EXPIRATION_MOIS", default=24)
# Days left to late papers before the figures of a year are published for good.
RECENSEMENT_ATTENTE_JOURS = env.int("RECENSEMENT_ATTENTE_JOURS", default=90)

# Documentation: the author of an article is told so many days before the end of its validity
ARTICLE_RAPPEL_JOURS = env.int("ARTICLE_RAPPEL_JOURS", default=30)

# E-mails
vars().update(adresses.courriel(env.str("EMAIL_URL", default="consolemail://")))
EMAIL_TIMEOUT = 10
COURRIER_EXPEDITEUR = env.json("COURRIER_EXPEDITEUR", default={})  # sender block of the letters
DEFAULT_FROM_EMAIL = env.str("COURRIEL_EXPEDITEUR", default="dossier-unique@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Browser security: every directive is said, so that nothing depends on a default
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [NONE],
        "media-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        # Signing out is a form, whose answer leads to the provider.
        "form-action": [SELF, *adresses.origines(OIDC_EMETTEUR)],
        "report-uri": env.list("CSP_RAPPORTS", default=[]) or None,
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "dossierunique.securite.seances"
EN_TETES = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": ", ".join(
        [
            "publickey-credentials-get=(self)",
            "publickey-credentials-create=(self)",
            *(
                f"{fonction}=()"
                for fonction in (
                    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope",
                    "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock",
                    "serial", "usb", "xr-spatial-tracking",
                )
            ),
        ]
    ),
}  # fmt: skip
SESSION_COOKIE_NAME = "du_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_ABSOLUE
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "du_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING_CONFIG = "dossierunique.settings.traces.configurer"
LOGGING = traces.journaux(json=True)

# Uploads stay in memory: Django would write the large ones in clear on the disk.
FILE_UPLOAD_HANDLERS = ["dossierunique.fichiers.televersement.EnMemoire"]

# dossiers.partages.backends answers for guardian too (ADR 2).
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

ACCOUNT_ADAPTER = "partners.comptes.adaptateur.Adaptateur"
ACCOUNT_FORMS = {
    "login": "partners.comptes.forms.FormulaireConnexion",
    "reauthenticate": "partners.comptes.forms.FormulairePreuve",
    "change_password": "partners.comptes.forms.FormulaireChangement",
    "reset_password_from_key": "partners.comptes.forms.FormulaireChoix",
}
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_CALLABLE = "partners.comptes.views.verrouille"
