package dev.backfill.postgres.inspect;

import dev.backfill.connector.Diagnostic;
import dev.backfill.postgres.catalog.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reports by what order rows are walked: types, collations and their versions. A newer library may order texts in another way. */
record KeyOrder(Question question) {
    private static final String COLLATIONS = """
        with given as (select to_regclass(?) as rel, ?::text[] as names), here as (
            select to_jsonb(d) as of from pg_catalog.pg_database d where d.datname = current_database())
        select a.attname, case when c.collprovider = 'd'
                   then coalesce(of ->> 'datlocale', of ->> 'daticulocale', of ->> 'datcollate') else c.collname end,
               case when c.collprovider = 'd' then of ->> 'datcollversion' else c.collversion end,
               case when c.collprovider = 'd' then VERSION_NOW else pg_collation_actual_version(c.oid) end,
               c.collprovider = 'd'
        from given join pg_catalog.pg_attribute a on a.attrelid = given.rel and a.attname = any(given.names)
        join pg_catalog.pg_collation c on c.oid = a.attcollation cross join here\
        """;

    /** The server says the version of a database's own collation from 15 on. */
    private static final String VERSION_OF_DATABASE = """
        select exists (select from pg_catalog.pg_proc where proname = 'pg_database_collation_actual_version')
        where ?::text is not null\
        """;

    List<Diagnostic> of(List<Column> key) {
        List<Diagnostic> findings = new ArrayList<>();
        String types =
                key.stream().map(each -> each.name() + " (" + each.type() + ")").collect(Collectors.joining(", "));
        boolean tells = question.ask(VERSION_OF_DATABASE).get(0).get(0).equals("t");
        String own = tells
                ? "(select pg_database_collation_actual_version(oid) from pg_catalog.pg_database where datname ="
                        + " current_database())"
                : "null::text";
        List<String> collations = new ArrayList<>();
        List<String> names = key.stream().map(Column::name).toList();
        for (List<String> row : question.ask(COLLATIONS.replace("VERSION_NOW", own), names)) {
            collations.add("collation " + row.get(1) + (row.get(2).isEmpty() ? "" : " version " + row.get(2)));
            if (!row.get(2).equals(row.get(3))
                    && !row.get(3).isEmpty()
                    && !row.get(2).isEmpty()) {
                findings.add(changed(row));
            }
        }
        findings.add(Diagnostic.detail("read in the order of " + types
                + collations.stream().distinct().map(each -> ", " + each).collect(Collectors.joining())));
        return findings;
    }

    private Diagnostic changed(List<String> row) {
        String refresh = row.get(4).equals("t")
                ? "alter database … refresh collation version"
                : "alter collation " + row.get(1) + " refresh version";
        return Diagnostic.warning("the key " + row.get(0) + " of " + question.table() + " is ordered by " + row.get(1)
                + " version " + row.get(3) + " now, but its index was made with version " + row.get(2)
                + ", so that rows may be passed over; reindex the table, then " + refresh);
    }
}
