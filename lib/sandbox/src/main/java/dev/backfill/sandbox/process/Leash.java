package dev.backfill.sandbox.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Ends another process, and removes its folder, when this one dies before it could do so itself, even of kill -9. A
 * shell waits at the end of a pipe: a word means that all is well, the pipe's end that nobody is left.
 */
public final class Leash implements AutoCloseable {
    private static final String WATCH = """
            trap '' INT TERM HUP
            if read -r word; then exit 0; fi
            kill -s "$1" "$2"
            tries=0
            while kill -0 "$2" && [ "$tries" -lt 10 ]; do tries=$((tries + 1)); sleep 1; done
            kill -s KILL "$2"
            rm -rf "$3"
            """;

    private final Process shell;

    private Leash(Process shell) {
        this.shell = shell;
    }

    /**
     * Holds a process.
     *
     * @param signal the name of the signal that asks it to end; after 10 seconds it is killed
     * @param folder what it leaves behind
     */
    public static Leash hold(long pid, String signal, Path folder) {
        return hold(pid, signal, folder.toString());
    }

    /** Holds a process that leaves nothing behind. */
    public static Leash hold(long pid, String signal) {
        return hold(pid, signal, "");
    }

    private static Leash hold(long pid, String signal, String folder) {
        try {
            return new Leash(new ProcessBuilder("sh", "-c", WATCH, "leash", signal, Long.toString(pid), folder)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch over process " + pid + ": no shell 'sh' could be started", e);
        }
    }

    /** Lets go: the process has ended, or may live on. */
    @Override
    public void close() {
        try (OutputStream pipe = shell.getOutputStream()) {
            pipe.write("released\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The shell has ended already, so there is nothing left to let go of.
        }
    }
}
