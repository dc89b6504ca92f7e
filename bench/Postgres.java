package bench;

import dev.backfill.sandbox.process.Folder;
import dev.backfill.sandbox.process.Leash;
import dev.backfill.sandbox.server.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL of our own: the one installed here, with fsync on, else the sandbox's, without. */
record Postgres(int port, String kind, List<AutoCloseable> parts) implements AutoCloseable {
    private static final String SETTINGS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=512MB"
            + " -c max_wal_size=8GB -c checkpoint_timeout=1h -c autovacuum=off -c timezone=UTC -c max_connections=50 -p ";

    static Postgres start() throws Exception {
        Optional<Path> programs = installed();
        if (programs.isPresent()) {
            return installed(programs.get());
        }
        PostgresServer server = PostgresServer.start();
        return new Postgres(server.port(), "embedded, WITHOUT fsync", List.of(server));
    }

    private static Optional<Path> installed() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    private static Postgres installed(Path bin) throws Exception {
        Folder folder = Folder.create("bench-postgres");
        Path data = folder.path().resolve("data");
        List<String> user = unprivileged(folder.path());
        sh(user, bin.resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                "--locale=C", "--locale-provider=icu", "--icu-locale=en-US");
        int port = freePort();
        String control = bin.resolve("pg_ctl").toString();
        sh(user, control, "-D", data.toString(), "-w", "-o", SETTINGS + port, "-l", folder.path().resolve("log").toString(), "start");
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        Leash leash = Leash.hold(pid, "QUIT", folder.path());
        AutoCloseable stop = () -> sh(user, control, "-D", data.toString(), "-m", "immediate", "stop");
        return new Postgres(port, "installed, with fsync", List.of(stop, leash, folder));
    }

    // PostgreSQL refuses to be started by root.
    private static List<String> unprivileged(Path folder) throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        sh(List.of(), "chown", "nobody", folder.toString());
        return List.of("runuser", "-u", "nobody", "--");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void sh(List<String> prefix, String... words) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        Path log = Files.createTempFile("backfill-bench-", ".log");
        int code = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code + ": " + Files.readString(log));
        }
        Files.delete(log);
    }

    String describe() {
        try (Connection connection = connect("postgres")) {
            return String.format(Locale.ROOT, "PostgreSQL %s (%s)", connection.getMetaData().getDatabaseProductVersion(), kind);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&password=bench";
    }

    /** As programs that are not Java's name it. */
    String dsn(String database, int port) {
        return "postgres://postgres:bench@127.0.0.1:" + port + "/" + database + "?sslmode=disable";
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : parts) {
            each.close();
        }
    }
}
