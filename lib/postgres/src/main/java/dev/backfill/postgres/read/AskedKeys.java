package dev.backfill.postgres.read;

import dev.backfill.postgres.catalog.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a statement asks for, as rows to select from: an array of texts for each column, so that the statement is the same
 * however many there are. They have a number, from 1.
 */
public record AskedKeys(List<Column> columns) {
    public static final String NUMBER = "backfill_asked.number";

    /** The rows; their arrays are the first parameters of the statement. */
    public String rows() {
        String arrays = columns.stream().map(each -> "cast(? as text[])").collect(Collectors.joining(", "));
        String places =
                IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") with ordinality as backfill_asked(" + places + ", number)";
    }

    /** The value that is asked for in one of the columns. */
    String value(int place) {
        return columns.get(place).type().cast("backfill_asked.c" + place);
    }

    /** True for a row whose key is the one that is asked for. */
    String same(String row) {
        return same(row, 0, columns.size());
    }

    /** The same for some of the columns, by their places. */
    public String same(String row, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> columns.get(i)
                        .comparison()
                        .same(row + "." + columns.get(i).sql(), value(i)))
                .collect(Collectors.joining(" and "));
    }

    /**
     * Gives the statement its arrays.
     *
     * @param keys the texts of each key, in the order of the columns; a null finds no row
     */
    public void bind(PreparedStatement statement, List<? extends List<? extends @Nullable String>> keys)
            throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            int place = i;
            Object[] texts = keys.stream().map(key -> key.get(place)).toArray();
            statement.setArray(1 + i, statement.getConnection().createArrayOf("text", texts));
        }
    }
}
