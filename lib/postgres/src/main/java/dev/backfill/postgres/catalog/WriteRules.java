package dev.backfill.postgres.catalog;

import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what of a table decides how it can be written, and whether the server may do something else than it is asked.
 *
 * @param partitioned true if its rows are in partitions
 * @param triggers true if a trigger sees each row before it is written, on the table or on one that holds its rows
 * @param rules true if a rule adds something to statements that change it, or takes their place
 * @param instead true if a rule takes the place of an update
 * @param policies true if row security holds for this user
 * @param deferrable the columns of each unique key that is checked at the end of a statement or a transaction
 * @param identities columns whose values the server makes itself, unless a statement overrides that
 */
public record WriteRules(
        boolean partitioned,
        boolean triggers,
        boolean rules,
        boolean instead,
        boolean policies,
        List<Set<String>> deferrable,
        Set<String> identities) {
    private static final String QUESTION = """
            with recursive tree(oid) as (
                select to_regclass(?)::oid union select i.inhrelid from tree join pg_catalog.pg_inherits i on i.inhparent = tree.oid)
            select c.relkind = 'p',
                exists (select from tree join pg_catalog.pg_trigger t on t.tgrelid = tree.oid
                    where not t.tgisinternal and t.tgenabled in ('O', 'A') and t.tgtype & 3 = 3 and t.tgtype & 20 > 0),
                exists (select from pg_catalog.pg_rewrite r
                    where r.ev_class = c.oid and r.ev_type in ('2', '3') and r.ev_enabled in ('O', 'A')),
                exists (select from pg_catalog.pg_rewrite r
                    where r.ev_class = c.oid and r.ev_type = '2' and r.is_instead and r.ev_enabled in ('O', 'A')),
                row_security_active(c.oid),
                array(select array_to_string(array(select a.attname from pg_catalog.pg_attribute a
                        where a.attrelid = i.indrelid and a.attnum = any(i.indkey)), chr(1))
                    from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisunique and not i.indimmediate),
                array(select a.attname::text from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attidentity = 'a')
            from pg_catalog.pg_class c where c.oid = to_regclass(?)""";

    public WriteRules {
        deferrable = List.copyOf(deferrable);
        identities = Set.copyOf(identities);
    }

    public static WriteRules of(PostgresDatabase database, TableName table) {
        return database.read("looking up the rules of " + table + " in " + database.title(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
                statement.setString(1, table.sql());
                statement.setString(2, table.sql());
                return read(statement.executeQuery(), table);
            }
        });
    }

    private static WriteRules read(ResultSet found, TableName table) throws SQLException {
        if (!found.next()) {
            throw new FatalFailure("there is no table " + table + " any more; check who removes it");
        }
        return new WriteRules(
                found.getBoolean(1),
                found.getBoolean(2),
                found.getBoolean(3),
                found.getBoolean(4),
                found.getBoolean(5),
                Arrays.stream(texts(found, 6))
                        .map(each -> Set.of(each.split("\1")))
                        .toList(),
                Set.of(texts(found, 7)));
    }

    private static String[] texts(ResultSet found, int column) throws SQLException {
        return (String[]) found.getArray(column).getArray();
    }

    /** True if an insert cannot name a row in its way by this key. */
    public boolean deferrable(Collection<Column> key) {
        return deferrable.contains(key.stream().map(Column::name).collect(Collectors.toSet()));
    }

    /** What an insert has to say before its values to give these columns values of its own; nothing where all can be given. */
    public String adding(Collection<Column> columns) {
        return columns.stream().map(Column::name).anyMatch(identities::contains) ? " overriding system value" : "";
    }

    /** True if a row may stay as it is, or become another than was sent, without an error. */
    public boolean interfere() {
        return triggers || rules || policies;
    }
}
