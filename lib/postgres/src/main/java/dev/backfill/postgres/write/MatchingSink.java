package dev.backfill.postgres.write;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Database;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableIdentity;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import dev.backfill.postgres.value.ColumnReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows and changes others, which it finds by their key or, where they have none yet, by other columns; may give a column a
 * value of its own for each row. Tells which were added. Writes a batch at a time.
 */
public final class MatchingSink implements TransactionalSink, Previewable, Identified {
    private final PostgresDatabase database;
    private final GivenRows keyed;
    private final GivenRows all;
    private final Matches matches;
    private final List<Column> touched;

    private MatchingSink(PostgresDatabase database, GivenRows keyed, Matches matches, List<Column> touched) {
        this.database = database;
        this.keyed = keyed;
        this.all = matches.all();
        this.matches = matches;
        this.touched = touched;
    }

    /** Checks the table and all columns. {@link FatalFailure} if something is not as needed. */
    public static MatchingSink open(PostgresDatabase database, Upsert upsert) {
        Table table = Catalog.table(database, upsert.table());
        if (upsert.key().isEmpty()) {
            throw new FatalFailure("table('" + upsert.table() + "') has no key: say key('…')");
        }
        List<Column> key = table.columns(upsert.key());
        List<Column> changed = Targets.of(table, upsert.key(), upsert.columns());
        List<Column> columns = Stream.concat(key.stream(), changed.stream()).toList();
        GivenRows keyed = new GivenRows(table, key, changed);
        GivenRows all = new GivenRows(table, List.of(), columns);
        List<Integer> orBy =
                upsert.orBy().stream().map(name -> place(columns, name, "orBy")).toList();
        Optional<Integer> distinct = upsert.distinct().map(name -> place(columns, name, "distinct"));
        return new MatchingSink(
                database, keyed, new Matches(keyed, all, orBy, distinct), table.columns(upsert.touched()));
    }

    private static int place(List<Column> columns, String name, String word) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FatalFailure(
                        word + "('" + name + "') needs a column that is written: add it to upsert(…)"));
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Outcome write(List<Row> records, Transaction transaction) {
        Outcome outcome = Outcome.of(records, Fate.UNCHANGED);
        Given given = Given.of(records, keyed.key(), keyed.values(), outcome);
        Connection connection = ((PostgresTransaction) transaction).connection();
        try {
            if (!given.isEmpty()) {
                Matches.Found found = matches.find(given, connection);
                change(found, connection, outcome);
                add(found, connection, outcome);
            }
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "adding to " + keyed.table().name() + " in " + database.title(), Accused.by(e, keyed, given));
        }
        Superseded.settle(given, outcome);
        return outcome;
    }

    private void change(Matches.Found found, Connection connection, Outcome outcome) throws SQLException {
        String changes = Stream.concat(
                        IntStream.range(0, all.values().size())
                                .mapToObj(i -> all.values().get(i).sql() + " = " + all.value(i)),
                        touched.stream().map(each -> each.sql() + " = now()"))
                .collect(Collectors.joining(", "));
        String sql = "update " + all.table().name().sql() + " set " + changes + " from " + all.rows() + " join " + at()
                + " on backfill_at.number = " + GivenRows.NUMBER + " where " + here() + " and " + all.differs()
                + " returning " + GivenRows.NUMBER;
        at(sql, found, connection, (answer, index) -> outcome.fate(index, Fate.WRITTEN));
    }

    private void add(Matches.Found found, Connection connection, Outcome outcome) throws SQLException {
        Object[] fresh = Matches.numbers(found, false);
        if (fresh.length == 0) {
            return;
        }
        String now = touched.stream().map(each -> ", now()").collect(Collectors.joining());
        String names = UpsertStatements.names(
                Stream.concat(all.values().stream(), touched.stream()).toList());
        try (PreparedStatement statement = connection.prepareStatement("insert into "
                + all.table().name().sql() + " (" + names + ") select " + all.places() + now + " from " + all.rows()
                + " where number = any(cast(? as bigint[]))")) {
            all.bind(statement, found.given());
            statement.setArray(1 + all.values().size(), connection.createArrayOf("bigint", fresh));
            statement.executeUpdate();
        }
        Arrays.stream(fresh).forEach(number -> outcome.added(found.given().index((Integer) number - 1)));
    }

    /** Where each record's row is, as something to join. */
    private static String at() {
        return "unnest(cast(? as bigint[]), cast(? as text[])) as backfill_at(number, place)";
    }

    private String here() {
        return all.table().name().quotedName() + ".ctid = cast(backfill_at.place as tid)";
    }

    @Override
    public Outcome preview(List<Row> records) {
        Outcome outcome = Outcome.of(records, Fate.UNCHANGED);
        Given given = Given.of(records, keyed.key(), keyed.values(), outcome);
        look(
                given,
                found -> {
                    Arrays.stream(Matches.numbers(found, false))
                            .forEach(number -> outcome.added(found.given().index((Integer) number - 1)));
                },
                (answer, index) -> outcome.fate(index, answer.getBoolean(2) ? Fate.WRITTEN : Fate.UNCHANGED));
        Superseded.settle(given, outcome);
        return outcome;
    }

    @Override
    public List<@Nullable Row> held(List<Row> records) {
        Given given = Given.of(records, keyed.key(), keyed.values(), Outcome.of(records, Fate.UNCHANGED));
        Columns columns = Columns.of(all.values().stream().map(Column::name).toList());
        List<@Nullable Row> held = new ArrayList<>(Collections.nCopies(records.size(), null));
        look(
                given,
                found -> {},
                (answer, index) -> held.set(index, Row.of(columns, ColumnReader.row(answer, all.values(), 3))));
        return held;
    }

    private void look(Given given, Consumer<Matches.Found> matched, Answered answered) {
        if (given.isEmpty()) {
            return;
        }
        String sql = "select " + GivenRows.NUMBER + ", " + all.differs()
                + all.values().stream().map(each -> ", " + all.own(each)).collect(Collectors.joining()) + " from "
                + all.rows() + " join " + at() + " on backfill_at.number = " + GivenRows.NUMBER + " join "
                + all.table().name().sql() + " on " + here();
        database.read("looking at " + all.table().name() + " in " + database.title(), connection -> {
            Matches.Found found = matches.find(given, connection);
            matched.accept(found);
            at(sql, found, connection, answered);
            return true;
        });
    }

    /** What is done with an answer for the record at that place. */
    @FunctionalInterface
    private interface Answered {
        void row(ResultSet answer, int index) throws SQLException;
    }

    private void at(String sql, Matches.Found found, Connection connection, Answered answered) throws SQLException {
        Object[] numbers = Matches.numbers(found, true);
        if (numbers.length == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            all.bind(statement, found.given());
            Array places = connection.createArrayOf(
                    "text",
                    Arrays.stream(numbers)
                            .map(number -> found.places().get(number))
                            .toArray());
            statement.setArray(1 + all.values().size(), connection.createArrayOf("bigint", numbers));
            statement.setArray(2 + all.values().size(), places);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                answered.row(answer, found.given().index(answer.getInt(1) - 1));
            }
        }
    }

    @Override
    public String identity() {
        return TableIdentity.of(database, all.table().name());
    }
}
