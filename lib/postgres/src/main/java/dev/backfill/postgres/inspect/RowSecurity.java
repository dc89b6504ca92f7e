package dev.backfill.postgres.inspect;

import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.catalog.TableName;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.util.List;
import java.util.Optional;

/** Says whether policies hide rows of a table from this user, and whether the script accepts that. */
public record RowSecurity(PostgresDatabase database, TableName table) {
    /** Without a policy that lets it read, a user sees no row at all. */
    private static final String HIDING = """
        select quote_ident(current_user), coalesce((select string_agg(quote_ident(p.polname), ', ' order by p.polname)
            from pg_catalog.pg_policy p where p.polrelid = c.oid and p.polcmd in ('*', 'r')), '')
        from pg_catalog.pg_class c where c.oid = to_regclass(?) and row_security_active(c.oid)\
        """;

    /** {@link FatalFailure} with the next step if rows would be hidden and the script does not accept it. */
    public void pass(String doing) {
        if (database.acceptPoliciesBecause().isEmpty()) {
            hiding().ifPresent(found -> {
                throw new FatalFailure(doing + ": " + found.who() + " would hide rows without a word; run as a role"
                        + " with bypassrls if all rows are meant, or let the script say " + word());
            });
        }
    }

    /** What is to be reported of it where it holds: where rows are read it is accepted. */
    List<Diagnostic> findings() {
        return hiding().map(found -> Diagnostic.warning(found.who() + found.verb() + consequence())).stream()
                .toList();
    }

    private String consequence() {
        return database.acceptPoliciesBecause()
                .map(reason -> " rows; the script accepts that: " + reason)
                .orElse(" rows: a write does not find them, and a dry run and validate refuse to look; run as a role"
                        + " with bypassrls if all rows are meant, or let the script say " + word());
    }

    private Optional<Hiding> hiding() {
        return new Question(database, table)
                .ask(HIDING).stream().findFirst().map(row -> new Hiding(table, row.get(0), row.get(1)));
    }

    private String word() {
        return "table('" + table + "').acceptPolicies('…') with the reason";
    }

    /** Whom what hides rows from. */
    private record Hiding(TableName table, String user, String policies) {
        String who() {
            String what = policies.isEmpty()
                    ? "row security of " + table + ", without a policy for reading,"
                    : "the policies of " + table + " (" + policies + ")";
            return what + " for the user " + user;
        }

        String verb() {
            return policies.isEmpty() ? " hides" : " hide";
        }
    }
}
