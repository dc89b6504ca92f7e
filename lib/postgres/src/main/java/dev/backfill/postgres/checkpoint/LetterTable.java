package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.DeadLetter;
import dev.backfill.checkpoint.LetterCount;
import dev.backfill.connector.Rejection;
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
                (id, name, run, phase, sink, key, kind, error, attempts, payload, first_at, at, epoch, ordinal)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
            set former = false, kind = excluded.kind, error = excluded.error, attempts = excluded.attempts, payload = excluded.payload, at = excluded.at""";

    /** Where an earlier version made the table, {@code former} is the outer one until a run adds the column: reading does not. */
    private static final String LETTERS = """
            (select false as former) earlier
            cross join lateral (
                select run, phase, sink, key, kind, error, attempts, payload, first_at, at, epoch, ordinal, former
                from backfill.dead_letters where name = ?) letters
            """;

    private static final String READ = "select letters.* from " + LETTERS
            + "where letters.former = ? order by first_at, epoch, ordinal limit ? offset ?";

    private static final String COUNTS = "select phase, sink, kind, count(*) from " + LETTERS
            + "where not letters.former group by phase, sink, kind order by min(first_at), phase, sink, kind";

    private static final String COUNT = "select count(*) from " + LETTERS + "where not letters.former";

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

    void remove(Connection connection, List<DeadLetter> letters) throws SQLException {
        List<@Nullable Object[]> ids = new ArrayList<>(letters.size());
        letters.forEach(letter -> ids.add(new Object[] {id(letter)}));
        Update.each(connection, "delete from backfill.dead_letters where id = ?", ids);
    }

    List<LetterCount> counts(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
            Update.bind(statement, name);
            List<LetterCount> counts = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                Rejection.Kind kind = Rejection.Kind.valueOf(row.getString(3));
                counts.add(new LetterCount(row.getString(1), row.getString(2), kind, row.getLong(4)));
            }
            return counts;
        }
    }

    /**
     * @param former true for those that were set aside
     */
    List<DeadLetter> some(Connection connection, boolean former, long skip, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Update.bind(statement, name, former, most, skip);
            List<DeadLetter> letters = new ArrayList<>();
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                letters.add(letter(row));
            }
            return letters;
        }
    }

    long count(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            Update.bind(statement, name);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    void setAside(Connection connection) throws SQLException {
        Update.rows(connection, "update backfill.dead_letters set former = true where name = ? and not former", name);
    }

    private @Nullable Object[] values(long epoch, DeadLetter letter) {
        return new @Nullable Object[] {
            id(letter),
            name,
            storable(letter.run()),
            storable(letter.phase()),
            storable(letter.sink()),
            storable(letter.key()),
            letter.rejection().kind().name(),
            storable(letter.error()),
            letter.attempts(),
            storable(letter.payload()),
            letter.first().atOffset(ZoneOffset.UTC),
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
        String whole = CheckpointJson.write(List.of(
                name,
                storable(letter.run()),
                storable(letter.phase()),
                storable(letter.sink()),
                storable(letter.key())));
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
                new Rejection(Rejection.Kind.valueOf(row.getString("kind")), row.getString("error")),
                row.getInt("attempts"),
                row.getString("payload"),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
