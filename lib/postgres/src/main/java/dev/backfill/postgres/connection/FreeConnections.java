package dev.backfill.postgres.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import org.postgresql.PGConnection;

/** Says how many connections more the server would give to our user, in our database. */
final class FreeConnections {
    /**
     * The lowest of what the server, the role and the database allow. A user who may not see what the sessions of others do sees
     * their database, which processes of the server's own have none of; a superuser is bound by no limit of role or database.
     */
    static final String SQL = """
        least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true)::int, 0)
                - (select count(*) from pg_catalog.pg_stat_activity
                    where backend_type = 'client backend' or backend_type is null and datid is not null),
            (select rolconnlimit - (select count(*) from pg_catalog.pg_stat_activity where usename = session_user)
                from pg_catalog.pg_roles where rolname = session_user and rolconnlimit >= 0 and not rolsuper),
            (select datconnlimit - (select count(*) from pg_catalog.pg_stat_activity where datname = current_database())
                from pg_catalog.pg_database where datname = current_database() and datconnlimit >= 0
                    and not (select rolsuper from pg_catalog.pg_roles where rolname = session_user)))\
        """;

    private FreeConnections() {}

    /** Nothing behind a pooler, which has connections wait that the server has no room for. */
    static OptionalInt of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery("select pg_backend_pid(), " + SQL)) {
            server.next();
            boolean pooled =
                    server.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
            return pooled ? OptionalInt.empty() : OptionalInt.of(Math.max(0, server.getInt(2)));
        }
    }
}
