package dev.backfill.sandbox.data;

import dev.backfill.sandbox.plan.Size;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a declaration's SQL, and keeps a copy of the tables that it made. */
public final class PostgresData {
    private static final String GROUND = """
        create schema sandbox;
        create schema before;
        create schema after;
        create function sandbox.rows() returns bigint language sql immutable parallel safe as 'select %d::bigint';
        create function sandbox.chance(n bigint, about text) returns float8 language sql immutable parallel safe as
            'select (hashint8extended(n, hashtextextended(about, %d)) & 9007199254740991)::float8 / 9007199254740992';
        create function sandbox.number(n bigint, about text, low bigint, high bigint) returns bigint
            language sql immutable parallel safe as
            'select low + floor(sandbox.chance(n, about) * (high - low + 1))::bigint';
        """;
    private static final String KEEP = """
        do $$
        declare kept record;
        begin
            for kept in select tablename from pg_tables where schemaname = 'public' loop
                execute format('create unlogged table before.%1$I as table public.%1$I', kept.tablename);
                execute format('analyze public.%I', kept.tablename);
            end loop;
        end $$
        """;

    private PostgresData() {}

    /** The answer says how many rows each table has. */
    public static Map<String, Long> fill(Connection connection, List<String> statements, Size size)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(GROUND.formatted(size.rows(), size.seed()));
            for (String each : statements) {
                statement.execute(each);
            }
            return count(statement);
        }
    }

    /** Copies the tables into the schema {@code before}. */
    public static void keep(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP);
        }
    }

    private static Map<String, Long> count(Statement statement) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String table : tables(statement)) {
            try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                counts.put(table, count.next() ? count.getLong(1) : 0L);
            }
        }
        return counts;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names = statement.executeQuery(
                "select format('public.%I', tablename) from pg_tables where schemaname = 'public' order by"
                        + " tablename")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }
}
