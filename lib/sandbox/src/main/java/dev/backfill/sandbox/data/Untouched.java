package dev.backfill.sandbox.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Finds rows that were written between two moments, even if nothing of them has changed: each has another place, or version. */
public final class Untouched {
    private static final String REMEMBER = """
            do $$
            declare kept record;
            begin
                drop schema if exists once cascade;
                create schema once;
                create table once.rows (name text, place text, version text);
                for kept in select tablename from pg_tables where schemaname = 'public' loop
                    execute format('insert into once.rows select %1$L, ctid::text, xmin::text from public.%1$I', kept.tablename);
                end loop;
            end $$
            """;

    /** A query for the rows that came, went or were written since. */
    public static final String OFFENDERS = """
            select coalesce(once.name, now.name) as "table", once.place is null as new, now.place is null as gone
            from once.rows once full join (select name, place, version from once.now()) now using (name, place, version)
            where once.place is null or now.place is null""";

    private static final String NOW = """
            create function once.now() returns table (name text, place text, version text) language plpgsql as $$
            declare kept record;
            begin
                for kept in select tablename from pg_tables where schemaname = 'public' loop
                    return query execute format('select %1$L, ctid::text, xmin::text from public.%1$I', kept.tablename);
                end loop;
            end $$
            """;

    private Untouched() {}

    public static void remember(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(REMEMBER);
            statement.execute(NOW);
        }
    }
}
