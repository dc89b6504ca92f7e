package dev.backfill.postgres.inspect;

import dev.backfill.connector.Diagnostic;
import dev.backfill.postgres.catalog.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which privileges the user lacks, and how to get them. */
record Privileges(Question question) {
    private static final String LACKING = """
        select quote_ident(current_user), string_agg(quote_ident(a.attname), ', ' order by a.attnum)
        from pg_catalog.pg_attribute a
        where a.attrelid = to_regclass(?) and a.attname = any(?)
          and not has_column_privilege(a.attrelid, a.attnum, (?::text[])[1])
        having count(*) > 0\
        """;

    private static final String POLICIES = """
        select string_agg(quote_ident(p.polname), ', ' order by p.polname) from pg_catalog.pg_policy p
        where p.polrelid = to_regclass(?) and p.polcmd in ('*', 'a', 'w') and row_security_active(p.polrelid)
        having count(*) > 0\
        """;

    /**
     * @param verb what the privilege allows, for the message: "read"
     * @param privilege as a grant names it: SELECT
     */
    List<Diagnostic> lacking(String verb, String privilege, List<Column> columns) {
        List<Diagnostic> findings = new ArrayList<>();
        List<String> names = columns.stream().map(Column::name).distinct().toList();
        for (List<String> row : question.ask(LACKING, names, List.of(privilege))) {
            String table = question.table().toString();
            findings.add(
                    Diagnostic.problem("the user " + row.get(0) + " may not " + verb + " " + row.get(1) + " of " + table
                            + "; its owner has to run: grant " + privilege.toLowerCase(Locale.ROOT) + " (" + row.get(1)
                            + ") on "
                            + question.table().sql() + " to " + row.get(0)));
        }
        return findings;
    }

    /** Rows that a policy does not give to us for changing them, or does not let us write. */
    List<Diagnostic> guarded() {
        return question.ask(POLICIES).stream()
                .map(row -> Diagnostic.warning("the policies of " + question.table() + " (" + row.get(0)
                        + ") decide what may be written: a row that they do not let us change counts as suppressed,"
                        + " and the run ends with exit 3 unless the sink says acceptSuppressed '…'; a record that they"
                        + " refuse is a dead letter"))
                .toList();
    }
}
