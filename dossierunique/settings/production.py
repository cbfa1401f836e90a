"""Production: everything comes from the environment, and nothing starts on a missing or weak setting."""

from dossierunique.settings import controles
from dossierunique.settings.base import *

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^sante/"]  # probes speak to the container in plain HTTP
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-du_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-du_csrf"
if MANDATAIRES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Our own pages frame the papers they show (W019); the preload list is the operator's choice (W021).
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W019", "security.W021"]
LOGGING = traces.journaux(json=True, niveau=env.str("NIVEAU_JOURNAUX", default="INFO"))

controles.exiger(vars())
