package dev.backfill.postgres.checkpoint;

import dev.backfill.checkpoint.ForeignCheckpointException;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables, which are made when a checkpoint is first taken. Reading makes nothing. The one who may not create a schema has
 * it made once by an administrator: {@code create schema backfill authorization <user>}.
 */
final class Tables {
    private static final String SCHEMA = "create schema backfill";

    private static final Map<String, String> DEFINITIONS =
            new TreeMap<>(Map.of("runs", """
                create table backfill.runs (
                    name text primary key,
                    epoch bigint not null,
                    version bigint not null,
                    owner jsonb,
                    beats bigint not null,
                    beat_at timestamptz not null,
                    state jsonb,
                    fields jsonb not null)\
                """, "splits", """
                create table backfill.splits (
                    name text not null references backfill.runs on delete cascade,
                    phase integer not null,
                    ordinal integer not null,
                    after text,
                    up_to text,
                    cursor text,
                    rows bigint not null,
                    expected bigint,
                    state text not null,
                    epoch bigint not null,
                    primary key (name, phase, ordinal))\
                """, "dead_letters", """
                create table backfill.dead_letters (
                    id text primary key,
                    name text not null references backfill.runs on delete cascade,
                    run text not null,
                    phase text not null,
                    sink text not null,
                    key text not null,
                    kind text not null,
                    error text not null,
                    attempts integer not null,
                    payload text not null,
                    first_at timestamptz not null,
                    at timestamptz not null,
                    epoch bigint not null,
                    ordinal bigint not null,
                    former boolean not null default false);
                create index on backfill.dead_letters (name, first_at, epoch, ordinal)\
                """, "notes", """
                create table backfill.notes (
                    name text not null,
                    note text not null,
                    version bigint not null,
                    text text not null,
                    primary key (name, note))\
                """));

    /** What an earlier version made without it. */
    private static final String ADD =
            "alter table backfill.dead_letters add column if not exists former boolean not null default false";

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "runs", List.of("name", "epoch", "version", "owner", "beats", "beat_at", "state", "fields"),
            "splits",
                    List.of(
                            "name",
                            "phase",
                            "ordinal",
                            "after",
                            "up_to",
                            "cursor",
                            "rows",
                            "expected",
                            "state",
                            "epoch"),
            "dead_letters",
                    List.of(
                            "id",
                            "name",
                            "run",
                            "phase",
                            "sink",
                            "key",
                            "kind",
                            "error",
                            "attempts",
                            "payload",
                            "first_at",
                            "at",
                            "ordinal"),
            "notes", List.of("name", "note", "version", "text"));

    private static final String FIND = """
        select n.oid is not null, c.relname, array_agg(a.attname::text order by a.attnum) filter (where a.attnum > 0)
        from (select to_regnamespace('backfill') as oid) n
        left join pg_class c on c.relnamespace = n.oid and c.relname in ('runs', 'splits', 'dead_letters', 'notes')
        left join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
        group by 1, 2\
        """;

    private final PostgresDatabase database;
    private final Requests requests;
    private volatile boolean complete;

    Tables(PostgresDatabase database, Requests requests) {
        this.database = database;
        this.requests = requests;
    }

    /** True if all of them are there; refused if a table of one of these names is someone else's. */
    boolean exist() {
        return complete || known().exist();
    }

    private Known known() {
        Known known = requests.read("looking for the tables", this::find);
        complete = known.complete();
        return known;
    }

    /** Makes what is missing; of several processes one does. */
    void create() {
        if (!complete && !known().complete()) {
            requests.change(
                    "creating the tables (or let an administrator run: create schema backfill authorization"
                            + " <this user>)",
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("select pg_advisory_xact_lock(hashtext('backfill.runs'))");
                            create(find(connection), statement);
                        }
                        return true;
                    });
            complete = true;
        }
    }

    private static void create(Known known, Statement statement) throws SQLException {
        if (!known.schema()) {
            statement.execute(SCHEMA);
        }
        for (String table : List.of("runs", "splits", "dead_letters", "notes")) {
            if (!known.tables().containsKey(table)) {
                statement.execute(DEFINITIONS.getOrDefault(table, ""));
            }
        }
        if (known.lacksFormer()) {
            statement.execute(ADD);
        }
    }

    private Known find(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND);
                ResultSet found = statement.executeQuery()) {
            Map<String, List<String>> tables = new TreeMap<>();
            boolean schema = false;
            while (found.next()) {
                schema = found.getBoolean(1);
                if (found.getString(2) != null) {
                    tables.put(found.getString(2), Arrays.asList((String[])
                            found.getArray(3).getArray()));
                }
            }
            tables.forEach(this::check);
            return new Known(schema, tables);
        }
    }

    private void check(String table, List<String> columns) {
        if (!columns.containsAll(COLUMNS.getOrDefault(table, List.of()))) {
            throw new ForeignCheckpointException("the table backfill." + table + " of " + database.title()
                    + " is another program's (columns " + String.join(", ", columns)
                    + "); nothing was changed. Rename that schema, or keep the checkpoint elsewhere");
        }
    }

    private record Known(boolean schema, Map<String, List<String>> tables) {
        boolean complete() {
            return exist() && !lacksFormer();
        }

        boolean exist() {
            return tables.size() == DEFINITIONS.size();
        }

        boolean lacksFormer() {
            return tables.containsKey("dead_letters")
                    && !tables.getOrDefault("dead_letters", List.of()).contains("former");
        }
    }
}
