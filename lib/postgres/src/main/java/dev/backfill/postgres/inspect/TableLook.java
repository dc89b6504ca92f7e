package dev.backfill.postgres.inspect;

import dev.backfill.connector.Diagnostic;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.postgres.catalog.Table;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.words.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at a table before a run, for what is to be done with it, and changes nothing. */
public record TableLook(PostgresDatabase database, Table table) {
    private static final String SIZE = """
        select pg_size_pretty(pg_total_relation_size(c.oid)), greatest(c.reltuples, 0)::bigint
        from pg_catalog.pg_class c where c.oid = to_regclass(?)\
        """;

    private static final String LED = """
        select c.relname from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
        join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = to_regclass(?) and i.indisvalid and i.indpred is null and a.attname = any(?)\
        """;

    private static final String UNFILLED = """
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_catalog.pg_attribute a
        where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped and a.attnotnull
          and not a.atthasdef and a.attidentity = '' and not a.attname = any(?)
        having count(*) > 0\
        """;

    /** A table of fewer rows is read through in no time. */
    private static final long SMALL = 1_000;

    /** What there is to know for walking it by its key. */
    public List<Diagnostic> walking(List<Column> key, List<Column> read) {
        List<Diagnostic> findings = reading(read);
        findings.addAll(new KeyOrder(question()).of(key));
        for (List<String> row : question().ask(SIZE)) {
            findings.add(Diagnostic.info("it takes " + row.get(0) + " with its indexes"));
        }
        return findings;
    }

    /** What there is to know for finding rows by a column. */
    public List<Diagnostic> finding(Column by, List<Column> read) {
        List<Diagnostic> findings = reading(both(List.of(by), read));
        long rows = Long.parseLong(question().ask(SIZE).get(0).get(1));
        if (rows > SMALL && question().ask(LED, List.of(by.name())).isEmpty()) {
            findings.add(Diagnostic.warning("no index of " + table.name() + " begins with " + by.name()
                    + ": each batch reads the whole table, " + Quantity.about(rows, "row")
                    + "; run: create index concurrently on "
                    + table.name().sql() + " (" + by.sql() + ")"));
        }
        return findings;
    }

    /** What there is to know for changing columns of rows that are there. */
    public List<Diagnostic> updating(List<Column> key, List<Column> changed, Collection<Column> read) {
        List<Diagnostic> findings = reading(both(both(key, changed), read));
        findings.addAll(privileges().lacking("update", "UPDATE", changed));
        findings.addAll(woken(Wakes.Event.UPDATE, changed));
        return findings;
    }

    /** What there is to know for adding rows, or changing those that are there. */
    public List<Diagnostic> upserting(List<Column> key, List<Column> changed) {
        List<Column> all = both(key, changed);
        List<Diagnostic> findings = reading(all);
        findings.addAll(privileges().lacking("insert", "INSERT", all));
        findings.addAll(privileges().lacking("update", "UPDATE", changed));
        List<String> given = all.stream().map(Column::name).toList();
        for (List<String> row : question().ask(UNFILLED, given)) {
            findings.add(Diagnostic.problem(row.get(0) + " of " + table.name()
                    + " may not be null, has no default and is not written, so that no row can be added; write it too,"
                    + " or give it a default"));
        }
        findings.addAll(woken(Wakes.Event.UPSERT, changed));
        return findings;
    }

    private List<Diagnostic> woken(Wakes.Event event, List<Column> changed) {
        List<Diagnostic> findings = new ArrayList<>(new Replication(question()).of());
        findings.addAll(privileges().guarded());
        findings.addAll(new Wakes(question()).of(event, changed));
        findings.add(Diagnostic.detail(
                "locks: row exclusive on it, and each changed row until its batch commits; a batch waits"
                        + " for a lock 2 s at most, then is tried again"));
        return findings;
    }

    private List<Diagnostic> reading(List<Column> columns) {
        List<Diagnostic> findings = new ArrayList<>(privileges().lacking("read", "SELECT", columns));
        findings.addAll(new RowSecurity(database, table.name()).findings());
        return findings;
    }

    private Privileges privileges() {
        return new Privileges(question());
    }

    private Question question() {
        return new Question(database, table.name());
    }

    private static List<Column> both(Collection<Column> some, Collection<Column> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().collect(Collectors.toList());
    }
}
