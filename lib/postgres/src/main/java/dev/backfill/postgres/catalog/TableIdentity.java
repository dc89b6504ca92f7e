package dev.backfill.postgres.catalog;

import dev.backfill.connector.Failure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.ResultSet;
import java.sql.Statement;

/** Distinguishes one table from its copies on other servers, whatever address leads there. */
public final class TableIdentity {
    private TableIdentity() {}

    /** The server's own number, which a restored dump does not share, with the database and the table. */
    public static String of(PostgresDatabase database, TableName table) {
        String doing = "asking " + database.title() + " which one it is";
        String name = ask(database, doing, "select current_database()");
        return table + " of database " + name + " on server " + server(database, doing);
    }

    /** Some hosted servers keep their number to themselves: then the database's own number must do. */
    private static String server(PostgresDatabase database, String doing) {
        try {
            return ask(database, doing, "select system_identifier from pg_control_system()");
        } catch (Failure refused) {
            return "with database number "
                    + ask(database, doing, "select oid from pg_database where datname = current_database()");
        }
    }

    private static String ask(PostgresDatabase database, String doing, String query) {
        return database.read(doing, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery(query)) {
                answer.next();
                return answer.getString(1);
            }
        });
    }
}
