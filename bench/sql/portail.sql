-- Everything that 1 or N dossiers need, through the real tables, constraints and triggers.
-- `apport` (rang, nir, empreinte, sexe, naissance, dossier, demande) and `reperes` (one row of keys) are given.
-- The key of an assuré, its dossier, its consent and its demande are the same number, `rang`: 1 is the oldest.

CREATE TEMP VIEW ligne AS
  SELECT a.*, r.*, r.unites[1 + rang % cardinality(r.unites)] AS unite,
         now() - (r.nombre - rang + 3) * (interval '3650 days' / r.nombre) AS ouvert_le,
         rang > r.nombre * 0.8 AS recent
  FROM apport a CROSS JOIN reperes r;

INSERT INTO dossiers_assure (id, reference, nir, nir_empreinte, nir_provisoire, nom_naissance, nom_usage, prenoms, sexe,
    date_naissance, lieu_naissance, adresse, telephone, courriel, statut, grade, matricule, unite_id, mutuelle_id,
    cree_par_id, cree_le, version)
  SELECT rang, gen_random_uuid(), nir, empreinte, false, 'Bénoît-' || md5(rang::text), '', 'Éloïse', sexe, naissance, '',
         '1 rue de l’Exemple', '', '', 'activite', 'sergent', '', unite, NULL, correspondant, ouvert_le, 1
  FROM ligne;

INSERT INTO dossiers_dossier (id, numero, assure_id, programme, unite_id, situation, ouvert_le, ouvert_par_id, endormi)
  SELECT rang, dossier, rang, 'DU', unite,
         CASE WHEN NOT recent THEN 'decide' WHEN rang % 3 = 1 THEN 'a_completer' ELSE 'en_cours' END,
         ouvert_le, correspondant, false
  FROM ligne;

INSERT INTO dossiers_consentement (id, dossier_id, texte_id, signe_le, canal, enregistre_par_id, enregistre_le)
  SELECT rang, rang, texte, ouvert_le::date, 'papier', correspondant, ouvert_le FROM ligne;

INSERT INTO dossiers_ligne_consentement (consentement_id, dossier_id, organisme_id, decision, effet_le)
  SELECT rang, rang, soixante, CASE WHEN rang % 5 < 3 THEN 'accorde' ELSE 'refuse' END, ouvert_le FROM ligne
  UNION ALL SELECT rang, rang, centieme, 'accorde', ouvert_le FROM ligne WHERE rang % 100 = 0
  UNION ALL SELECT rang, rang, anciens, 'accorde', ouvert_le FROM ligne WHERE rang <= 30
  UNION ALL SELECT rang, rang, tiers, 'accorde', ouvert_le FROM ligne WHERE riche;

-- An INSERT a group of recipients: the partners' rows are scattered in the table, as they are in life.
-- The array of readers is computed once at the end, not at each share.
ALTER TABLE dossiers_partage DISABLE TRIGGER dossiers_partage_lecteurs;

INSERT INTO dossiers_partage (dossier_id, organisme_id, unite_id, nature, depuis, motif, consentement_ligne_id,
    programme, ouvert_le, situation, nom_tri, naissance_tri)
  SELECT dossier_id, organisme_id, unite_id, nature, depuis, '', ligne_id, '', depuis, '', '', '' FROM (
    SELECT rang AS dossier_id, cnmss AS organisme_id, NULL::bigint AS unite_id, 'mission' AS nature,
           ouvert_le AS depuis, NULL::bigint AS ligne_id FROM ligne
    UNION ALL SELECT rang, NULL, unite, 'unite', ouvert_le, NULL FROM ligne
    UNION ALL SELECT dossier_id, organisme_id, NULL, 'consentement', effet_le, id FROM dossiers_ligne_consentement
      WHERE decision = 'accorde'
  ) p ORDER BY dossier_id;

ALTER TABLE dossiers_partage ENABLE TRIGGER dossiers_partage_lecteurs;
UPDATE dossiers_dossier SET lecteurs = '{}';

INSERT INTO dossiers_demande (id, numero, dossier_id, type_aide_id, besoin, etat, periodicite, cout, deja_couvert,
    montant_demande, montant_cnmss, montant_partenaires, cree_par_id, cree_le, soumise_le, complete_le, echeance,
    instruite_par_id, modifiee_le, version)
  SELECT rang, demande, rang, type_aide, 'Retour à domicile après une opération de la hanche.',
         CASE WHEN riche THEN 'en_instruction' WHEN NOT recent THEN 'close' WHEN rang % 3 = 1 THEN 'incomplete'
              WHEN rang % 3 = 2 THEN 'soumise' ELSE 'en_instruction' END,
         'mensuel', 1200, 100, 500, CASE WHEN recent OR riche THEN 0 ELSE 400 END, 0, correspondant, ouvert_le,
         ouvert_le + interval '2 hours', CASE WHEN riche OR NOT recent THEN ouvert_le + interval '6 days' END,
         CASE WHEN recent THEN current_date + (rang % 60)::int - 20 END,
         CASE WHEN riche OR NOT recent OR rang % 3 = 0 THEN gestionnaires[1 + rang % cardinality(gestionnaires)] END,
         ouvert_le, 1
  FROM ligne;

-- One paper a demande; twelve on the files whose page is measured.
CREATE TEMP TABLE depot AS
  SELECT row_number() OVER (ORDER BY rang, n) AS id, rang, n, types[n] AS type, correspondant, gestionnaires[1] AS gestionnaire,
         riche, ouvert_le + n * interval '7 minutes' AS quand,
         CASE WHEN NOT riche THEN 'a_verifier' WHEN n = 12 THEN 'rejete' WHEN n > 9 THEN 'a_verifier' ELSE 'valide' END AS etat
  FROM ligne, generate_series(1, 12) n WHERE riche OR n = 1;
ALTER TABLE depot ADD COLUMN coffre text;
UPDATE depot SET coffre = (SELECT CASE t.classe WHEN 'medical' THEN 'medical' ELSE 'ordinaire' END
                             FROM dossiers_type_piece t WHERE t.id = depot.type);

INSERT INTO fichiers_fichier (id, reference, nom, type_mime, taille, pages, sha256, etat, "analyse", cle_id, chemin, cree_le, cree_par_id,
    coffre, coffre_cle)
  SELECT id, gen_random_uuid(), 'piece.pdf', 'application/pdf', 184000 + id % 900000, 1 + id % 4,
         encode(sha256(id::text::bytea), 'hex'), 'disponible', 'sain', 1, gen_random_uuid()::text, quand, NULL,
         coffre, coffre
  FROM depot;

INSERT INTO dossiers_justificatif (id, reference, dossier_id, demande_id, type_id, fichier_id, etat, raison_rejet, motif_rejet,
    depose_par_id, depose_le, verifie_par_id, verifie_le)
  SELECT id, gen_random_uuid(), rang, rang, type, id, etat, 'illisible', CASE etat WHEN 'rejete' THEN 'Illisible.' ELSE '' END,
         correspondant, quand, CASE WHEN etat <> 'a_verifier' THEN gestionnaire END,
         CASE WHEN etat <> 'a_verifier' THEN quand + interval '1 day' END
  FROM depot;

INSERT INTO dossiers_contribution (demande_id, organisme_id, etat, montant, date_effet, commentaire, cree_le, maj_le, version)
  SELECT rang, organisme, CASE WHEN riche THEN 'accord' ELSE 'sollicitee' END, CASE WHEN riche THEN 60 ELSE 0 END,
         CASE WHEN riche THEN ouvert_le::date END, '', ouvert_le, ouvert_le, 1
  FROM ligne CROSS JOIN LATERAL (VALUES (soixante, rang % 5 < 3), (centieme, rang % 100 = 0), (tiers, riche)) v(organisme, partage)
  WHERE partage;

-- The history: three facts a file, some thirty on those that are measured.
INSERT INTO dossiers_evenement (dossier_id, demande_id, genre, quand, auteur_id, donnees)
  SELECT rang, NULL::bigint, 'dossier_ouvert', ouvert_le, correspondant, '{}'::jsonb FROM ligne
  UNION ALL SELECT rang, NULL, 'consentement', ouvert_le + interval '1 minute', correspondant,
                   jsonb_build_object('consentement', rang) FROM ligne
  UNION ALL SELECT rang, rang, 'demande_soumise', ouvert_le + interval '2 hours', correspondant, '{}' FROM ligne
  UNION ALL SELECT rang, rang, 'piece_deposee', quand, correspondant, jsonb_build_object('piece', id) FROM depot WHERE riche
  UNION ALL SELECT rang, rang, 'piece_validee', quand + interval '1 day', gestionnaire, jsonb_build_object('piece', id)
              FROM depot WHERE riche AND etat = 'valide'
  UNION ALL SELECT rang, rang, 'piece_rejetee', quand + interval '1 day', gestionnaire, jsonb_build_object('piece', id)
              FROM depot WHERE riche AND etat = 'rejete'
  UNION ALL SELECT rang, rang, 'demande_complete', ouvert_le + interval '25 hours', gestionnaires[1], '{}' FROM ligne WHERE riche
  UNION ALL SELECT rang, rang, 'demande_instruite', ouvert_le + interval '26 hours', gestionnaires[1], '{}' FROM ligne WHERE riche
  UNION ALL SELECT c.demande_id, c.demande_id, 'contribution', c.cree_le + interval '27 hours' + c.id % 9 * interval '1 minute',
                   partenaire, jsonb_build_object('contribution', c.id, 'etat', c.etat, 'montant', c.montant::text)
              FROM dossiers_contribution c JOIN ligne ON rang = c.demande_id WHERE riche;

INSERT INTO journal_ligne (quand, utilisateur_id, habilitation_id, organisme_id, acteur_nom, action, objet)
  SELECT now() - (nombre - rang) * interval '5 seconds', 1, correspondant, cnmss, 'Agent Fictif', 'consulter', dossier FROM ligne;

SELECT setval(pg_get_serial_sequence(t, 'id'), (SELECT count(*) + 1000 FROM depot))
  FROM unnest(ARRAY['dossiers_assure', 'dossiers_dossier', 'dossiers_consentement', 'dossiers_demande',
                    'dossiers_justificatif', 'fichiers_fichier']) t;
