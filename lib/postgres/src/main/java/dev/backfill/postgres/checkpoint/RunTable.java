package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.AcquireCondition;
import dev.backfill.checkpoint.Checkpoint;
import dev.backfill.checkpoint.CheckpointJson;
import dev.backfill.checkpoint.CheckpointSnapshot;
import dev.backfill.checkpoint.CheckpointStore;
import dev.backfill.checkpoint.Lease;
import dev.backfill.checkpoint.LeaseHolder;
import dev.backfill.checkpoint.Owner;
import dev.backfill.checkpoint.RunState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The row of one backfill. Whatever an owner does counts as a beat. Time is the server's at the moment of the change, not
 * {@code now()}: a change may have waited for a lock since its transaction began.
 */
final class RunTable {
    private static final long LEASE_SECONDS = CheckpointStore.LEASE.toSeconds();

    private static final String TAKE = """
        insert into backfill.runs as run (name, epoch, version, owner, beats, beat_at, fields)
        values (?, 1, 0, ?::jsonb, 1, clock_timestamp(), '{}')
        on conflict (name) do update
        set epoch = run.epoch + 1, owner = excluded.owner, beats = run.beats + 1, beat_at = clock_timestamp()
        where run.owner is null or run.epoch = ? or run.beat_at < clock_timestamp() - make_interval(secs => ?)
        returning epoch, version\
        """;

    private static final String BEAT = """
        update backfill.runs set beats = beats + 1, beat_at = clock_timestamp()
        where name = ? and epoch = ? and owner is not null\
        """;

    private static final String SAVE = """
        update backfill.runs set version = version + 1, state = ?::jsonb, fields = ?::jsonb,
            beats = beats + 1, beat_at = clock_timestamp()
        where name = ? and epoch = ? and version = ? and owner is not null\
        """;

    private static final String CLEAR = """
        update backfill.runs set state = null, fields = '{}', beats = beats + 1, beat_at = clock_timestamp()
        where name = ? and epoch = ? and version = ? and owner is not null\
        """;

    private static final String RELEASE = "update backfill.runs set owner = null where name = ? and epoch = ?";

    /** One statement sees one state: a save cannot come between the run and its splits. */
    private static final String READ = """
        select epoch, version, owner, beats, state, fields,
            beat_at < clock_timestamp() - make_interval(secs => ?) as expired,
            (select json_agg(json_build_object('phase', phase, 'ordinal', ordinal, 'after', after, 'upTo', up_to,
                    'cursor', cursor, 'rows', rows, 'expected', expected, 'state', state, 'epoch', epoch)
                order by phase, ordinal)
            from backfill.splits where splits.name = runs.name) as splits
        from backfill.runs where name = ?\
        """;

    private final String name;

    RunTable(String name) {
        this.name = name;
    }

    /** Nothing if someone else holds it. */
    Optional<Lease> take(Connection connection, Owner owner, AcquireCondition claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            Update.bind(
                    statement, name, CheckpointJson.write(owner), claim.epoch().orElse(-1), LEASE_SECONDS);
            ResultSet taken = statement.executeQuery();
            return taken.next() ? Optional.of(new Lease(owner, taken.getLong(1), taken.getLong(2))) : Optional.empty();
        }
    }

    boolean renew(Connection connection, Lease lease) throws SQLException {
        return Update.rows(connection, BEAT, name, lease.epoch()) > 0;
    }

    boolean save(Connection connection, Lease lease, Checkpoint checkpoint) throws SQLException {
        String state = CheckpointJson.write(SplitRow.without(checkpoint.run()));
        String fields = CheckpointJson.write(checkpoint.fields());
        return Update.rows(connection, SAVE, state, fields, name, lease.epoch(), lease.version()) > 0;
    }

    boolean clear(Connection connection, Lease lease) throws SQLException {
        return Update.rows(connection, CLEAR, name, lease.epoch(), lease.version()) > 0;
    }

    int release(Connection connection, Lease lease) throws SQLException {
        return Update.rows(connection, RELEASE, name, lease.epoch());
    }

    CheckpointSnapshot read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            Update.bind(statement, LEASE_SECONDS, name);
            ResultSet row = statement.executeQuery();
            return row.next() ? stored(row) : CheckpointSnapshot.nothing();
        }
    }

    private static CheckpointSnapshot stored(ResultSet row) throws SQLException {
        String owner = row.getString("owner");
        long beats = row.getLong("beats");
        boolean expired = row.getBoolean("expired");
        return new CheckpointSnapshot(
                checkpoint(row.getString("state"), row.getString("splits"), row.getString("fields")),
                row.getLong("epoch"),
                row.getLong("version"),
                Optional.ofNullable(owner)
                        .map(json -> new LeaseHolder(CheckpointJson.read(json, Owner.class), beats, expired)));
    }

    private static Optional<Checkpoint> checkpoint(String state, String splits, String fields) {
        List<SplitRow> rows = Optional.ofNullable(splits)
                .map(json -> List.of(CheckpointJson.read(json, SplitRow[].class)))
                .orElseGet(List::of);
        return Optional.ofNullable(state)
                .map(json -> SplitRow.with(CheckpointJson.read(json, RunState.class), rows))
                .map(run -> new Checkpoint(run, CheckpointJson.fields(fields)));
    }
}
