"""The page types of the OPEX programme, for the profiles that work on them."""

from tests.navigateur.demonstration import Demonstration

# The richest dossier in one of these states that the account reads.
DOSSIER = """
SELECT d.numero FROM dossiers_dossier d JOIN opex_suivi s ON s.dossier_id = d.id
JOIN dossiers_partage p ON p.dossier_id = d.id AND p.retire_le IS NULL
JOIN partners_habilitation h ON (h.organisme_id = p.organisme_id OR EXISTS (
  SELECT FROM partners_habilitation_unites hu WHERE hu.habilitation_id = h.id AND hu.unite_id = p.unite_id))
JOIN partners_utilisateur u ON u.id = h.utilisateur_id
WHERE u.username = %s AND s.etat = ANY (%s)
ORDER BY (SELECT count(*) FROM dossiers_evenement e WHERE e.dossier_id = d.id) DESC, d.id LIMIT 1
"""
VIVANTS = ["active", "en_suivi", "en_veille"]


def dossier(demo: Demonstration, compte: str, *etats: str) -> str:
    """The address of an OPEX dossier in one of these states, awake unless said."""
    return f"/opex/dossiers/{demo.une(DOSSIER, compte, list(etats) or VIVANTS)}/"


def correspondant(demo: Demonstration) -> dict[str, str]:
    """Departures, and what the unit sees of a wounded person."""
    dormant = dossier(demo, "correspondant", "identifie")
    return {
        "opex_accueil": "/opex/", "opex_identifier": "/opex/identifier/", "opex_importer": "/opex/listes/importer/",
        "opex_listes": "/opex/listes/", "opex_a_posteriori": "/opex/a-posteriori/", "opex_dormant": dormant,
        "opex_imprimes": f"{dormant}imprimes/", "opex_imprime": f"{dormant}imprimes/1/",
        "opex_imprime_saisie": f"{dormant}imprimes/nouveau/", "opex_signer": f"{dormant}imprimes/1/signer/",
        "opex_suivi_dormant": f"{dormant}suivi/", "opex_signaler": f"{dormant}blessures/nouvelle/",
        "opex_depart": f"{dormant}suivi/depart/", "opex_deposer": dormant.replace("/opex", "") + "pieces/deposer/",
    }  # fmt: skip


def gestionnaire(demo: Demonstration) -> dict[str, str]:
    """The whole follow-up, seen by the CNMSS."""
    blesse, deuil = dossier(demo, "gestionnaire"), dossier(demo, "gestionnaire", "decede")
    return {
        "opex_vie": blesse, "opex_vie_filtree": f"{blesse}?du=2020-01-01", "opex_suivi": f"{blesse}suivi/",
        "opex_aides": f"{blesse}aides/", "opex_aide_choisir": f"{blesse}aides/nouvelle/",
        "opex_blessure": f"{blesse}blessures/1/", "opex_reconnaissance": f"{blesse}blessures/1/reconnaissance/",
        "opex_evolution": f"{blesse}blessures/1/evolution/", "opex_dapias": f"{blesse}blessures/1/dapias/",
        "opex_etape": f"{blesse}etapes/nouvelle/", "opex_referent": f"{blesse}suivi/referent/",
        "opex_relais": f"{blesse}suivi/relais/", "opex_echeances": "/opex/echeances/",
        "opex_deuil": f"{deuil}suivi/", "opex_ayant_cause": f"{deuil}famille/nouveau/",
        "opex_operations": "/opex/operations/", "opex_genres": "/opex/genres-aide/",
        "opex_genres_de": "/opex/genres-aide/sdp/", "opex_recensement": "/opex/recensement/",
    }  # fmt: skip


def referent(demo: Demonstration) -> dict[str, str]:
    """The one who follows the wounded."""
    suivi = dossier(demo, "opex")
    return {
        "accueil": "/", "dossiers": "/dossiers/", "vie": suivi, "suivi": f"{suivi}suivi/", "aides": f"{suivi}aides/",
        "aide_nouvelle": f"{suivi}aides/nouvelle/", "pieces": suivi.replace("/opex", "") + "pieces/",
        "echeances": "/opex/echeances/",
    }  # fmt: skip
