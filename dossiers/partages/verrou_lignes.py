"""The second lock: row-level policies that hold for the application's role, whatever the statement (ADR 8).

`Dossier.lecteurs` is the array of those who read a dossier (`o12` an organisme, `u34` a unit, `p56` an habilitation
by a named exception), kept by triggers from the shares. A policy compares it with the identity set for the transaction
(`dossierunique.securite.identite`). What hangs on a dossier asks `du_dossier_lisible(dossier_id)`: a function, because
the planner would turn a sub-select into the reading of every visible dossier (design.md §3: 457 ms against 1.9).
"""

from django.db.migrations.operations import RunSQL

PAR_DOSSIER = "du_dossier_lisible(dossier_id)"
PAR_DEMANDE = "du_demande_lisible(demande_id)"
PAR_PERSONNE = "du_personne_lisible(assure_id)"


def proteger(table: str, condition: str = PAR_DOSSIER) -> RunSQL:
    """Operation that puts a table under the second lock; for every new table that hangs on a dossier.

    Arguments: condition, the SQL that says whether the identity of the transaction reads a row (PAR_DOSSIER for a
    table with dossier_id, PAR_DEMANDE with demande_id, PAR_PERSONNE with assure_id, or one's own). A job of the system
    reads everything.
    """
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY second_verrou ON {table} USING ((SELECT du_est_systeme()) OR ({condition}));",
        f"DROP POLICY second_verrou ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
