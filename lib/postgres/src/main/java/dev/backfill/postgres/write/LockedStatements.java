package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements that write rows by their place, and add others.
 *
 * @param rows what is given; its values are what is changed
 * @param key the first of its columns, by which an added row is known again
 * @param nulls true if a null in the key is a value like any other
 * @param touched columns that get the time of the change
 * @param adding what stands before the values of an insert
 */
record LockedStatements(GivenRows rows, List<Column> key, boolean nulls, List<Column> touched, String adding) {
    /** Changes the rows at these places that differ; gives their numbers, and whether they still do. */
    String change() {
        String changes = Stream.concat(
                        IntStream.range(0, rows.values().size())
                                .filter(i -> !rows.values().get(i).computed())
                                .mapToObj(i -> rows.values().get(i).sql() + " = " + rows.value(i)),
                        touched.stream().map(each -> each.sql() + " = now()"))
                .collect(Collectors.joining(", "));
        return "update " + rows.table().name().sql() + " set " + changes + " from " + rows.rows() + " join " + places()
                + " where " + here() + " and " + rows.differs() + " returning " + GivenRows.NUMBER + ", "
                + rows.differs();
    }

    /** Whether the rows at these places differ, and what they hold. */
    String look() {
        return "select " + GivenRows.NUMBER + ", " + (rows.values().isEmpty() ? "false" : rows.differs())
                + rows.values().stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining()) + " from "
                + rows.rows() + " join " + places() + " join "
                + rows.table().name().sql() + " on " + here();
    }

    /**
     * Adds all of the given rows; gives the numbers of those that were added, and whether they differ from what was given.
     *
     * @param conflict what the statement says of rows in the way
     */
    String add(String conflict) {
        List<Column> columns =
                Stream.concat(rows.key().stream(), rows.values().stream()).toList();
        String names = UpsertStatements.names(
                Stream.concat(columns.stream(), touched.stream()).toList());
        String now = touched.stream().map(each -> ", now()").collect(Collectors.joining());
        return "with given as materialized (select * from " + rows.rows() + "), written as (insert into "
                + rows.table().name().sql() + " (" + names + ")" + adding + " select " + rows.places() + now
                + " from given" + conflict + " returning " + UpsertStatements.names(columns) + ") select "
                + GivenRows.NUMBER + ", " + differing() + " from given as backfill_given join written on " + same();
    }

    private String differing() {
        if (rows.values().isEmpty()) {
            return "false";
        }
        String written = rows.values().stream()
                .map(each -> each.type().base("written." + each.sql()))
                .collect(Collectors.joining(", "));
        String given =
                IntStream.range(0, rows.values().size()).mapToObj(rows::value).collect(Collectors.joining(", "));
        return GivenRows.differ(written, given);
    }

    private String same() {
        return IntStream.range(0, key.size())
                .mapToObj(i -> same(key.get(i), "written." + key.get(i).sql(), "backfill_given.c" + (i + 1)))
                .collect(Collectors.joining(" and "));
    }

    private String same(Column column, String written, String given) {
        return nulls && !column.notNull()
                ? column.comparison().sameOrNull(written, given)
                : column.comparison().same(written, given);
    }

    /** Where each record's row is, joined to the record. */
    private static String places() {
        return "unnest(cast(? as bigint[]), cast(? as oid[]), cast(? as text[])) as backfill_at(number, held_by, place)"
                + " on backfill_at.number = " + GivenRows.NUMBER;
    }

    private String here() {
        String table = rows.table().name().quotedName();
        return table + ".ctid = cast(backfill_at.place as tid) and " + table + ".tableoid = backfill_at.held_by";
    }
}
