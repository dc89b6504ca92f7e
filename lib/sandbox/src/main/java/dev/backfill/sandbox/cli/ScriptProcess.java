package dev.backfill.sandbox.cli;

import dev.backfill.sandbox.process.Leash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a script as a process of its own, which does not outlive this one. */
final class ScriptProcess implements AutoCloseable {
    // In a run of seconds the optimising compiler costs more than it gains.
    private static final List<String> SHORT_RUN = List.of("-R=-XX:TieredStopAtLevel=1", "-R=-XX:+UseSerialGC");

    private final Process process;
    private final Leash leash;

    private ScriptProcess(Process process, Leash leash) {
        this.process = process;
        this.leash = leash;
    }

    /** Starts it with these variables next to the environment's, sharing the terminal. */
    static ScriptProcess start(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(variables);
        Process process = builder.start();
        return new ScriptProcess(process, Leash.hold(process.pid(), "TERM"));
    }

    static List<String> command(Home home, String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(home.jbang(), "run"));
        command.addAll(SHORT_RUN);
        command.add(home.resolve(script).toString());
        command.addAll(arguments);
        return command;
    }

    int await() throws InterruptedException {
        return process.waitFor();
    }

    // Ctrl-C reaches the script as well, and a second signal would make it stop in a hurry; so it has a second alone.
    @Override
    public void close() {
        try (leash) {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroy();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
