package dev.backfill.postgres.read;

import dev.backfill.connector.OpenTransaction;
import dev.backfill.postgres.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the open transactions that write to a table or its partitions, as CREATE INDEX CONCURRENTLY does: by the lock that
 * every insert, update and delete takes and keeps to its end.
 */
final class Writers {
    private static final String QUESTION = """
            select distinct l.virtualtransaction, l.pid, a.usename, a.state,
                floor(extract(epoch from clock_timestamp() - a.xact_start))::bigint as age,
                floor(extract(epoch from clock_timestamp() - a.query_start))::bigint as statement_age
            from pg_catalog.pg_locks l left join pg_catalog.pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'relation' and l.mode = 'RowExclusiveLock'
                and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
                and l.relation in (select pg_catalog.to_regclass(?)::oid
                    union all select relid from pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
                and l.pid is distinct from pg_catalog.pg_backend_pid()
            order by l.virtualtransaction""";

    private Writers() {}

    static List<OpenTransaction> of(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
            statement.setString(1, table.sql());
            statement.setString(2, table.sql());
            ResultSet found = statement.executeQuery();
            List<OpenTransaction> writers = new ArrayList<>();
            while (found.next()) {
                writers.add(new OpenTransaction(found.getString("virtualtransaction"), description(found)));
            }
            return writers;
        }
    }

    /** The server shows ages only to the same user and to members of pg_read_all_stats. */
    private static String description(ResultSet found) throws SQLException {
        String pid = found.getString("pid");
        if (pid == null) {
            return "a prepared transaction (see pg_prepared_xacts)";
        }
        String who = "pid " + pid + " of " + found.getString("usename");
        return found.getString("age") == null
                ? who
                : who + " (" + found.getString("state") + ", last statement " + found.getString("statement_age")
                        + " s old, transaction " + found.getString("age") + " s old)";
    }
}
