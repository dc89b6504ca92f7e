package dev.backfill.postgres.write;

import dev.backfill.connector.Row;
import dev.backfill.connector.WriteResult;
import dev.backfill.connector.WriteStatus;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the records of one batch whose keys are the same for the index, though their texts differ: only the last one is given
 * on. Asks the server, unless the texts of the key alone decide.
 *
 * @param rows only keys, or only values that are keys: then they are compared as they will be stored
 * @param decisive the columns of the key whose texts alone decide
 */
record EqualKeys(GivenRows rows, List<Column> key, List<Column> decisive) {
    /** For keys that are looked for, which no row has if they do not fit it exactly. */
    static EqualKeys asGiven(Table table, List<Column> key) {
        return of(new GivenRows(table, key, List.of()), key);
    }

    /** For keys that are added, which the column may round. */
    static EqualKeys asStored(Table table, List<Column> key) {
        return of(new GivenRows(table, List.of(), key), key);
    }

    private static EqualKeys of(GivenRows rows, List<Column> key) {
        return new EqualKeys(
                rows, key, key.stream().filter(Column::comparedByText).toList());
    }

    /** Equal for all records that may be for one row, whatever the server takes for equal. */
    String lane(Row record) {
        return Given.target(record, decisive);
    }

    /** What row each record is for, as the server compares keys: equal for those of one row. */
    List<Object> targets(List<Row> records, PostgresDatabase database) {
        Given last = merge(
                Given.withNulls(records, key, List.of(), WriteResult.of(records, WriteStatus.UNCHANGED)), database);
        return IntStream.range(0, records.size())
                .mapToObj(i -> (Object) Given.target(records.get(last.lastOf(i)), key))
                .toList();
    }

    Given merge(Given given, PostgresDatabase database) {
        return decided(given)
                ? given
                : database.read(
                        "comparing keys of " + rows.table().name() + " in " + database.title(),
                        connection -> merge(given, connection));
    }

    Given merge(Given given, Connection connection) throws SQLException {
        if (decided(given)) {
            return given;
        }
        int[] ranks = new int[given.entries().size()];
        try (PreparedStatement statement = connection.prepareStatement(ranking())) {
            rows.bind(statement, given);
            ResultSet answer = statement.executeQuery();
            while (answer.next()) {
                ranks[answer.getInt(1) - 1] = answer.getInt(2);
            }
        }
        return given.ranked(ranks);
    }

    private boolean decided(Given given) {
        return given.entries().size() < 2 || decisive.size() == key.size();
    }

    private String ranking() {
        String order = IntStream.range(0, key.size())
                .mapToObj(i -> key.get(i).comparison().sorted("c" + (i + 1)))
                .collect(Collectors.joining(", "));
        return "select number, dense_rank() over (order by " + order + ") from " + rows.rows();
    }
}
