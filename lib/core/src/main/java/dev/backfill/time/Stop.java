package dev.backfill.time;

import java.util.Arrays;
import java.util.List;

/** Why a run is to stop, and the exit code that says so. */
public enum Stop {
    HANGUP("HUP", 129),
    INTERRUPT("INT", 130),
    TERMINATE("TERM", 143),
    /** A person has cancelled it, perhaps from elsewhere. */
    CANCEL("", 4);

    private final String signal;
    private final int exitCode;

    Stop(String signal, int exitCode) {
        this.signal = signal;
        this.exitCode = exitCode;
    }

    /** Those that a signal of the operating system asks for. */
    public static List<Stop> signals() {
        return Arrays.stream(values()).filter(stop -> !stop.signal.isEmpty()).toList();
    }

    /** The signal's name without SIG. */
    public String signal() {
        return signal;
    }

    public int exitCode() {
        return exitCode;
    }
}
