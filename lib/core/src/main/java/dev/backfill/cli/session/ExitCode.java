package dev.backfill.cli.session;

/** What a command's exit code says. Codes above 128 are those of {@link dev.backfill.time.Stop}. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USE = 2;
    public static final int DEAD_LETTERS = 3;
    public static final int PAUSED = 4;
    public static final int NOT_VALID = 5;
    public static final int OWNED = 6;

    private ExitCode() {}
}
