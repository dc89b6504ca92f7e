package bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.backfill.sandbox.process.Leash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** A server of ours in a process of its own, so that its work is not counted as a client's. */
record Child(Process process, Leash leash, String address) implements AutoCloseable {
    private static final String READY = "ready: ";

    /** Starts a class of the bench, which prints its address when it is ready. */
    static Child start(Class<?> main, String... arguments) throws IOException {
        Process process = new ProcessBuilder(java(main, List.of("-Xmx768m"), arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Leash leash = Leash.hold(process.pid(), "TERM");
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroy();
            throw new IOException(main.getSimpleName() + " did not start; its messages stand above");
        }
        return new Child(process, leash, line.substring(READY.length()));
    }

    /** Tells whoever started this process where it listens. */
    static void ready(String address) {
        System.out.println(READY + address);
    }

    /** Keeps libraries from telling what goes well: it would cost time, and be mixed with answers. */
    static void quiet() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    }

    /** The command that runs a class of the bench, with the options that the scripts have. */
    static List<String> java(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    @Override
    public void close() {
        process.destroy();
        leash.close();
    }
}
