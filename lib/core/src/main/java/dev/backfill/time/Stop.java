package dev.backfill.time;

/** Why a run is to stop, and the exit code that says so. */
public enum Stop {
    HANGUP("HUP", 129),
    INTERRUPT("INT", 130),
    TERMINATE("TERM", 143);

    private final String signal;
    private final int exitCode;

    Stop(String signal, int exitCode) {
        this.signal = signal;
        this.exitCode = exitCode;
    }

    /** The signal's name without SIG. */
    public String signal() {
        return signal;
    }

    public int exitCode() {
        return exitCode;
    }
}
