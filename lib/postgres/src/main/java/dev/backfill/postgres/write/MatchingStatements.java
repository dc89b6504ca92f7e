package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements that write rows by their place, and add others.
 *
 * @param all the given rows, with their keys among their values
 * @param key how many of the values are the key's
 */
record MatchingStatements(GivenRows all, int key, List<Column> touched) {
    /** Changes the rows at these places that differ; gives their numbers, and whether they still do. */
    String change() {
        String changes = Stream.concat(
                        IntStream.range(0, all.values().size())
                                .mapToObj(i -> all.values().get(i).sql() + " = " + all.value(i)),
                        touched.stream().map(each -> each.sql() + " = now()"))
                .collect(Collectors.joining(", "));
        return "update " + all.table().name().sql() + " set " + changes + " from " + all.rows() + " join " + places()
                + " where " + here() + " and " + all.differs() + " returning " + GivenRows.NUMBER + ", "
                + all.differs();
    }

    /** Whether the rows at these places differ, and what they hold. */
    String look() {
        return "select " + GivenRows.NUMBER + ", " + all.differs()
                + all.values().stream().map(each -> ", " + all.read(each)).collect(Collectors.joining()) + " from "
                + all.rows() + " join " + places() + " join "
                + all.table().name().sql() + " on " + here();
    }

    /**
     * Adds all of the given rows; gives the numbers of those that were added, and whether they differ from what was given.
     *
     * @param yielding true if a row is left out when another one is in its way
     */
    String add(boolean yielding) {
        String now = touched.stream().map(each -> ", now()").collect(Collectors.joining());
        String names = UpsertStatements.names(
                Stream.concat(all.values().stream(), touched.stream()).toList());
        String written = columns(
                i -> "written." + all.values().get(i).sql(), all.values().size());
        String given = columns(all::value, all.values().size());
        String same = IntStream.range(0, key)
                .mapToObj(i -> "written." + all.values().get(i).sql() + " = " + all.value(i))
                .collect(Collectors.joining(" and "));
        return "with given as materialized (select * from " + all.rows() + "), written as (insert into "
                + all.table().name().sql() + " (" + names + ") select " + all.places() + now + " from given"
                + (yielding ? " on conflict do nothing" : "") + " returning " + UpsertStatements.names(all.values())
                + ") select " + GivenRows.NUMBER + ", " + GivenRows.differ(written, given)
                + " from given as backfill_given join written on " + same;
    }

    private static String columns(IntFunction<String> column, int count) {
        return IntStream.range(0, count).mapToObj(column).collect(Collectors.joining(", "));
    }

    /** Where each record's row is, joined to the record. */
    private static String places() {
        return "unnest(cast(? as bigint[]), cast(? as oid[]), cast(? as text[])) as backfill_at(number, held_by, place)"
                + " on backfill_at.number = " + GivenRows.NUMBER;
    }

    private String here() {
        String table = all.table().name().quotedName();
        return table + ".ctid = cast(backfill_at.place as tid) and " + table + ".tableoid = backfill_at.held_by";
    }
}
