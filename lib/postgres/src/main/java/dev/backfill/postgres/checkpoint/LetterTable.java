package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The rows of one backfill's dead letters. Adding one twice leaves one. */
final class LetterTable {
    private static final String WRITE = """
            insert into backfill.dead_letters
                (id, name, run, phase, sink, key, error, attempts, payload, at, epoch, ordinal)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
            set error = excluded.error, attempts = excluded.attempts, payload = excluded.payload, at = excluded.at""";

    private static final String READ = """
            select run, phase, sink, key, error, attempts, payload, at from backfill.dead_letters
            where name = ? order by at, epoch, ordinal limit ?""";

    private final String name;
    private final AtomicLong ordinals = new AtomicLong();

    LetterTable(String name) {
        this.name = name;
    }

    void add(Connection connection, long epoch, List<DeadLetter> letters) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>(letters.size());
        letters.forEach(letter -> rows.add(values(epoch, letter)));
        Update.each(connection, WRITE, rows);
    }

    List<DeadLetter> first(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Update.bind(statement, name, most);
            List<DeadLetter> letters = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                letters.add(letter(row));
            }
            return letters;
        }
    }

    long count(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select count(*) from backfill.dead_letters where name = ?")) {
            Update.bind(statement, name);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    void clear(Connection connection) throws SQLException {
        Update.rows(connection, "delete from backfill.dead_letters where name = ?", name);
    }

    private @Nullable Object[] values(long epoch, DeadLetter letter) {
        return new @Nullable Object[] {
            id(letter),
            name,
            storable(letter.run()),
            storable(letter.phase()),
            storable(letter.sink()),
            storable(letter.key()),
            storable(letter.error()),
            letter.attempts(),
            storable(letter.payload()),
            letter.at().atOffset(ZoneOffset.UTC),
            epoch,
            ordinals.getAndIncrement()
        };
    }

    /** PostgreSQL keeps no NUL in a text; a record may have been refused for just that. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** A digest, because an index takes no key of more than some 2,700 bytes. */
    private String id(DeadLetter letter) {
        String whole = CheckpointJson.write(List.of(name, letter.run(), letter.phase(), letter.sink(), letter.key()));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(whole.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("run"),
                row.getString("phase"),
                row.getString("sink"),
                row.getString("key"),
                row.getString("error"),
                row.getInt("attempts"),
                row.getString("payload"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
