package dev.backfill.postgres.checkpoint;

import dev.backfill.connector.Diagnostic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Says whether the user may keep a checkpoint here, without keeping one. */
record StoreLook(Requests requests) {
    private static final String ASKED = """
        select quote_ident(current_user), to_regnamespace('backfill') is not null,
            has_database_privilege(current_database(), 'create'),
            coalesce((select has_schema_privilege(oid, 'usage') from pg_namespace where nspname = 'backfill'), false),
            coalesce((select has_schema_privilege(oid, 'create') from pg_namespace where nspname = 'backfill'), false),
            (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'backfill' and c.relname in ('runs', 'splits', 'dead_letters')),
            (select string_agg(c.relname, ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'backfill' and c.relname in ('runs', 'splits', 'dead_letters')
                and not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                    and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')))\
        """;

    List<Diagnostic> findings() {
        return requests.read("looking at the place", this::ask);
    }

    private List<Diagnostic> ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(ASKED)) {
            answer.next();
            String user = answer.getString(1);
            boolean whole = answer.getInt(6) == 3;
            if (!answer.getBoolean(2)) {
                return List.of(
                        answer.getBoolean(3)
                                ? Diagnostic.addition("the schema backfill")
                                : problem("make the schema backfill", "create schema backfill authorization " + user));
            } else if (!answer.getBoolean(4) || (!whole && !answer.getBoolean(5))) {
                return List.of(problem("use the schema backfill", "grant usage, create on schema backfill to " + user));
            } else if (answer.getString(7) != null) {
                return List.of(problem(
                        "read and write " + answer.getString(7) + " of the schema backfill",
                        "grant select, insert, update, delete on all tables in schema backfill to " + user));
            }
            return List.of();
        }
    }

    private static Diagnostic problem(String what, String remedy) {
        return Diagnostic.problem(
                "for the checkpoint, the user may not " + what + "; an administrator has to run: " + remedy);
    }
}
