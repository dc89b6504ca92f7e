package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The given records as rows of a statement: one array of texts for each column, so that the statement is the same however
 * many there are. They have a number, from 1, and their columns are named by their place.
 */
record GivenRows(Table table, List<Column> key, List<Column> values) {
    static final String NUMBER = "backfill_given.number";

    /** The columns that each record must have. */
    List<String> required() {
        return all().stream().map(Column::name).toList();
    }

    /** The rows as something to select from, each text cast to what its column will hold. */
    String rows() {
        List<Column> all = all();
        String casts = IntStream.range(0, all.size())
                .mapToObj(i -> cast(i, all.get(i)) + " as " + name(i))
                .collect(Collectors.joining(", "));
        String arrays = all.stream().map(each -> "cast(? as text[])").collect(Collectors.joining(", "));
        return "(select number, " + casts + " from unnest(" + arrays + ") with ordinality as backfill_texts(" + places()
                + ", number)) as backfill_given";
    }

    /** A key is compared, so it keeps all that was given; a value is stored, so it is as its column will have it. */
    private String cast(int place, Column column) {
        return place < key.size()
                ? column.type().cast(name(place))
                : column.type().castAsStored(name(place));
    }

    /** The names of all columns of the given rows, in their order. */
    String places() {
        return IntStream.range(0, all().size()).mapToObj(GivenRows::name).collect(Collectors.joining(", "));
    }

    /** True for the table's row and the given one if they have the same key. */
    String sameKey() {
        return IntStream.range(0, key.size())
                .mapToObj(i -> key.get(i).comparison().same(own(key.get(i)), given(i)))
                .collect(Collectors.joining(" and "));
    }

    /** The same, where null is a value like any other. */
    String sameKeyOrNull() {
        return IntStream.range(0, key.size())
                .mapToObj(i -> key.get(i).notNull()
                        ? key.get(i).comparison().same(own(key.get(i)), given(i))
                        : key.get(i).comparison().sameOrNull(own(key.get(i)), given(i)))
                .collect(Collectors.joining(" and "));
    }

    /** A value of the given row, by its place among the values. */
    String value(int place) {
        return given(key.size() + place);
    }

    /** A column of the table's row. */
    String own(Column column) {
        return table.name().quotedName() + "." + column.sql();
    }

    /** A column of the table's row as it is read. */
    String read(Column column) {
        return column.type().read(own(column));
    }

    /** The table's row as it is, and as it is given: they differ if any byte does. Works for types without equality too. */
    String differs() {
        String own = values.stream().map(each -> each.type().base(own(each))).collect(Collectors.joining(", "));
        String given = IntStream.range(0, values.size()).mapToObj(this::value).collect(Collectors.joining(", "));
        return differ(own, given);
    }

    /** A cast keeps a row whole: else the operator would be taken apart into one for each column. */
    static String differ(String values, String others) {
        return "cast(row(" + values + ") as record) *<> cast(row(" + others + ") as record)";
    }

    /** Gives the statement its arrays, the first of which is its first parameter. */
    void bind(PreparedStatement statement, Given given) throws SQLException {
        Connection connection = statement.getConnection();
        for (int i = 0; i < all().size(); i++) {
            statement.setArray(1 + i, connection.createArrayOf("text", given.texts(i)));
        }
    }

    private List<Column> all() {
        return Stream.concat(key.stream(), values.stream()).toList();
    }

    private static String given(int place) {
        return "backfill_given." + name(place);
    }

    private static String name(int place) {
        return "c" + (place + 1);
    }
}
