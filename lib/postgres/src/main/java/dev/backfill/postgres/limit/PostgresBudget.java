package dev.backfill.postgres.limit;

import dev.backfill.connector.Budget;
import dev.backfill.connector.Failure;
import dev.backfill.connector.TransientFailure;
import dev.backfill.connector.UnknownOutcome;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.postgres.connection.PostgresFailures;
import dev.backfill.postgres.connection.PostgresTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Counts in a table, by the database's clock, in a thousand slices of the period. A slice counts until all of it is older
 * than the period and a little more: so there is never more in any period, not where the calls arrive either, and less by a
 * seventieth at most. One process reserves at a time.
 */
final class PostgresBudget implements Budget {
    private static final long SLICES = 1_000;
    /** Thousandths of the period, and the most: by how much the ways of two calls to their server may differ. */
    private static final long MARGIN = 12;

    private static final Duration MOST_MARGIN = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static final String TABLE = """
        create schema if not exists backfill;
        create table if not exists backfill.budgets (
            name text not null,
            width bigint not null,
            slice bigint not null,
            amount bigint not null,
            primary key (name, width, slice))\
        """;

    private static final String FIND = "select to_regclass('backfill.budgets') is not null";

    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('backfill.budgets'), hashtext(?))";

    /** What is counted: slices that end within the period before now. Times are microseconds. */
    private static final String NOW = """
        with now as materialized
            (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as at),
        given as materialized
            (select ?::text as name, ?::bigint as width, ?::bigint as period, ?::bigint as most, ?::bigint as amount),
        counted as materialized
            (select slice, b.amount from backfill.budgets b, now, given
            where b.name = given.name and b.width = given.width
                and b.slice >= (at - given.period) / given.width),
        """;

    private static final String RESERVE = NOW + """
        old as
            (delete from backfill.budgets b using now, given
            where b.name = given.name and b.width = given.width
                and b.slice < (at - given.period) / given.width)
        insert into backfill.budgets as b (name, width, slice, amount)
        select name, width, at / width, amount from now, given
        where (select coalesce(sum(counted.amount), 0) from counted) + amount <= most
        on conflict (name, width, slice) do update set amount = b.amount + excluded.amount
        returning b.amount\
        """;

    /** When so many of the oldest slices are past that there is room. */
    private static final String WAIT = NOW + """
        freed as
            (select slice, sum(amount) over (order by slice) as free, sum(amount) over () as spent from counted)
        select min((slice + 1) * given.width + given.period - at) from freed, now, given
        where spent - free + given.amount <= given.most\
        """;

    private final PostgresDatabase database;
    private final String name;
    private final long most;
    private final Duration period;
    private volatile boolean known;

    PostgresBudget(PostgresDatabase database, String name, long most, Duration period) {
        this.database = database;
        this.name = name;
        this.most = most;
        this.period = period;
    }

    @Override
    public Duration reserve(long amount) {
        String doing = "reserving " + amount + " from the budget '" + name + "' in " + database.title();
        create();
        try (PostgresTransaction transaction = database.begin()) {
            Duration wait = reserve(transaction.connection(), amount, doing);
            transaction.commit();
            return wait;
        } catch (UnknownOutcome lost) {
            throw new TransientFailure(lost.getMessage() + "; it may count once too often");
        }
    }

    private Duration reserve(Connection connection, long amount, String doing) {
        try {
            try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
                lock.setString(1, name);
                lock.execute();
            }
            if (reserved(connection, amount)) {
                return Duration.ZERO;
            }
            Duration wait = wait(connection, amount);
            return wait.compareTo(SHORT) <= 0 && soon(connection, wait, amount) ? Duration.ZERO : wait;
        } catch (SQLException e) {
            throw PostgresFailures.of(e, doing);
        }
    }

    private boolean reserved(Connection connection, long amount) throws SQLException {
        try (PreparedStatement statement = bound(connection, RESERVE, amount)) {
            return statement.executeQuery().next();
        }
    }

    /** Waits where the budget is: nobody else could spend in the meantime, and no time is lost on the way. */
    private boolean soon(Connection connection, Duration wait, long amount) throws SQLException {
        try (PreparedStatement sleep = connection.prepareStatement("select pg_sleep(?)")) {
            sleep.setDouble(1, wait.toNanos() / 1e9);
            sleep.execute();
        }
        return reserved(connection, amount);
    }

    private Duration wait(Connection connection, long amount) throws SQLException {
        try (PreparedStatement statement = bound(connection, WAIT, amount)) {
            ResultSet row = statement.executeQuery();
            row.next();
            Duration wait = Duration.ofNanos(Math.max(0, row.getLong(1)) * 1_000);
            return wait.compareTo(SOON) < 0 ? SOON : wait;
        }
    }

    private PreparedStatement bound(Connection connection, String sql, long amount) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        long micros = period.toNanos() / 1_000;
        statement.setString(1, name);
        statement.setLong(2, Math.max(1, micros / SLICES));
        statement.setLong(3, micros + Math.min(micros * MARGIN / 1_000, MOST_MARGIN.toNanos() / 1_000));
        statement.setLong(4, most);
        statement.setLong(5, amount);
        return statement;
    }

    private void create() {
        if (known) {
            return;
        }
        String doing = "looking for the table backfill.budgets of " + database.title();
        known = database.read(doing, connection -> {
            try (ResultSet found = connection.createStatement().executeQuery(FIND)) {
                return found.next() && found.getBoolean(1);
            }
        });
        if (!known) {
            make();
        }
    }

    private void make() {
        try (PostgresTransaction transaction = database.begin();
                PreparedStatement lock = transaction.connection().prepareStatement(LOCK)) {
            lock.setString(1, "");
            lock.execute();
            transaction.connection().createStatement().execute(TABLE);
            transaction.commit();
            known = true;
        } catch (SQLException e) {
            Failure failure = PostgresFailures.of(
                    e,
                    "creating the table backfill.budgets in " + database.title()
                            + " (or let an administrator run: create schema backfill authorization <this user>)");
            throw failure;
        }
    }
}
