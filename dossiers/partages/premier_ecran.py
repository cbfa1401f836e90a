"""The first screen of a dossier, in one statement; what may be shown of it is decided by the rooms, as elsewhere.

The querysets of the rooms said the same in twelve statements: composing and planning them took most of the page.
`tests/dossiers/partages/test_premier_ecran.py` compares both.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from dossiers.assures.models import CONTEXTE_NIR, Assure
from dossiers.demandes import etats
from dossiers.demandes.plan import connait_les_lecteurs, soi_seul
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Regard
from dossiers.partages.visibilite import LISIBLE, LISIBLE_TYPES, lecteur
from dossierunique.preparees import Preparee
from dossierunique.securite.crypto import dechiffrer
from partners.models import Habilitation, Unite

PIECES_MONTREES = 6
FAITS_MONTRES = 8

# In the order of the models' fields, as Model.from_db expects them.
DOSSIER = ("id", "numero", "assure_id", "programme", "unite_id", "endormi", "lecteurs")
ASSURE = (
    "id",
    "reference",
    "nir",
    "nir_provisoire",
    "nom_naissance",
    "nom_usage",
    "prenoms",
    "sexe",
    "date_naissance",
)
UNITE = ("id", "nom", "ville")


def _nom(alias: str) -> str:
    # As Utilisateur.__str__ writes it.
    return f"coalesce(nullif(btrim({alias}.first_name || ' ' || {alias}.last_name), ''), {alias}.username)"


def _colonnes(alias: str, noms: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{nom}" for nom in noms)


# The last demande still open, else the last one; a draft only for the people of the organisme that wrote it.
DEMANDE = f"""
SELECT dm.id, dm.numero, json_build_object(
         'pk', dm.id, 'numero', dm.numero, 'etat', dm.etat, 'type_aide', ta.nom, 'cout', dm.cout,
         'deja_couvert', dm.deja_couvert, 'periodicite', dm.periodicite, 'montant_demande', dm.montant_demande,
         'montant_cnmss', dm.montant_cnmss, 'reste_a_charge', dm.reste_a_charge, 'soumise_le', dm.soumise_le,
         'echeance', dm.echeance, 'instructeur', {_nom("iu")}, 'instructeur_telephone', iu.telephone) AS json
  FROM dossiers_demande dm
  JOIN dossiers_type_aide ta ON ta.id = dm.type_aide_id
  JOIN partners_habilitation ch ON ch.id = dm.cree_par_id
  LEFT JOIN partners_habilitation ih ON ih.id = dm.instruite_par_id
  LEFT JOIN partners_utilisateur iu ON iu.id = ih.utilisateur_id
 WHERE dm.dossier_id = d.id AND dm.etat <> 'annulee'
   AND (dm.soumise_le IS NOT NULL OR ch.organisme_id = %(propre)s)
 ORDER BY dm.etat = ANY (%(fermees)s), dm.id DESC LIMIT 1
"""  # noqa: S608

PIECES = f"""
SELECT json_build_object(
         'reference', j.reference, 'etat', j.etat, 'motif_rejet', j.motif_rejet,
         'raison_rejet', j.raison_rejet, 'depose_le', j.depose_le,
         'type', json_build_object('nom', j.nom, 'classe', j.classe),
         'fichier', (SELECT json_build_object('etat', f.etat, 'pages', f.pages, 'taille', f.taille)
                       FROM fichiers_fichier f WHERE f.id = j.fichier_id),
         'depose_par', json_build_object('organisme_id', dh.organisme_id)) AS json
  FROM (SELECT jj.*, t.nom, t.classe, t.ordre
          FROM dossiers_justificatif jj JOIN dossiers_type_piece t ON t.id = jj.type_id
         WHERE jj.demande_id = dm.id AND jj.etat <> 'remplace'
         ORDER BY t.ordre, jj.depose_le DESC, jj.id DESC LIMIT {PIECES_MONTREES}) j
  JOIN partners_habilitation dh ON dh.id = j.depose_par_id
 ORDER BY j.ordre, j.depose_le DESC, j.id DESC
"""  # noqa: S608

# Twice what is shown: some events are not for everybody to know. What an event speaks of is asked for row by row:
# joined, a table under the second lock may be read whole, with its policy tried on each row (77 ms, not 2; ADR 5).
EVENEMENTS = f"""
SELECT json_build_object(
         'genre', e.genre, 'quand', e.quand, 'donnees', e.donnees::text, 'auteur_id', e.auteur_id,
         'auteur', CASE WHEN eh.id IS NOT NULL THEN json_build_object(
            'organisme_id', eh.organisme_id, 'utilisateur', {_nom("eu")}, 'organisme', eo.sigle) END,
         'organisme', CASE WHEN ro.id IS NOT NULL THEN json_build_object('sigle', ro.sigle) END,
         'demande', CASE WHEN e.demande_id = dm.id THEN json_build_object('numero', dm.numero) ELSE (
            SELECT json_build_object('numero', ed.numero) FROM dossiers_demande ed WHERE ed.id = e.demande_id) END,
         'piece', (
            SELECT json_build_object('motif_rejet', ej.motif_rejet, 'raison_rejet', ej.raison_rejet,
                                     'type', json_build_object('nom', et.nom, 'classe', et.classe))
              FROM dossiers_justificatif ej JOIN dossiers_type_piece et ON et.id = ej.type_id
             WHERE ej.id = (e.donnees ->> 'piece')::bigint),
         'contribution', (
            SELECT json_build_object('pk', ec.id, 'organisme_id', ec.organisme_id, 'etat', ec.etat)
              FROM dossiers_contribution ec WHERE ec.id = (e.donnees ->> 'contribution')::bigint),
         'decision', (
            SELECT json_build_object('issue', dc.issue, 'montant', dc.montant)
              FROM dossiers_decision dc WHERE dc.id = (e.donnees ->> 'decision')::bigint),
         'demandees', CASE WHEN e.genre = 'pieces_demandees' THEN (
            SELECT json_agg(json_build_object('pk', pd.id, 'type', json_build_object('nom', pt.nom)))
              FROM dossiers_piece_demandee pd JOIN dossiers_type_piece pt ON pt.id = pd.type_id
             WHERE pd.id IN (SELECT x::bigint FROM jsonb_array_elements_text(e.donnees -> 'pieces') x)) END,
         'consentement', (
            SELECT json_build_object('signe_le', ac.signe_le, 'lignes', coalesce((
                SELECT json_agg(json_build_object('organisme_id', lc.organisme_id, 'decision', lc.decision,
                                                  'organisme', json_build_object('sigle', lo.sigle))
                                ORDER BY lo.sigle, lc.id)
                  FROM dossiers_ligne_consentement lc JOIN partners_organisme lo ON lo.id = lc.organisme_id
                 WHERE lc.consentement_id = ac.id), '[]'))
              FROM dossiers_consentement ac WHERE ac.id = (e.donnees ->> 'consentement')::bigint)) AS json
  FROM (SELECT * FROM dossiers_evenement WHERE dossier_id = d.id
         ORDER BY quand DESC, id DESC LIMIT {FAITS_MONTRES * 2}) e
  LEFT JOIN partners_habilitation eh ON eh.id = e.auteur_id
  LEFT JOIN partners_utilisateur eu ON eu.id = eh.utilisateur_id
  LEFT JOIN partners_organisme eo ON eo.id = eh.organisme_id
  LEFT JOIN partners_organisme ro ON ro.id = e.organisme_id
 ORDER BY e.quand DESC, e.id DESC
"""  # noqa: S608

CONTRIBUTIONS = """
SELECT json_build_object('organisme_id', c.organisme_id, 'organisme', json_build_object('sigle', o.sigle),
                         'etat', c.etat, 'montant', c.montant) AS json
  FROM dossiers_contribution c JOIN partners_organisme o ON o.id = c.organisme_id
 WHERE c.demande_id = dm.id ORDER BY o.sigle, c.id
"""

PARTAGES = """
SELECT json_build_object('organisme_id', p.organisme_id, 'organisme', o.sigle, 'code', o.code,
                         'nature', p.nature) AS json
  FROM dossiers_partage p JOIN partners_organisme o ON o.id = p.organisme_id
 WHERE p.dossier_id = d.id AND p.retire_le IS NULL AND p.nature <> 'unite' ORDER BY p.nature DESC, o.sigle
"""

# The person's dossiers of the other programmes, through the same door: `d` is one of them here.
AUTRES = f"""
SELECT json_build_object('numero', d.numero, 'programme', d.programme) AS json
  FROM dossiers_dossier d
 WHERE d.assure_id = a.id AND d.numero <> %(numero)s AND {LISIBLE} ORDER BY d.programme
"""  # noqa: S608


def _liste(requete: str) -> str:
    return f"(SELECT coalesce(json_agg(lues.json), '[]') FROM ({requete}) lues)"  # noqa: S608


LIRE = Preparee(
    f"""
    SELECT {_colonnes("d", DOSSIER)}, {_colonnes("a", ASSURE)}, {_colonnes("un", UNITE)},
           json_build_object(
             'ouvert_par', json_build_object('nom', {_nom("ou")}, 'profil', oh.profil, 'telephone', ou.telephone),
             'demande', dm.json,
             'pieces', {_liste(PIECES)},
             'contributions', {_liste(CONTRIBUTIONS)},
             'evenements', {_liste(EVENEMENTS)},
             'partages', {_liste(PARTAGES)},
             'autres', {_liste(AUTRES)},
             'suspendu', EXISTS (SELECT 1 FROM dossiers_preuve_a_confirmer pc
                                  WHERE pc.dossier_id = d.id AND pc.suspendu_le IS NOT NULL))::text
      FROM dossiers_dossier d
      JOIN dossiers_assure a ON a.id = d.assure_id
      JOIN partners_unite un ON un.id = d.unite_id
      JOIN partners_habilitation oh ON oh.id = d.ouvert_par_id
      JOIN partners_utilisateur ou ON ou.id = oh.utilisateur_id
      LEFT JOIN LATERAL ({DEMANDE}) dm ON true
     WHERE d.numero = %(numero)s AND {LISIBLE}
    """,  # noqa: S608
    {"numero": "text", "propre": "bigint", "fermees": "text[]", **LISIBLE_TYPES},
)
FERMEES = sorted(etats.TERMINEES | etats.DECIDEES)


@dataclass(frozen=True, slots=True)
class PremierEcran:
    """A dossier with its person and unit, and what its cards may speak of: no policy has been applied to them yet."""

    dossier: Dossier
    ouvert_par: Any
    demande: Any
    pieces: list[Any]
    contributions: list[Any]
    evenements: list[Any]
    partages: list[Any]
    autres: list[Any]
    suspendu: bool

    def lecteurs_connus(self, regard: Regard) -> frozenset[int]:
        """As `plan.lecteurs_connus`, from the shares that were read."""
        if not connait_les_lecteurs(regard):
            return soi_seul(regard)
        return frozenset(p.organisme_id for p in self.partages if p.nature == "consentement")


def lire(habilitation: Habilitation, numero: str) -> PremierEcran | None:
    """What the overview of this dossier stands on; None when this habilitation does not read it."""
    qui = lecteur(habilitation)
    if qui is None:
        return None
    ligne = LIRE.ligne(numero=numero, propre=habilitation.organisme_id, fermees=FERMEES, **qui)
    if ligne is None:
        return None
    lu = json.loads(ligne[-1], parse_float=Decimal, object_hook=_objet)
    for piece in lu.pieces:
        piece.demande = lu.demande
    return PremierEcran(dossier=_dossier(ligne), **vars(lu))


def _dossier(ligne: tuple[Any, ...]) -> Dossier:
    valeurs = iter(ligne)
    dossier, assure, unite = ([next(valeurs) for _ in noms] for noms in (DOSSIER, ASSURE, UNITE))
    assure[2] = dechiffrer(assure[2], CONTEXTE_NIR)
    lu = Dossier.from_db("default", DOSSIER, dossier)
    lu.assure = Assure.from_db("default", ASSURE, assure)
    lu.unite = Unite.from_db("default", UNITE, unite)
    return lu


# JSON knows neither dates nor references.
CONVERTIR: dict[str, Any] = {
    "quand": datetime.fromisoformat,
    "depose_le": datetime.fromisoformat,
    "soumise_le": datetime.fromisoformat,
    "signe_le": date.fromisoformat,
    "echeance": date.fromisoformat,
    "reference": UUID,
    "donnees": json.loads,
}


def _objet(champs: dict[str, Any]) -> SimpleNamespace:
    for nom, convertir in CONVERTIR.items():
        if champs.get(nom) is not None:
            champs[nom] = convertir(champs[nom])
    return SimpleNamespace(**champs)
