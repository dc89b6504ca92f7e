package dev.backfill.postgres.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.backfill.connector.ConnectionPool;
import dev.backfill.connector.Database;
import dev.backfill.connector.Diagnostic;
import dev.backfill.connector.Inspectable;
import dev.backfill.connector.LockWait;
import dev.backfill.connector.Lockable;
import dev.backfill.connector.Resources;
import dev.backfill.postgres.connection.PostgresTransaction.Purpose;
import dev.backfill.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database on a PostgreSQL server, with a small pool of connections. Equal if reached by equal settings. Thread-safe. */
public final class PostgresDatabase implements Database, ConnectionPool, Inspectable, Lockable, AutoCloseable {
    /** Longer than any statement may take, so that only a dead line runs into it. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(40);

    private final ConnectionSettings settings;
    private final HikariDataSource pool;
    private final SessionSettings session;
    private final LockLook locks;
    private final Optional<String> acceptPoliciesBecause;

    private PostgresDatabase(
            ConnectionSettings settings,
            HikariDataSource pool,
            SessionSettings session,
            LockLook locks,
            Optional<String> acceptPoliciesBecause) {
        this.settings = settings;
        this.pool = pool;
        this.session = session;
        this.locks = locks;
        this.acceptPoliciesBecause = acceptPoliciesBecause;
    }

    /** The one that all parts of a run share; connects with the first call. */
    public static PostgresDatabase shared(ConnectionSettings settings, Resources resources) {
        return resources.shared(
                settings, PostgresDatabase.class, () -> open(settings, resources.connections(), resources.readOnly()));
    }

    /**
     * Connects at once. {@link dev.backfill.connector.FatalFailure} with the next step if that cannot succeed.
     *
     * @param connections at most so many at the same time; never less than two, as reading and writing overlap
     */
    public static PostgresDatabase open(ConnectionSettings settings, int connections) {
        return open(settings, connections, false);
    }

    /**
     * @param readOnly true if the server is to refuse every write, of the script's own statements too
     */
    public static PostgresDatabase open(ConnectionSettings settings, int connections, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("backfill " + settings.title());
        config.setDataSource(driver(settings));
        config.setMaximumPoolSize(Math.max(2, connections));
        config.setMinimumIdle(1);
        config.setConnectionTimeout(
                Duration.ofSeconds(settings.connectSeconds()).toMillis());
        config.setInitializationFailTimeout(1);
        config.setReadOnly(readOnly);
        if (!readOnly) { // there the same refusal is a mistake of the script's, which must see it as the server says it
            config.setExceptionOverride(new DemotedServer());
        }
        config.setAutoCommit(!readOnly); // a statement outside of a transaction would escape it
        try {
            HikariDataSource pool = new HikariDataSource(config);
            return new PostgresDatabase(
                    settings, pool, session(pool, settings), new LockLook(config.getDataSource()), Optional.empty());
        } catch (PoolInitializationException e) {
            throw ConnectionFailures.of(e, settings);
        }
    }

    private static SessionSettings session(HikariDataSource pool, ConnectionSettings settings) {
        try (Connection connection = pool.getConnection()) {
            return SessionSettings.read(connection);
        } catch (SQLException e) {
            pool.close();
            throw PostgresFailures.reading(e, "asking " + settings.title() + " for the settings of a session");
        }
    }

    private static DataSource driver(ConnectionSettings settings) {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setServerNames(new String[] {settings.host()});
        driver.setPortNumbers(new int[] {settings.port()});
        driver.setDatabaseName(settings.database());
        driver.setUser(settings.user());
        driver.setPassword(settings.password().reveal());
        driver.setApplicationName(LockLook.APPLICATION);
        driver.setConnectTimeout(settings.connectSeconds());
        driver.setSocketTimeout((int) SOCKET_TIMEOUT.toSeconds());
        driver.setTcpKeepAlive(true);
        // A pooler may give each transaction another connection, which knows nothing of statements prepared before.
        driver.setPrepareThreshold(0);
        settings.options().forEach((name, value) -> set(driver, settings, name, value));
        return driver;
    }

    private static void set(PGSimpleDataSource driver, ConnectionSettings settings, String option, String value) {
        try {
            driver.setProperty(option, value);
        } catch (SQLException e) {
            throw ConnectionFailures.option(option, settings, e);
        }
    }

    /**
     * The same one, with the same connections, but reading sees what policies leave of a table; else the server refuses to read
     * where they would hide rows.
     *
     * @param reason why that is right, for people
     */
    public PostgresDatabase acceptingPolicies(String reason) {
        return new PostgresDatabase(settings, pool, session, locks, Optional.of(reason));
    }

    /** Why policies may hide rows from reading; nothing: they may not. */
    public Optional<String> acceptPoliciesBecause() {
        return acceptPoliciesBecause;
    }

    @Override
    public PostgresTransaction begin() {
        return begin("beginning a transaction in " + title(), Purpose.WRITING, Optional.empty());
    }

    @Override
    public PostgresTransaction begin(Deadline deadline) {
        return begin("beginning a transaction in " + title(), Purpose.WRITING, Optional.of(new TimeLimit(deadline)));
    }

    /**
     * Does something in a transaction that cannot write, and ends it.
     *
     * @param doing for messages: "reading public.products"
     */
    public <T> T read(String doing, Reading<T> reading) {
        try (PostgresTransaction transaction = begin(doing, reading(), Optional.empty())) {
            return reading.with(transaction.connection());
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, doing);
        }
    }

    private Purpose reading() {
        return acceptPoliciesBecause.isPresent() ? Purpose.READING_BY_POLICIES : Purpose.READING;
    }

    private PostgresTransaction begin(String doing, Purpose purpose, Optional<TimeLimit> limit) {
        try {
            return PostgresTransaction.begin(pool.getConnection(), session, title(), purpose, limit);
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, doing);
        }
    }

    /** For statements of a script's own: each commits by itself unless the caller begins a transaction. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public List<Diagnostic> inspect() {
        return new ServerLook(this, pool.getMaximumPoolSize()).findings();
    }

    @Override
    public List<LockWait> lockWaits() {
        try {
            return locks.waits();
        } catch (SQLException e) {
            throw PostgresFailures.reading(e, "asking " + title() + " who holds locks");
        }
    }

    @Override
    public String title() {
        return settings.title();
    }

    @Override
    public Object server() {
        return settings.host() + ":" + settings.port();
    }

    @Override
    public OptionalInt free() {
        OptionalInt free = read("asking " + title() + " for free connections", FreeConnections::of);
        return free.isEmpty()
                ? free
                : OptionalInt.of(free.getAsInt() + pool.getHikariPoolMXBean().getTotalConnections());
    }

    @Override
    public void resize(int connections) {
        pool.setMaximumPoolSize(Math.max(2, connections));
    }

    @Override
    public void close() {
        locks.close();
        pool.close();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PostgresDatabase database && database.settings.equals(settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        return title();
    }

    /** What is done with a connection, and what it gives. */
    @FunctionalInterface
    public interface Reading<T> {
        T with(Connection connection) throws SQLException;
    }
}
