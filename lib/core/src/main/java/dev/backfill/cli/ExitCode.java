package dev.backfill.cli;

/** What a command's exit code says. Codes above 128 are those of {@link dev.backfill.time.Stop}. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int DEAD_LETTERS = 3;
    static final int PAUSED = 4;
    static final int NOT_VALID = 5;
    static final int OWNED = 6;

    private ExitCode() {}
}
