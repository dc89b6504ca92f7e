package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The statements of an upsert. */
record UpsertStatements(GivenRows rows, List<Column> touched) {
    /**
     * Adds and changes rows by the index of their key. What an insert returns does not tell which record it came from: so it
     * is joined with them by the key. A row that no transaction has locked or changed before is new.
     */
    String byIndex() {
        String keys = names(rows.key());
        return "with given as materialized (select * from " + rows.rows() + "), written as (insert into "
                + rows.table().name().sql() + " (" + added() + ") select " + given()
                + " from given on conflict (" + keys + ") do " + change() + " returning " + keys
                + ", (xmax = 0) as backfill_added) select given.number, written.backfill_added from given join written on "
                + IntStream.range(0, rows.key().size())
                        .mapToObj(i -> "written." + rows.key().get(i).sql() + " = given.c" + (i + 1))
                        .collect(Collectors.joining(" and "));
    }

    /** The same for keys with nulls, which no index takes for equal. Gives the rows that are there, and whether they changed. */
    String byNulls() {
        String present = "select backfill_given.number from given as backfill_given join "
                + rows.table().name().sql() + " on " + rows.sameKeyOrNull();
        return "with given as materialized (select * from " + rows.rows() + "), present as materialized (" + present
                + "), changed as (" + changing("given as backfill_given", rows.sameKeyOrNull())
                + "), added as (insert into " + rows.table().name().sql() + " (" + added() + ") select " + given()
                + " from given where number not in (select number from present))"
                + " select distinct number, number in (select number from changed) from present";
    }

    /** Changes rows that differ, and gives their numbers. */
    private String changing(String from, String where) {
        if (rows.values().isEmpty()) {
            return "select number from given where false";
        }
        String changes = Stream.concat(
                        IntStream.range(0, rows.values().size())
                                .mapToObj(i -> rows.values().get(i).sql() + " = " + rows.value(i)),
                        touched.stream().map(each -> each.sql() + " = now()"))
                .collect(Collectors.joining(", "));
        return "update " + rows.table().name().sql() + " set " + changes + " from " + from + " where " + where + " and "
                + rows.differs() + " returning " + GivenRows.NUMBER;
    }

    /** What a write would change of the rows that are there, and what they hold. */
    String look() {
        return "select " + GivenRows.NUMBER + ", " + (rows.values().isEmpty() ? "false" : rows.differs())
                + rows.values().stream().map(each -> ", " + rows.read(each)).collect(Collectors.joining()) + " from "
                + rows.rows() + " join " + rows.table().name().sql() + " on " + rows.sameKeyOrNull();
    }

    private String change() {
        if (rows.values().isEmpty()) {
            return "nothing";
        }
        String changes = Stream.concat(
                        rows.values().stream().map(each -> each.sql() + " = excluded." + each.sql()),
                        touched.stream().map(each -> each.sql() + " = now()"))
                .collect(Collectors.joining(", "));
        String own = rows.values().stream().map(rows::own).collect(Collectors.joining(", "));
        String excluded =
                rows.values().stream().map(each -> "excluded." + each.sql()).collect(Collectors.joining(", "));
        return "update set " + changes + " where " + GivenRows.differ(own, excluded);
    }

    private String added() {
        return names(Stream.of(rows.key(), rows.values(), touched)
                .flatMap(List::stream)
                .toList());
    }

    private String given() {
        return rows.places() + touched.stream().map(each -> ", now()").collect(Collectors.joining());
    }

    static String names(List<Column> columns) {
        return columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    }
}
