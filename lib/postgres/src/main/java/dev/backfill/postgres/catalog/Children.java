package dev.backfill.postgres.catalog;

import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.connection.PostgresDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;

/** Refuses tables from which others inherit: their rows belong to the table, but its keys do not identify them. */
public final class Children {
    private static final String QUESTION = """
        select string_agg(i.inhrelid::regclass::text, ', ' order by i.inhrelid) from pg_catalog.pg_inherits i
        join pg_catalog.pg_class c on c.oid = i.inhparent where c.oid = to_regclass(?) and c.relkind = 'r'
        having count(*) > 0\
        """;

    private Children() {}

    /**
     * {@link FatalFailure} with the next step if there are any, unless a condition says which table's rows are meant.
     *
     * @param conditions in SQL, all of which hold for the rows that are meant
     */
    public static void refuse(PostgresDatabase database, Table table, List<String> conditions) {
        if (conditions.stream().anyMatch(each -> each.contains("tableoid"))) {
            return;
        }
        database.read("looking up what inherits from " + table.name(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
                statement.setString(1, table.name().sql());
                ResultSet found = statement.executeQuery();
                if (found.next()) {
                    throw new FatalFailure(message(table, found.getString(1)));
                }
                return true;
            }
        });
    }

    private static String message(Table table, String children) {
        return table.name() + " has tables that inherit from it (" + children
                + "), whose rows may repeat its keys, so that some would be skipped or changed by mistake; name each"
                + " of these tables on its own, and the rows of this one alone with"
                + " where(\"tableoid = '" + table.name() + "'::regclass\")";
    }
}
