"""What production cannot do without."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

INDISPENSABLES = {
    "SECRET_KEY": "SECRET_KEY",
    "ALLOWED_HOSTS": "ALLOWED_HOSTS",
    "BASE_APPLICATION": "DATABASE_URL",
    "REDIS_URL": "REDIS_URL",
    "CLES_DONNEES": "CLES_DONNEES",
    "CLES_FICHIERS": "CLES_FICHIERS",
    "CLES_MEDICALES": "CLES_MEDICALES",
    "CLE_EMPREINTE": "CLE_EMPREINTE",
    "CLES_SCEAUX": "CLES_SCEAUX",
    # Without them the public pages, which the law asks for, would say nothing.
    "CONTACT_COURRIEL": "CONTACT_COURRIEL",
    "DPO_COURRIEL": "DPO_COURRIEL",
    "SECURITE_CONTACT": "SECURITE_CONTACT",
    "HEBERGEUR": "HEBERGEUR",
    "DIRECTEUR_PUBLICATION": "DIRECTEUR_PUBLICATION",
}


def exiger(reglages: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured naming everything that is missing or weak, all at once."""
    fautes = [f"{variable} manque" for nom, variable in INDISPENSABLES.items() if not reglages[nom]]
    fautes += _faiblesses(reglages)
    fautes += _connexion(reglages)
    if not 6 <= reglages["JOURNAL_MOIS_GARDES"] <= 36:
        fautes.append("JOURNAL_MOIS_GARDES va de 6 à 36")
    if fautes:
        raise ImproperlyConfigured("Réglages à corriger (voir .env.example) : " + " ; ".join(fautes))


def _faiblesses(reglages: Mapping[str, Any]) -> list[str]:
    fautes = []
    if reglages["SECRET_KEY"] and len(reglages["SECRET_KEY"]) < 50:
        fautes.append("SECRET_KEY est trop courte (50 caractères au moins)")
    if "*" in reglages["ALLOWED_HOSTS"]:
        fautes.append("ALLOWED_HOSTS ne peut pas être « * »")
    if reglages["EMAIL_BACKEND"].endswith(("console.EmailBackend", "dummy.EmailBackend")):
        fautes.append("EMAIL_URL manque")
    if not reglages["ADRESSE_PUBLIQUE"].startswith("https://"):
        fautes.append("ADRESSE_PUBLIQUE doit commencer par https://")
    if reglages["ANTIVIRUS_EXIGE"] and not reglages["ANTIVIRUS_URL"]:
        fautes.append("ANTIVIRUS_URL manque (ou ANTIVIRUS_EXIGE=False, à vos risques)")
    if reglages["CLE_EMPREINTE"] and _cle_reemployee(reglages):
        fautes.append("la même clé sert deux fois : donnez des clés différentes")
    roles = {reglages["DATABASES"][b]["USER"] for b in reglages["DATABASES"]}
    if len(roles) < len(reglages["DATABASES"]):
        fautes.append("DATABASE_URL et DATABASE_OWNER_URL doivent porter deux rôles différents")
    return fautes


def _connexion(reglages: Mapping[str, Any]) -> list[str]:
    fautes = [] if reglages["RENFORT_MINUTES"] > 0 else ["RENFORT_MINUTES doit être au moins 1"]
    if not reglages["OIDC_EMETTEUR"]:
        return fautes
    if not reglages["OIDC_EMETTEUR"].startswith("https://"):
        fautes.append("OIDC_EMETTEUR doit commencer par https://")
    if not (reglages["OIDC_RP_CLIENT_ID"] and reglages["OIDC_RP_CLIENT_SECRET"]):
        fautes.append("OIDC_CLIENT_ID ou OIDC_CLIENT_SECRET manque")
    return fautes


def _cle_reemployee(reglages: Mapping[str, Any]) -> bool:
    toutes = [
        *reglages["CLES_DONNEES"].values(),
        *reglages["CLES_FICHIERS"].values(),
        *reglages["CLES_MEDICALES"].values(),
        *reglages["CLES_SCEAUX"].values(),
        reglages["CLE_EMPREINTE"],
    ]
    return len(set(toutes)) < len(toutes)
