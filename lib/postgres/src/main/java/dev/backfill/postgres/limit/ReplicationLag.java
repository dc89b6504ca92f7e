package dev.backfill.postgres.limit;

import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Measure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reports how many seconds the slowest replica is behind; no replica is no lag. The server's own figure stands still for a
 * replica that replays nothing, so what was written when is remembered here as well.
 */
final class ReplicationLag implements Measure {
    private static final int REMEMBERED = 900;

    /** A user who may not see them finds rows without positions. */
    private static final String READ = """
        select pg_current_wal_lsn() - '0/0'::pg_lsn as written,
            min(replay_lsn - '0/0'::pg_lsn) as replayed,
            coalesce(extract(epoch from max(replay_lag)), 0) as seconds,
            count(*) filter (where state is null) as hidden,
            extract(epoch from clock_timestamp()) as now
        from pg_stat_replication\
        """;

    private static final String STANDBY = "select pg_is_in_recovery(),"
            + " coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0)";

    private final PostgresDatabase database;
    private final Deque<Position> written = new ArrayDeque<>();

    ReplicationLag(PostgresDatabase database) {
        this.database = database;
    }

    /** How much had been written at a time, both as the server counts. */
    private record Position(double bytes, double seconds) {}

    @Override
    public synchronized double read() {
        return database.read("reading the replication lag of " + database.title(), connection -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet standby = statement.executeQuery(STANDBY);
                standby.next();
                return standby.getBoolean(1) ? standby.getDouble(2) : behind(connection);
            }
        });
    }

    private double behind(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(READ);
            row.next();
            if (row.getLong("hidden") > 0) {
                throw new FatalFailure("the user of " + database.title()
                        + " may not see its replicas; grant it the role pg_read_all_stats");
            }
            Position now = new Position(row.getDouble("written"), row.getDouble("now"));
            double replayed = row.getDouble("replayed");
            double since = row.wasNull() ? 0 : since(replayed, now);
            return Math.max(row.getDouble("seconds"), since);
        }
    }

    /** How long ago that was written which is replayed next. */
    private double since(double replayed, Position now) {
        written.removeIf(position -> position.bytes() <= replayed);
        double behind =
                written.isEmpty() ? 0 : now.seconds() - written.getFirst().seconds();
        if (now.bytes() > replayed && written.size() < REMEMBERED) {
            written.addLast(now);
        }
        return behind;
    }
}
