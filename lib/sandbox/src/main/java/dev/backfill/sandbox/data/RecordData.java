package dev.backfill.sandbox.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Writes keys and values from a query of PostgreSQL to a file, where FoundationDB's stand-in reads them. */
public final class RecordData {
    private RecordData() {}

    /** They also stand in {@code before.foundationdb}. Returns how many they are. */
    public static long fill(Connection connection, String query, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                OutputStream out = Files.newOutputStream(file)) {
            statement.execute(
                    "create unlogged table before.foundationdb as select key, value from (" + query + ") one");
            statement.execute("analyze before.foundationdb");
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select encode(key, 'hex'), encode(value, 'hex') from before.foundationdb order by key) to stdout",
                            out);
        } catch (IOException e) {
            throw new IllegalStateException("the records cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
