package dev.backfill.postgres.write;

import dev.backfill.postgres.catalog.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements of an upsert.
 *
 * @param adding what stands before the values of an insert
 * @param altering true if the server may give an added or changed row other values than were sent
 */
record UpsertStatements(GivenRows rows, List<Column> touched, String adding, boolean altering) {
    /**
     * Adds and changes rows by the index of their key. What an insert returns does not say which record it came from: so it
     * is joined with them by the key. A row that no transaction has locked or changed before is new. Gives the numbers, whether
     * the row is new, and whether it differs from what was sent.
     */
    String byIndex() {
        String keys = names(rows.key());
        return "with given as materialized (select * from " + rows.rows() + "), written as (insert into "
                + rows.table().name().sql() + " (" + added() + ")" + adding + " select " + given()
                + " from given on conflict (" + keys + ") do " + change() + " returning "
                + (altering
                        ? names(Stream.concat(rows.key().stream(), rows.values().stream())
                                .toList())
                        : keys)
                + ", (xmax = 0) as backfill_added) select given.number, written.backfill_added, " + altered()
                + " from given join written on "
                + IntStream.range(0, rows.key().size())
                        .mapToObj(i -> rows.key()
                                .get(i)
                                .comparison()
                                .same("written." + rows.key().get(i).sql(), "given.c" + (i + 1)))
                        .collect(Collectors.joining(" and "));
    }

    private String altered() {
        if (!altering || rows.values().isEmpty()) {
            return "false";
        }
        String written = rows.values().stream()
                .map(each -> each.type().base("written." + each.sql()))
                .collect(Collectors.joining(", "));
        int first = rows.key().size() + 1;
        String given = IntStream.range(first, first + rows.values().size())
                .mapToObj(i -> "given.c" + i)
                .collect(Collectors.joining(", "));
        return GivenRows.differ(written, given);
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
