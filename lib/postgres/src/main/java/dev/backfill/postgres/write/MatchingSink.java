package dev.backfill.postgres.write;

import dev.backfill.connector.Columns;
import dev.backfill.connector.Database;
import dev.backfill.connector.FatalFailure;
import dev.backfill.connector.Fate;
import dev.backfill.connector.Finding;
import dev.backfill.connector.Identified;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.Ordered;
import dev.backfill.connector.Outcome;
import dev.backfill.connector.Previewable;
import dev.backfill.connector.Row;
import dev.backfill.connector.Transaction;
import dev.backfill.connector.TransactionalSink;
import dev.backfill.postgres.catalog.Catalog;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.catalog.TableIdentity;
import dev.backfill.postgres.catalog.WriteRules;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import dev.backfill.postgres.inspect.TableLook;
import dev.backfill.postgres.value.ColumnReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows and changes others, which it finds by their key or, where they have none yet, by other columns; may give a column a
 * value of its own for each row. Locks what it finds before it decides anything. Tells which were added. Writes a batch at a
 * time, all of them in the order of the source, so that who gets a row without a key is no matter of chance.
 */
public final class MatchingSink implements TransactionalSink, Ordered, Previewable, Identified, Inspectable {
    /** How often a row is looked for that somebody else adds in the same moment. */
    private static final int ROUNDS = 3;

    private final PostgresDatabase database;
    private final GivenRows keyed;
    private final GivenRows all;
    private final Matches matches;
    private final MatchingStatements statements;
    private final WriteRules rules;

    private MatchingSink(
            PostgresDatabase database, GivenRows keyed, Matches matches, List<Column> touched, WriteRules rules) {
        this.database = database;
        this.keyed = keyed;
        this.all = matches.all();
        this.matches = matches;
        this.statements = new MatchingStatements(all, keyed.key().size(), touched);
        this.rules = rules;
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
                database,
                keyed,
                new Matches(keyed, all, orBy, distinct),
                table.columns(upsert.touched()),
                WriteRules.of(database, table.name()));
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

    /** Who is found neither written nor as it should be was kept from it by the server. */
    @Override
    public Outcome write(List<Row> records, Transaction transaction) {
        Outcome outcome = Outcome.of(records, Fate.SUPPRESSED);
        Given given = Given.of(records, keyed.key(), keyed.values(), outcome);
        try {
            write(given, ((PostgresTransaction) transaction).connection(), outcome);
        } catch (SQLException e) {
            throw PostgresFailures.writing(
                    e, "adding to " + keyed.table().name() + " in " + database.title(), Accused.by(e, keyed, given));
        }
        Superseded.settle(given, outcome);
        return outcome;
    }

    /** A row that somebody else adds in the same moment is found by the next look; in the end the server says what is in the way. */
    private void write(Given given, Connection connection, Outcome outcome) throws SQLException {
        int rounds = rules.deferrable() ? 1 : ROUNDS;
        Given left = given;
        for (int round = 1; round <= rounds && !left.isEmpty(); round++) {
            Matches.Found found = matches.lock(left, connection);
            change(found, connection, outcome);
            Given fresh = found.given().without(found.indexes());
            add(rules.policies() ? free(fresh, connection, outcome) : fresh, round < rounds, connection, outcome);
            left = left.without(found.indexes()).without(settled(outcome));
        }
    }

    private static BitSet settled(Outcome outcome) {
        BitSet settled = new BitSet();
        IntStream.range(0, outcome.size())
                .filter(index -> outcome.fate(index) != Fate.SUPPRESSED)
                .forEach(settled::set);
        return settled;
    }

    private void change(Matches.Found found, Connection connection, Outcome outcome) throws SQLException {
        BitSet changed = new BitSet();
        at(statements.change(), found, connection, (answer, index) -> {
            changed.set(index);
            written(outcome.fate(index, Fate.WRITTEN), index, answer.getBoolean(2));
        });
        compare(found.without(changed), connection, outcome);
    }

    private void compare(Matches.Found found, Connection connection, Outcome outcome) throws SQLException {
        at(statements.look(), found, connection, (answer, index) -> {
            if (!answer.getBoolean(2)) {
                outcome.fate(index, Fate.UNCHANGED);
            }
        });
    }

    /** Without those whose row is there, but was not given to us for changing it. */
    private Given free(Given fresh, Connection connection, Outcome outcome) throws SQLException {
        Matches.Found withheld = matches.find(fresh, connection);
        compare(withheld, connection, outcome);
        return fresh.without(withheld.indexes());
    }

    private void add(Given fresh, boolean yielding, Connection connection, Outcome outcome) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(statements.add(yielding))) {
            all.bind(statement, fresh);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                int index = fresh.index(answer.getInt(1) - 1);
                written(outcome.added(index), index, answer.getBoolean(2));
            }
        }
    }

    private static void written(Outcome outcome, int index, boolean differs) {
        if (differs) {
            outcome.altered(index);
        }
    }

    @Override
    public Outcome preview(List<Row> records) {
        Outcome outcome = Outcome.of(records, Fate.UNCHANGED);
        Given given = Given.of(records, keyed.key(), keyed.values(), outcome);
        look(
                given,
                found -> found.given().without(found.indexes()).indexes().forEach(outcome::added),
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
        database.read("looking at " + all.table().name() + " in " + database.title(), connection -> {
            Matches.Found found = matches.find(given, connection);
            matched.accept(found);
            at(statements.look(), found, connection, answered);
            return true;
        });
    }

    /** What is done with an answer for the record at that place. */
    @FunctionalInterface
    private interface Answered {
        void row(ResultSet answer, int index) throws SQLException;
    }

    private void at(String sql, Matches.Found found, Connection connection, Answered answered) throws SQLException {
        if (found.places().isEmpty()) {
            return;
        }
        int first = 1 + all.values().size();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            all.bind(statement, found.given());
            Collection<Matches.Place> places = found.places().values();
            statement.setArray(
                    first,
                    connection.createArrayOf("bigint", found.places().keySet().toArray()));
            statement.setArray(
                    first + 1,
                    connection.createArrayOf(
                            "text", places.stream().map(Matches.Place::table).toArray()));
            statement.setArray(
                    first + 2,
                    connection.createArrayOf(
                            "text", places.stream().map(Matches.Place::row).toArray()));
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                answered.row(answer, found.given().index(answer.getInt(1) - 1));
            }
        }
    }

    @Override
    public List<Finding> inspect() {
        return new TableLook(database, all.table()).upserting(keyed.key(), keyed.values());
    }

    @Override
    public String identity() {
        return TableIdentity.of(database, all.table().name());
    }
}
