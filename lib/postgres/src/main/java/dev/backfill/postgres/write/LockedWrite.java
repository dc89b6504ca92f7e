package dev.backfill.postgres.write;

import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Locks the rows that records are for, changes them where they differ, and adds the others. Nobody else's row is taken for
 * ours: one that is added in the same moment is locked and changed by the next round. Thread-safe.
 *
 * @param hidden true if a row may be there that is not given to us for changing it
 * @param conflict what an insert says, so that it leaves out a row that has another in its way; empty if it cannot
 */
record LockedWrite(Matches matches, LockedStatements statements, boolean hidden, String conflict) {
    /** How often a row is looked for that someone else adds in the same moment. */
    private static final int ROUNDS = 3;

    /** Who is neither written nor as it should be was kept from it by the server. */
    void write(Given given, Connection connection, WriteResult outcome) throws SQLException {
        given.indexes().forEach(index -> outcome.status(index, WriteStatus.SUPPRESSED));
        int rounds = conflict.isEmpty() ? 1 : ROUNDS;
        Given left = given;
        for (int round = 1; round <= rounds && !left.isEmpty(); round++) {
            Matches.Found found = matches.lock(left, connection);
            change(found, connection, outcome);
            Given fresh = found.given().without(found.indexes());
            add(hidden ? free(fresh, connection, outcome) : fresh, round < rounds, connection, outcome);
            left = left.without(found.indexes()).without(settled(outcome));
        }
    }

    private static BitSet settled(WriteResult outcome) {
        BitSet settled = new BitSet();
        IntStream.range(0, outcome.size())
                .filter(index -> outcome.status(index) != WriteStatus.SUPPRESSED)
                .forEach(settled::set);
        return settled;
    }

    private void change(Matches.Found found, Connection connection, WriteResult outcome) throws SQLException {
        BitSet changed = new BitSet();
        if (!statements.rows().values().isEmpty()) {
            at(statements.change(), found, connection, (answer, index) -> {
                changed.set(index);
                written(outcome.status(index, WriteStatus.WRITTEN), index, answer.getBoolean(2));
            });
        }
        compare(found.without(changed), connection, outcome);
    }

    private void compare(Matches.Found found, Connection connection, WriteResult outcome) throws SQLException {
        look(found, connection, (answer, index) -> {
            if (!answer.getBoolean(2)) {
                outcome.status(index, WriteStatus.UNCHANGED);
            }
        });
    }

    /** Without those whose row is there, but was not given to us for changing it. */
    private Given free(Given fresh, Connection connection, WriteResult outcome) throws SQLException {
        Matches.Found withheld = matches.find(fresh, connection);
        compare(withheld, connection, outcome);
        return fresh.without(withheld.indexes());
    }

    /** In the last round the server says what is in the way of a row. */
    private void add(Given fresh, boolean yielding, Connection connection, WriteResult outcome) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(statements.add(yielding ? conflict : ""))) {
            statements.rows().bind(statement, fresh);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                int index = fresh.index(answer.getInt(1) - 1);
                written(outcome.added(index), index, answer.getBoolean(2));
            }
        }
    }

    private static void written(WriteResult outcome, int index, boolean differs) {
        if (differs) {
            outcome.altered(index);
        }
    }

    /** Whether the rows that were found differ, and what they hold: number, whether, values. */
    void look(Matches.Found found, Connection connection, Answered answered) throws SQLException {
        at(statements.look(), found, connection, answered);
    }

    private void at(String sql, Matches.Found found, Connection connection, Answered answered) throws SQLException {
        if (found.places().isEmpty()) {
            return;
        }
        GivenRows rows = statements.rows();
        int first = 1 + rows.key().size() + rows.values().size();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            rows.bind(statement, found.given());
            Collection<Matches.Place> places = found.places().values();
            Object[] tables = places.stream().map(Matches.Place::table).toArray();
            Object[] at = places.stream().map(Matches.Place::row).toArray();
            statement.setArray(
                    first,
                    connection.createArrayOf("bigint", found.places().keySet().toArray()));
            statement.setArray(first + 1, connection.createArrayOf("text", tables));
            statement.setArray(first + 2, connection.createArrayOf("text", at));
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                answered.row(answer, found.given().index(answer.getInt(1) - 1));
            }
        }
    }

    /** What is done with an answer for the record at that place. */
    @FunctionalInterface
    interface Answered {
        void row(ResultSet answer, int index) throws SQLException;
    }
}
