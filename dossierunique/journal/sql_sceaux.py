"""Seals of the journal as the owner creates them: a chain that only grows, and the two functions that make it grow.

The application calls them; it may neither write in the chain nor set a seal on a row by itself. What they are given is
signed with a key that the database does not know: they need not trust it, `verifier_journal` checks it.
"""

# The index holds the rows that wait for their seal and no other: it stays tiny.
LIGNES = """
ALTER TABLE journal_ligne ADD COLUMN marque bytea;
CREATE INDEX journal_ligne_a_sceller ON journal_ligne (quand, id) WHERE sceau IS NULL;
"""

# `lignes`: 32 bytes a row (number, instant in microseconds, proof), so that the row at fault can be named.
TABLES = """
CREATE TABLE journal_sceau (
  id bigint PRIMARY KEY CHECK (id > 0),
  nature text NOT NULL CHECK (nature IN ('lignes', 'reprise', 'purge')),
  fait_le timestamptz NOT NULL,
  de timestamptz NOT NULL,
  a timestamptz NOT NULL CHECK (a >= de),
  nombre integer NOT NULL CHECK (nombre > 0 OR nature = 'purge'),
  lignes bytea NOT NULL CHECK (length(lignes) = CASE nature WHEN 'purge' THEN 0 ELSE 32 * nombre END),
  empreinte bytea NOT NULL CHECK (length(empreinte) = 32),
  precedent bytea NOT NULL,
  signature bytea NOT NULL UNIQUE CHECK (length(signature) = 32),
  cle smallint NOT NULL
);
CREATE FUNCTION journal_figer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'les sceaux du journal ne se modifient pas (% refusé)', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_sceau_fixe BEFORE UPDATE OR DELETE ON journal_sceau
  FOR EACH ROW EXECUTE FUNCTION journal_figer();
CREATE TRIGGER journal_sceau_pleine BEFORE TRUNCATE ON journal_sceau
  FOR EACH STATEMENT EXECUTE FUNCTION journal_figer();
REVOKE ALL ON journal_sceau FROM PUBLIC, {role};
GRANT SELECT ON journal_sceau TO {role};
"""

VERIFICATIONS = """
CREATE TRIGGER journal_verification_fixe BEFORE UPDATE OR DELETE ON journal_verification
  FOR EACH ROW EXECUTE FUNCTION journal_figer();
CREATE TRIGGER journal_verification_pleine BEFORE TRUNCATE ON journal_verification
  FOR EACH STATEMENT EXECUTE FUNCTION journal_figer();
REVOKE ALL ON journal_verification FROM PUBLIC, {role};
GRANT SELECT, INSERT ON journal_verification TO {role};
"""

# Any row without a seal may be taken, whatever its date: one that was committed late waits for the next pass.
FONCTIONS = """
CREATE FUNCTION journal_enchainer(s journal_sceau) RETURNS void LANGUAGE plpgsql AS $$
DECLARE dernier journal_sceau;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('journal_sceaux'));
  SELECT * INTO dernier FROM journal_sceau ORDER BY id DESC LIMIT 1;
  IF s.id <> coalesce(dernier.id, 0) + 1 OR s.precedent <> coalesce(dernier.signature, ''::bytea) THEN
    RAISE EXCEPTION 'ce sceau ne suit pas le dernier de la chaîne' USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO journal_sceau SELECT s.*;
END $$;
REVOKE ALL ON FUNCTION journal_enchainer(journal_sceau) FROM PUBLIC;

CREATE FUNCTION journal_sceller(s journal_sceau, numeros bigint[], instants timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE scellees integer;
BEGIN
  IF s.nature = 'purge' THEN
    RAISE EXCEPTION 'une purge ne scelle pas de lignes';
  END IF;
  PERFORM journal_enchainer(s);
  UPDATE journal_ligne l SET sceau = s.id FROM unnest(numeros, instants) AS v(id, quand)
    WHERE l.quand = v.quand AND l.id = v.id AND l.sceau IS NULL AND l.quand BETWEEN s.de AND s.a;
  GET DIAGNOSTICS scellees = ROW_COUNT;
  IF scellees <> s.nombre THEN
    RAISE EXCEPTION '% lignes annoncées, % à sceller', s.nombre, scellees USING ERRCODE = 'serialization_failure';
  END IF;
END $$;
REVOKE ALL ON FUNCTION journal_sceller(journal_sceau, bigint[], timestamptz[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_sceller(journal_sceau, bigint[], timestamptz[]) TO {role};

CREATE FUNCTION journal_purger(s journal_sceau) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = {schema}, pg_temp SET lock_timeout = '3s' SET timezone = 'UTC' AS $$
DECLARE
  nom text := 'journal_ligne_' || to_char(s.de, 'YYYY_MM');
  presentes bigint;
  attendent bigint;
BEGIN
  IF s.nature <> 'purge' OR s.de <> date_trunc('month', s.de) OR s.a <> s.de + interval '1 month' THEN
    RAISE EXCEPTION 'une purge porte sur un mois entier';
  END IF;
  IF s.a > date_trunc('month', now()) - interval '6 months' THEN
    RAISE EXCEPTION 'six mois de journal sont toujours gardés' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'journal_ligne'::regclass
                 AND inhrelid = to_regclass(format('%I', nom))) THEN
    RAISE EXCEPTION 'aucune partition pour ce mois : %', nom;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('journal_purge'));
  EXECUTE format('SELECT count(*), count(*) FILTER (WHERE sceau IS NULL) FROM %I', nom)
    INTO presentes, attendent;
  IF attendent > 0 THEN
    RAISE EXCEPTION '% lignes de ce mois ne sont pas scellées', attendent USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF presentes <> s.nombre THEN
    RAISE EXCEPTION '% lignes annoncées, % présentes', s.nombre, presentes;
  END IF;
  PERFORM journal_enchainer(s);
  EXECUTE format('DROP TABLE %I', nom);
  RETURN nom;
END $$;
REVOKE ALL ON FUNCTION journal_purger(journal_sceau) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_purger(journal_sceau) TO {role};
"""

DEFAIRE = """
DROP FUNCTION IF EXISTS journal_purger(journal_sceau);
DROP FUNCTION IF EXISTS journal_sceller(journal_sceau, bigint[], timestamptz[]);
DROP FUNCTION IF EXISTS journal_enchainer(journal_sceau);
DROP TABLE IF EXISTS journal_sceau;
DROP TRIGGER IF EXISTS journal_verification_fixe ON journal_verification;
DROP TRIGGER IF EXISTS journal_verification_pleine ON journal_verification;
DROP FUNCTION IF EXISTS journal_figer();
DROP INDEX IF EXISTS journal_ligne_a_sceller;
ALTER TABLE journal_ligne DROP COLUMN IF EXISTS marque;
"""
