package dev.backfill.postgres.read;

import dev.backfill.connector.Cursor;
import dev.backfill.connector.Scope;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Condition;
import dev.backfill.postgres.catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that walk a table by its key. The server compares keys, each column in its own collation, so that they
 * follow the index.
 *
 * @param selected what is read, the key's columns among it
 * @param bounds conditions that the index answers: a part of the keys
 * @param conditions of which nothing is known
 */
record KeysetQuery(Table table, List<Column> key, List<Column> selected, List<String> bounds, List<String> conditions) {
    /** A table that has no partitions is not in its own tree. */
    private static final String PAGES = """
        select (coalesce((select sum(pg_relation_size(relid)) from pg_partition_tree(root)), 0) + pg_relation_size(root))
            / cast(current_setting('block_size') as bigint)
        from (select cast(? as regclass) as root) as backfill_asked\
        """;

    /** What a row must fulfil. */
    List<String> all() {
        return Stream.concat(bounds.stream(), conditions.stream()).toList();
    }

    /** True if there is a row that fulfils the conditions, wherever it stands. */
    String any() {
        return "select exists(select from " + table.name().sql() + " where true" + Condition.and(all()) + ")";
    }

    /** The rows after one key and up to another, in order; behind large ones stands how many bytes came so far. */
    String page(boolean after, boolean upTo, int limit) {
        PageSize size = size();
        String rows = "select " + reads(selected) + follows(after) + (size.bounded() ? size.columns(ascending()) : "")
                + " from " + table.name().sql() + " where true" + range(after, upTo)
                + Condition.and(all()) + " order by " + ascending() + " limit " + limit;
        return size.bounded()
                ? "select " + names(selected) + ", backfill_follows, backfill_bytes from (" + rows
                        + ") as backfill_page where " + size.fits()
                : rows;
    }

    /** What bounds a page in addition to the number of its rows. */
    PageSize size() {
        return PageSize.of(selected, key);
    }

    private String range(boolean after, boolean upTo) {
        return (after ? " and " + bound(KeyBound.Side.AFTER).sql() : "")
                + (upTo ? " and " + bound(KeyBound.Side.UP_TO).sql() : "");
    }

    /** Whether a row comes after the key, next to the condition for it: whatever another condition made of that. */
    private String follows(boolean after) {
        return ", " + (after ? bound(KeyBound.Side.AFTER).sql() : "true") + " as backfill_follows";
    }

    private KeyBound bound(KeyBound.Side side) {
        return KeyBound.of(side, key, part -> key.get(part).type().cast("?"));
    }

    /** The highest key there is, whether a condition takes it or not: so the index alone answers. */
    String highest() {
        return "select " + reads(key) + " from " + table.name().sql() + " order by "
                + key.stream().map(each -> each.descending(own(each))).collect(Collectors.joining(", "))
                + " limit 1";
    }

    /** How many pages the table has, with all its partitions. */
    long pages(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGES)) {
            statement.setString(1, table.name().sql());
            ResultSet answer = statement.executeQuery();
            return answer.next() ? answer.getLong(1) : 0;
        }
    }

    /**
     * The keys at which so many ranges of about as many rows end, the last one included.
     *
     * @param sample how much of the table is looked at, in percent; 100: all of it
     */
    PreparedStatement ends(Connection connection, Cursor after, Optional<Cursor> upTo, int ranges, double sample)
            throws SQLException {
        String looked = sample >= 100 ? "" : String.format(Locale.ROOT, " tablesample system (%.6f)", sample);
        PreparedStatement statement = connection.prepareStatement("select " + reads(key) + " from (select "
                + names(key) + ", row_number() over (order by " + ascending() + ") as backfill_place,"
                + " count(*) over () as backfill_rows from " + table.name().sql() + looked + " where true"
                + range(!after.atStart(), upTo.isPresent()) + Condition.and(all()) + ") as backfill_looked where"
                + " backfill_place * " + ranges + " / backfill_rows > (backfill_place - 1) * " + ranges
                + " / backfill_rows order by backfill_place");
        return bound(statement, 1, after, upTo);
    }

    PreparedStatement prepare(Connection connection, Cursor after, Optional<Cursor> upTo, int limit)
            throws SQLException {
        return walked(connection.prepareStatement(page(!after.atStart(), upTo.isPresent(), limit)), after, upTo);
    }

    /**
     * The rows among the next ones, so many at most, that fulfil all conditions. Behind each row stand whether it does, and its
     * number among all that were passed; the last one of a whole stride comes whether it does or not.
     */
    PreparedStatement stride(Connection connection, Cursor after, Optional<Cursor> upTo, int limit, int length)
            throws SQLException {
        String columns = names(selected);
        String passed = "select " + reads(selected) + ", coalesce((true" + Condition.and(conditions)
                + "), false) as backfill_wanted" + follows(!after.atStart()) + " from "
                + table.name().sql() + " where true" + range(!after.atStart(), upTo.isPresent()) + Condition.and(bounds)
                + " order by "
                + ascending() + " limit " + length;
        String numbered = "select backfill_passed.*, row_number() over () as backfill_number from (" + passed
                + ") as backfill_passed";
        String page = "select " + columns + ", backfill_follows, backfill_wanted, backfill_number from (" + numbered
                + ") as backfill_stride where backfill_wanted or backfill_number = " + length + " limit " + limit;
        return walked(connection.prepareStatement(page), after, upTo);
    }

    /** For a statement that also shows whether its rows follow the key. */
    private PreparedStatement walked(PreparedStatement statement, Cursor after, Optional<Cursor> upTo)
            throws SQLException {
        return bound(statement, after.atStart() ? 1 : bind(statement, 1, after, KeyBound.Side.AFTER), after, upTo);
    }

    private PreparedStatement bound(PreparedStatement statement, int first, Cursor after, Optional<Cursor> upTo)
            throws SQLException {
        int next = after.atStart() ? first : bind(statement, first, after, KeyBound.Side.AFTER);
        if (upTo.isPresent()) {
            bind(statement, next, upTo.get(), KeyBound.Side.UP_TO);
        }
        return statement;
    }

    /** The rows with these keys; each column of the key has an array of texts of its own. */
    PreparedStatement prepareKeys(Connection connection, List<String> keys) throws SQLException {
        return asking(connection.prepareStatement(byKeys()), keys);
    }

    /** The number of the first key, from 1, whose row no longer fits into memory with those before; null if all fit. */
    PreparedStatement prepareSizes(Connection connection, List<String> keys) throws SQLException {
        String sizes = "select " + AskedKeys.NUMBER + " as backfill_number, " + size().own("backfill_found.")
                + " as backfill_own" + found();
        String sums = "select backfill_number, backfill_own, sum(backfill_own) over (order by backfill_number rows"
                + " unbounded preceding) as backfill_bytes from (" + sizes + ") as backfill_sizes";
        return asking(
                connection.prepareStatement("select min(backfill_number) from (" + sums
                        + ") as backfill_sums where not (" + size().fits() + ")"),
                keys);
    }

    private PreparedStatement asking(PreparedStatement statement, List<String> keys) throws SQLException {
        new AskedKeys(key)
                .bind(
                        statement,
                        keys.stream()
                                .map(text -> KeyText.read(Cursor.after(text), key.size()))
                                .toList());
        return statement;
    }

    private String byKeys() {
        return "select "
                + selected.stream()
                        .map(each -> each.type().read("backfill_found." + each.sql()))
                        .collect(Collectors.joining(", "))
                + found();
    }

    /** The rows of the keys that are asked for, which have a number. */
    private String found() {
        AskedKeys asked = new AskedKeys(key);
        return " from " + asked.rows() + " join (select * from " + table.name().sql() + " where true"
                + Condition.and(all()) + ") as backfill_found on " + asked.same("backfill_found");
    }

    /**
     * Where a row stands, with its key as the server writes it, whatever Java makes of its values.
     *
     * @param read the columns of the row
     */
    Cursor cursor(ResultSet row, List<Column> read) throws SQLException {
        List<String> names = read.stream().map(Column::name).toList();
        List<String> parts = new ArrayList<>();
        for (Column column : key) {
            parts.add(row.getString(1 + names.indexOf(column.name())));
        }
        return Cursor.after(KeyText.write(parts));
    }

    /** The same for a part of the table. */
    KeysetQuery narrowed(Scope scope) {
        List<String> part = new ArrayList<>(bounds);
        scope.from().ifPresent(from -> part.add(literal(KeyBound.Side.FROM, from)));
        scope.to().ifPresent(to -> part.add(literal(KeyBound.Side.UP_TO, to)));
        List<String> more = new ArrayList<>(conditions);
        scope.where().ifPresent(more::add);
        return new KeysetQuery(table, key, selected, part, more);
    }

    /** The same without one of the conditions. */
    KeysetQuery without(String condition) {
        return new KeysetQuery(table, key, selected, bounds, Condition.without(conditions, condition));
    }

    private String literal(KeyBound.Side side, String text) {
        List<String> parts = KeyText.read(Cursor.after(text), key.size());
        return KeyBound.of(
                        side,
                        key,
                        part -> key.get(part).type().cast("'" + parts.get(part).replace("'", "''") + "'"))
                .sql();
    }

    private int bind(PreparedStatement statement, int first, Cursor cursor, KeyBound.Side side) throws SQLException {
        List<String> parts = KeyText.read(cursor, key.size());
        int at = first;
        for (int part : bound(side).parts()) {
            statement.setObject(at++, parts.get(part), Types.OTHER); // of no type, so that the cast decides on it
        }
        return at;
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    }

    private static String reads(List<Column> columns) {
        return columns.stream().map(Column::read).collect(Collectors.joining(", "));
    }

    /** By the table's own columns: what is read under the same name may be another value. */
    private String ascending() {
        return key.stream().map(each -> each.ascending(own(each))).collect(Collectors.joining(", "));
    }

    private String own(Column column) {
        return table.name().quotedName() + "." + column.sql();
    }
}
