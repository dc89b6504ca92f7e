package dev.backfill.postgres.connection;

import dev.backfill.time.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Keeps a transaction from taking effect after a deadline. The server gives up on a statement before that, by limits that
 * are sent with the begin and again only when little of their time is left; and it refuses a commit that comes too late, by its own
 * clock, whatever happened to this process in between. Used by one thread.
 */
final class TimeLimit {
    /** What a commit that came too late fails with. */
    static final String TOO_LATE = "the time for this transaction is over since";

    private static final Duration STATEMENT = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(10);
    /** So long a transaction needs no second setting, as its statements are given up that much earlier. */
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private final Deadline deadline;
    private Duration statement = STATEMENT;
    private Duration whole = Duration.ofDays(1);

    TimeLimit(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Part of the statement that begins the transaction. */
    String settings() {
        Duration left = deadline.left();
        Duration reserve = shorter(RESERVE, left.dividedBy(4));
        statement = shorter(STATEMENT, atLeast(left.minus(reserve)));
        return "pg_catalog.set_config('statement_timeout', '" + statement.toMillis() + "ms', true),"
                + " pg_catalog.set_config('idle_in_transaction_session_timeout', '"
                + shorter(IDLE, atLeast(left)).toMillis() + "ms', true), ";
    }

    /** Servers from 17 on limit a whole transaction too; a limit that is set there already stays. */
    String wholeTransaction() {
        return "case when current_setting('transaction_timeout', true) = '0' then"
                + " pg_catalog.set_config('transaction_timeout', '"
                + atLeast(deadline.left()).toMillis() + "ms', true) end, ";
    }

    /** The begin was answered: the transaction is no younger than this moment. */
    void begun() {
        whole = deadline.left();
    }

    /** True if nothing more should be sent. */
    boolean isOver() {
        return deadline.left().isNegative() || deadline.left().isZero();
    }

    /** The same connection, on which each statement is given up in time. */
    Connection over(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TimeLimit.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            || method.getName().equals("createStatement")) {
                        renew(connection);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void renew(Connection connection) throws SQLException {
        if (deadline.left().compareTo(statement) < 0) {
            try (Statement settings = connection.createStatement()) {
                String sql = settings();
                settings.execute("select " + sql.substring(0, sql.length() - 2));
            }
        }
    }

    /** Fails if it is too late, and is sent together with the commit. */
    String check() {
        return "select case when clock_timestamp() - transaction_timestamp() > interval '" + whole.toMillis()
                + " milliseconds' then cast('" + TOO_LATE + " ' || clock_timestamp() as int) end; ";
    }

    /** A limit of nothing would be none. */
    private static Duration atLeast(Duration left) {
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
