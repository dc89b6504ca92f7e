package dev.backfill.postgres.connection;

import dev.backfill.connector.LockWait;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Asks which sessions hold the locks that ours wait for. Has a connection of its own: those of the pool may all be waiting.
 * Thread-safe.
 */
final class LockLook implements AutoCloseable {
    /** By which name sessions of backfills are found. */
    static final String APPLICATION = "backfill";

    private static final int SECONDS = 5;
    private static final int LONGEST_QUERY = 200;
    /**
     * Of ours that wait for one another only the first one's holder counts. Who waits for a row holds the lock on its tuple; who waits for a key holds the table's, as
     * every writer does.
     */
    private static final String QUESTION = """
        select coalesce(
                (select n.nspname || '.' || c.relname
                    from pg_catalog.pg_locks l
                    join pg_catalog.pg_class c on c.oid = l.relation
                    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                    where l.pid = w.pid and c.relkind in ('r', 'p', 'm') and n.nspname not like 'pg\\_%'
                        and (not l.granted or l.locktype = 'tuple' or l.mode = 'RowExclusiveLock')
                    order by l.granted, l.locktype <> 'tuple', c.relname limit 1), '') as lock,
            holder.pid, b.usename, nullif(b.application_name, '') as application, b.state,
            floor(extract(epoch from clock_timestamp() - b.state_change))::bigint as seconds, nullif(b.query, '') as query
        from pg_catalog.pg_stat_activity w
        cross join lateral (select distinct pid from unnest(pg_catalog.pg_blocking_pids(w.pid)) as pid) as holder
        left join pg_catalog.pg_stat_activity b on b.pid = holder.pid
        where w.application_name = ? and w.usename = current_user and w.datname = current_database()
            and w.wait_event_type = 'Lock' and w.pid <> pg_catalog.pg_backend_pid()
            and (b.application_name = w.application_name and b.wait_event_type = 'Lock') is not true
        order by holder.pid\
        """;

    private final DataSource source;
    private Optional<Connection> connection = Optional.empty();

    LockLook(DataSource source) {
        this.source = source;
    }

    synchronized List<LockWait> waits() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(source.getConnection());
        }
        try (PreparedStatement statement = connection.get().prepareStatement(QUESTION)) {
            statement.setQueryTimeout(SECONDS);
            statement.setString(1, APPLICATION);
            ResultSet found = statement.executeQuery();
            List<LockWait> waits = new ArrayList<>();
            while (found.next()) {
                waits.add(wait(found));
            }
            return List.copyOf(waits);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static LockWait wait(ResultSet found) throws SQLException {
        long seconds = found.getLong("seconds");
        return new LockWait(
                found.getString("lock"),
                found.getLong("pid"),
                text(found, "usename"),
                text(found, "application"),
                text(found, "state"),
                text(found, "seconds").isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, seconds)),
                text(found, "query").filter(sql -> !sql.equals("<insufficient privilege>")));
    }

    private static Optional<String> text(ResultSet found, String column) throws SQLException {
        return Optional.ofNullable(found.getString(column))
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .map(text -> text.length() > LONGEST_QUERY ? text.substring(0, LONGEST_QUERY) + " …" : text);
    }

    @Override
    public synchronized void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            // A connection that is lost needs no closing.
        }
        connection = Optional.empty();
    }
}
