package dev.backfill.sandbox.data;

import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** A table of PostgreSQL with one JSON document a row, in the column {@code document}, so that checks can be SQL. */
final class DocumentTable {
    // Neither character can stand raw in JSON, so a line goes through COPY as it is.
    private static final String RAW_LINES = " with (format csv, quote e'\\x01', delimiter e'\\x02')";

    private final Connection connection;
    private final String name;

    private DocumentTable(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    static DocumentTable create(Connection connection, String schema, String collection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String name =
                    statement.enquoteIdentifier(schema, true) + "." + statement.enquoteIdentifier(collection, true);
            statement.execute("create unlogged table " + name
                    + " (document jsonb, id text generated always as (document ->> 'id') stored)");
            return new DocumentTable(connection, name);
        }
    }

    /** Adds a document for each row of a query. */
    long fill(String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate("insert into " + name
                    + " (document) select jsonb_strip_nulls(to_jsonb(one)) from (" + query + ") one");
        }
    }

    /** Adds a document for each line. */
    void fill(Reader lines) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + name + " (document) from stdin" + RAW_LINES, lines);
    }

    /** All documents, a line each, in the order in which they were added. */
    CopyOut lines() throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy " + name + " (document) to stdout" + RAW_LINES);
    }

    void analyze() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze " + name);
        }
    }
}
