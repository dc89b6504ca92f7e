package dev.backfill.postgres.inspect;

import dev.backfill.connector.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/** Reports who else hears of a changed row: publications of logical replication. */
record Replication(Question question) {
    private static final String PUBLISHED = """
        select string_agg(p.pubname, ', ' order by p.pubname),
               c.relreplident = 'n' or c.relreplident = 'd' and not exists (
                   select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisprimary)
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_publication_tables t on t.schemaname = n.nspname and t.tablename = c.relname
        join pg_catalog.pg_publication p on p.pubname = t.pubname and p.pubupdate
        where c.oid = to_regclass(?) group by c.oid, c.relreplident\
        """;

    List<Diagnostic> of() {
        List<Diagnostic> findings = new ArrayList<>();
        String table = question.table().toString();
        for (List<String> row : question.ask(PUBLISHED)) {
            findings.add(Diagnostic.warning("each changed row of " + table + " goes to those who subscribe to "
                    + row.get(0) + "; inform their owners, and watch their lag during the run"));
            if (row.get(1).equals("t")) {
                findings.add(Diagnostic.problem(table + " is published by " + row.get(0)
                        + " without a replica identity, so that the server refuses every update; run: alter table "
                        + question.table().sql() + " replica identity using index … (or full)"));
            }
        }
        return findings;
    }
}
