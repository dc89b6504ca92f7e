package dev.backfill.postgres.catalog;

import dev.backfill.connector.Failure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/**
 * The collations that decide on the order of a key, with their versions: a position is one in this order, and in no other. A
 * library of the operating system that is updated can change it.
 */
public final class KeyCollation {
    private static final String OF_COLUMNS = """
            select string_agg(distinct c.collname || coalesce(' ' || pg_collation_actual_version(c.oid), ''), ', ')
            from pg_attribute a join pg_collation c on c.oid = a.attcollation
            where a.attrelid = cast(? as regclass) and a.attname = any(cast(? as text[])) and c.collname <> 'default'""";
    private static final String OF_DATABASE = """
            select string_agg(distinct d.datcollate || coalesce(' ' || %s, ''), ', ')
            from pg_attribute a join pg_collation c on c.oid = a.attcollation
                join pg_database d on d.datname = current_database()
            where a.attrelid = cast(? as regclass) and a.attname = any(cast(? as text[])) and c.collname = 'default'""";
    /** Came with PostgreSQL 15. */
    private static final String VERSION = "pg_database_collation_actual_version(d.oid)";

    private KeyCollation() {}

    /** "de-x-icu 153.120"; empty for keys that have none, as numbers. */
    public static String of(PostgresDatabase database, TableName table, List<String> key) {
        return ask(database, OF_COLUMNS, table, key) + ofDatabase(database, table, key);
    }

    private static String ofDatabase(PostgresDatabase database, TableName table, List<String> key) {
        try {
            return ask(database, OF_DATABASE.formatted(VERSION), table, key);
        } catch (Failure olderServer) {
            return ask(database, OF_DATABASE.formatted("null::text"), table, key);
        }
    }

    private static String ask(PostgresDatabase database, String query, TableName table, List<String> key) {
        return database.read("asking " + database.title() + " for the order of " + table, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setString(1, table.sql());
                statement.setArray(2, connection.createArrayOf("text", key.toArray()));
                ResultSet answer = statement.executeQuery();
                String found = answer.next() ? answer.getString(1) : null;
                return found == null ? "" : found;
            }
        });
    }
}
