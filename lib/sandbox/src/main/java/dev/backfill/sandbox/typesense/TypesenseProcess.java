package dev.backfill.sandbox.typesense;

import dev.backfill.sandbox.process.Leash;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real typesense-server as a process with a data folder of its own; both go when it is closed, or when Java ends. */
public final class TypesenseProcess implements SearchServer {
    /** Names the program's file. */
    public static final String VARIABLE = "TYPESENSE_SERVER";

    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Leash leash;
    private final Path folder;
    private final int port;
    private final String apiKey;

    private TypesenseProcess(Process process, Path folder, int port, String apiKey) {
        this.process = process;
        this.leash = Leash.hold(process.pid(), "KILL", folder);
        this.folder = folder;
        this.port = port;
        this.apiKey = apiKey;
    }

    /** The program: named by the variable, or found as typesense-server on the PATH. */
    public static Optional<Path> program(Map<String, String> environment) {
        Stream<Path> named = Stream.ofNullable(environment.get(VARIABLE)).map(Path::of);
        Stream<Path> found = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "typesense-server"));
        return Stream.concat(named, found)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns when the server answers writes. */
    public static TypesenseProcess start(Path program, String apiKey) {
        try {
            Path folder = Files.createTempDirectory("backfill-typesense-");
            int port = freePort();
            Process process = launch(program, folder, port, apiKey);
            TypesenseProcess server = new TypesenseProcess(process, folder, port, apiKey);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program, e);
        }
    }

    @Override
    public String host() {
        return LOOPBACK;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String apiKey() {
        return apiKey;
    }

    @Override
    public String describe() {
        return "Typesense (typesense-server)";
    }

    @Override
    public void close() {
        process.destroyForcibly(); // its data goes as well, so there is nothing to flush
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leash.close();
        Folders.delete(folder);
    }

    private void awaitReady() {
        try {
            new Readiness("http://" + LOOPBACK + ":" + port, apiKey).await(PATIENCE, process::isAlive);
        } catch (RuntimeException e) {
            String log = Folders.tail(folder.resolve("log.txt"), 2000);
            close();
            throw new IllegalStateException("typesense-server did not start: " + e.getMessage() + "\n" + log, e);
        }
    }

    private static Process launch(Path program, Path folder, int port, String apiKey) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "--data-dir=" + Files.createDirectory(folder.resolve("data")),
                "--api-address=" + LOOPBACK,
                "--api-port=" + port,
                "--peering-address=" + LOOPBACK,
                "--peering-port=" + freePort());
        builder.environment().put("TYPESENSE_API_KEY", apiKey);
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
