package dev.backfill.postgres.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Says under which settings every transaction runs. The forms in which values are read and written are fixed, whatever is set for
 * the user, the database or the server. What an application of the same user has stays: its time zone, which the driver would replace
 * by this machine's, and its search path, which is read once so that another client of a pooler cannot change it.
 */
record SessionSettings(String timeZone, String searchPath) {
    private static final String FORMS = set("DateStyle", "'ISO'")
            + set("IntervalStyle", "'postgres'")
            + set("extra_float_digits", "'3'")
            + set("bytea_output", "'hex'")
            + set("standard_conforming_strings", "'on'")
            + set("array_nulls", "'on'")
            + set("xmloption", "'content'")
            + set("quote_all_identifiers", "'off'");
    /** In the server's own order: for the user in this database, for the user, for the database, for all. */
    private static final String CONFIGURED = "select split_part(entry, '=', 2) from pg_catalog.pg_db_role_setting"
            + " cross join unnest(setconfig) as entry where lower(split_part(entry, '=', 1)) = 'timezone'"
            + " and setrole in (0, (select oid from pg_catalog.pg_roles where rolname = session_user))"
            + " and setdatabase in (0, (select oid from pg_catalog.pg_database where datname = current_database()))"
            + " order by setrole = 0, setdatabase = 0 limit 1";
    /** Only some users may read the server's files. */
    private static final String READABLE =
            "select has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'execute')";

    private static final String IN_FILES = "select setting from pg_catalog.pg_file_settings"
            + " where lower(name) = 'timezone' and applied order by seqno desc limit 1";
    /** No client can change the zone of the log, and a server is set up with the same one for both. */
    private static final String OF_LOG = "select current_setting('log_timezone')";

    private static final String SEARCH_PATH = "select reset_val from pg_catalog.pg_settings where name = 'search_path'";

    /** Asks the server. */
    static SessionSettings read(Connection connection) throws SQLException {
        Optional<String> zone = first(connection, CONFIGURED);
        if (zone.isEmpty() && first(connection, READABLE).equals(Optional.of("t"))) {
            zone = first(connection, IN_FILES);
        }
        if (zone.isEmpty()) {
            zone = first(connection, OF_LOG);
        }
        return new SessionSettings(
                zone.orElse("UTC"), first(connection, SEARCH_PATH).orElse(""));
    }

    private static Optional<String> first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet answer = statement.executeQuery(query);
            return answer.next() ? Optional.ofNullable(answer.getString(1)) : Optional.empty();
        }
    }

    /** Items to select, each with a comma behind it, that set all this for the rest of a transaction. */
    String sql() {
        return FORMS + set("TimeZone", quoted(timeZone)) + set("search_path", quoted(searchPath));
    }

    private static String set(String name, String literal) {
        return "pg_catalog.set_config('" + name + "', " + literal + ", true), ";
    }

    /** Means the same whether a backslash in an ordinary literal is one or not. */
    private static String quoted(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
