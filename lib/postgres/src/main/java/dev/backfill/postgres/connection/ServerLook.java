package dev.backfill.postgres.connection;

import dev.backfill.connector.Diagnostic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks at a server before a run, and changes nothing. */
record ServerLook(PostgresDatabase database, int connections) {
    private static final String SERVER = """
        select current_setting('server_version') as version, pg_is_in_recovery() as standby,
            current_setting('fsync') = 'on' as fsync, current_setting('max_connections') as most,
        """ + FreeConnections.SQL + """
         as free,
        pg_size_pretty(pg_database_size(current_database())) as size,
        (select count(*) from pg_catalog.pg_stat_replication where sync_state is distinct from 'sync'
            and sync_state is distinct from 'quorum') as asynchronous,
        (select string_agg(slot_name || case when active then '' else ' (nobody reads it)' end, ', ')
            from pg_catalog.pg_replication_slots
            where slot_type = 'logical' and database = current_database()) as slots\
        """;

    /** One to read and write, one for the checkpoint. */
    private static final int LEAST = 2;

    List<Diagnostic> findings() {
        return database.read("looking at " + database.title(), this::ask);
    }

    private List<Diagnostic> ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery(SERVER)) {
            server.next();
            List<Diagnostic> findings = new ArrayList<>();
            grave(server, findings);
            connections(server, findings);
            replicas(server, findings);
            findings.add(Diagnostic.info(
                    "PostgreSQL " + server.getString("version") + ", the database takes " + server.getString("size")));
            findings.add(Diagnostic.detail("the server does not say how much of its disk is free: until vacuum, each"
                    + " changed row takes its space twice"));
            return findings;
        }
    }

    private void grave(ResultSet server, List<Diagnostic> findings) throws SQLException {
        if (server.getBoolean("standby")) {
            findings.add(Diagnostic.problem(
                    database.title() + " is a standby, which takes no writes; connect to the primary"));
        }
        if (!server.getBoolean("fsync")) {
            findings.add(
                    Diagnostic.warning(database.title() + " runs with fsync=off: after a crash of its machine rows and"
                            + " checkpoint may be lost or damaged; set fsync=on, unless all of it may be lost"));
        }
    }

    /** The look itself uses some of those that the run will use. */
    private void connections(ResultSet server, List<Diagnostic> findings) throws SQLException {
        long free = server.getLong("free") + 1;
        String text =
                free + " of " + server.getString("most") + " connections are free, and a run uses up to " + connections;
        if (free < LEAST) {
            findings.add(Diagnostic.problem(
                    text + ", but " + LEAST + " at least; close others, or run when there are more"));
        } else {
            findings.add(
                    free < connections * 2L
                            ? Diagnostic.warning(text + "; the application may find none, so watch it")
                            : Diagnostic.info(text));
        }
    }

    private void replicas(ResultSet server, List<Diagnostic> findings) throws SQLException {
        long asynchronous = server.getLong("asynchronous");
        if (asynchronous > 0) {
            findings.add(Diagnostic.warning(asynchronous + " of the replicas of " + database.title()
                    + " are asynchronous: after a failover to one of them the last batches may be gone; then run"
                    + " validate --repair"));
        }
        String slots = server.getString("slots");
        if (slots != null) {
            findings.add(Diagnostic.warning("logical replication slots of " + database.title() + " get every change: "
                    + slots + "; their backlog fills the server's disk when they are read slower than the run writes"));
        }
    }
}
