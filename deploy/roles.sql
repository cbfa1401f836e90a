-- The two roles and the database, to be played once by a superuser:
--   MOT_DE_PASSE_PROPRIETAIRE=… MOT_DE_PASSE_APPLICATION=… psql -d postgres -f deploy/roles.sql
-- Names with no accent are searched through unaccent: PostgreSQL 15 or later, UTF-8, contrib installed.
\set ON_ERROR_STOP on
\getenv proprietaire MOT_DE_PASSE_PROPRIETAIRE
\getenv application MOT_DE_PASSE_APPLICATION

-- Owns the schema and runs the migrations.
SELECT 'CREATE ROLE du_proprietaire LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'du_proprietaire') \gexec
-- Reads and writes rows, as the first migration grants; owns nothing.
SELECT 'CREATE ROLE du_application LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'du_application') \gexec
ALTER ROLE du_proprietaire PASSWORD :'proprietaire';
ALTER ROLE du_application PASSWORD :'application';

SELECT 'CREATE DATABASE dossier_unique OWNER du_proprietaire'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'dossier_unique') \gexec
REVOKE ALL ON DATABASE dossier_unique FROM PUBLIC;
GRANT CONNECT ON DATABASE dossier_unique TO du_application;
