package dev.backfill.sandbox.server;

import dev.backfill.sandbox.process.Folder;
import dev.backfill.sandbox.process.Leash;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** Runs a real PostgreSQL with fsync off, so it proves nothing about power cuts; everything else is as in production. */
public final class PostgresServer implements SandboxServer {
    private static final String DATABASE = "postgres";
    private static final String USER = "postgres";
    // A new server is written to the disk; where that is busy, seconds pass.
    private static final Duration STARTUP = Duration.ofMinutes(1);

    private final Folder folder;
    private final EmbeddedPostgres postgres;
    private final Leash leash;

    private PostgresServer(Folder folder, EmbeddedPostgres postgres, Leash leash) {
        this.folder = folder;
        this.postgres = postgres;
        this.leash = leash;
    }

    public static PostgresServer start() {
        Folder folder = Folder.create("postgres");
        Path data = folder.path().resolve("data");
        try {
            EmbeddedPostgres postgres = builder(data).start();
            return new PostgresServer(folder, postgres, Leash.hold(postmaster(data), "QUIT", folder.path()));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw new IllegalStateException("PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    // As in production texts are ordered by language, not by bytes, and so on every machine.
    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(STARTUP)
                .setDataDirectory(data)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.DISCARD)
                .setErrorRedirector(Redirect.DISCARD)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "icu")
                .setLocaleConfig("icu-locale", "en-US")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "100");
    }

    private static long postmaster(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
    }

    public int port() {
        return postgres.getPort();
    }

    public DataSource dataSource() {
        return postgres.getDatabase(USER, DATABASE);
    }

    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    @Override
    public String kind() {
        return "PostgreSQL";
    }

    @Override
    public String describe() {
        try (Connection connection = connect()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            return version + " on 127.0.0.1:" + port() + " (the real server, without fsync)";
        } catch (SQLException e) {
            throw new IllegalStateException("the sandbox's PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                Integer.toString(port()),
                "DB_DATABASE",
                DATABASE,
                "DB_USER",
                USER,
                "DB_PASSWORD",
                "sandbox",
                "DB_SSLMODE",
                "disable",
                "PG_DSN",
                url(),
                "DATABASE_URL",
                url());
    }

    private String url() {
        return "postgres://" + USER + ":sandbox@127.0.0.1:" + port() + "/" + DATABASE + "?sslmode=disable";
    }

    @Override
    public String lookInside() {
        return "psql 'host=127.0.0.1 port=" + port() + " user=" + USER + " dbname=" + DATABASE + "'";
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped", e);
        } finally {
            leash.close();
            folder.close();
        }
    }
}
