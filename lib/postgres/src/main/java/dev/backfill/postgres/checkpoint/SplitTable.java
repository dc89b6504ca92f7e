package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of one backfill's splits, of which only those are written that changed. */
final class SplitTable {
    private static final String WRITE = """
            insert into backfill.splits (name, phase, ordinal, after, up_to, cursor, rows, expected, state, epoch)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (name, phase, ordinal) do update
            set after = excluded.after, up_to = excluded.up_to, cursor = excluded.cursor, rows = excluded.rows,
                expected = excluded.expected, state = excluded.state, epoch = excluded.epoch""";

    private static final String REMOVE = "delete from backfill.splits where name = ? and phase = ? and ordinal = ?";

    private final String name;

    SplitTable(String name) {
        this.name = name;
    }

    /**
     * Makes the rows those of the run.
     *
     * @param before the run whose rows they are now; nothing: unknown, so all are written
     */
    void write(Connection connection, Optional<RunState> before, RunState run) throws SQLException {
        if (before.isEmpty()) {
            clear(connection);
        }
        Map<SplitRow.Key, SplitRow> old = before.map(SplitTable::byKey).orElseGet(LinkedHashMap::new);
        List<@Nullable Object[]> changed = new ArrayList<>();
        byKey(run).forEach((key, row) -> {
            if (!row.equals(old.remove(key))) {
                changed.add(values(row));
            }
        });
        List<@Nullable Object[]> gone = new ArrayList<>();
        old.keySet().forEach(key -> gone.add(new Object[] {name, key.phase(), key.ordinal()}));
        send(connection, REMOVE, gone);
        send(connection, WRITE, changed);
    }

    private static void send(Connection connection, String sql, List<@Nullable Object[]> all) throws SQLException {
        if (!all.isEmpty()) {
            Update.each(connection, sql, all);
        }
    }

    void clear(Connection connection) throws SQLException {
        Update.rows(connection, "delete from backfill.splits where name = ?", name);
    }

    private static Map<SplitRow.Key, SplitRow> byKey(RunState run) {
        Map<SplitRow.Key, SplitRow> rows = new LinkedHashMap<>();
        SplitRow.of(run).forEach(row -> rows.put(row.key(), row));
        return rows;
    }

    private @Nullable Object[] values(SplitRow row) {
        return new @Nullable Object[] {
            name,
            row.phase(),
            row.ordinal(),
            row.after().orElse(null),
            row.upTo().orElse(null),
            row.cursor().orElse(null),
            row.rows(),
            row.expected().isPresent() ? row.expected().getAsLong() : null,
            row.state().name(),
            row.epoch()
        };
    }
}
