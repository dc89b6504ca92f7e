package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.Note;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The rows of one backfill's notes. */
final class NoteTable {
    private static final String READ = "select version, text from backfill.notes where name = ? and note = ?";

    private static final String FIRST = """
            insert into backfill.notes (name, note, version, text) values (?, ?, 1, ?)
            on conflict (name, note) do nothing""";

    private static final String NEXT = """
            update backfill.notes set version = version + 1, text = ?
            where name = ? and note = ? and version = ?""";

    private final String name;

    NoteTable(String name) {
        this.name = name;
    }

    Optional<Note> read(Connection connection, String note) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Update.bind(statement, name, note);
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(new Note(row.getLong(1), row.getString(2))) : Optional.empty();
        }
    }

    boolean write(Connection connection, String note, long version, String text) throws SQLException {
        int changed = version == 0
                ? Update.rows(connection, FIRST, name, note, text)
                : Update.rows(connection, NEXT, text, name, note, version);
        return changed == 1;
    }
}
