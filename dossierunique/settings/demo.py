"""The demo: fictitious people, embedded services, no second factor.

DATABASE_URL, REDIS_URL and the other variables still win, so that the demo may stand on outer services.
"""

from django.core.exceptions import ImproperlyConfigured

from dossierunique.embarque import lieux
from dossierunique.settings.base import *

LIEU = lieux.lieu()
_secrets = lieux.lire_secrets(LIEU)


def _cle(nom: str) -> str:
    valeur = env.str(nom, default="") or _secrets.get(nom, "")
    if not valeur:
        raise ImproperlyConfigured(
            f"{nom} manque : lancez une première fois « make demo », qui crée les clés de la démonstration"
        )
    return valeur


MODE_DEMO = True
SECRET_KEY = _cle("SECRET_KEY")
CLES_DONNEES = cles.trousseau(_cle("CLES_DONNEES"))
CLE_DONNEES_COURANTE = cles.courante(CLES_DONNEES)
CLES_FICHIERS = cles.trousseau(_cle("CLES_FICHIERS"))
CLE_FICHIERS_COURANTE = cles.courante(CLES_FICHIERS)
CLES_MEDICALES = cles.trousseau(_cle("CLES_MEDICALES"))
CLE_MEDICALES_COURANTE = cles.courante(CLES_MEDICALES)
CLE_EMPREINTE = cles.cle(_cle("CLE_EMPREINTE"))
CLES_SCEAUX = cles.trousseau(_cle("CLES_SCEAUX"))
CLE_SCEAUX_COURANTE = cles.courante(CLES_SCEAUX)

if not BASE_APPLICATION:
    BASE_APPLICATION = LIEU.url_base()
    BASE_PROPRIETAIRE = LIEU.url_base(lieux.PROPRIETAIRE)
    DATABASES = adresses.bases(BASE_APPLICATION, BASE_PROPRIETAIRE)
if not REDIS_URL:
    REDIS_URL = LIEU.url_redis
    CELERY_BROKER_URL = adresses.courtier(REDIS_URL)
    CACHES = {"default": adresses.cache(REDIS_URL)}

PORT = env.int("PORT", default=8000)
ADRESSE_PUBLIQUE = env.str("ADRESSE_PUBLIQUE", default=f"http://127.0.0.1:{PORT}")
CONTACT_COURRIEL = "contact@demo.example"
CONTACT_TELEPHONE = "01 99 00 00 00"
DPO_COURRIEL = "dpo@demo.example"
SECURITE_CONTACT = "securite@demo.example"
HEBERGEUR = "Hébergement fictif de la démonstration."
DIRECTEUR_PUBLICATION = "direction fictive de la démonstration"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
SECOND_FACTEUR_EXIGE = env.bool("SECOND_FACTEUR_EXIGE", default=False)
ANTIVIRUS_EXIGE = env.bool("ANTIVIRUS_EXIGE", default=False)

STATIC_ROOT = LIEU.racine / "statiques"
FICHIERS_RACINE = env.path("FICHIERS_RACINE", default=str(LIEU.fichiers))()
STORAGES = {**STORAGES, "fichiers": adresses.stockage(STOCKAGE_URL, FICHIERS_RACINE)}
if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "dossierunique.notifications.courriels_demo.EmailBackend"
    EMAIL_FILE_PATH = str(LIEU.courriels)

LOGGING = traces.journaux(json=False)
